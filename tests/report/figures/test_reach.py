"""Figures of reach, frequency and overlap against the table of runs."""

from __future__ import annotations

import pytest

from simulator.report.figures.reach import AGAIN, ONCE, overlap, reach_frequency
from simulator.report.reading import Reading
from simulator.results.wording import percent, with_error


def test_points_are_expected_reach_and_displays_over_reach(mixed: Reading) -> None:
    figure = reach_frequency(mixed)
    assert figure is not None
    means = mixed.runs.groupby("arm")[["reach", "impressions"]].mean()
    for row in figure.data.itertuples():
        expected = means.loc[row.arm]
        assert row.reach == pytest.approx(expected["reach"], rel=1e-6)
        assert row.frequency == pytest.approx(expected["impressions"] / expected["reach"], rel=1e-6)


def test_lines_span_nine_tenths_of_the_runs(mixed: Reading) -> None:
    figure = reach_frequency(mixed)
    assert figure is not None
    for row in figure.data.itertuples():
        reach = mixed.runs.loc[mixed.runs["arm"] == row.arm, "reach"]
        assert row.reach_p05 == pytest.approx(reach.quantile(0.05), rel=1e-6)
        assert row.reach_p95 == pytest.approx(reach.quantile(0.95), rel=1e-6)


def test_the_sentence_says_how_many_people_how_often(mixed: Reading) -> None:
    figure = reach_frequency(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        reach = mixed.answers[arm.name]["metrics"]["reach"]
        often = mixed.answers[arm.name]["metrics"]["frequency"]
        assert f"{arm.name} reaches {with_error(reach['value'], reach['error'])} people" in figure.sentence
        assert f"{with_error(often['value'], often['error'])} times" in figure.sentence


def test_overlap_is_the_share_of_the_summed_audiences_counted_again(mixed: Reading) -> None:
    figure = overlap(mixed)
    assert figure is not None
    expected = mixed.runs.groupby("arm")["overlap_audience"].mean()
    rows = figure.data[figure.data["bar"].str.endswith("audiences")].set_index(["arm", "part"])["share"]
    for arm in ("one micro", "nanos and a micro"):
        assert rows[arm, AGAIN] == pytest.approx(expected[arm], rel=1e-6)
        assert rows[arm, ONCE] == pytest.approx(1.0 - expected[arm], rel=1e-6)
    assert rows["nanos and a micro", AGAIN] > 0


def test_the_sentence_says_how_much_is_counted_again(mixed: Reading) -> None:
    figure = overlap(mixed)
    assert figure is not None
    found = mixed.answers["nanos and a micro"]["metrics"]["overlap_audience"]
    assert f"nanos and a micro {percent(found['value'], found['error'])}" in figure.sentence


def test_what_hires_nobody_has_no_overlap(mixed: Reading) -> None:
    figure = overlap(mixed)
    assert figure is not None
    assert {"one micro", "nanos and a micro"} == set(figure.data["arm"])
