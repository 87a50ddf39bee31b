"""The figure of the best choice less each other, against the table of runs."""

from __future__ import annotations

import pandas as pd
import pytest

from simulator.report.figures.difference import paired_difference
from simulator.report.reading import Reading
from simulator.results.wording import money, percent


def profits(reading: Reading) -> pd.DataFrame:
    """By run and arm."""
    return reading.runs.pivot_table(index="run", columns="arm", values="profit")


def best_of(reading: Reading) -> str:
    return str(profits(reading).mean().idxmax())


@pytest.mark.parametrize("name", ["quick", "mixed"])
def test_bars_hold_the_runs_in_which_the_best_is_that_much_ahead(name: str, request: pytest.FixtureRequest) -> None:
    reading = request.getfixturevalue(name)
    figure = paired_difference(reading)
    assert figure is not None
    best, table = best_of(reading), profits(reading)
    for bar in figure.data.itertuples():
        ahead = table[best] - table[bar.arm]
        assert bar.runs == ((ahead >= bar.low - 1e-6) & (ahead < bar.high - 1e-6)).sum()


def test_the_best_stands_against_each_of_the_others(mixed: Reading) -> None:
    figure = paired_difference(mixed)
    assert figure is not None
    assert {*profits(mixed).columns} - {best_of(mixed)} == set(figure.data["arm"])
    assert f"Profit of {best_of(mixed)} less" in figure.title


def test_the_sentence_says_the_mean_difference_and_how_often_the_best_is_ahead(mixed: Reading) -> None:
    figure = paired_difference(mixed)
    assert figure is not None
    best, table = best_of(mixed), profits(mixed)
    for other in set(table.columns) - {best}:
        ahead = table[best] - table[other]
        (pair,) = (
            pair
            for pair in mixed.summary["pairs"]
            if pair["metric"] == "profit" and {best, other} == {pair["arm"], pair["other"]}
        )
        more = money(ahead.mean(), "USD", pair["difference"]["error"])
        share = percent((ahead > 0).mean() + 0.5 * (ahead == 0).mean(), pair["p_better"]["error"])
        assert f"{more} more than {other}, and is ahead of it in {share} of the runs" in figure.sentence
