from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import InputProblems, Problem
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import ArmPlan, Plan
from simulator.scenario.schema import Scenario

BASE = """\
version: 1
brand: {topic: beauty}
product: {price: 80, margin: 0.5}
budget: 10000
arms:
  a:
    hire:
      - {tier: micro, count: 2, followers: 50000, posts: 1, pay: {kind: flat_fee, amount: 500}}
"""


@pytest.fixture
def base() -> str:
    """A small scenario without a fault."""
    return BASE


@pytest.fixture
def campaign(tmp_path: Path) -> Callable[..., tuple[Scenario, Plan]]:
    """Loads a text as a scenario file."""

    def load(text: str, *settings: str) -> tuple[Scenario, Plan]:
        file = tmp_path / "case.yaml"
        file.write_text(text)
        return load_campaign(file, settings)

    return load


@pytest.fixture
def problems(campaign: Callable[..., tuple[Scenario, Plan]]) -> Callable[..., tuple[Problem, ...]]:
    """The problems of a text."""

    def find(text: str, *settings: str) -> tuple[Problem, ...]:
        with pytest.raises(InputProblems) as caught:
            campaign(text, *settings)
        return caught.value.problems

    return find


@pytest.fixture
def hired(campaign: Callable[..., tuple[Scenario, Plan]]) -> Callable[..., ArmPlan]:
    """The plan of one arm with the hires given as YAML, under a budget."""

    def plan(hires: str, *, budget: int = 10_000, more: str = "") -> ArmPlan:
        text = BASE.partition("budget")[0] + f"budget: {budget}\narms: {{a: {{hire: [{hires}]}}}}\n{more}"
        return campaign(text)[1].arms[1]

    return plan
