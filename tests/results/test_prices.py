"""Fees far above the market's, and prices of another currency, are said where they are and only there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from experiment.fake_engine import campaign

from simulator.results.arms import ArmRuns, HireRuns, fee_to_market
from simulator.results.prices import dear_fees, foreign_prices

OWN = ("platform.price_at_10k=90", "brand.handling_cost=40")
BOOSTED = (
    "mechanisms.contract_terms.on=true",
    "arms.three micros.hire.0={count: 3, followers: 300, posts: 2, usage_rights: 30, boost: 50}",
)


def hire(name: str, fees: float, market: float, *, commission: float = 0.0) -> HireRuns:
    paid = {"cost_fees": fees, "market_fee": market, "cost_bonus": 0.0, "cost_commission": commission}
    return HireRuns(name, np.ones(2), {each: np.full(2, money) for each, money in paid.items()}, 900)


def paid(fees: float, market: float) -> ArmRuns:
    return ArmRuns("one", np.arange(2), {}, (hire("micro", fees, market),))


@pytest.mark.parametrize(
    ("fees", "market", "times"),
    [(150.0, 100.0, None), (151.0, 100.0, "1.51"), (331.0, 100.0, "3.31"), (9.0, 0.0, None)],
)
def test_fees_far_above_the_market_are_said(fees: float, market: float, times: str | None) -> None:
    notes = list(dear_fees([paid(fees, market)]))
    assert (times is not None) == bool(notes)
    assert times is None or notes[0].startswith(
        f"one: its fees are {times} times the market price of such posts; amount: market"
    )


def noted(folder: Path, *settings: str) -> list[str]:
    return list(foreign_prices(*campaign(folder, *settings)))


def test_prices_of_the_catalog_are_named_where_the_scenario_has_another_currency(tmp_path: Path) -> None:
    assert [] == noted(tmp_path)
    (note,) = noted(tmp_path, "currency=EUR")
    assert (
        "the currency is EUR, but these prices are the catalog's, in USD and taken one to one: platform.price_at_10k; "
        "state your own"
    ) == note


def test_three_prices_are_named_and_the_others_counted(tmp_path: Path) -> None:
    """Beside the price of posts: what a like, a comment and a share are worth by convention."""
    (note,) = noted(tmp_path, "currency=EUR", "mechanisms.earned_media.on=true")
    named = note.split(" one to one: ")[1].removesuffix("; state your own")
    emv = "mechanisms.earned_media"
    assert f"platform.price_at_10k, {emv}.like, {emv}.comment and 1 more" == named


def test_a_price_that_was_measured_for_this_scenario_is_not_the_catalogs(tmp_path: Path) -> None:
    measured = "{value: 90, grade: measured, source: our own offers, date: 2026}"
    assert [] == noted(tmp_path, "currency=EUR", f"platform.price_at_10k={measured}", "brand.handling_cost=40")


def test_ads_with_a_creators_posts_have_the_platforms_price_too(tmp_path: Path) -> None:
    assert [] == noted(tmp_path, "currency=EUR", *OWN)
    (note,) = noted(tmp_path, "currency=EUR", *OWN, *BOOSTED)
    assert ": platform.ad_cost_per_thousand;" in note


def test_prices_that_are_stated_or_play_no_part_are_not_named(tmp_path: Path) -> None:
    assert [] == noted(tmp_path, "currency=EUR", *OWN)
    (note,) = noted(tmp_path, "currency=EUR", *OWN, "arms.one macro.paid_social.spend=500")
    assert ": platform.ad_cost_per_thousand;" in note
    (note,) = noted(tmp_path, "currency=EUR", *OWN, "brand.handling=platform", "brand.platform_fee=500")
    assert ": brand.platform_handling_cost;" in note


def test_of_several_hires_the_dear_one_is_named_whatever_the_others_are_paid() -> None:
    macro, by_result = hire("macro", 300.0, 100.0), hire("ambassadors", 0.0, 900.0)
    (note,) = dear_fees([ArmRuns("both", np.arange(2), {}, (macro, by_result))])
    assert note.startswith("both, macro: its fees are 3.00 times the market price")


def test_a_dear_fee_beside_pay_by_result_is_a_base() -> None:
    flat, hybrid = hire("flat", 300.0, 100.0), hire("hybrid", 300.0, 100.0, commission=9.0)
    notes = list(dear_fees([ArmRuns("both", np.arange(2), {}, (flat, hybrid))]))
    keys = ("amount", "base")
    assert all(note.endswith(f"; {key}: market plays it at that price") for note, key in zip(notes, keys, strict=True))


def test_who_has_no_fee_is_left_out_of_what_fees_are_compared_with() -> None:
    macro, by_result = hire("macro", 300.0, 100.0), hire("ambassadors", 0.0, 900.0)
    assert 3.0 == fee_to_market([macro, by_result])
    assert fee_to_market([by_result]) is None
