"""What follows an order: chances counted over a grid of dice, directions, and the log-odds of price and reviews."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.afterwards import (
    Aftermath,
    DeedDice,
    Deeds,
    anything_follows,
    deeds_after,
    later_lag,
    orders_from_list,
    return_chance,
    subscribes,
)
from simulator.rules.conversion import credited_author
from simulator.rules.facts import ADS, BY_CODE, BY_LINK, NOBODY
from simulator.rules.fraud import buys_engagement, engagements_bought
from simulator.rules.price import price_shift
from simulator.rules.reviews import review_shift

GRID = [(cell + 0.5) / 1000 for cell in range(1000)]
NOTHING = Aftermath(*([0.0] * 8))
chance = st.floats(0.0, 1.0)
die = st.floats(2.0**-33, 1.0 - 2.0**-33)


def test_a_product_of_typical_quality_is_returned_at_the_stated_rate() -> None:
    assert return_chance(0.1, 0.5, -3.0) == pytest.approx(0.1, rel=1e-15)


@given(st.floats(0.0, 0.99), chance, chance, st.floats(-20.0, 0.0))
def test_better_quality_never_raises_returns(rate: float, one: float, other: float, log_odds: float) -> None:
    worse, better = sorted((one, other))
    assert 0.0 <= return_chance(rate, better, log_odds) <= return_chance(rate, worse, log_odds) * (1 + 1e-12) <= 1.0


def test_quality_acts_on_the_odds_of_a_return() -> None:
    """0.1 / 0.9 odds, one step of 0.1 at an odds ratio of 0.8."""
    odds = 0.1 / 0.9 * 0.8
    assert return_chance(0.1, 0.6, math.log(0.8) / 0.1) == pytest.approx(odds / (1 + odds), rel=1e-12)


def test_nothing_returned_at_a_rate_of_zero_whatever_the_quality() -> None:
    assert {0.0} == {return_chance(0.0, quality, -7.0) for quality in (0.0, 0.3, 1.0)}


@pytest.mark.parametrize("field", ["returned", "reviewed", "posted", "repeated"])
def test_each_deed_has_its_chance(field: str) -> None:
    aftermath = NOTHING._replace(**{field: 0.3})
    assert anything_follows(aftermath)
    for place, name in enumerate(Deeds._fields):
        done = [
            getattr(deeds_after(DeedDice(*(at if k == place else 0.5 for k in range(4))), aftermath), name)
            for at in GRID
        ]
        assert (300 if name == field else 0) == sum(done)


@given(chance, chance, chance, chance, die, die, die, die)
def test_who_sends_it_back_neither_posts_nor_buys_again(
    a: float, b: float, c: float, d: float, w: float, x: float, y: float, z: float
) -> None:
    aftermath, dice = NOTHING._replace(returned=a, reviewed=b, posted=c, repeated=d), DeedDice(w, x, y, z)
    deeds = deeds_after(dice, aftermath)
    assert not (deeds.returned and (deeds.posted or deeds.repeated))
    kept = deeds_after(dice, aftermath._replace(returned=0.0))
    assert (kept.reviewed, kept.posted, kept.repeated) >= (deeds.reviewed, deeds.posted, deeds.repeated)


def test_nothing_follows_where_all_chances_are_zero() -> None:
    assert not anything_follows(NOTHING._replace(repeat_half_life=9.0, subscribed=1.0, list_order=1.0))


@pytest.mark.parametrize("half_life", [0.0, 1.0, 10.0])
def test_a_later_order_comes_tomorrow_at_the_earliest_and_is_geometric(half_life: float) -> None:
    lags = [later_lag(at, half_life) for at in GRID]
    for days in (1, 2, 4, 20):
        expected = 1000 * (2.0 ** (-(days - 1) / half_life) if half_life else float(days == 1))
        assert abs(sum(lag >= days for lag in lags) - expected) <= 1.0


def test_clickers_subscribe_and_subscribers_order_at_their_chances() -> None:
    aftermath = NOTHING._replace(subscribed=0.25, list_order=0.4)
    assert (250, 400) == (
        sum(subscribes(at, aftermath) for at in GRID),
        sum(orders_from_list(at, aftermath) for at in GRID),
    )


@pytest.mark.parametrize(("elasticity", "discount"), [(-1.5, 0.2), (-3.0, 0.1), (-0.5, 0.5)])
def test_of_few_buyers_a_discount_makes_more_by_the_elasticity(elasticity: float, discount: float) -> None:
    odds = 1e-6 / (1 - 1e-6) * math.exp(price_shift(elasticity, discount))
    assert odds / (1 + odds) == pytest.approx(1e-6 * (1 - discount) ** elasticity, rel=1e-5)


@given(st.floats(-5.0, 0.0), st.floats(0.0, 0.95), st.floats(0.0, 0.95))
def test_a_larger_discount_never_lowers_the_chance(elasticity: float, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert 0.0 <= price_shift(elasticity, small) <= price_shift(elasticity, large)


def test_no_discount_and_no_response_change_nothing() -> None:
    assert 0.0 == price_shift(-3.0, 0.0) == price_shift(0.0, 0.5)


def test_five_first_reviews_have_the_published_effect() -> None:
    """Spiegel Research Center 2017: 3.7 times the orders with five reviews against none."""
    assert math.exp(review_shift(5.0, 0.0, 0.73)) == pytest.approx(3.7, rel=0.01)


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6), st.floats(0.0, 2.0))
def test_more_reviews_never_lower_the_chance(at_start: float, gained: float, per_log: float) -> None:
    assert review_shift(at_start + gained, at_start, per_log) >= review_shift(at_start, at_start, per_log) == 0.0


def test_a_lost_track_credits_nobody_and_only_links_lose_it() -> None:
    def credit(clicked: int, tracking: int, coded: int, at: float, lost: float) -> int:
        return credited_author(clicked, 3, tracking, coded, at, 30.0, 1.0, 1.0, lost)

    assert 700 == sum(credit(4, BY_LINK, 7, at, 0.3) == 4 for at in GRID)
    assert 300 == sum(credit(4, BY_LINK, 7, at, 0.3) == NOBODY for at in GRID)
    assert {4} == {credit(4, BY_CODE, 7, at, 0.3) for at in GRID}
    assert {ADS} == {credit(ADS, BY_LINK, 7, at, 0.3) for at in GRID}


@given(st.integers(0, 10**9), st.floats(0.0, 10.0))
def test_bought_engagements_are_so_many_per_real_one(engagements: int, per_real: float) -> None:
    assert abs(engagements_bought(engagements, per_real) - engagements * per_real) <= 0.5 + 1e-6 * engagements


def test_accounts_buy_at_their_prevalence() -> None:
    assert 420 == sum(buys_engagement(at, 0.42) for at in GRID)
