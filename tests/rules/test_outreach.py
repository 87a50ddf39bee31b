"""Answers and kept promises: limits, directions, and closed forms written a second time."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.outreach import (
    accept_chance,
    effort_for,
    leave_chance,
    link_orders,
    reservation_price,
    status_gap,
    withheld,
)

CHANCE = st.floats(0.0, 1.0)
GAP = st.floats(0.0, 12.0)


@given(CHANCE, GAP, GAP)
def test_without_an_effect_of_status_the_typical_chance_holds_to_the_bit(chance: float, gap: float, usual: float):
    assert chance == accept_chance(chance, 1.0, gap, usual) == accept_chance(chance, 0.4, gap, gap)


@given(st.floats(0.01, 0.99), st.floats(0.1, 1.0), GAP, st.floats(0.0, 3.0))
def test_a_wider_gap_never_raises_the_chance(chance: float, odds: float, gap: float, more: float) -> None:
    narrow, wide = (accept_chance(chance, odds, width, 0.0) for width in (gap, gap + more))
    assert 0.0 <= wide <= narrow + 1e-12 <= 1.0 + 1e-12
    odds_now = chance / (1 - chance) * odds**gap
    assert narrow == pytest.approx(odds_now / (1 + odds_now), rel=1e-9)


@pytest.mark.parametrize(
    ("followers", "brand", "gap"), [(1000, 1000, 0), (10, 1000, 0), (1000, 10, math.log(100)), (9, 0, 0)]
)
def test_only_who_stands_above_has_a_gap(followers: float, brand: float, gap: float) -> None:
    assert gap == pytest.approx(status_gap(float(followers), float(brand)))


@given(st.floats(0, 1e6), st.floats(0, 1e6), CHANCE)
def test_effort_falls_with_what_lacks_and_never_below_the_cut(offer: float, reservation: float, cut: float) -> None:
    effort = effort_for(offer, reservation, cut)
    assert 1.0 - cut <= effort <= 1.0
    assert effort == 1.0 or offer < reservation
    assert effort <= effort_for(offer + 1.0, reservation, cut)


def test_a_reservation_price_of_nothing_asks_for_nothing() -> None:
    assert 0.0 == reservation_price(50_000.0, 0.0, 0.6, 3.0)
    assert 25_000.0 == reservation_price(50_000.0, 0.5, 0.6, 0.0)
    assert 1.0 == effort_for(0.0, 0.0, 1.0)


@given(st.floats(0, 400), CHANCE, st.floats(0, 60))
def test_leaving_is_a_constant_hazard_beyond_regular_work(idle: float, hazard: float, regular: float) -> None:
    months = max(0.0, idle - regular) / 30
    assert leave_chance(idle, hazard, regular) == pytest.approx(1 - (1 - hazard) ** months, abs=1e-9)


@given(st.floats(0, 1), st.floats(0, 2), st.floats(1e3, 1e7))
def test_a_link_is_worth_its_stated_orders_at_ten_thousand(per_day: float, exponent: float, followers: float) -> None:
    assert per_day == link_orders(per_day, exponent, 10_000.0)
    assert link_orders(per_day, exponent, followers) == pytest.approx(per_day * (followers / 1e4) ** exponent, rel=1e-9)


@given(st.integers(0, 10**9), st.integers(1, 50), st.data(), st.integers(0, 10**6))
def test_never_more_is_withheld_than_the_fee(fee: int, posts: int, data: st.DataObject, share: int) -> None:
    missed = data.draw(st.integers(0, posts))
    kept_back = withheld(fee, missed, posts, share)
    assert 0 <= fee * missed * share / (posts * 10**6) - kept_back < 1 + 1e-3
    assert kept_back <= fee
