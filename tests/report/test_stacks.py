"""Bars that add up to a whole: nothing overlaps, nothing is left out, chance below zero is drawn as nothing."""

from __future__ import annotations

import pytest

from simulator.report.stacks import ROW, Stack, height_of, pieces_of, stack_chart

STACKS = [
    Stack("one", "one: profit", "mostly luck", {"luck": 0.75, "network": 0.25}),
    Stack("five", "five: profit", "all luck", {"luck": 1.02, "network": -0.02}),
]


def test_the_pieces_of_a_bar_fill_it_without_overlap() -> None:
    for _, pieces in pieces_of(STACKS).groupby("bar"):
        assert 0.0 == pieces["start"].iloc[0]
        assert pieces["end"].iloc[-1] == pytest.approx(1.0)
        assert list(pieces["start"].iloc[1:]) == pytest.approx(list(pieces["end"].iloc[:-1]))


def test_a_share_below_zero_is_kept_in_the_table_and_drawn_as_nothing() -> None:
    pieces = pieces_of(STACKS).set_index(["arm", "part"])
    below = pieces.loc[("five", "network")]
    assert (-0.02, 1.0, 1.0) == (below["share"], below["start"], below["end"])
    assert 1.02 == pieces.loc[("five", "luck"), "share"]


def test_bars_stand_under_each_other() -> None:
    tops = pieces_of(STACKS).groupby("bar")["top"].unique()
    assert ROW == tops["five: profit"][0] - tops["one: profit"][0]
    assert 2 * ROW == height_of(STACKS)


def test_numbers_are_written_where_there_is_room() -> None:
    colors = {"luck": "#000000", "network": "#ffffff"}
    chart = stack_chart(STACKS, pieces_of(STACKS), axis="share", colors=colors, dark=["luck"]).to_dict()
    written = [row["told"] for rows in chart["datasets"].values() for row in rows if "ink" in row]
    assert ["75%", "25%", "102%"] == written
