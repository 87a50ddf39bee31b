"""Errors, tails and probabilities agree with brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from results.noise import alike, grouped, normals
from scipy.stats import binom

from simulator.dice import throw
from simulator.results.estimate import multiple
from simulator.results.statistics import (
    best_shares,
    conditional_value_at_risk,
    mean,
    quantiles,
    ratio_of_means,
    share,
    share_bounds,
    tail_mean,
    value_at_risk,
)


def words(count: int, about: int) -> np.ndarray:
    return np.array([throw(2, 0, who, about, 0, 0, 0)[0] for who in range(count)])


def test_one_run_has_no_error_and_one_world_has_the_usual_one() -> None:
    assert mean(np.array([3.0]), np.array([0])).error is None
    assert pytest.approx(0.5) == mean(np.array([1.0, 2.0]), np.array([0, 0])).error


def test_the_error_of_a_ratio_agrees_with_resampling() -> None:
    top, bottom = 3.0 + normals(400, about=1), 5.0 + 0.9 * normals(400, about=1) + 0.2 * normals(400, about=2)
    picks = words(400 * 500, 3).reshape(500, 400) % 400
    resampled = np.mean(top[picks], axis=1) / np.mean(bottom[picks], axis=1)
    estimate = ratio_of_means(top, bottom, np.zeros(400))
    assert np.mean(top) / np.mean(bottom) == pytest.approx(estimate.value)
    assert np.std(resampled) == pytest.approx(estimate.error, rel=4 / math.sqrt(2 * 500))


def test_a_ratio_over_nothing_is_none() -> None:
    assert ratio_of_means(np.ones(3), np.zeros(3), np.zeros(3)) is None


def test_ties_for_the_best_are_split_equally() -> None:
    profits = np.array([[0.0, 0.0, 5.0, 1.0], [0.0, 1.0, 5.0, 1.0], [-1.0, 0.0, 4.0, 1.0]])
    expected = [[0.5, 0.0, 0.5, 1 / 3], [0.5, 1.0, 0.5, 1 / 3], [0.0, 0.0, 0.0, 1 / 3]]
    assert expected == best_shares(profits).tolist()


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_shares_of_the_best_sum_to_one_in_every_run(profits: list[list[int]]) -> None:
    shares = best_shares(np.array(profits, dtype=float))
    for run, column in enumerate(zip(*profits, strict=True)):
        winners = [arm for arm, profit in enumerate(column) if profit == max(column)]
        assert [1 / len(winners) if arm in winners else 0.0 for arm in range(len(column))] == shares[:, run].tolist()


def test_a_chance_never_seen_is_not_claimed_impossible() -> None:
    never = share(np.zeros(50), np.arange(50) % 5)
    assert (0.0, 1 / 50, 0.0) == (never.value, never.error, never.low)
    assert 0.05 < never.high < 0.2
    groups = grouped(np.arange(1, 51), 5, 5)
    assert share(np.zeros(50), groups).high > share(np.zeros(50), groups[0]).high  # 10 draws know less than 50 runs


def test_the_interval_of_a_chance_is_wilsons() -> None:
    """Both ends lie so many standard errors of their own from what was seen."""
    for value, runs in ((0.03, 100), (0.5, 40), (0.97, 300)):
        error = math.sqrt(value * (1 - value) / runs)
        for end in share_bounds(value, error, 9.0, 50):
            assert multiple(9.0) == pytest.approx(abs(value - end) / math.sqrt(end * (1 - end) / runs))


def test_intervals_of_a_chance_hold_for_runs_that_are_alike() -> None:
    """A chance of 0.3 in 8 worlds, of which some like the campaign better."""
    groups, border = grouped(np.arange(1, 401), 8, 2), 0.524 * math.sqrt(1 + 0.3**2 + 1.0)
    found = [
        share(alike(groups, by_world=0.3, by_draw=1.0, about=about) > border, groups).interval() for about in range(800)
    ]
    hits = np.mean([low <= 0.3 <= high for low, high in found])
    assert abs(hits - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 800)


def test_the_interval_of_a_percentile_ends_at_runs_as_many_ranks_off_as_the_share_errs() -> None:
    values = normals(400, about=5)
    found = value_at_risk(values, np.zeros(400))
    assert np.quantile(values, 0.05) == pytest.approx(found.value)
    below = np.sum(values <= found.low), np.sum(values <= found.high)
    assert 0.95 < binom.cdf(below[1], 400, 0.05) - binom.cdf(below[0] - 1, 400, 0.05) < 0.98


@pytest.mark.parametrize("figure", [value_at_risk, conditional_value_at_risk])
def test_the_interval_of_a_tail_holds(figure) -> None:
    """1,000 experiments of 400 runs in 8 worlds; the truth is that of the normal distribution."""
    groups = grouped(np.arange(1, 401), 8, 2)
    true = math.sqrt(2.09) * (-1.644854 if figure is value_at_risk else -2.062713)
    found = [figure(alike(groups, by_world=0.3, by_draw=1.0, about=about), groups) for about in range(1000)]
    hits = np.mean([low <= true <= high for low, high in (estimate.interval() for estimate in found)])
    assert abs(hits - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 1000)


def test_the_mean_of_the_worst_has_the_spread_of_its_error() -> None:
    groups = grouped(np.arange(1, 1001), 8, 2)
    found = [
        conditional_value_at_risk(alike(groups, by_world=0.2, by_draw=1.0, about=about), groups) for about in range(400)
    ]
    squared = np.mean([estimate.error**2 for estimate in found])
    assert abs(squared / np.var([estimate.value for estimate in found]) - 1) < 4 * math.sqrt(2 / 400)


def test_a_tail_of_few_runs_has_no_interval() -> None:
    for figure in (value_at_risk, conditional_value_at_risk):
        assert figure(normals(199, about=6), np.arange(199) % 8).error is None
        assert figure(normals(200, about=6), np.zeros(200)).error is not None
        assert figure(normals(200, about=6), grouped(np.arange(1, 201), 8, 4)).error is None  # 2.5 draws in the tail


def test_an_end_beyond_all_runs_is_open() -> None:
    """Of 4 worlds that differ as much as runs do, nobody knows the worst."""
    groups = np.arange(400) % 4
    found = value_at_risk(normals(400, about=7) + 2.0 * normals(4, about=8)[groups], groups)
    assert (-math.inf, None, None) == (found.interval()[0], found.low, found.error)
    assert found.high is not None


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=120))
def test_the_mean_of_the_worst_is_that_of_a_sample_blown_up_until_the_tail_is_whole(profits: list[int]) -> None:
    blown_up = np.sort(np.repeat(profits, 20))  # of 20 n runs the worst 5% are n
    assert np.mean(blown_up[: len(profits)]) == pytest.approx(tail_mean(np.array(profits, dtype=float)))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_percentiles_are_the_usual_ones(values: list[float]) -> None:
    expected = np.quantile(values, (0.05, 0.5, 0.95)).tolist()
    assert expected == pytest.approx(list(quantiles(np.array(values)).values()), abs=1e-6)


def test_an_infinite_percentile_is_none_and_infinite_runs_count() -> None:
    assert {"p05": 1.1, "p50": 2.0, "p95": None} == pytest.approx(quantiles(np.array([math.inf, 1.0, 2.0])))
    assert {"p05": None, "p50": None, "p95": None} == quantiles(np.array([]))


def test_a_tail_that_shows_one_value_alone_has_no_error() -> None:
    worlds, profit = np.arange(400) % 8, normals(400, about=5)
    flat = np.maximum(profit, np.quantile(profit, 0.1))  # what sold nothing lost the same
    found = conditional_value_at_risk(flat, worlds)
    assert float(flat.min()) == pytest.approx(found.value)
    assert found.error is None
    assert conditional_value_at_risk(profit, worlds).error is not None
    assert 0.0 == conditional_value_at_risk(np.zeros(400), worlds).error  # doing nothing costs nothing, surely
