"""Errors, tails and probabilities agree with brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.dice import inner_unit, throw
from simulator.quantity import Normal
from simulator.results.statistics import best_shares, mean, quantiles, ratio_of_means, share, tail_mean

NORMAL = Normal(0.0, 1.0)


def normals(count: int, about: int) -> np.ndarray:
    return np.array([NORMAL.quantile(inner_unit(throw(1, 0, who, about, 0, 0, 0)[0])) for who in range(count)])


def words(count: int, about: int) -> np.ndarray:
    return np.array([throw(2, 0, who, about, 0, 0, 0)[0] for who in range(count)])


def test_without_an_effect_of_worlds_the_error_is_the_usual_one_or_somewhat_larger() -> None:
    ratios = []
    for about in range(40):
        values = normals(200, about)
        usual = float(np.std(values, ddof=1)) / math.sqrt(200)
        ratios.append(mean(values, np.arange(200) % 8).error / usual)
    assert min(ratios) >= 1.0
    assert np.mean(ratios) < 1.25


def test_an_effect_of_worlds_is_in_the_error() -> None:
    """200 experiments of 8 worlds and 20 runs: the stated error is the spread of their means."""
    world = np.arange(160) % 8
    means, errors = [], []
    for about in range(200):
        estimate = mean(normals(160, about) + 2.0 * normals(8, 1000 + about)[world], world)
        means.append(estimate.value)
        errors.append(estimate.error**2)
    spread = np.var(means, ddof=1)
    assert abs(np.mean(errors) / spread - 1) < 4 * (math.sqrt(2 / 199) + math.sqrt(2 / 7 / 200))


def test_an_effect_of_draws_is_in_the_error_as_well() -> None:
    """400 experiments of 40 draws with 8 runs each, one in each of 8 worlds."""
    world, draw = np.arange(320) % 8, np.arange(320) // 8
    means, errors = [], []
    for about in range(400):
        alike = 2.0 * normals(8, 2000 + about)[world] + 6.0 * normals(40, 3000 + about)[draw]
        estimate = mean(normals(320, about) + alike, np.stack([world, draw]))
        means.append(estimate.value)
        errors.append(estimate.error**2)
    spread = np.var(means, ddof=1)
    assert abs(np.mean(errors) / spread - 1) < 4 * (math.sqrt(2 / 399) + math.sqrt(2 / 7 / 400))


def test_one_run_has_no_error_and_one_world_has_the_usual_one() -> None:
    assert mean(np.array([3.0]), np.array([0])).error is None
    assert pytest.approx(0.5) == mean(np.array([1.0, 2.0]), np.array([0, 0])).error


def test_the_error_of_a_ratio_agrees_with_resampling() -> None:
    top, bottom = 3.0 + normals(400, 1), 5.0 + 0.9 * normals(400, 1) + 0.2 * normals(400, 2)
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
    assert (0.0, 1 / 50) == (share(np.zeros(50), np.arange(50) % 5).value, share(np.zeros(50), np.arange(50) % 5).error)


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
