"""Our elementary functions: as accurate as they say, and the same bits from Python and from compiled code."""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from simulator import arithmetic
from simulator.arithmetic import beta_cdf, beta_quantile, exp_, log_, logistic, logit, normal_quantile, power_, sqrt_
from simulator.compiled import bits_from_float, float_from_bits, kernel

SMALLEST_NORMAL = sys.float_info.min
LARGEST = sys.float_info.max
exponents = st.floats(arithmetic.SMALLEST_EXPONENT, arithmetic.LARGEST_EXPONENT)
positive = st.floats(SMALLEST_NORMAL, LARGEST)
probabilities = st.floats(2.0**-33, 1.0 - 2.0**-33)  # what a die can say
shapes = st.floats(0.05, 500.0)


@kernel
def compiled_exp(x: float) -> float:
    return exp_(x)


@kernel
def compiled_log(x: float) -> float:
    return log_(x)


@kernel
def compiled_sqrt(x: float) -> float:
    return sqrt_(x)


@kernel
def compiled_power(base: float, exponent: float) -> float:
    return power_(base, exponent)


@kernel
def compiled_logistic(x: float) -> float:
    return logistic(x)


@kernel
def compiled_logit(p: float) -> float:
    return logit(p)


@kernel
def compiled_normal_quantile(p: float) -> float:
    return normal_quantile(p)


@kernel
def compiled_beta_cdf(a: float, b: float, x: float) -> float:
    return beta_cdf(a, b, x)


@kernel
def compiled_beta_quantile(a: float, b: float, p: float) -> float:
    return beta_quantile(a, b, p)


@kernel
def compiled_there_and_back(x: float) -> float:
    return float_from_bits(bits_from_float(x))


@kernel
def compiled_least_and_most(x: float, y: float) -> tuple[float, float]:
    return min(x, y), max(x, y)


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def ulps(value: float, exact: mpmath.mpf) -> float:
    """Error of a value in units in the last place of the exact result."""
    return float(abs(mpmath.mpf(value) - exact) / math.ulp(float(exact)))


@given(exponents)
@example(0.0)
@example(-0.0)
@example(1.0)
@example(709.0)
@example(-708.0)
@example(5e-324)
@example(math.log(2.0) / 2.0)
@example(-math.log(2.0) / 2.0)
def test_exp_is_within_two_units_in_the_last_place(x: float) -> None:
    with mpmath.workdps(40):
        assert ulps(exp_(x), mpmath.exp(mpmath.mpf(x))) <= 2.0


def test_exp_stays_within_two_units_on_a_fine_grid() -> None:
    with mpmath.workdps(40):
        for i in range(4_000):
            x = -708.0 + 1417.0 * (i + 0.5) / 4_000
            assert ulps(exp_(x), mpmath.exp(mpmath.mpf(x))) <= 2.0


@pytest.mark.parametrize(("x", "edge"), [(1e4, 709.0), (math.inf, 709.0), (-1e4, -708.0), (-math.inf, -708.0)])
def test_exp_is_clamped(x: float, edge: float) -> None:
    assert bits(exp_(edge)) == bits(exp_(x)) == bits(compiled_exp(x))


@given(positive)
@example(1.0)
@example(math.nextafter(1.0, 0.0))
@example(math.nextafter(1.0, 2.0))
@example(math.sqrt(2.0))
@example(math.nextafter(math.sqrt(2.0), 2.0))
@example(math.sqrt(0.5))
@example(SMALLEST_NORMAL)
@example(LARGEST)
def test_log_is_within_two_units_in_the_last_place(x: float) -> None:
    with mpmath.workdps(40):
        exact = mpmath.log(mpmath.mpf(x))
        assert log_(x) == 0.0 if exact == 0 else ulps(log_(x), exact) <= 2.0


def test_log_stays_within_two_units_near_one() -> None:
    with mpmath.workdps(40):
        for i in range(1, 4_000):
            x = 0.5 + i / 2_667.0
            exact = mpmath.log(mpmath.mpf(x))
            assert ulps(log_(x), exact) <= 2.0


@given(st.floats(0.0, LARGEST))
def test_sqrt_is_rounded_as_prescribed(x: float) -> None:
    with mpmath.workprec(2400):
        assert float(mpmath.sqrt(mpmath.mpf(x))) == sqrt_(x)


@given(st.floats(0.01, 100.0), st.floats(-5.0, 5.0))
def test_power_agrees_with_exact_powers(base: float, exponent: float) -> None:
    with mpmath.workdps(40):
        exact = mpmath.power(mpmath.mpf(base), mpmath.mpf(exponent))
        assert abs(power_(base, exponent) / exact - 1) < 2e-14


@given(probabilities)
def test_logistic_undoes_logit(p: float) -> None:
    assert math.isclose(p, logistic(logit(p)), rel_tol=1e-14)


@pytest.mark.parametrize("x", [-1e6, -708.0, 0.0, 36.0, 708.0, 1e6])
def test_a_logistic_is_a_probability(x: float) -> None:
    assert 0.0 <= logistic(x) <= 1.0


@given(probabilities)
@example(0.5)
@example(0.075)
@example(0.925)
@example(math.exp(-25.0))
@example(2.0**-33)
@example(1.0 - 2.0**-33)
def test_normal_quantiles_agree_with_scipy(p: float) -> None:
    assert math.isclose(float(special.ndtri(p)), normal_quantile(p), rel_tol=5e-15, abs_tol=1e-16)


@given(shapes, shapes, st.floats(0.0, 1.0))
def test_beta_probabilities_agree_with_scipy(a: float, b: float, x: float) -> None:
    assert math.isclose(float(special.betainc(a, b, x)), beta_cdf(a, b, x), rel_tol=1e-9, abs_tol=1e-12)


@given(shapes, shapes, probabilities)
def test_beta_quantiles_agree_with_scipy(a: float, b: float, p: float) -> None:
    value = beta_quantile(a, b, p)
    assert 0.0 <= value <= 1.0
    # Where the distribution is flat many values share a probability, so either may agree.
    close = math.isclose(float(special.betaincinv(a, b, p)), value, rel_tol=1e-9, abs_tol=1e-12)
    assert close or math.isclose(p, float(special.betainc(a, b, value)), rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize(("a", "b", "p"), [(1.0, 1.0, 0.3), (2.0, 1.0, 0.25), (1.0, 2.0, 0.75)])
def test_beta_quantiles_with_closed_forms_come_out(a: float, b: float, p: float) -> None:
    closed = {(1.0, 1.0): p, (2.0, 1.0): math.sqrt(p), (1.0, 2.0): 1.0 - math.sqrt(1.0 - p)}
    assert math.isclose(closed[a, b], beta_quantile(a, b, p), rel_tol=1e-13)


@given(shapes, shapes, probabilities, probabilities)
def test_beta_quantiles_ascend(a: float, b: float, p: float, q: float) -> None:
    low, high = sorted((p, q))
    assert beta_quantile(a, b, low) <= beta_quantile(a, b, high)


SAME: list[tuple[Callable[..., float], Callable[..., float], tuple[st.SearchStrategy[float], ...]]] = [
    (exp_, compiled_exp, (st.floats(allow_nan=False),)),
    (log_, compiled_log, (positive,)),
    (sqrt_, compiled_sqrt, (st.floats(0.0, LARGEST),)),
    (power_, compiled_power, (positive, st.floats(-50.0, 50.0))),
    (logistic, compiled_logistic, (st.floats(allow_nan=False),)),
    (logit, compiled_logit, (probabilities,)),
    (normal_quantile, compiled_normal_quantile, (probabilities,)),
    (beta_cdf, compiled_beta_cdf, (shapes, shapes, st.floats(0.0, 1.0))),
    (beta_quantile, compiled_beta_quantile, (shapes, shapes, probabilities)),
]


@pytest.mark.parametrize(("plain", "compiled", "arguments"), SAME, ids=[plain.__name__ for plain, _, _ in SAME])
def test_bits_are_the_same_compiled(
    plain: Callable[..., float], compiled: Callable[..., float], arguments: tuple[st.SearchStrategy[float], ...]
) -> None:
    @given(st.tuples(*arguments))
    def agree(facts: tuple[float, ...]) -> None:
        assert bits(plain(*facts)) == bits(compiled(*facts))

    agree()


@given(st.floats(), st.floats())
@example(0.0, -0.0)
@example(-0.0, 0.0)
@example(math.nan, 1.0)
@example(1.0, math.nan)
def test_least_and_most_are_the_same_compiled(x: float, y: float) -> None:
    least, most = compiled_least_and_most(x, y)
    assert (bits(min(x, y)), bits(max(x, y))) == (bits(least), bits(most))


@given(st.floats(allow_nan=False))
def test_a_double_survives_its_bits(x: float) -> None:
    assert bits(x) == bits(float_from_bits(bits_from_float(x))) == bits(compiled_there_and_back(x))


@given(st.floats(allow_nan=False))
def test_bits_are_those_of_numpy(x: float) -> None:
    assert int(np.float64(x).view(np.int64)) == bits_from_float(x)
