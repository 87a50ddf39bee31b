"""How many accounts of a tier rise to the next one, if audiences grow as a scenario says. No run is played."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np

from simulator.decide.claims.observable import Look
from simulator.decide.claims.row import scenario_folder
from simulator.decide.claims.runs import Runs
from simulator.distributions import LogNormal
from simulator.results.statistics import Values
from simulator.rules.audience import grown
from simulator.scenario.loader import load_campaign
from simulator.scenario.schema import Scenario

MONTH: Final = 30  # days
HALVINGS: Final = 60  # of an interval, until a border is exact to the last digit


def rising_within(months: int, tier: str, row: str) -> Look:
    """Share of a tier's accounts that are above it after so many months of 30 days, by the scenario of a row."""

    def look(runs: Runs) -> Values:
        table, replicates = runs.written.runs, runs.written.replicates
        played = len(set(table["run"].to_pylist()))
        return np.full((played // replicates, replicates), _share_rising(row, tier, months))

    return look


@cache
def _share_rising(row: str, tier: str, months: int) -> float:
    scenario, _ = load_campaign(scenario_folder() / f"{row}.yaml")
    low, high = scenario.tiers.tiers[tier]
    assert high is not None  # nobody rises above the highest tier
    growth = scenario.mechanisms.audience_growth.per_month
    return share_rising(float(low), float(high), months, growth.mean, _below(scenario))


def share_rising(
    low: float, high: float, months: int, growth: Callable[[float], float], below: Callable[[float], float]
) -> float:
    """Share of the accounts from `low` to `high` followers that reach `high` in so many months.

    `growth` is a month's growth of an account of a size, `below` the share of all accounts smaller than a size.
    """
    least = smallest_to_reach(high, months, growth)
    return (below(high) - below(max(low, least))) / (below(high) - below(low))


def smallest_to_reach(size: float, months: int, growth: Callable[[float], float]) -> float:
    """Followers of the smallest account that has grown to a size by then; larger accounts stay larger."""
    low, high = 1.0, size
    for _ in range(HALVINGS):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if _after(middle, months, growth) >= size else (middle, high)
    return high


def _after(followers: float, months: int, growth: Callable[[float], float]) -> float:
    for _ in range(months):
        followers *= grown(MONTH, growth(followers))
    return followers


def _below(scenario: Scenario) -> Callable[[float], float]:
    """Share of the platform's accounts smaller than a size."""
    sizes = scenario.platform.account_followers.distribution
    assert isinstance(sizes, LogNormal)  # as in the catalog
    return lambda size: 0.5 * math.erfc(-math.log(size / sizes.median) / sizes.sd / math.sqrt(2.0))
