"""Solved intercepts against scipy's root finder; shocks of a chance against the integral over the normal."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit
from scipy.stats import norm

from simulator.arithmetic import logistic
from simulator.campaign.reference import NORMAL_NODES, NORMAL_WEIGHTS
from simulator.rules.reference import ALWAYS, NEVER, mean_chance, shocked_chance, solve_intercept

WEIGHTS, NODES = np.array(NORMAL_WEIGHTS), np.array(NORMAL_NODES)
sizes = st.shared(st.integers(1, 12))
offsets_of_people = sizes.flatmap(lambda size: arrays(float, size, elements=st.floats(-8.0, 8.0)))
weights_of_people = sizes.flatmap(lambda size: arrays(float, size, elements=st.floats(0.01, 5.0)))


def moved(mean: float, sd: float, shock: float) -> float:
    return shocked_chance(mean, sd, shock, WEIGHTS, NODES, np.empty(NODES.size))


@given(st.floats(1e-6, 1.0 - 1e-6), weights_of_people, offsets_of_people)
def test_the_intercept_is_the_root_scipy_finds(target: float, weights: np.ndarray, offsets: np.ndarray) -> None:
    def excess(intercept: float) -> float:
        return float(np.average(expit(intercept + offsets), weights=weights)) - target

    found = solve_intercept(target, weights, offsets)
    assert abs(excess(found)) < 1e-12
    # How far two roots may differ: the rounding of the mean over its slope.
    slope = float(np.average(expit(found + offsets) * expit(-found - offsets), weights=weights))
    assert found == pytest.approx(brentq(excess, -40.0, 40.0, xtol=1e-14), abs=1e-10 + 2e-13 / slope)


@given(weights_of_people, offsets_of_people, st.floats(-5.0, 5.0))
def test_the_mean_chance_is_the_weighted_mean(weights: np.ndarray, offsets: np.ndarray, intercept: float) -> None:
    expected = np.average(expit(intercept + offsets), weights=weights)
    assert mean_chance(intercept, weights, offsets) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("target", "expected"), [(0.0, 0.0), (1.0, 1.0)])
def test_a_rate_of_none_or_all_is_never_or_always(target: float, expected: float) -> None:
    offsets = np.array([-5.0, 0.0, 5.0])
    found = solve_intercept(target, np.ones(3), offsets)
    assert (ALWAYS if target else NEVER) == found
    assert np.all(np.abs(expected - np.array([logistic(found + offset) for offset in offsets])) < 1e-300)


@pytest.mark.parametrize("sd", [0.1, 0.6, 0.7, 0.92])
@pytest.mark.parametrize("mean", [1e-4, 0.02, 0.3, 0.5, 0.9])
def test_a_shocked_chance_keeps_its_mean(mean: float, sd: float) -> None:
    """Over all shocks, by adaptive integration. The rule's own eight nodes are exact to some millionths."""
    found = quad(lambda shock: moved(mean, sd, shock) * norm.pdf(shock), -9.0, 9.0, limit=200)[0]
    assert found == pytest.approx(mean, rel=1e-5)


@given(st.floats(-5.0, 5.0), st.floats(0.05, 1.0))
def test_a_tiny_chance_moves_by_the_lognormal_factor(shock: float, sd: float) -> None:
    assert moved(1e-9, sd, shock) / 1e-9 == pytest.approx(math.exp(sd * shock - 0.5 * sd * sd), rel=1e-5)


@given(st.floats(0.0, 1.0), st.floats(0.0, 3.0), st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
def test_a_shocked_chance_stays_a_chance_and_rises_with_the_shock(
    mean: float, sd: float, shock: float, other: float
) -> None:
    low, high = (moved(mean, sd, value) for value in sorted((shock, other)))
    assert 0.0 <= low <= high <= 1.0


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 0.7), (1.0, 0.7), (0.3, 0.0)])
def test_without_room_or_spread_a_shock_changes_nothing(mean: float, sd: float) -> None:
    assert mean == moved(mean, sd, 2.0)
