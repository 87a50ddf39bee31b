"""Fees far above the market's, and prices of another currency, are said where they are and only there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from experiment.fake_engine import campaign

from simulator.results.arms import ArmRuns, HireRuns, fee_to_market
from simulator.results.prices import dear_fees, foreign_prices

OWN = ("platform.price_at_10k=90", "brand.handling_cost=40")


def hire(name: str, fees: float, market: float) -> HireRuns:
    return HireRuns(name, np.ones(2), {"cost_fees": np.full(2, fees), "market_fee": np.full(2, market)}, 900)


def paid(fees: float, market: float) -> ArmRuns:
    return ArmRuns("one", np.arange(2), {}, (hire("micro", fees, market),))


@pytest.mark.parametrize(("fees", "market", "said"), [(150.0, 100.0, False), (331.0, 100.0, True), (9.0, 0.0, False)])
def test_fees_far_above_the_market_are_said(fees: float, market: float, said: bool) -> None:
    notes = list(dear_fees([paid(fees, market)]))
    assert said == bool(notes)
    assert not said or notes[0].startswith(
        "one: its fees are 3.31 times the market price of such posts; amount: market"
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


def test_who_has_no_fee_is_left_out_of_what_fees_are_compared_with() -> None:
    macro, by_result = hire("macro", 300.0, 100.0), hire("ambassadors", 0.0, 900.0)
    assert 3.0 == fee_to_market([macro, by_result])
    assert fee_to_market([by_result]) is None
