"""Baseline demand against scipy's Poisson distribution, the same in every arm."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import Campaign, within
from hires import hire, outcomes
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.campaign.demand import baseline_buyers, poisson_quantile
from simulator.scenario.draws import Draws

SURE = [1e-9, 1e-6, 0.001, 0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9]


@pytest.mark.parametrize("mean", [0.001, 0.1, 0.7, 1.0, 2.5, 9.0, 33.3, 120.0, 499.0, 500.0])
def test_quantiles_of_the_poisson_distribution_are_those_of_scipy(mean: float) -> None:
    assert [stats.poisson.ppf(p, mean) for p in SURE] == [poisson_quantile(p, mean) for p in SURE]


@given(st.floats(1e-6, 1.0 - 1e-6), st.floats(0.001, 500.0))
def test_a_quantile_is_the_smallest_count_that_reaches_its_probability(p: float, mean: float) -> None:
    count = poisson_quantile(p, mean)
    assert stats.poisson.cdf(count, mean) >= p - 1e-11
    assert stats.poisson.cdf(count - 1, mean) < p + 1e-11


@pytest.mark.parametrize("per_day", [0.3, 4.0, 1200.0])
def test_orders_a_day_are_poisson(per_day: float) -> None:
    """Also above 500 a day, where a day is summed from steps."""
    days = np.concatenate([np.diff(baseline_buyers(7, 0, run, 40, per_day, 1000)[0]) for run in range(1, 101)])
    assert within(per_day, days)
    fourth = 3 * per_day**2 + per_day  # central moment of the Poisson distribution
    assert abs(days.var(ddof=1) - per_day) < 4 * math.sqrt((fourth - per_day**2) / days.size)


def test_counts_have_the_poisson_distribution() -> None:
    days = np.diff(baseline_buyers(7, 0, 1, 4000, 4.0, 1000)[0])
    expected = stats.poisson.pmf(np.arange(11), 4.0)
    observed = np.append(np.bincount(days, minlength=11)[:11], np.count_nonzero(days > 10))
    assert stats.chisquare(observed, days.size * np.append(expected, 1 - expected.sum())).pvalue > 1e-4


def test_buyers_are_anybody_with_equal_chance() -> None:
    offsets, who = baseline_buyers(7, 0, 1, 500, 20.0, 50)
    assert offsets[-1] == who.size
    assert stats.chisquare(np.bincount(who, minlength=50)).pvalue > 1e-4


def test_a_longer_horizon_leaves_the_days_before_and_a_run_has_its_own_luck() -> None:
    offsets, who = baseline_buyers(7, 0, 1, 20, 3.0, 1000)
    longer = baseline_buyers(7, 0, 1, 50, 3.0, 1000)
    assert np.array_equal(offsets, longer[0][:21])
    assert np.array_equal(who, longer[1][: who.size])
    for other in (baseline_buyers(7, 0, 2, 20, 3.0, 1000), baseline_buyers(7, 1, 1, 20, 3.0, 1000)):
        assert not np.array_equal(offsets, other[0])


def test_without_demand_nobody_buys() -> None:
    offsets, who = baseline_buyers(7, 0, 1, 20, 0.0, 1000)
    assert (0, 0) == (offsets.sum(), who.size)


def test_baseline_orders_are_the_same_in_every_arm(campaign: Campaign) -> None:
    """An arm that nobody sees sells what no campaign sells, day by day; and so do the dice themselves."""
    unseen = hire("a", 2000, "reach_rate: 0, engagement_rate: 0", posts="2")
    scenario, plan = campaign(f"\narms: {{unseen: {{hire: [{unseen}]}}}}\n")
    without, unseen_runs = (outcomes(scenario, plan, arm, 20) for arm in (0, 1))
    for run, (one, other) in enumerate(zip(without, unseen_runs, strict=True), 1):
        assert np.array_equal(one.daily, other.daily)
        per_day = Draws(scenario.seed, 0, run).number(scenario.product.baseline_orders_per_day)
        offsets, _ = baseline_buyers(scenario.seed, 0, run, scenario.horizon, per_day, plan.population)
        assert offsets[-1] == one.tally.orders
