"""What holds for every figure: it is drawn from its own data, on page and paper, and asks nothing of the network."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest
from report.analyses import FIRST, SECOND, TORNADO

from simulator.report.drawing import png, spec, svg
from simulator.report.figure import Figure
from simulator.report.figures import OF_ANALYSES as BY_KIND
from simulator.report.figures import figures_of
from simulator.report.looks import COLORS, color_of
from simulator.report.reading import Reading
from simulator.report.rows import PLACES
from simulator.results.tables import NO_CAMPAIGN

LARGEST_SPEC = 60_000
OF_A_RUN = {
    "roi-distribution", "roi-exceedance", "paired-difference", "profit-over-days", "orders-over-days",
    "reach-over-days", "funnel",
    "reach-frequency", "overlap", "spend-and-effect", "variance-split", "convergence", "cascade",
}  # fmt: skip
OF_ANALYSES = {
    "sensitivity-tornado", "sensitivity-morris", "sensitivity-sobol", "sensitivity-sobol-decision", "sweep-budget",
    "sweep-map", "break-even-handling", "break-even-nowhere", "break-even-frontier",
}  # fmt: skip
WITHOUT_ARMS = {"sensitivity-morris", "sensitivity-sobol", "sensitivity-sobol-decision"}
OF_SOME_ARMS = {  # the best ones; those that hire several tiers; those that hire; those that an analysis compares
    "convergence", "cascade", "spend-and-effect", "overlap", "sensitivity-tornado", "break-even-handling",
    "break-even-nowhere", "break-even-frontier", "sweep-map",
}  # fmt: skip


@pytest.fixture(scope="session")
def figures(analyzed: Reading) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(analyzed)}


def test_a_run_with_everything_has_every_figure(figures: dict[str, Figure]) -> None:
    assert OF_A_RUN | OF_ANALYSES == set(figures)


def test_the_answer_comes_first_then_what_would_change_it_then_how_it_comes_about(figures: dict[str, Figure]) -> None:
    names = list(figures)
    first, last = names.index("reach-over-days"), names.index("funnel")
    assert set(OF_ANALYSES) == set(names[first + 1 : last])
    assert "roi-distribution" == names[0]
    assert ["sensitivity-tornado", "sweep-map"] == [names[first + 1], names[last - 1]]


def test_every_analysis_of_a_kind_is_drawn_under_its_own_name(analyzed: Reading) -> None:
    other = TORNADO | {"arms": [SECOND, FIRST]}
    both = {"sensitivity-tornado": TORNADO, "sensitivity-tornado-one-micro": other}
    drawn = {figure.name: figure for figure in figures_of(replace(analyzed, analyses=both)) if figure.name in both}
    assert list(both) == list(drawn)
    assert f"lead of {SECOND} over {FIRST}" in drawn["sensitivity-tornado-one-micro"].title


def test_every_kind_of_analysis_has_a_figure(analyzed: Reading) -> None:
    assert set(BY_KIND) == {each["kind"] for each in analyzed.analyses.values()}


@pytest.mark.parametrize("name", sorted(OF_A_RUN | OF_ANALYSES))
def test_a_figure_becomes_a_picture_and_a_drawing(figures: dict[str, Figure], name: str) -> None:
    picture, drawn = png(figures[name], scale=0.5), svg(figures[name])
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2_000
    assert drawn.startswith("<svg")
    assert figures[name].title.split(" ", maxsplit=1)[0] in drawn


@pytest.mark.parametrize("name", sorted(OF_A_RUN | OF_ANALYSES))
def test_a_specification_is_valid_small_and_asks_for_nothing(figures: dict[str, Figure], name: str) -> None:
    text = json.dumps(spec(figures[name]))
    assert json.loads(text) == figures[name].chart.to_dict(validate=True)  # raises for what Vega-Lite does not know
    alt.Chart.from_json(text)  # raises what the schema refuses
    assert {alt.SCHEMA_URL} == set(re.findall(r"[a-z]+://[^\"\s]+", text))
    assert '"url"' not in text
    assert len(text) < LARGEST_SPEC


@pytest.mark.parametrize("name", sorted(OF_A_RUN | OF_ANALYSES))
def test_a_chart_takes_the_width_of_its_place_and_reads_its_sentence_aloud(
    figures: dict[str, Figure], name: str
) -> None:
    drawn = spec(figures[name])
    assert "container" == drawn["width"]
    assert figures[name].sentence == drawn["description"]
    assert "title" not in drawn  # the page has it as a heading


@pytest.mark.parametrize("name", sorted(OF_A_RUN | OF_ANALYSES))
def test_title_and_sentence_are_text_of_some_length(figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    assert 15 < len(figure.title) < 120
    assert figure.sentence.endswith(".")
    assert not re.search(r"\bnan\b|None|inf\b", figure.sentence)


@pytest.mark.parametrize("name", sorted((OF_A_RUN | OF_ANALYSES) - WITHOUT_ARMS))
def test_every_arm_is_in_the_data_and_in_the_words(figures: dict[str, Figure], mixed: Reading, name: str) -> None:
    figure = figures[name]
    told = figure.sentence + figure.title
    campaigns = {arm.name for arm in mixed.campaigns}
    shown = set(figure.data["arm"]) | (set(figure.data["other"]) if "other" in figure.data else set())
    if name == "paired-difference":  # each of the others less the best
        shown |= {arm for arm in campaigns if figure.title.startswith(f"Profit of {arm} ")}
    assert shown if name in OF_SOME_ARMS else campaigns <= shown
    assert all(arm in told or name.startswith("break-even") for arm in shown)


@pytest.mark.parametrize("name", sorted(OF_A_RUN))
def test_an_arm_has_its_own_color_wherever_arms_have_colors(
    figures: dict[str, Figure], mixed: Reading, name: str
) -> None:
    for domain, colors in scales(spec(figures[name])):
        if set(domain) & {arm.name for arm in mixed.arms}:
            assert [color_of(mixed, arm) for arm in domain] == colors


def scales(node: object) -> list[tuple[list[str], list[str]]]:
    """Every scale of colors in a specification: its domain and range."""
    if isinstance(node, list):
        return [found for item in node for found in scales(item)]
    if not isinstance(node, dict):
        return []
    found = [each for key, item in node.items() if key != "datasets" for each in scales(item)]
    scale = node.get("scale")
    if isinstance(scale, dict) and str(scale.get("range", [""])[0]).startswith("#"):
        found.append((scale["domain"], scale["range"]))
    return found


def test_colors_are_told_apart_and_no_campaign_takes_the_gray_of_none(mixed: Reading) -> None:
    colors = [color_of(mixed, arm.name) for arm in mixed.arms]
    assert len(colors) == len(set(colors))
    assert color_of(mixed, NO_CAMPAIGN) not in COLORS


def test_a_run_without_days_or_analyses_has_only_what_it_has_data_for(mixed: Reading) -> None:
    bare = {figure.name for figure in figures_of(replace(mixed, daily=None, analyses={}))}
    assert OF_A_RUN - {"profit-over-days", "orders-over-days", "reach-over-days"} == bare


def test_arms_of_single_tiers_have_no_figure_of_tiers(quick: Reading) -> None:
    names = {figure.name for figure in figures_of(quick)}
    assert OF_A_RUN - {"spend-and-effect"} == names


def test_a_single_run_is_drawn_as_far_as_it_tells_anything(quick: Reading) -> None:
    assert quick.daily is not None
    first = [table[table["run"] == 1] for table in (quick.runs, quick.influencers, quick.daily)]
    empty = quick.summary | {"variance": {"spreads": [], "remedy": None}}
    single = replace(quick, runs=first[0], influencers=first[1], daily=first[2], summary=empty)
    names = {figure.name for figure in figures_of(single) if svg(figure)}
    assert OF_A_RUN - {"spend-and-effect", "variance-split", "convergence"} == names


def test_data_are_tidy_tables(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        assert isinstance(figure.data, pd.DataFrame)
        assert len(figure.data)
        assert not figure.data.columns.duplicated().any()
        assert not set(PLACES) & set(figure.data)
