"""The same scenario gives the same bytes wherever it is played: threads, processes, a cluster, in whatever pieces."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lively import lively, played

from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

RUNS = 12
FACTORY = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
def two_processes():
    return ProcessPoolExecutor(2, get_context("spawn"))
"""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Plan]:
    return load_campaign(lively(tmp_path_factory.mktemp("lively")))


@pytest.fixture(scope="module")
def expected(campaign: tuple[Scenario, Plan], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return played(tmp_path_factory.mktemp("expected"), *campaign, RUNS, executor="serial")


@pytest.mark.parametrize("executor", ["local:1", "local:2"])
@pytest.mark.parametrize("chunk_size", [None, 1, 7, 64])
def test_threads(
    executor: str, chunk_size: int | None, campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert expected == played(tmp_path, *campaign, RUNS, executor=executor, chunk_size=chunk_size)


def test_processes(campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path) -> None:
    assert expected == played(tmp_path, *campaign, RUNS, executor="processes:2", chunk_size=2)


def test_runs_in_two_goes(campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path) -> None:
    assert expected == played(tmp_path, *campaign, RUNS, executor="local:2", goes=(5,))


def test_the_engine_of_agents(campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path) -> None:
    assert expected == played(tmp_path, *campaign, RUNS, engine="mesa", executor="serial")


def test_an_executor_of_the_users_own(
    campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "our_cluster.py").write_text(FACTORY)
    monkeypatch.chdir(tmp_path)
    assert expected == played(tmp_path / "out", *campaign, RUNS, executor="our_cluster:two_processes")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Dask scheduler and two worker processes, as one starts them by hand; its address."""
    pytest.importorskip("distributed", reason="LOUDLY: the extra `cluster` is not installed, so Dask is not tested")
    folder = tmp_path_factory.mktemp("cluster")
    address_file = folder / "scheduler.json"
    common = ["--scheduler-file", str(address_file), "--no-dashboard"]
    scheduler = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *common]
    worker = [sys.executable, "-m", "dask", "worker", "--nworkers", "2", "--nthreads", "1", *common]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(scheduler, **quiet) as first:
        deadline = time.monotonic() + 60
        while not address_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        with subprocess.Popen(worker, **quiet) as second:
            yield json.loads(address_file.read_text())["address"]
            second.terminate()
        first.terminate()


def test_a_dask_cluster_of_two_processes(
    cluster: str, campaign: tuple[Scenario, Plan], expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert expected == played(tmp_path, *campaign, RUNS, executor=f"dask:{cluster}", chunk_size=2)
