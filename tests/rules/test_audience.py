"""Audiences that change: compound growth and loss in closed form, and a bonus that never reaches more than all."""

from __future__ import annotations

import pytest
from drawn_facts import share
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.audience import audience_left, reach_with_bonus

days = st.integers(0, 1460)
posts = st.integers(0, 60)
growth = st.floats(-1.0, 10.0)  # the hard bounds of a relative change


@kernel
def compiled_audience(day, posts, growth, loss):
    return audience_left(day, posts, growth, loss)


@kernel
def compiled_reach(reach, present, bonus):
    return reach_with_bonus(reach, present, bonus)


@given(days, posts, st.floats(-0.99, 2.0), st.floats(0.0, 0.5))
def test_an_audience_grows_by_the_month_and_loses_by_the_post(day: int, posts: int, growth: float, loss: float) -> None:
    """(1 + growth)^(days ÷ 30) × (1 − loss)^posts."""
    expected = (1.0 + growth) ** (day / 30.0) * (1.0 - loss) ** posts
    assert audience_left(day, posts, growth, loss) == pytest.approx(expected, rel=1e-11)


@given(days, posts, growth, share)
def test_an_audience_is_a_number_that_is_never_negative(day: int, posts: int, growth: float, loss: float) -> None:
    assert 0.0 <= audience_left(day, posts, growth, loss) <= 11.0 ** (day / 30.0) * (1.0 + 1e-9)


@given(posts, st.floats(-1.0, 0.0))
def test_on_day_zero_nothing_has_grown_or_shrunk_yet(posts: int, growth: float) -> None:
    assert 1.0 == audience_left(0, 0, growth, 0.0)
    assert audience_left(0, posts, growth, 0.01) == pytest.approx(0.99**posts, rel=1e-12)


@given(st.integers(1, 1460))
def test_who_loses_everybody_in_a_month_has_nobody_left(day: int) -> None:
    assert 0.0 == audience_left(day, 0, -1.0, 0.0)


@given(days, days, posts, posts, st.floats(0.0, 10.0), share, share)
def test_time_never_lowers_a_growing_audience_and_ads_never_raise_it(
    day: int, later: int, few: int, many: int, growth: float, loss: float, more: float
) -> None:
    day, later = sorted((day, later))
    few, many = sorted((few, many))
    loss, more = sorted((loss, more))
    assert audience_left(day, few, growth, loss) <= audience_left(later, few, growth, loss) * (1.0 + 1e-14)
    assert audience_left(day, many, growth, loss) <= audience_left(day, few, growth, loss)
    assert audience_left(day, many, growth, more) <= audience_left(day, many, growth, loss)


@given(days, posts)
def test_an_audience_that_does_not_change_stays_to_the_last_bit(day: int, posts: int) -> None:
    assert 1.0 == audience_left(day, posts, 0.0, 0.0)


@given(share, share, st.floats(0.0, 1e6))
def test_a_bonus_adds_to_who_is_there_and_reaches_nobody_twice(reach: float, present: float, bonus: float) -> None:
    found = reach_with_bonus(reach, present, bonus)
    assert found == pytest.approx(min(1.0, reach + reach * present * bonus), rel=1e-13)
    assert reach <= found <= 1.0


@given(share, share, st.floats(0.0, 1e6))
def test_a_bonus_for_nobody_and_no_bonus_change_no_bit(reach: float, present: float, bonus: float) -> None:
    assert reach == reach_with_bonus(reach, 0.0, bonus)
    assert reach == reach_with_bonus(reach, present, 0.0)


@given(days, posts, growth, share, share, share)
def test_plain_and_compiled_audiences_have_the_same_bits(
    day: int, posts: int, growth: float, loss: float, reach: float, present: float
) -> None:
    assert audience_left(day, posts, growth, loss) == compiled_audience(day, posts, growth, loss)
    assert reach_with_bonus(reach, present, 0.4) == compiled_reach(reach, present, 0.4)
