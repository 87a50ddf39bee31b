#!/usr/bin/env python3
"""How much of the machine each executor makes use of, as ratios within one session: the figures of docs/cluster.md.

    scripts/compare_executors.py [--rounds 3] [--seconds 60] [--only threads|places|overhead|keeping]

threads    two threads against one, on W
places     two processes, and a Dask cluster of two worker processes, against two threads, on runs of a minute
overhead   all of `record` against the bare engine, in one thread: a share of W, and milliseconds of a small run
keeping    what one process unpacks and writes of the rows that workers send: bytes a run, and runs a second

The others of a round are played in turn; each figure is the median of the rounds, with the lowest and the highest.
"""

from __future__ import annotations

import argparse
import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pyarrow as pa

from simulator.engines.play import Scratch, play, warm_up
from simulator.experiment.executors import open_team
from simulator.experiment.record import orders_for, record
from simulator.experiment.runner import play_all
from simulator.results.manifest import Request
from simulator.results.store import writing
from simulator.results.tables import TablesOf
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world

SCENARIOS = Path(__file__).parents[1] / "scenarios"
W, SMALL = SCENARIOS / "benchmark_w.yaml", SCENARIOS / "quick.yaml"
FOLDERS = count()


def played(file: Path, runs: int, executor: str, folder: Path) -> float:
    """Seconds that `record` takes for so many runs, the start of the executor included."""
    scenario, plan = load_campaign(file, [f"runs={runs}"])
    request = Request(str(file), "timing", "compiled", executor)
    started = time.monotonic()
    with open_team(executor) as team, writing(folder / str(next(FOLDERS)), identity="timing") as store:
        orders = orders_for(scenario, plan, team, request, precision=None, time_limit=None)
        record(scenario, plan, store, request, orders)
    return time.monotonic() - started


def bare(scenario: Scenario, plan: Plan, runs: int) -> float:
    """Seconds that the engine and the worlds take for the same runs, one after the other, without anything kept."""
    started, scratch = time.monotonic(), Scratch()
    for number in range(min(scenario.worlds, runs)):
        world = build_world(scenario, plan, number)
        for run in range(number + 1, runs + 1, scenario.worlds):
            for arm in plan.arms:
                play(scenario, world, arm, run, "compiled", scratch)
    return time.monotonic() - started


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A Dask scheduler and two worker processes on this machine; its address."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    scheduler = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *common]
    workers = [sys.executable, "-m", "dask", "worker", "--nworkers", "2", "--nthreads", "1", *common]
    with subprocess.Popen(scheduler, **quiet) as first:  # type: ignore[call-overload]
        while not file.exists():
            time.sleep(0.1)
        with subprocess.Popen(workers, **quiet) as second:  # type: ignore[call-overload]
            yield str(json.loads(file.read_text())["address"])
            second.terminate()
        first.terminate()


def told(name: str, values: list[float], form: str = "{:.3f}") -> None:
    """A figure: median, lowest and highest."""
    low, middle, high = (form.format(value) for value in (min(values), statistics.median(values), max(values)))
    print(f"{name}: {middle} ({low} to {high}, {len(values)} rounds)", flush=True)


def enough(file: Path, seconds: float, folder: Path) -> int:
    """Runs that two threads play in about so many seconds."""
    per_run = played(file, 60, "local:2", folder) / 60
    return max(60, int(seconds / per_run))


def threads(rounds: int, seconds: float, folder: Path) -> None:
    runs, ratios = enough(W, seconds / 3, folder), []
    for _ in range(rounds):
        one, two = (played(W, runs, executor, folder) for executor in ("local:1", "local:2"))
        ratios.append(one / two)
    told(f"two threads over one, {runs} runs of W", ratios)


def places(rounds: int, seconds: float, folder: Path) -> None:
    runs = enough(W, 1.1 * seconds, folder)
    with cluster(folder) as address:
        played(W, 60, f"dask:{address}", folder)
        ratios: dict[str, list[float]] = {"processes:2": [], f"dask:{address}": []}
        lengths = []
        for _ in range(rounds):
            lengths.append(played(W, runs, "local:2", folder))
            for executor, found in ratios.items():
                found.append(played(W, runs, executor, folder) / lengths[-1])
    told(f"seconds of two threads, {runs} runs of W", lengths, "{:.1f}")
    for executor, found in ratios.items():
        told(f"{executor.partition(':')[0]} (2) over two threads, time of {runs} runs of W", found)


def overhead(rounds: int, folder: Path) -> None:
    for file, runs, told_as in ((W, 200, shares), (SMALL, 1000, milliseconds)):
        scenario, plan = load_campaign(file, [f"runs={runs}"])
        warm_up(scenario, plan)
        bare(scenario, plan, min(runs, 20))
        pairs = [(bare(scenario, plan, runs), played(file, runs, "serial", folder)) for _ in range(max(rounds, 5))]
        told_as(file.stem, pairs, runs)


def shares(name: str, pairs: list[tuple[float, float]], runs: int) -> None:
    """What 1,000 runs take beyond the engine: what is done once counts once."""
    told(
        f"overhead of {runs} runs of {name}, share of the engine's time", [all_ / engine - 1 for engine, all_ in pairs]
    )


def milliseconds(name: str, pairs: list[tuple[float, float]], runs: int) -> None:
    told(f"overhead of {name}, ms per run", [1000 * (all_ - engine) / runs for engine, all_ in pairs], "{:.2f}")


def keeping(rounds: int, folder: Path) -> None:
    """Rows of 1,000 runs in pieces of 20, as tasks of a second would send them."""
    scenario, plan = load_campaign(SMALL)
    outcomes = play_all(scenario, plan, runs=1000, executor="local:2")
    pack, arms = TablesOf({arm.name: arm.budget for arm in plan.arms}, ("runs", "influencers")), len(plan.arms)
    pieces = [outcomes[first : first + 20 * arms] for first in range(0, len(outcomes), 20 * arms)]
    sent = [pickle.dumps(pack(piece)) for piece in pieces]
    speeds = []
    for _ in range(max(rounds, 5)):
        started = time.monotonic()
        with writing(folder / str(next(FOLDERS)), identity="timing") as store:
            came = [pickle.loads(each) for each in sent]  # noqa: S301  (our own)
            store.add({name: pa.concat_tables([each[name] for each in came]) for name in came[0]})
        speeds.append(1000 / (time.monotonic() - started))
    print(f"rows sent: {sum(map(len, sent)) / 1000:,.0f} bytes a run of {SMALL.stem} ({arms} plans)")
    told("rows unpacked and written by one process, runs a second", speeds, "{:,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0, help="of a run of two threads")
    parser.add_argument("--only", choices=("threads", "places", "overhead", "keeping"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="executors-") as name:
        folder = Path(name)
        warm_up(*load_campaign(W))
        trials: dict[str, Callable[[], None]] = {
            "threads": lambda: threads(asked.rounds, asked.seconds, folder),
            "places": lambda: places(asked.rounds, asked.seconds, folder),
            "overhead": lambda: overhead(asked.rounds, folder),
            "keeping": lambda: keeping(asked.rounds, folder),
        }
        for trial, play_it in trials.items():
            if asked.only in (None, trial):
                play_it()


if __name__ == "__main__":
    main()
