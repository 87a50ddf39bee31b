"""How the answer settles, against the first runs of the table."""

from __future__ import annotations

import pytest

from simulator.report.figures.convergence import convergence, counts
from simulator.report.reading import Reading
from simulator.results.wording import money


def test_each_point_is_the_mean_difference_of_the_first_runs(mixed: Reading) -> None:
    figure = convergence(mixed)
    assert figure is not None
    table = mixed.runs.pivot_table(index="run", columns="arm", values="profit")
    best, second = table.mean().sort_values(ascending=False).index[:2]
    difference = table[best] - table[second]
    for row in figure.data.itertuples():
        assert row.value == pytest.approx(difference.iloc[: row.runs].mean(), rel=1e-6, abs=1e-6)
        assert row.low < row.value < row.high


def test_the_last_point_is_the_answer_with_its_interval(mixed: Reading) -> None:
    figure = convergence(mixed)
    assert figure is not None
    last = figure.data.iloc[-1]
    assert 120 == last["runs"]
    assert any(
        abs(last["value"]) == pytest.approx(abs(pair["difference"]["value"]), rel=1e-6)
        and last["error"] == pytest.approx(pair["difference"]["error"], rel=1e-6)
        for pair in mixed.summary["pairs"]
        if pair["metric"] == "profit"
    )
    assert f"by {money(last['value'], 'USD', last['error'])} of expected profit" in figure.sentence


def test_the_sentence_says_whether_zero_is_excluded(mixed: Reading, quick: Reading) -> None:
    for reading in (mixed, quick):
        figure = convergence(reading)
        assert figure is not None
        last = figure.data.iloc[-1]
        excluded = last["low"] > 0 or last["high"] < 0
        assert excluded == ("does not include zero" in figure.sentence)
        assert excluded != ("still includes zero" in figure.sentence)


@pytest.mark.parametrize("runs", [20, 100, 2_000, 1_000_000])
def test_there_are_about_twenty_growing_counts_up_to_all_runs(runs: int) -> None:
    found = counts(runs)
    assert runs == found[-1]
    assert sorted(set(found)) == found
    assert 8 <= len(found) <= 20
    assert found[0] >= 10
