"""Spreads under each other: bars of one scale, of which the highest has the full height."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.report.ridges import BARS, ROW, Ridge, bars_of, height_of, ridge_chart

NARROW = Ridge("narrow", np.repeat([0.25, 0.75], 50), "narrow", "two values", 0.5)
WIDE = Ridge("wide", np.linspace(-1.0, 1.0, 100), "wide", "from minus one to one", 0.0)
READING = SimpleNamespace(summary={"arms": [{"arm": "narrow"}, {"arm": "wide"}]})


def test_heights_compare_over_all_rows() -> None:
    bars = bars_of([NARROW, WIDE])
    heights = bars["floor"] - bars["top"]
    assert BARS == heights.max()
    assert heights.to_numpy() / BARS == pytest.approx(bars["share"] / bars["share"].max())


def test_bars_stay_within_their_row() -> None:
    bars = bars_of([NARROW, WIDE])
    for place, name in enumerate(("narrow", "wide")):
        rows = bars[bars["arm"] == name]
        assert (rows["top"] >= ROW * place + 34).all()  # below two lines of words
        assert (rows["floor"] <= ROW * (place + 1)).all()
    assert height_of([NARROW, WIDE]) > 2 * ROW


def test_what_must_be_seen_is_on_the_scale() -> None:
    chart = ridge_chart(READING, [WIDE], bars_of([WIDE], 3.0), axis="ROI", form=".0%", target=3.0).to_dict()
    assert "dashed: target 300%" in chart["layer"][0]["encoding"]["x"]["title"][1]


def test_the_axis_says_how_many_runs_lie_beyond() -> None:
    tail = Ridge("wide", np.append(np.linspace(0.0, 1.0, 97), [50.0, 60.0, 70.0]), "wide", "with a tail", 3.0)
    chart = ridge_chart(READING, [tail], bars_of([tail]), axis="ROI", form=".0%").to_dict()
    assert ["ROI", "▲ expected value; up to 3.0% lie beyond"] == chart["layer"][0]["encoding"]["x"]["title"]


def test_where_all_runs_are_shown_the_axis_says_nothing_of_others() -> None:
    chart = ridge_chart(READING, [WIDE], bars_of([WIDE]), axis="ROI", form=".0%").to_dict()
    assert ["ROI", "▲ expected value"] == chart["layer"][0]["encoding"]["x"]["title"]
