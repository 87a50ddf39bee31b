"""Figures of ROI against the table of runs."""

from __future__ import annotations

import pandas as pd
import pytest

from simulator.report.figures.returns import roi_distribution, roi_exceedance
from simulator.report.reading import Reading
from simulator.results.wording import percent


def rois(reading: Reading, arm: str) -> pd.Series:
    return reading.runs.loc[reading.runs["arm"] == arm, "roi"]


def test_bars_hold_the_runs_between_their_borders(mixed: Reading) -> None:
    figure = roi_distribution(mixed)
    assert figure is not None
    for bar in figure.data.itertuples():
        found = rois(mixed, bar.arm)
        assert bar.runs == ((found >= bar.low - 1e-9) & (found < bar.high - 1e-9)).sum()
        assert bar.share == pytest.approx(bar.runs / len(found))


def test_no_bar_holds_both_a_loss_and_a_gain(mixed: Reading) -> None:
    figure = roi_distribution(mixed)
    assert figure is not None
    assert not ((figure.data["low"] < 0) & (figure.data["high"] > 0)).any()


def test_the_bars_show_nine_tenths_of_the_runs_or_more(mixed: Reading) -> None:
    figure = roi_distribution(mixed)
    assert figure is not None
    assert (figure.data.groupby("arm")["share"].sum() > 0.9 - 1e-6).all()


def test_the_sentence_says_expected_roi_and_where_runs_lie(mixed: Reading) -> None:
    figure = roi_distribution(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        rows = mixed.runs[mixed.runs["arm"] == arm.name]
        expected = rows["profit"].mean() / rows["cost"].mean()
        error = mixed.answers[arm.name]["metrics"]["roi"]["error"]
        assert f"{arm.name}: expected ROI {percent(expected, error)}" in figure.sentence
        assert f"half of the runs above {percent(rows['roi'].median())}" in figure.sentence


def test_curves_are_the_share_of_runs_with_at_least_that_roi(mixed: Reading) -> None:
    figure = roi_exceedance(mixed)
    assert figure is not None
    for point in figure.data.itertuples():
        near = 1e-6 * max(1.0, abs(point.roi))  # the table keeps seven digits
        found = rois(mixed, point.arm)
        assert (found >= point.roi + near).mean() - 1e-6 <= point.value <= (found >= point.roi - near).mean() + 1e-6
        assert point.low <= point.value <= point.high


def test_a_run_that_just_reaches_a_value_counts_as_reaching_it(quick: Reading) -> None:
    figure = roi_exceedance(quick)
    assert figure is not None
    assert {1.0} == set(figure.data.loc[figure.data["roi"] == -1.0, "value"])
    assert (quick.runs["roi"] == -1.0).any()  # a run that sells nothing


def test_curves_are_computed_at_zero_and_at_the_target(mixed: Reading) -> None:
    figure = roi_exceedance(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        assert {0.0, 0.2} <= set(figure.data.loc[figure.data["arm"] == arm.name, "roi"])


def test_the_sentence_says_the_chance_of_a_profit_and_of_the_target(mixed: Reading) -> None:
    figure = roi_exceedance(mixed)
    assert figure is not None
    gains, targets = figure.sentence.split(" Of ROI >= 0.2, the target: ")
    for arm in mixed.campaigns:
        answer = mixed.answers[arm.name]
        gain, met = (rois(mixed, arm.name) > 0).mean(), (rois(mixed, arm.name) >= 0.2).mean()
        assert f"{arm.name} {percent(gain, answer['p_roi_above_0']['error'])}" in gains
        assert f"{arm.name} {percent(met, answer['targets']['roi >= 0.2']['error'])}" in targets


def test_a_target_is_drawn_only_where_there_is_one(mixed: Reading, quick: Reading) -> None:
    with_target, without = roi_exceedance(mixed), roi_exceedance(quick)
    assert with_target is not None
    assert without is not None
    assert "target 20%" in with_target.chart.to_json()
    assert "target" not in without.chart.to_json()
    assert "target" not in without.sentence
