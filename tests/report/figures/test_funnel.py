"""The funnel against the tables of runs and influencers."""

from __future__ import annotations

import pytest

from simulator.report.figures.funnel import STAGES, TWICE, funnel
from simulator.report.reading import Reading
from simulator.results.wording import with_error


def test_every_stage_of_every_arm_is_the_mean_of_its_runs(mixed: Reading) -> None:
    figure = funnel(mixed)
    assert figure is not None
    means = mixed.runs.groupby("arm").mean(numeric_only=True)
    rows = figure.data.set_index(["stage", "arm"])
    for stage, _ in STAGES:
        for arm in mixed.campaigns:
            if stage != TWICE:
                assert rows.loc[(stage, arm.name), "value"] == pytest.approx(means.loc[arm.name, stage], rel=1e-6)


def test_errors_are_those_of_the_answer(mixed: Reading) -> None:
    figure = funnel(mixed)
    assert figure is not None
    for row in figure.data.itertuples():
        if row.stage != TWICE:
            assert row.error == pytest.approx(mixed.answers[row.arm]["metrics"][row.stage]["error"], rel=1e-6)


def test_duplicate_reach_is_what_the_authors_reach_in_sum_beyond_different_people(mixed: Reading) -> None:
    figure = funnel(mixed)
    assert figure is not None
    found = figure.data[figure.data["stage"] == TWICE].set_index("arm")["value"]
    summed = mixed.influencers.groupby("arm")["reach"].sum() / 120
    unique = mixed.runs.groupby("arm")["reach_audience"].mean()
    assert found["nanos and a micro"] == pytest.approx(summed["nanos and a micro"] - unique["nanos and a micro"])
    assert found["nanos and a micro"] > 0
    assert 0 == found["one micro"]
    assert 0 == found["ads only"]


def test_duplicate_reach_is_not_told_as_frequency(mixed: Reading) -> None:
    figure = funnel(mixed)
    assert figure is not None
    again = figure.data.set_index(["stage", "arm"]).loc[(TWICE, "nanos and a micro")]
    assert f"{with_error(again['value'], again['error'])} of them reached by more than one creator;" in figure.sentence
    assert "more than once" not in figure.sentence


def test_the_sentence_follows_each_campaign_from_displays_to_orders(mixed: Reading) -> None:
    figure = funnel(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        metrics = mixed.answers[arm.name]["metrics"]
        said = [with_error(metrics[name]["value"], metrics[name]["error"]) for name in ("impressions", "reach")]
        assert f"{arm.name}: {said[0]} displays reach {said[1]} different people" in figure.sentence
        orders = metrics["incremental_orders"]
        assert f"{with_error(orders['value'], orders['error'])} orders caused" in figure.sentence
