"""Shares of spend and effect by tier against the table of influencers."""

from __future__ import annotations

import pytest

from simulator.report.figures.tiers import MEASURES, spend_and_effect
from simulator.report.reading import Reading
from simulator.results.wording import percent

ARM = "nanos and a micro"


def test_shares_are_sums_over_the_tier_by_sums_over_the_campaign(mixed: Reading) -> None:
    figure = spend_and_effect(mixed)
    assert figure is not None
    hired = mixed.influencers[mixed.influencers["arm"] == ARM]
    rows = figure.data.set_index(["tier", "measure"])["value"]
    for measure in MEASURES:
        expected = hired.groupby("tier")[measure].sum() / hired[measure].sum()
        for tier in ("nano", "micro"):
            assert rows[tier, measure] == pytest.approx(expected[tier], rel=1e-6)


def test_only_campaigns_of_several_tiers_are_shown_small_tiers_first(mixed: Reading) -> None:
    figure = spend_and_effect(mixed)
    assert figure is not None
    assert {ARM} == set(figure.data["arm"])
    assert ["nano", "micro"] == list(dict.fromkeys(figure.data["tier"]))


def test_a_share_that_varies_over_runs_has_an_error_and_one_that_does_not_has_none(mixed: Reading) -> None:
    figure = spend_and_effect(mixed)
    assert figure is not None
    rows = figure.data.set_index(["tier", "measure"])
    assert rows.loc[("nano", "engagements"), "error"] > 0
    assert 0 == rows.loc[("nano", "cost"), "error"]


def test_the_sentence_says_what_each_tier_takes_and_brings(mixed: Reading) -> None:
    figure = spend_and_effect(mixed)
    assert figure is not None
    rows = figure.data.set_index(["tier", "measure"])
    clicks = rows.loc[("nano", "clicks")]
    spent = percent(rows.loc[("nano", "cost"), "value"])
    assert f"{ARM}: nano takes {spent} of the spend" in figure.sentence
    assert f"clicks {percent(clicks['value'], clicks['error'])}" in figure.sentence
