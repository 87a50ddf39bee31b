"""Reference audiences against published quadrature rules and the moments of whom they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.reference import (
    NORMAL_NODES,
    NORMAL_WEIGHTS,
    TRIANGULAR,
    UNIFORM_NODES,
    UNIFORM_WEIGHTS,
    follower_sample,
    market_sample,
)

shares = st.floats(0.01, 0.99)


def test_nodes_and_weights_are_those_of_gauss() -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    assert np.allclose(NORMAL_NODES, nodes, rtol=1e-14)
    assert np.allclose(NORMAL_WEIGHTS, weights / weights.sum(), rtol=1e-12)
    nodes, weights = np.polynomial.legendre.leggauss(3)
    assert np.allclose(UNIFORM_NODES, nodes / 2, atol=1e-15)
    assert np.allclose(UNIFORM_WEIGHTS, weights / 2, rtol=1e-14)


@pytest.mark.parametrize(("power", "moment"), [(0, 1), (1, 0), (2, 1 / 6), (3, 0), (4, 1 / 15), (5, 0)])
def test_the_sum_of_two_uniforms_has_the_moments_of_the_triangle(power: int, moment: float) -> None:
    assert sum(weight * value**power for weight, value in TRIANGULAR) == pytest.approx(moment, abs=1e-15)


@given(shares, shares, st.floats(0.0, 1.0), st.floats(-0.5, 0.5), st.floats(0.0, 0.5))
def test_followers_have_the_mean_affinity_of_their_topics_and_the_spread_of_trust(
    brand_share: float, market_share: float, explained: float, offset: float, spread: float
) -> None:
    weight, affinity, trust, susceptibility, _ = follower_sample(brand_share, market_share, explained, offset, spread)
    # A topic lifts affinity by √explained ÷ its standard deviation; the market's mean is zero.
    lift = np.sqrt(explained / (market_share * (1 - market_share)))
    assert weight.sum() == pytest.approx(1.0, rel=1e-12)
    assert weight @ affinity == pytest.approx(lift * (brand_share - market_share), abs=1e-10)
    assert weight @ trust == pytest.approx(offset, abs=1e-12)
    assert weight @ (trust - offset) ** 2 == pytest.approx(spread**2 / 6, abs=1e-12)
    assert not susceptibility.any()


@given(shares, st.floats(0.0, 1.0))
def test_the_market_has_standard_affinity_and_susceptibility_and_no_ties(share: float, explained: float) -> None:
    weight, affinity, trust, susceptibility, _ = market_sample(share, explained)
    for column in (affinity, susceptibility):
        assert weight @ column == pytest.approx(0.0, abs=1e-10)
        assert weight @ column**2 == pytest.approx(1.0, rel=1e-9)
    assert weight @ (affinity * susceptibility) == pytest.approx(0.0, abs=1e-10)
    assert not trust.any()
