"""Distributions against scipy, quantities against their bounds, curves against a hand-made interpolation."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from simulator.distributions import (
    Beta,
    Distribution,
    Empirical,
    Fixed,
    LogNormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from simulator.errors import BadQuantity
from simulator.quantity import BOUNDS, Curve, Quantity

TWINS = [
    (Uniform(2.0, 5.0), stats.uniform(2.0, 3.0)),
    (Triangular(1.0, 2.0, 5.0), stats.triang(0.25, 1.0, 4.0)),
    (Triangular(1.0, 1.0, 5.0), stats.triang(0.0, 1.0, 4.0)),
    (Pert(0.3, 0.5, 0.9), stats.beta(1.0 + 4.0 / 3.0, 1.0 + 8.0 / 3.0, 0.3, 0.6)),
    (Normal(-0.19, 0.03), stats.norm(-0.19, 0.03)),
    (LogNormal(3.0, 0.9), stats.lognorm(0.9, scale=3.0)),
    (Beta(2.0, 7.0), stats.beta(2.0, 7.0)),
]
NAMES = [str(ours) for ours, _ in TWINS]
probabilities = st.floats(1e-6, 1.0 - 1e-6)
ascending = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)


@pytest.mark.parametrize(("ours", "theirs"), TWINS, ids=NAMES)
@pytest.mark.parametrize("p", [1e-5, 0.05, 0.37, 0.5, 0.9, 0.99999])
def test_quantiles_agree_with_scipy(ours: Distribution, theirs: stats.rv_continuous, p: float) -> None:
    assert theirs.ppf(p) == pytest.approx(ours.quantile(p), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("ours", "theirs"), TWINS, ids=NAMES)
def test_means_agree_with_scipy_and_with_the_integral_of_the_quantiles(
    ours: Distribution, theirs: stats.rv_continuous
) -> None:
    integral, error = integrate.quad(ours.quantile, 0.0, 1.0, epsrel=1e-7, limit=200)
    assert theirs.mean() == pytest.approx(ours.mean(), rel=1e-12)
    assert abs(integral - ours.mean()) < 1e-5 + 10 * error


@given(ascending, probabilities, probabilities)
@settings(max_examples=60, deadline=None)
def test_quantiles_never_descend_and_stay_within_their_support(shape: list[float], p: float, q: float) -> None:
    low, mode, high = shape
    for distribution in (Uniform(low, high), Triangular(low, mode, high), Pert(low, mode, high)):
        values = [distribution.quantile(min(p, q)), distribution.quantile(max(p, q))]
        slack = 1e-9 * (high - low)
        assert values[0] <= values[1] + slack
        assert low - slack <= values[0]
        assert values[1] <= high + slack


def test_a_sample_takes_its_own_values_equally_often() -> None:
    sample = Empirical((3.0, 1.0, 2.0))
    assert [1.0, 1.0, 2.0, 3.0, 3.0] == [sample.quantile(p) for p in (0.0, 0.33, 0.34, 0.67, 1.0)]
    assert sample.mean() == 2.0


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Pert(0.7, 0.5, 0.3), "pert: [0.3, 0.5, 0.7]"),
        (lambda: Triangular(3, 1, 2), "triangular: [1, 2, 3]"),
        (lambda: Uniform(2, 1), "uniform: [1, 2]"),
        (lambda: Normal(0, -1), "sd of 0 or more"),
        (lambda: Normal(math.inf, 1), "finite"),
        (lambda: LogNormal(0, 1), "median above 0"),
        (lambda: Beta(0, 1), "shapes above 0"),
        (lambda: Fixed(math.nan), "finite"),
        (lambda: Empirical(()), "numbers"),
        (lambda: Empirical((1.0, math.nan)), "finite"),
    ],
)
def test_an_impossible_distribution_says_what_to_write(make, says: str) -> None:
    with pytest.raises(BadQuantity, match=re.escape(says)):
        make()


@pytest.mark.parametrize(
    ("distribution", "unit"),
    [
        (Fixed(1.7), "probability"),
        (Fixed(-5), "money"),
        (Fixed(1e300), "money"),
        (Pert(0.5, 0.9, 1.1), "share"),
        (Normal(0.05, 0.02), "share"),
        (Fixed(1.0), "furlong"),
    ],
    ids=str,
)
def test_no_value_may_leave_the_bounds_of_its_unit(distribution: Distribution, unit: str) -> None:
    with pytest.raises(BadQuantity):
        Quantity("x", distribution, unit)


@pytest.mark.parametrize("unit", BOUNDS)
def test_the_bounds_themselves_are_allowed(unit: str) -> None:
    low, high = BOUNDS[unit]
    assert (low, high) == tuple(Quantity("x", Fixed(bound), unit).value for bound in (low, high))


def test_a_curve_is_straight_in_log_followers_and_level_outside_its_rows() -> None:
    curve = Curve("x", (1000.0, 100_000.0), (Fixed(0.2), Uniform(0.0, 0.2)), "share")
    assert [0.2, 0.2, 0.15, 0.1, 0.1] == pytest.approx([curve.mean(f) for f in (10, 1000, 10_000, 1e5, 1e9)])
    assert curve.at(1e5, 0.25) == pytest.approx(0.05)
    assert curve.at(1e4, 0.25) == pytest.approx(0.125)


@pytest.mark.parametrize("sizes", [(), (2.0, 1.0), (0.0, 1.0), (1.0, 1.0), (1.0,)])
def test_a_curve_needs_ascending_rows(sizes: tuple[float, ...]) -> None:
    with pytest.raises(BadQuantity):
        Curve("x", sizes, (Fixed(0.1), Fixed(0.2)), "share")


def test_a_draw_from_far_out_stops_at_the_bound_of_its_unit() -> None:
    """A chance of 4% with a standard deviation of 1% would be negative once in 30,000 draws."""
    chance = Quantity("a", Normal(0.04, 0.01), "probability")
    assert Normal(0.04, 0.01).quantile(1e-6) < 0.0 == chance.at(1e-6)
    assert 0.04 == pytest.approx(chance.at(0.5))
    curve = Curve("b", (1000.0,), (Normal(0.04, 0.01),), "probability")
    assert 0.0 == curve.at(5000.0, 1e-6)
