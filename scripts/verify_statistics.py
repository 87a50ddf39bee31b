#!/usr/bin/env python3
"""Check that 95% intervals hold the truth in 95% of studies. Run by hand: it takes half an hour on two cores.

    scripts/verify_statistics.py [--repeats 4000] [--studies 1000] [--runs 200] [--workers 2]
                                 [--only synthetic|stopping|engine]

Synthetic studies have a known truth; some of them end when they are precise enough (stopping). Those of the engine take
the mean of all studies for the truth. A row passes if no case lies outside of its bounds by more than chance gives (two
standard errors).
"""

from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from verifying import engine, stopping, synthetic

from simulator.results.estimate import Estimate

BOUNDS = {"mean": (94.0, 96.0), "ratio of means": (94.0, 96.0), "paired difference": (94.0, 96.0)}
OTHERS = (93.0, 97.0)
CHANCE = 2.0  # standard errors
SHARES = "share of"  # of the spread: no intervals, since worlds are few; their errors are checked
ERRORS = (0.85, 1.2)  # stated over true, root mean square


@dataclass(frozen=True)
class Coverage:
    """How often the intervals of one statistic held, in one case."""

    statistic: str
    case: str
    runs: int
    held: int
    told: int  # studies that gave an interval
    studies: int
    stated: float  # root mean square of the stated errors over the spread of the figures

    @property
    def percent(self) -> float:
        return 100.0 * self.held / self.told

    @property
    def error(self) -> float:
        return 100.0 * math.sqrt(0.95 * 0.05 / self.told)


def synthetic_coverage(task: tuple[int, synthetic.Case, int]) -> list[Coverage]:
    """One synthetic case."""
    number, case, repeats = task
    found, truths = defaultdict(list), synthetic.truths(case)
    for study in synthetic.studies(case, repeats, number):
        for name in truths.keys() & study.keys():
            estimate = study[name]
            low, high = estimate.interval()
            found[name].append((estimate.value, estimate.error, low, high))
    return [
        covered(name, str(case), case.runs, np.array(found[name], float), truth)
        for name, truth in truths.items()
        if name in found
    ]


def stopping_coverage(task: tuple[int, synthetic.Case, str, int, int]) -> tuple[str, Coverage]:
    """One case of studies that end when they are precise enough or have played all runs, and its row.

    What must hold is the interval that is reported, however a study ended; how often that of a stop does stands beside.
    """
    number, case, metric, target, repeats = task
    ended = list(stopping.studies(case, metric, target, repeats, 500 + number))
    named = "mean" if metric == "profit" else "P(best)"
    true = stopping.truth(case, metric)
    reported, stopped = (
        covered(named, str(case), target, bounds_of(each.estimate for each in part), true)
        for part in (ended, [each for each in ended if each.met])
    )
    kind = f"{named}, {case.shape} | {case.by_world:g}, {case.by_draw:g} | {target:,}"
    share = f"{100 * stopped.studies / len(ended):.0f}%"
    at_stop = f"{stopped.percent:.1f}" if stopped.told else "–"
    runs = f"{np.median([each.runs for each in ended]):,.0f}"
    figures = f"{share} | {runs} | {at_stop} | {reported.percent:.1f} | {reported.error:.1f}"
    return f"| {kind} | {figures} | {judged([reported])} |", reported


def bounds_of(estimates: Iterable[Estimate]) -> np.ndarray:
    """Rows of value, error, low and high."""
    return np.array([(each.value, each.error, *each.interval()) for each in estimates], float).reshape(-1, 4)


def engine_studies(task: tuple[int, int, int]) -> list[dict[str, engine.Figure]]:
    return list(engine.studies(*task))


def engine_coverage(studies: list[dict[str, engine.Figure]], runs: int) -> Iterator[Coverage]:
    """All figures of the real studies; undefined ones are left out."""
    for name in studies[0]:
        rows = [[study[name].get(key) for key in ("value", "error", "low", "high")] for study in studies]
        values = np.array(rows, float)
        values = values[~np.isnan(values[:, 0])]
        yield covered(name.partition(":")[0].partition(" of one")[0].partition(" of five")[0], name, runs, values, None)


def covered(statistic: str, case: str, runs: int, rows: np.ndarray, truth: float | None) -> Coverage:
    """From rows of value, error, low and high; without a truth, the mean of the values."""
    value, error, low, high = rows.T
    told = ~np.isnan(low)
    true = float(np.mean(value)) if truth is None else truth
    held = int(np.sum((low[told] <= true) & (true <= high[told])))
    known = ~np.isnan(error)
    spread = float(np.std(value[known])) if known.any() else 0.0
    stated = math.sqrt(float(np.mean(error[known] ** 2))) / spread if spread > 0.0 else math.nan
    return Coverage(statistic, case, runs, held, int(np.sum(told)), len(rows), stated)


STOPPING_HEAD = (
    "| until precise | sd of worlds, draws | for | stopped | runs, median | at a stop | at the end | ± | |",
    "|---|---|---|---|---|---|---|---|---|",
)


def table(found: Iterable[Coverage]) -> Iterator[str]:
    """Markdown rows, one per statistic and number of runs."""
    yield "| statistic | runs | cases | interval given | coverage, mean | lowest | highest | ± | error ÷ spread | |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    groups: dict[tuple[str, int], list[Coverage]] = defaultdict(list)
    for each in found:
        groups[each.statistic, each.runs].append(each)
    for (statistic, runs), each in groups.items():
        given = 100.0 * sum(item.told for item in each) / sum(item.studies for item in each)
        told = [item for item in each if item.told]
        stated = [item.stated for item in each if not math.isnan(item.stated)]
        ends = f"{min(stated):.2f} to {max(stated):.2f}" if stated else "–"
        if not told:
            yield f"| {statistic} | {runs:,} | {len(each)} | 0% | – | – | – | – | {ends} | no interval |"
            continue
        percents = [item.percent for item in told]
        figures = f"{np.mean(percents):.1f} | {min(percents):.1f} | {max(percents):.1f} | {told[0].error:.1f}"
        yield f"| {statistic} | {runs:,} | {len(each)} | {given:.0f}% | {figures} | {ends} | {judged(told)} |"


def judged(told: list[Coverage]) -> str:
    """PASS, or the cases that fail."""
    if told[0].statistic.startswith(SHARES):
        failed = [item for item in told if not ERRORS[0] <= item.stated <= ERRORS[1]]
        return f"error: FAIL in {len(failed)}" if failed else "error: PASS"
    low, high = BOUNDS.get(told[0].statistic, OTHERS)
    failed = [
        item for item in told if not low - CHANCE * item.error <= item.percent <= high + CHANCE * item.error
    ]  # fmt: skip
    return f"FAIL in {len(failed)}" if failed else "PASS"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=4000)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=("synthetic", "stopping", "engine"))
    parser.add_argument("--worst", action="store_true", help="name the cases that fail")
    asked = parser.parse_args()
    found: list[Coverage] = []
    with ProcessPoolExecutor(asked.workers) as pool:
        if asked.only in (None, "synthetic"):
            started = time.monotonic()
            tasks = [(number, case, asked.repeats) for number, case in enumerate(synthetic.cases())]
            synthetic_found = [each for part in pool.map(synthetic_coverage, tasks) for each in part]
            print(f"\nSynthetic: {asked.repeats:,} studies of each case, {time.monotonic() - started:.0f} s\n")
            print("\n".join(table(synthetic_found)), flush=True)
            found += synthetic_found
        if asked.only in (None, "stopping"):
            started = time.monotonic()
            ends = [(number, *case, asked.repeats // 4) for number, case in enumerate(stopping.cases())]
            print(f"\nStopping: {asked.repeats // 4:,} studies of each case\n")
            rows, stopped = zip(*pool.map(stopping_coverage, ends), strict=True)
            print("\n".join((*STOPPING_HEAD, *rows)) + f"\n\n{time.monotonic() - started:.0f} s", flush=True)
            found += stopped
        if asked.only in (None, "engine"):
            started = time.monotonic()
            size = max(1, asked.studies // 20)
            parts = [(size, asked.runs, 1000 + size * part) for part in range(asked.studies // size)]
            played = [study for part in pool.map(engine_studies, parts) for study in part]
            print(f"\nEngine: {len(played):,} studies of {engine.FILE.name}, {time.monotonic() - started:.0f} s\n")
            real = list(engine_coverage(played, asked.runs))
            print("\n".join(table(real)), flush=True)
            found += real
    failed = [each for each in found if each.told and judged([each]).find("FAIL") >= 0]
    if asked.worst:
        print("\n".join(f"{each.percent:.1f} {each.statistic}: {each.case}" for each in failed))
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
