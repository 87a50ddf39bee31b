"""Intervals are Student's, follow a skewed figure, and are wider where several must hold together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from results.noise import normals
from scipy.stats import norm, t

from simulator.results.estimate import Estimate, multiple, unskewed


def test_an_estimate_without_degrees_of_freedom_is_normal() -> None:
    plain = Estimate(10.0, 2.0)
    half = 2.0 * norm.ppf(0.975)
    assert (10.0 - half, 10.0 + half) == pytest.approx(plain.interval())
    assert {"value": 10.0, "error": 2.0, "low": plain.low, "high": plain.high} == plain.as_dict()


@pytest.mark.parametrize(("freedom", "together"), [(3.0, 1), (7.0, 4), (12.6, 2)])
def test_few_degrees_of_freedom_and_many_figures_widen_an_interval(freedom: float, together: int) -> None:
    expected = t.ppf(1 - 0.025 / together, freedom)
    assert expected == pytest.approx(multiple(freedom, together))
    assert (-expected, expected) == pytest.approx(Estimate(0.0, 1.0, freedom).interval(together))


def test_without_an_error_there_is_no_interval_and_without_spread_it_is_a_point() -> None:
    assert (None, None) == Estimate(3.0, None).interval()
    assert math.inf == Estimate(3.0, None).half_width
    assert (3.0, 3.0) == Estimate(3.0, 0.0, 5.0).interval(4)


def test_the_larger_side_is_the_half_width() -> None:
    assert 0.3 == pytest.approx(Estimate(0.1, 0.1, bounds=(0.05, 0.4)).half_width)
    skewed = Estimate(0.0, 1.0, skewness=0.5)
    assert skewed.half_width == skewed.high > -skewed.low


def test_the_correction_of_skewed_figures_undoes_its_expansion() -> None:
    """Hall's cubic, of which `unskewed` is the inverse."""
    for skewness in (-0.8, 0.2, 1.5):
        bend = skewness / 6
        for errors in (-3.0, 0.1, 2.4):
            x = unskewed(errors, skewness)
            assert errors == pytest.approx(x + 2 * bend * x**2 + 4 / 3 * bend**2 * x**3 + bend)


def test_both_sides_miss_alike_where_the_figure_is_skewed() -> None:
    """Means of 60 exponential numbers: 4,000 of them, whose 95% intervals would miss below and above unevenly."""
    values = -np.log(norm.cdf(normals(4000, 60, about=1)))
    centers, sds = values.mean(axis=1), values.std(axis=1, ddof=1)
    thirds = np.mean((values - centers[:, None]) ** 3, axis=1)
    misses = {True: np.zeros(2), False: np.zeros(2)}
    for center, sd, third in zip(centers, sds, thirds, strict=True):
        for corrected, missed in misses.items():
            skewness = third / sd**3 / math.sqrt(60) if corrected else 0.0
            low, high = Estimate(center, sd / math.sqrt(60), 59.0, skewness).interval()
            missed += [high < 1.0, low > 1.0]
    allowed = 4 * math.sqrt(4000 * 0.025)
    assert np.all(np.abs(misses[True] - 100) < allowed)
    assert misses[False][0] > 100 + allowed
