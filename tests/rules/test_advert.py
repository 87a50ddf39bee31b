"""Paid social: impressions spread evenly and none is lost; clicks and orders come at the platform's rates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.advert import advert_clicked, advert_sells, shown_before
from simulator.rules.conversion import leaked_code, still_buys
from simulator.rules.facts import NOBODY


@given(st.integers(0, 10_000_000), st.integers(1, 400))
def test_impressions_spread_evenly_and_none_is_lost(impressions: int, days: int) -> None:
    shown = [shown_before(day + 1, impressions, days) - shown_before(day, impressions, days) for day in range(days + 9)]
    assert impressions == sum(shown)
    assert max(shown[:days]) - min(shown[:days]) <= 1
    assert [0] * 9 == shown[days:]


def test_clicks_and_orders_come_at_the_stated_rates() -> None:
    dice = [(k + 0.5) / 1000 for k in range(1000)]
    assert 15 == sum(advert_clicked(die, 0.015) for die in dice)
    assert 40 == sum(advert_sells(die, 0.04) for die in dice)


def test_the_campaign_sells_once_and_eats_into_baseline_demand() -> None:
    cases = [(bought, anyway, by) for bought in (False, True) for anyway in (False, True) for by in (False, True)]
    passed = [case for case in cases if still_buys(*case)]
    assert [(False, False, False), (False, False, True), (False, True, False)] == passed


def test_a_code_leaks_only_once_it_is_out() -> None:
    assert [NOBODY, 4, 4] == [leaked_code(4, 7, day) for day in (6, 7, 8)]
