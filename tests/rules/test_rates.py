"""Stated rates come back when the rules are integrated over a dense audience of another grid's making."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.reference import Crowd, crowd_sample, follower_sample, market_of, market_sample
from simulator.compiled import kernel
from simulator.rules.conversion import click, order
from simulator.rules.engagement import engage
from simulator.rules.facts import Person, Post, Response, Tie
from simulator.rules.rates import Audience, Rates, Scratch, per_step, settle_post, view_through_rate

RESPONSE = Response(
    trust_on_engage=3.0, trust_on_click=2.6, trust_on_order=1.8,
    fit_on_engage=0.4, fit_on_click=0.35, fit_on_order=0.25,
    wear_on_engage=-0.2, wear_on_click=-0.1, engaged_on_click=1.6, susceptibility_on_engage=0.4,
    forgetting=1 / 30, trust_step=0.05, trust_ignored_weight=0.1,
)  # fmt: skip
RATES = Rates(engage=0.12, click=0.02, order=0.06, halo=3.0, comment=0.03, share=0.01)
MARKET_SHARE, EXPLAINED, SPREAD, PRIOR = 0.2, 0.5, 0.2, 0.48


@kernel
def settled(rates, response, trust, by_peer, engagers, clickers, buyers, scratch):
    return settle_post(rates, response, trust, by_peer, engagers, clickers, buyers, scratch)


def settle(rates: Rates, response: Response, by_peer: float, engagers, clickers=None, buyers=None) -> Post:
    audiences = (engagers, clickers or engagers, buyers or engagers)
    scratch = Scratch(*(np.empty(2 * max(a.weight.size for a in audiences)) for _ in range(3)))
    return Post(*settled(rates, response, PRIOR, by_peer, *audiences, scratch))


def normal_grid(points: int) -> tuple[np.ndarray, np.ndarray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    return nodes, weights / weights.sum()


def triangular_grid(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Density 1 − |x| on (−1, 1), each half by Gauss and Legendre."""
    x, w = np.polynomial.legendre.leggauss(points)
    right = 0.5 * (x + 1.0)
    weight = 0.5 * w * (1.0 - right)
    return np.concatenate([-right[::-1], right]), np.concatenate([weight[::-1], weight])


def dense_followers(brand_share: float, offset: float = 0.0) -> Audience:
    """Followers as the world draws them: two topics, normal affinity around each, triangular trust."""
    matched = math.sqrt(EXPLAINED / (MARKET_SHARE * (1 - MARKET_SHARE))) * (1 - MARKET_SHARE)
    unmatched = matched - math.sqrt(EXPLAINED / (MARKET_SHARE * (1 - MARKET_SHARE)))
    (z, zw), (t, tw) = normal_grid(30), triangular_grid(8)
    rows = [
        (share * v * w, base + math.sqrt(1 - EXPLAINED) * x, offset + SPREAD * y, 0.0, 0.0)
        for share, base in ((brand_share, matched), (1 - brand_share, unmatched))
        for x, v in zip(z, zw, strict=True)
        for y, w in zip(t, tw, strict=True)
    ]
    return Audience(*np.array(rows).T)


def dense_market() -> Audience:
    followers = dense_followers(MARKET_SHARE)
    s, sw = normal_grid(20)
    weight = np.outer(followers.weight, sw).ravel()
    return Audience(
        weight,
        np.repeat(followers.affinity, s.size),
        np.zeros(weight.size),
        np.tile(s, followers.weight.size),
        np.zeros(weight.size),
    )


def shown(post: Post, response: Response, audience: Audience) -> tuple[float, float, float, float]:
    """Engage, click and order rates and untracked orders per tracked one, by the rules, person by person."""
    engaged = clicked = tracked = untracked = 0.0
    for weight, affinity, trust, susceptibility, persona in zip(*(column.tolist() for column in audience), strict=True):
        person, tie = Person(affinity, susceptibility, 0.0, 1.0), Tie(post.trust + trust, persona)
        e = engage(person, tie, post, response, 0.0)
        c = e * click(person, tie, post, response, 0.0, 1) + (1 - e) * click(person, tie, post, response, 0.0, 0)
        engaged += weight * e
        clicked += weight * c
        tracked += weight * c * order(person, tie, post, response, 1)
        untracked += weight * (1 - c) * order(person, tie, post, response, 0)
    return engaged, clicked, tracked / clicked if clicked else 0.0, untracked / tracked if tracked else 0.0


@pytest.mark.parametrize("brand_share", [0.1, 0.6, 0.9])
def test_a_dense_audience_shows_all_four_stated_rates(brand_share: float) -> None:
    post = settle(RATES, RESPONSE, 0.0, follower_sample(brand_share, MARKET_SHARE, EXPLAINED, 0.0, SPREAD))
    found = shown(post, RESPONSE, dense_followers(brand_share))
    assert found == pytest.approx((RATES.engage, RATES.click, RATES.order, RATES.halo), rel=1e-4)


def test_an_audience_of_two_motives_shows_the_stated_rates() -> None:
    """Who follows for persona engages, clicks and orders less often; the mean over both stays as stated."""
    response = RESPONSE._replace(persona_on_engage=-0.2, persona_on_click=-0.5, persona_on_order=-0.9)
    market = market_of(MARKET_SHARE, EXPLAINED, SPREAD, 2)
    sample = crowd_sample(Crowd(0.6, 0.0, 0.1, 1.0), market)
    by_motive = [dense_followers(0.6) for _ in range(2)]
    weight = np.concatenate(
        [
            part.weight * np.where(matched(part), share, 1.0 - other)
            for part, share, other in ((by_motive[0], 0.9, 1.0), (by_motive[1], 0.1, 0.0))
        ]
    )
    dense = Audience(
        weight,
        *(np.concatenate([part[k] for part in by_motive]) for k in (1, 2, 3)),
        np.repeat([0.0, 1.0], by_motive[0].weight.size),
    )
    found = shown(settle(RATES, response, 0.0, sample), response, dense)
    assert found == pytest.approx((RATES.engage, RATES.click, RATES.order, RATES.halo), rel=1e-4)


def matched(followers: Audience) -> np.ndarray:
    """The first half of the rows have the brand's topic as main interest."""
    return np.arange(followers.weight.size) < followers.weight.size // 2


def test_each_rate_is_the_mean_of_the_audience_it_is_stated_for() -> None:
    """Engagement of one audience, clicks of another, orders of a third: typical sizes differ in topic and trust."""
    wanted = {"engagers": (0.7, 0.0), "clickers": (0.4, 0.05), "buyers": (0.25, -0.1)}
    samples = [follower_sample(share, MARKET_SHARE, EXPLAINED, offset, SPREAD) for share, offset in wanted.values()]
    post = settle(RATES, RESPONSE, 0.0, *samples)
    engaged, clicked, ordered = (
        shown(post, RESPONSE, dense_followers(share, offset))[place]
        for place, (share, offset) in enumerate(wanted.values())
    )
    assert (engaged, clicked, ordered) == pytest.approx((RATES.engage, RATES.click, RATES.order), rel=1e-4)


def test_people_shown_a_post_by_peers_engage_at_the_stated_rate() -> None:
    post = settle(RATES._replace(halo=0.0), RESPONSE, 1.0, market_sample(MARKET_SHARE, EXPLAINED))
    found = shown(post, RESPONSE, dense_market())
    assert found == pytest.approx((RATES.engage, RATES.click, RATES.order, 0.0), rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("change", [{"engage": 0.0}, {"click": 0.0}, {"order": 0.0}, {"halo": 0.0}])
def test_a_rate_of_zero_is_zero(change: dict[str, float]) -> None:
    rates = RATES._replace(**change)
    audience = follower_sample(0.6, MARKET_SHARE, EXPLAINED, 0.0, SPREAD)
    engaged, clicked, ordered, halo = shown(settle(rates, RESPONSE, 0.0, audience), RESPONSE, audience)
    assert (engaged, clicked) == pytest.approx((rates.engage, rates.click), rel=1e-9, abs=1e-12)
    if rates.click:
        assert ordered == pytest.approx(rates.order, rel=1e-9, abs=1e-12)
    if rates.click and rates.order:
        assert halo == pytest.approx(rates.halo, rel=1e-9, abs=1e-12)


def test_rates_of_one_happen_to_everybody() -> None:
    rates = RATES._replace(engage=1.0, click=1.0, order=1.0)
    audience = follower_sample(0.6, MARKET_SHARE, EXPLAINED, 0.0, SPREAD)
    post = settle(rates, RESPONSE, 0.0, audience)
    assert (1.0, 1.0, 1.0) == pytest.approx(shown(post, RESPONSE, audience)[:3], rel=1e-12)


@given(st.floats(0.01, 0.9), st.floats(0.001, 0.5), st.floats(0.001, 0.5), st.floats(0.0, 2.0))
def test_any_rates_come_back_on_the_audience_they_were_solved_for(
    engaged: float, clicked: float, ordered: float, halo: float
) -> None:
    rates = Rates(engaged, clicked, ordered, halo, 0.0, 0.0)
    audience = follower_sample(0.6, MARKET_SHARE, EXPLAINED, 0.0, SPREAD)
    found = shown(settle(rates, RESPONSE, 0.0, audience), RESPONSE, audience)
    assert found[:3] == pytest.approx((engaged, clicked, ordered), rel=1e-9, abs=1e-10)
    untracked = min(halo * clicked * ordered, 0.999 * (1.0 - clicked))
    assert found[3] * found[1] * found[2] == pytest.approx(untracked, rel=1e-9, abs=1e-13)


def test_view_through_gives_the_halo_of_those_who_did_not_click() -> None:
    assert view_through_rate(RATES) == pytest.approx(3.0 * 0.02 * 0.06 / 0.98, rel=1e-14)
    assert 0.999 == view_through_rate(RATES._replace(click=0.9, order=0.9, halo=10.0))
    assert 0.0 == view_through_rate(RATES._replace(click=1.0))


@given(st.floats(0.05, 20.0), st.floats(0.01, 2.0))
def test_log_odds_per_unit_multiply_odds_once_per_step(odds_ratio: float, step: float) -> None:
    assert math.exp(per_step(odds_ratio, step) * step) == pytest.approx(odds_ratio, rel=1e-12)
