"""Runs to read, each played once: the quick scenario, and one with mixed tiers, ads and a target, with analyses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from report.analyses import ANALYSES

from simulator.report.reading import Reading, read

MIXED = """
version: 1
name: Mixed tiers, one account, or ads
extends: presets/measured
days: 14
settle: 14
runs: 120
worlds: 4
seed: 11
brand: {topic: beauty, handling_cost: 5}
product: {price: 90, margin: 0.6, baseline_orders_per_day: 2}
population: {size: 6000, topics: {beauty: 0.6, other: 0.4}, network: {kind: heavy_tailed, most_peers: 1000}}
tiers: {nano: [100, 1000], micro: [1000, 10000]}
platform: instagram
targets: {roi: ">= 0.2"}
arms:
  one micro: {hire: [{followers: 3000, posts: 2, pay: {kind: flat_fee, amount: 60}}]}
  nanos and a micro:
    hire:
      - {followers: 500, count: 3, posts: 2, pay: {kind: flat_fee, amount: 8}}
      - {followers: 1500, count: 1, posts: 2, pay: {kind: flat_fee, amount: 30}}
  ads only: {paid_social: {spend: 70}}
"""


def played(scenario: Path, out: Path, *options: str) -> Reading:
    command = [sys.executable, "-m", "simulator", "run", str(scenario), "--daily", "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return read(out)


@pytest.fixture(scope="session")
def quick(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """100 runs of scenarios/quick.yaml, days kept: two campaigns, of which none pays."""
    return played(root / "scenarios" / "quick.yaml", tmp_path_factory.mktemp("quick") / "out", "--runs", "100")


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """120 runs of three campaigns: one creator, creators of two tiers, and ads; days kept, and a target."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "mixed.yaml").write_text(MIXED)
    return played(folder / "mixed.yaml", folder / "out")


@pytest.fixture(scope="session")
def analyzed(mixed: Reading) -> Reading:
    """The same with an analysis of every kind."""
    return replace(mixed, analyses=ANALYSES)
