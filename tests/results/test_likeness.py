"""Errors of means hold whatever makes runs alike, for groups of equal and unequal size."""

from __future__ import annotations

import math

import numpy as np
import pytest
from results.noise import alike, grouped, normals

from simulator.results.estimate import Estimate
from simulator.results.likeness import Crossed, Scatter, _crossed, _way, likeness

REPEATS = 1000
ALL = np.arange(1, 201)


def scatter(values: np.ndarray, groups: np.ndarray) -> Scatter:
    return likeness(groups).scatter(values - values.mean())


def covered(groups: np.ndarray, by_world: float, by_draw: float) -> float:
    """Share of intervals that hold the true mean, 0."""
    hits = 0
    for about in range(REPEATS):
        values = alike(groups, by_world=by_world, by_draw=by_draw, about=about)
        squared, freedom, _ = scatter(values, groups)
        low, high = Estimate(float(values.mean()), math.sqrt(squared), freedom).interval()
        hits += low <= 0.0 <= high
    return hits / REPEATS


def test_alike_in_one_way_the_error_is_that_of_the_groups_means() -> None:
    values, world = normals(200, about=1), ALL % 8
    means = [values[world == k].mean() for k in range(8)]
    squared, freedom, _ = scatter(values, world)
    assert (np.var(means, ddof=1) / 8, 7.0) == pytest.approx((squared, freedom))


def test_alike_in_no_way_runs_are_independent() -> None:
    values = normals(200, about=2)
    for groups in (np.zeros(200), np.stack([np.zeros(200), ALL])):
        squared, freedom, skewness = scatter(values, groups)
        assert (np.var(values, ddof=1) / 200, 199.0) == pytest.approx((squared, freedom))
        third = np.mean((values - values.mean()) ** 3) / np.var(values, ddof=1) ** 1.5
        assert third / math.sqrt(200) == pytest.approx(skewness)


def test_in_one_world_draws_are_the_groups() -> None:
    values, draw = normals(200, about=3), np.arange(200) // 4
    squared, freedom, _ = scatter(values, np.stack([np.zeros(200), draw]))
    assert (np.var(values.reshape(50, 4).mean(axis=1), ddof=1) / 50, 49.0) == pytest.approx((squared, freedom))


def test_where_worlds_and_draws_cross_fully_the_error_is_the_classical_one() -> None:
    """Mean squares of rows and columns less that of the rest, over the runs."""
    values = normals(30, 8, about=4) + normals(30, 1, about=5) + normals(8, about=6)
    rows, columns, center = values.mean(axis=1), values.mean(axis=0), values.mean()
    rest = values - rows[:, None] - columns + center
    expected = 8 * np.var(rows, ddof=1) + 30 * np.var(columns, ddof=1) - np.sum(rest**2) / (29 * 7)
    squared, _, _ = scatter(values.ravel(), np.stack([np.arange(240) % 8, np.arange(240) // 8]))
    assert expected / 240 == pytest.approx(squared)


@pytest.mark.parametrize("replicates", [2, 3, 8])
@pytest.mark.parametrize(("by_world", "by_draw"), [(0.0, 0.0), (0.5, 0.0), (0.0, 3.0), (0.2, 0.7)])
def test_intervals_hold_whatever_makes_runs_alike(replicates: int, by_world: float, by_draw: float) -> None:
    """Never less often than they should; with 25 draws of 8 runs and nothing alike, up to two points more often."""
    chance = 3 * math.sqrt(0.95 * 0.05 / REPEATS)
    few = 0.02 if replicates == 8 and by_draw == 0.0 else 0.0
    assert -chance < covered(grouped(ALL, 8, replicates), by_world, by_draw) - 0.95 < chance + few


@pytest.mark.parametrize(("worlds", "replicates"), [(8, 1), (7, 2), (8, 2)])
def test_intervals_hold_with_gaps(worlds: int, replicates: int) -> None:
    """A tenth of the runs is missing, and half of the worlds lack the second half of theirs."""
    there = ALL[(ALL % 10 != 3) & ((ALL <= 100) | (ALL % worlds < worlds // 2))]
    groups = grouped(there, worlds, replicates)
    assert abs(covered(groups, 0.2, 0.7) - 0.95) < 3 * math.sqrt(0.95 * 0.05 / REPEATS)


def crossed(groups: np.ndarray) -> Crossed:
    found = _crossed(*(_way(row) for row in groups))
    assert found is not None
    return found


def test_degrees_of_freedom_follow_from_the_spread_of_the_error() -> None:
    """Two squared over the relative variance of the squared error, which 3,000 repeats show."""
    groups = grouped(ALL, 8, 2)
    for components in ((0.04, 1.0, 1.0), (0.25, 0.0, 1.0), (0.0, 9.0, 1.0)):
        by_world, by_draw, _ = np.sqrt(components)
        found = [
            scatter(alike(groups, by_world=by_world, by_draw=by_draw, about=about), groups).squared
            for about in range(3000)
        ]
        expected = 2 * np.mean(found) ** 2 / np.var(found)
        assert expected == pytest.approx(crossed(groups).freedom(np.array(components)), rel=0.12)


def test_degrees_of_freedom_are_those_of_the_full_matrices() -> None:
    """Three runs per draw in four worlds: the two ways of grouping lie at angles that are neither 0 nor 90 degrees."""
    groups = grouped(np.arange(1, 49), 4, 3)
    found = crossed(groups)
    same = [(row[:, None] == row[None, :]).astype(float) for row in groups]
    means = [each / each.sum(axis=1, keepdims=True) for each in same]
    center = np.full((48, 48), 1 / 48)
    weights = found.parts @ found.moments
    error = sum(w * (each - center) for w, each in zip(weights, [*means, np.eye(48)], strict=True))
    for components in ((0.3, 2.0, 1.0), (1.0, 0.1, 0.5)):
        covariance = sum(c * each for c, each in zip(components, [*same, np.eye(48)], strict=True))
        product = error @ covariance
        expected = np.trace(product) ** 2 / np.trace(product @ product)
        assert expected == pytest.approx(found.freedom(np.array(components)))


def test_runs_in_lanes_are_alike_in_one_way_and_not_skewed() -> None:
    values, lane = np.exp(normals(200, about=8)), ALL % 4
    means = [values[lane == k].mean() for k in range(4)]
    assert (np.var(means, ddof=1) / 4, 3.0, 0.0) == pytest.approx(tuple(scatter(values, lane[np.newaxis])))
    assert scatter(values, lane).skewness > 0.1


def test_components_are_unbiased_with_groups_of_any_size() -> None:
    there = ALL[(ALL % 7 != 3) & ((ALL <= 100) | (ALL % 8 < 4))]
    groups = grouped(there, 8, 3)
    found = crossed(groups)
    shown = []
    for about in range(2000):
        values = alike(groups, by_world=0.6, by_draw=1.2, about=about)
        deviations = values - values.mean()
        squares = [found.one.between(deviations), found.other.between(deviations), deviations @ deviations]
        shown.append(found.moments @ squares)
    errors = np.std(shown, axis=0) / math.sqrt(2000)
    assert np.all(np.abs(np.mean(shown, axis=0) - [0.36, 1.44, 1.0]) < 4 * errors)


def test_too_few_runs_to_tell_worlds_from_draws_still_give_an_error() -> None:
    for runs in range(2, 24):
        groups = grouped(np.arange(1, runs + 1), 8, 2)
        squared, freedom, _ = scatter(normals(runs, about=9), groups)
        assert squared > 0.0
        assert freedom >= 1.0


def test_the_error_is_never_below_both_mean_squares() -> None:
    """Groups that agree by chance would make a component negative."""
    groups = grouped(np.arange(1, 25), 4, 2)
    for about in range(300):
        values = normals(24, about=100 + about)
        found = crossed(groups)
        deviations = values - values.mean()
        squares = found.one.between(deviations) / 3, found.other.between(deviations) / 11
        assert scatter(values, groups).squared * 24 >= min(squares) - 1e-12
