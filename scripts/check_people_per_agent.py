#!/usr/bin/env python3
"""Check that an answer does not depend on how many people one agent stands for. Run by hand: it takes minutes.

    scripts/check_people_per_agent.py [FILE] [--each 1000 500 250] [--runs 200] [--worlds 4]

Every run has the same drawn numbers whatever an agent stands for, so runs are compared in pairs as well. The table
shows means with their standard errors, the difference between neighbors in standard errors (of the pairs, and as if
unpaired), the spread over runs, and the spread that is expected of the coarser from the finer one.
"""

from __future__ import annotations

import argparse
import math
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from simulator.experiment.runner import play_all
from simulator.results.arms import ArmRuns, arms_of
from simulator.results.lanes import lanes_of
from simulator.results.statistics import mean
from simulator.results.tables import influencers_table, runs_table
from simulator.results.thinning import excess_variance
from simulator.scenario.loader import load_campaign

ROOT = Path(__file__).parent.parent
METRICS = ("reach", "engagements", "clicks", "orders", "incremental_orders", "attributed_orders", "profit")
COUNTS = ("engagements", "incremental_orders")  # whose spread is predicted
CLEAR = 4.0  # standard errors that chance does not give


def played(file: Path, each: int, runs: int, worlds: int) -> dict[str, ArmRuns]:
    """All arms by name, with `each` people per agent."""
    settings = (f"population.people_per_agent={each}", f"runs={runs}", f"worlds={worlds}")
    scenario, plan = load_campaign(file, settings)
    started = time.monotonic()
    outcomes = sorted(play_all(scenario, plan, runs=runs), key=lambda outcome: (outcome.arm, outcome.run))
    budgets = {arm.name: arm.budget for arm in plan.arms}
    seconds = time.monotonic() - started
    print(f"{each:,} people per agent: {plan.agents:,} agents, {runs} runs, {seconds:.0f} s", flush=True)
    tables = runs_table(outcomes, budgets), influencers_table(outcomes)
    return {arm.name: arm for arm in arms_of(*tables, scenario.replicates, lanes_of(scenario))}


def compare(fine: ArmRuns, coarse: ArmRuns, metric: str) -> tuple[float, float, str]:
    """Standard errors between two means, in pairs and as if unpaired, and the row that says so."""
    a, b = fine.columns[metric], coarse.columns[metric]
    gap, one, other = mean(a - b, fine.alike), mean(a, fine.alike), mean(b, coarse.alike)
    assert gap.error is not None
    assert one.error is not None
    assert other.error is not None
    paired = gap.value / gap.error if gap.error > 0 else 0.0
    unpaired = gap.value / math.hypot(one.error, other.error) if one.error > 0 else 0.0
    row = (
        f"{metric:20} {one.value:14,.0f} ± {one.error:11,.0f} {other.value:14,.0f} ± {other.error:11,.0f}"
        f" {paired:+7.2f} {unpaired:+7.2f}"
    )
    return paired, unpaired, row


def spread(fine: ArmRuns, coarse: ArmRuns, metric: str, more: int) -> str:
    """Standard deviations over runs: of both, and of the coarser as it is expected from the finer."""
    a, b = fine.columns[metric], coarse.columns[metric]
    expected = math.sqrt(float(np.var(a, ddof=1)) + excess_variance(b, more + 1))
    return f" {np.std(a, ddof=1):12,.0f} {np.std(b, ddof=1):12,.0f} {expected:12,.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "scenarios" / "celebrity_or_portfolio.yaml")
    parser.add_argument("--each", type=int, nargs="+", default=[1000, 500, 250])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=4)
    asked = parser.parse_args()
    sizes = sorted(asked.each)
    found = {each: played(asked.file, each, asked.runs, asked.worlds) for each in reversed(sizes)}
    worst = 0.0
    for fine, coarse in pairwise(sizes):
        for name, arm in found[fine].items():
            print(f"\n{name}: {fine:,} against {coarse:,} people per agent; paired and unpaired errors; spreads")
            for metric in METRICS:
                paired, unpaired, row = compare(arm, found[coarse][name], metric)
                worst = max(worst, abs(paired), abs(unpaired))
                told = spread(arm, found[coarse][name], metric, coarse - fine) if metric in COUNTS else ""
                print(row + told)
    print(f"\nLargest difference: {worst:.2f} standard errors; {'too large' if worst > CLEAR else 'as chance gives'}")
    return int(worst > CLEAR)


if __name__ == "__main__":
    raise SystemExit(main())
