"""The page shows what the summary says, to the digit, and nothing of a scenario becomes markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from experiment.fake_engine import SCENARIO
from report.conftest import HOSTILE, Play
from report.fake_figures import fake_figure, fake_figures

from simulator.report.figures import figures_of
from simulator.report.page import page
from simulator.report.reading import Reading, read
from simulator.report.unknowns import unknowns
from simulator.results.metrics import METRICS

LARGEST = 3_000_000  # bytes


class Elements(HTMLParser):
    """Every element with its attributes and all text within it, in order."""

    EMPTY = frozenset({"meta", "link", "img", "input", "source", "br", "wbr", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()
        assert [] == [tag for tag, *_ in self._open], "elements are closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs}, [])
        self.found.append(element)
        if tag not in self.EMPTY:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()[0]

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def all(self, tag: str, **attributes: str) -> Iterator[tuple[dict[str, str], str]]:
        for name, own, texts in self.found:
            if name == tag and attributes.items() <= own.items():
                yield own, "".join(texts)


@pytest.fixture(scope="module")
def html(reading: Reading) -> str:
    return page([reading], [fake_figures(reading)])


@pytest.fixture(scope="module")
def elements(html: str) -> Elements:
    return Elements(html)


def decision_cells(elements: Elements) -> dict[str, list[float | None]]:
    """Label of each row of the decision table, and its numbers, arm by arm."""
    rows: dict[str, list[float | None]] = {}
    tables = (text for tag, own, text in elements.found if tag == "table" and own.get("class") == "decision")
    assert len(list(tables)) == 1
    label = ""
    for tag, own, texts in elements.found:
        if tag == "th" and own.get("scope") == "row":
            label = texts[0]
        if tag == "td" and own.get("class") == "number":
            rows.setdefault(label, []).append(float(own["data-value"]) if "data-value" in own else None)
    return rows


def test_each_arms_numbers_are_the_summarys(elements: Elements, reading: Reading) -> None:
    cells, chosen = decision_cells(elements), reading.summary["verdict"]["contenders"]
    arms = sorted(reading.summary["arms"], key=lambda arm: [*chosen, arm["arm"]].index(arm["arm"]))
    found = {
        "Cost": lambda arm: arm["metrics"]["cost"]["value"],
        "fee ÷ market price": lambda arm: arm["fee_to_market"],
        "left of the budget": lambda arm: arm["metrics"]["unspent"]["value"],
        "People reached": lambda arm: arm["metrics"]["reach"]["value"],
        "overlap of audiences": lambda arm: arm["metrics"]["overlap_audience"]["value"],
        "Engagements": lambda arm: arm["metrics"]["engagements"]["value"],
        "cost per engagement": lambda arm: arm["metrics"]["cpe"]["value"],
        "Orders tracked": lambda arm: arm["metrics"]["attributed_orders"]["value"],
        "Orders caused": lambda arm: arm["metrics"]["incremental_orders"]["value"],
        "Expected profit": lambda arm: arm["versus_no_campaign"]["value"],
        "behind the best": lambda arm: arm["versus_best"]["value"],
        "Return (ROI)": lambda arm: arm["metrics"]["roi"]["value"],
        "5% of the runs below": lambda arm: arm["metrics"]["roi"]["p05"],
        "median of the runs": lambda arm: arm["metrics"]["roi"]["p50"],
        "5% of the runs above": lambda arm: arm["metrics"]["roi"]["p95"],
        "Incremental ROAS": lambda arm: arm["metrics"]["iroas"]["value"],
        "P(roi >= 0)": lambda arm: (arm["targets"]["roi >= 0"] or {"value": None})["value"],
        "P(best)": lambda arm: arm["p_best"]["value"],
        "P(loss)": lambda arm: arm["p_loss"]["value"],
        "Worst 5%": lambda arm: arm["profit_cvar05"],
        "Regret": lambda arm: arm["regret"]["value"],
        "Walk away above": lambda arm: arm["walk_away"][0]["fee"] if arm["walk_away"] else None,
    }
    assert {label: list(map(value, arms)) for label, value in found.items()} == {label: cells[label] for label in found}
    heads = [text for own, text in elements.all("th", scope="col") if "number" in own.get("class", "")]
    assert [arm["arm"] for arm in arms] == heads


def test_the_answer_is_the_verdict_with_how_sure_and_how_bad(elements: Elements, reading: Reading) -> None:
    (_, verdict), *_ = elements.all("p", **{"class": "verdict"})
    assert reading.summary["verdict"]["sentence"] == verdict
    (_, box), *_ = (each for each in elements.all("section") if each[0].get("class", "").startswith("answer"))
    for words in (
        "How sure is that?",
        "How bad can it get?",
        "worst 5%",
        "What would change",
        "worth a fee of up to",
        "What next?",
    ):
        assert words in box
    assert reading.summary["verdict"]["conditional_on"] in box


def test_what_analyses_found_about_the_decision_is_part_of_the_answer(reading: Reading) -> None:
    found = fake_figure("sensitivity-tornado", sentence="Two numbers can change the decision.")
    with_it, without = (Elements(page([reading], [figures])) for figures in ([found], [fake_figure("funnel")]))
    assert found.sentence in [text for _, text in with_it.all("dd")]
    assert found.sentence not in [text for _, text in without.all("dd")]


@pytest.mark.parametrize(
    ("decision", "label"),
    [("choose", "Decided"), ("either", "either will do"), ("undecided", "No decision yet"), ("none", "none of them")],
)
def test_no_decision_is_said_where_that_is_the_truth(reading: Reading, decision: str, label: str) -> None:
    summary = {**reading.summary, "verdict": {**reading.summary["verdict"], "decision": decision}}
    (_, told), *_ = Elements(page([replace(reading, summary=summary)], [[]])).all("p", **{"class": "label"})
    assert label in told


def test_partial_answers_and_failed_runs_say_so(play: Play) -> None:
    reading = read(play(SCENARIO, "runs=40", fail_at=frozenset({7})))
    stopped = {**reading.summary["stopped"], "sentence": "Stopped early: 40 of 90 runs."}
    warned = Elements(page([replace(reading, summary={**reading.summary, "stopped": stopped})], [[]]))
    warnings = [text for _, text in warned.all("p", **{"class": "warning"})]
    assert 2 == len(warnings)
    assert "Stopped early: 40 of 90 runs." in warnings[0]
    assert "Run 7 failed and is left out" in warnings[1]


def test_a_figure_has_its_sentence_as_caption_and_for_who_cannot_see_it(elements: Elements, reading: Reading) -> None:
    figures = fake_figures(reading)
    images = [own for own, _ in elements.all("img")]
    assert [figure.sentence for figure in figures] == [own["alt"] for own in images]
    assert [figure.sentence for figure in figures] == [text for _, text in elements.all("figcaption")]
    assert all(own["src"].startswith("data:image/svg+xml;base64,") for own in images)
    assert 1 == len(list(elements.all("source"))), "only what fits its container is drawn for phones as well"
    (_, data), *_ = elements.all("table", **{"class": "data"})
    assert "0.123456" in data
    assert "one" in data


def test_long_data_of_figures_is_cut_and_says_so(reading: Reading) -> None:
    figure = fake_figure()
    long = replace(figure, data=figure.data.loc[np.zeros(1000, dtype=int)])
    told = Elements(page([reading], [[long]]))
    (_, data), *_ = told.all("table", **{"class": "data"})
    assert "750 more rows are in the file" in data


def test_names_of_a_scenario_stay_text(hostile: Reading) -> None:
    html = page([hostile, hostile], [[fake_figure(sentence=HOSTILE)], []])
    elements = Elements(html)
    scripts = list(elements.all("script"))
    assert 1 == len([own for own, _ in scripts if own.get("type") != "application/json"])
    assert HOSTILE in [text for _, text in elements.all("h2")]
    assert HOSTILE in [text for _, text in elements.all("th", scope="row")]
    assert HOSTILE in [own["alt"] for own, _ in elements.all("img")]
    assert "<script>alert" not in html
    assert hostile.summary == json.loads(next(text for own, text in scripts if own.get("class") == "raw"))


def test_a_name_cannot_turn_the_reading_direction(reading: Reading) -> None:
    html = page([replace(reading, summary={**reading.summary, "name": "gain \u202e100%"})], [[]])
    assert "gain \\u202e100%" in html
    assert "\u202e" not in html


def test_nothing_is_loaded_and_only_our_script_may_run(html: str, elements: Elements) -> None:
    addresses = [own[name] for _, own, _ in elements.found for name in ("src", "href", "srcset") if name in own]
    assert [] == [address[:40] for address in addresses if not address.startswith(("data:", "#"))]
    assert [] == re.findall(r"url\((?!#)|@import", re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1])
    (policy,) = [own["content"] for own, _ in elements.all("meta") if "http-equiv" in own]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert len(html.encode()) < LARGEST


def test_headings_go_down_one_level_at_a_time_and_names_are_unique(elements: Elements, reading: Reading) -> None:
    for found in (elements, Elements(page([reading, reading], [fake_figures(reading), []]))):
        levels = [int(tag[1]) for tag, _, _ in found.found if re.fullmatch(r"h[1-6]", tag)]
        assert 1 == levels[0]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert 1 == levels.count(1)
        ids = [own["id"] for _, own, _ in found.found if "id" in own]
        assert len(set(ids)) == len(ids)
        named = [own[name] for _, own, _ in found.found for name in ("aria-labelledby", "for") if name in own]
        used = [word for names in named for word in names.split()]
        used += [own["href"][1:] for own, _ in found.all("a")]
        assert set(used) <= set(ids)
        landmarks = [own["aria-labelledby"] for own, _ in found.all("section")]
        assert len(set(landmarks)) == len(landmarks)


def test_tables_are_announced(elements: Elements) -> None:
    tables = [texts for tag, _, texts in elements.found if tag == "table"]
    assert len(tables) == len(list(elements.all("caption")))
    assert all(own.get("scope") in {"row", "col"} for own, _ in elements.all("th"))


def test_several_runs_have_an_overview_first(reading: Reading, hostile: Reading) -> None:
    elements = Elements(page([reading, hostile], [[], []]))
    second = [text for _, text in elements.all("h2")]
    names = [reading.summary["name"], HOSTILE]
    assert ["Overview", *names, "Glossary", "What this model does not know"] == second
    overview = next(text for _, text in elements.all("table"))
    for each in (reading, hostile):
        assert each.summary["verdict"]["sentence"] in overview


def test_the_glossary_holds_every_metric_with_its_formula(elements: Elements) -> None:
    tables = [text for _, text in elements.all("table")]
    (glossary,) = [text for text in tables if "Formula" in text]
    for metric in METRICS:
        assert metric.name in glossary
        assert metric.meaning in glossary
        assert metric.formula in glossary


def test_the_readme_says_the_same_of_what_the_model_does_not_know(root: Path, elements: Elements) -> None:
    part = (root / "README.md").read_text().split("## What it cannot know\n\n")[1].split("\n\n## ")[0]
    bullets = [" ".join(item.split()).replace("`", "") for item in re.split(r"^- ", part, flags=re.MULTILINE)[1:]]
    assert bullets == [item.striptags() for item in unknowns()]
    shown = next(text for _, text in elements.all("ul", **{"class": "unknowns"}))
    assert all(bullet in " ".join(shown.split()) for bullet in bullets)


def test_the_raw_data_is_the_summary(elements: Elements, reading: Reading) -> None:
    (_, raw), *_ = elements.all("script", **{"class": "raw"})
    assert reading.summary == json.loads(raw)
    files = next(text for _, text in elements.all("ul", **{"class": "files"}))
    for name in ("summary.json", "manifest.json", "runs.parquet", "influencers.parquet", "daily.parquet"):
        assert str(reading.folder / name) in files


def test_notes_and_what_was_checked_are_told(elements: Elements, reading: Reading) -> None:
    (_, notes), *_ = elements.all("ul", **{"class": "notes"})
    assert reading.summary["notes"]
    assert all(note in notes for note in reading.summary["notes"])
    (_, checks), *_ = elements.all("ul", **{"class": "checks"})
    for each in reading.summary["checks"]:
        found = len(each["notes"])
        assert f"{each['check']}: {f'{found} found' if found else 'none'}" in checks
        assert all(note in checks for note in each["notes"])
    assert "runs that failed: none" in checks


def test_the_command_repeats_the_run(elements: Elements) -> None:
    commands = [text for _, text in elements.all("code", **{"class": "command"})]
    assert "simulator run deal.yaml --set runs=240 --runs 240 --daily" in commands


def test_two_thousand_runs_of_thirty_days_are_a_page_of_less_than_three_megabytes(play: Play) -> None:
    """How long it takes is measured by hand: scripts/time_report.py."""
    reading = read(play(SCENARIO.replace("days: 2", "days: 29"), "runs=2000"))
    assert len(page([reading], [figures_of(reading)]).encode()) < LARGEST


def test_a_folder_of_an_older_version_is_shown_all_the_same(reading: Reading) -> None:
    older: dict[str, Any] = {**reading.summary}
    for name in ("checks", "drivers", "stopped", "failed", "variance", "mechanisms"):
        older.pop(name)
    lacking = {"p_loss", "regret", "profit_cvar05_error"}
    older["arms"] = [{key: value for key, value in arm.items() if key not in lacking} for arm in older["arms"]]
    manifest = {key: value for key, value in reading.manifest.items() if key != "replaced"}
    html = page([replace(reading, summary=older, manifest=manifest, daily=None)], [[]])
    assert reading.summary["verdict"]["sentence"] in " ".join(text for _, text in Elements(html).all("p"))


@pytest.mark.parametrize("runs", [1, 2, 20])
def test_few_runs_make_a_page_that_claims_no_more_than_they_tell(play: Play, runs: int) -> None:
    reading = read(play(SCENARIO, f"runs={runs}"))
    elements = Elements(page([reading], [figures_of(reading)]))
    (_, notes), *_ = elements.all("ul", **{"class": "notes"})
    few = "1 run is few" if runs == 1 else f"{runs} runs are few"
    assert few in notes
    (_, box), *_ = (each for each in elements.all("section") if each[0].get("class", "").startswith("answer"))
    assert ("95% interval" in box) == (runs > 1)
    assert "nan" not in box


def test_a_plan_without_campaigns_is_told_as_well(play: Play) -> None:
    text = SCENARIO[: SCENARIO.index("arms:")] + "arms: {}\n"
    reading = read(play(text, "runs=20"))
    assert "There is no campaign to judge." in page([reading], [figures_of(reading)])
