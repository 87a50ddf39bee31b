"""The bars of the variance against the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.report.figures.variance import variance_split
from simulator.report.reading import Reading
from simulator.results.wording import percent


def test_every_part_of_every_profit_is_the_answers(mixed: Reading) -> None:
    figure = variance_split(mixed)
    assert figure is not None
    for spread in mixed.summary["variance"]["spreads"]:
        if spread["metric"] != "profit":
            continue
        named = f"{spread['arm']} less {spread['less']}:" if spread["less"] else f"{spread['arm']}:"
        rows = figure.data[figure.data["bar"].str.startswith(named) & figure.data["bar"].str.contains("profit")]
        found = rows.set_index("part")["share"]
        for part, told in spread["parts"].items():
            assert found[part] == pytest.approx(told["share"], rel=1e-6)


def test_figures_that_are_one_on_another_scale_share_a_bar(mixed: Reading) -> None:
    figure = variance_split(mixed)
    assert figure is not None
    assert "one micro: profit, ROI and orders caused" in set(figure.data["bar"])  # the cost never varies


def test_the_sentence_says_each_part_with_its_error(mixed: Reading) -> None:
    figure = variance_split(mixed)
    assert figure is not None
    first = next(each for each in mixed.summary["variance"]["spreads"] if each["metric"] == "profit")
    for part, told in first["parts"].items():
        assert f"{part} {percent(max(told['share'], 0.0), told['share_error'])}" in figure.sentence


def test_a_summary_without_spreads_has_no_figure(mixed: Reading) -> None:
    assert variance_split(replace(mixed, summary=mixed.summary | {"variance": {"spreads": [], "remedy": None}})) is None
