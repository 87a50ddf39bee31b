"""Assumptions come from the manifest alone, and those that matter stand first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from experiment.fake_engine import campaign

from simulator.report.answer import ranked_arms
from simulator.report.assumptions import assumptions
from simulator.report.reading import Reading
from simulator.scenario.explain import explanations


def driven_by(reading: Reading, *paths: str) -> Reading:
    numbers = [
        {"path": path, "correlation": 0.9 - place / 10, "error": 0.01, "share": (0.9 - place / 10) ** 2, "clear": True}
        for place, path in enumerate(paths)
    ]
    drivers: dict[str, Any] = {"arm": "one macro", "over": "no campaign", "numbers": numbers}
    return replace(reading, summary={**reading.summary, "drivers": drivers})


def test_every_uncertain_or_changed_number_is_told_as_the_scenario_explains_it(reading: Reading, tmp_path) -> None:
    scenario, _ = campaign(tmp_path, "runs=240")
    expected = {
        row.path: row for row in explanations(scenario) if row.uncertain or row.default or row.grade == "your own"
    }
    found = assumptions(reading)
    assert expected == {each.number.path: each.number for each in (*found.matter, *found.rest)}
    assert "50" != expected["behavior.halo"].value
    assert expected["product.baseline_orders_per_day"].default


def test_the_assumed_ones_that_matter_stand_first_and_measured_ones_do_not(reading: Reading) -> None:
    found = assumptions(driven_by(reading, "behavior.sponsored_ratio", "behavior.halo", "behavior.code_use"))
    assert ["behavior.halo", "behavior.code_use"] == [each.number.path for each in found.matter]
    assert "behavior.sponsored_ratio" == found.rest[0].number.path
    assert found.matter[0].influence is not None
    assert "64.0 ± 1.6%" == found.matter[0].influence.text
    assert "a higher value favors one macro" == found.matter[0].influence.direction
    assert "the lead of one macro over doing nothing" in found.measure


def row(
    path: str, low: float, high: float, *, error: float | None = 1.0, flips: bool = False, surely: bool = True
) -> dict[str, Any]:
    ends = {"at_low": {"value": low, "error": error}, "at_high": {"value": high, "error": error}}
    return {"path": path, "flips": flips, "surely": flips and surely, **ends}


TORNADO = {"kind": "tornado", "arms": ["one macro", "three micros"], "metric": "profit", "runs": 24}


def test_a_tornado_takes_precedence(reading: Reading) -> None:
    rows = [row("behavior.code_use", 9.0, -11.0, flips=True), row("behavior.code_leak", 0.0, 2.0)]
    tornado = TORNADO | {"rows": rows}
    found = assumptions(replace(driven_by(reading, "behavior.halo"), analyses={"sensitivity-tornado": tornado}))
    (only,) = found.matter
    assert only.influence is not None
    assert "behavior.code_use" == only.number.path
    assert "−20.0 ± 1.4" == only.influence.text
    assert "a higher value favors three micros; turns the decision within its range" == only.influence.direction
    assert "the lead of one macro over three micros in profit" in found.measure
    assert "with 24 runs of each" in found.measure


def test_of_several_tornados_that_of_the_best_two_and_of_most_numbers_is_told(reading: Reading) -> None:
    best = [arm["arm"] for arm in ranked_arms(reading.summary)[:2]]
    rows = [row("behavior.halo", 4.0, 30.0), row("behavior.code_use", 9.0, 19.0)]
    analyses = {
        "one-number": TORNADO | {"arms": best, "rows": rows[:1]},
        "orders": TORNADO | {"arms": best, "metric": "incremental_orders", "rows": [*rows, *rows]},
        "others": TORNADO | {"arms": [best[0], "nobody"], "rows": [*rows, *rows]},
        "two-numbers": TORNADO | {"arms": best[::-1], "rows": rows},
    }
    found = assumptions(replace(reading, analyses=analyses))
    assert {"behavior.halo", "behavior.code_use"} == {each.number.path for each in found.matter}
    assert f"the lead of {best[1]} over {best[0]}".replace("no campaign", "doing nothing") in found.measure


def test_what_turns_the_decision_by_chance_alone_is_told_as_open(reading: Reading) -> None:
    rows = [row("behavior.code_use", 1.0, -1.0, flips=True, surely=False), row("behavior.halo", 0.5, 1.0)]
    (only,) = assumptions(replace(reading, analyses={"sensitivity-tornado": TORNADO | {"rows": rows}})).matter
    assert only.influence is not None
    assert "may turn the decision within its range, more runs would tell" == only.influence.direction


@pytest.mark.parametrize(
    ("sure", "heading"),
    [
        ((True, True), "Assumed, and within their ranges they turn the decision"),
        ((True, False), "Assumed, and within their ranges they may turn the decision"),
        ((False, False), "Assumed, and within their ranges they may turn the decision"),
    ],
)
def test_the_heading_claims_no_turn_that_may_be_chance(reading: Reading, sure: tuple[bool, bool], heading: str) -> None:
    paths = ("behavior.code_use", "behavior.halo")
    rows = [row(path, 9.0, -11.0, flips=True, surely=surely) for path, surely in zip(paths, sure, strict=True)]
    found = assumptions(replace(reading, analyses={"sensitivity-tornado": TORNADO | {"rows": rows}}))
    assert heading == found.heading
    assert set(paths) == {each.number.path for each in found.matter}


def test_a_change_without_an_error_may_be_chance(reading: Reading) -> None:
    """A tornado of a single run of each value knows no error."""
    rows = [row("behavior.halo", 4.0, 30.0, error=None), row("behavior.code_use", 9.0, -11.0, error=None, flips=True)]
    rows[1]["surely"] = False
    found = assumptions(replace(reading, analyses={"sensitivity-tornado": TORNADO | {"rows": rows}}))
    (only,) = found.matter
    assert only.influence is not None
    assert ("behavior.code_use", "−20.0") == (only.number.path, only.influence.text)
    assert "may turn the decision within its range, more runs would tell" == only.influence.direction


def test_numbers_of_which_no_influence_is_known_stand_by_path_the_uncertain_ones_first(reading: Reading) -> None:
    numbers = [each.number for each in assumptions(replace(reading, summary={**reading.summary, "drivers": {}})).rest]
    unsure = [number.path for number in numbers if number.uncertain]
    certain = [number.path for number in numbers if not number.uncertain]
    assert [*sorted(unsure), *sorted(certain)] == [number.path for number in numbers]
    assert min(certain) < max(unsure)  # by path alone the order would be another


def test_the_words_above_the_assumptions_are_the_tornados(reading: Reading) -> None:
    """Two numbers move the lead; where one of them turns the decision, it stands alone below the heading."""
    told = {}
    for flips in (True, False):
        rows = [row("behavior.code_use", 9.0, -11.0, flips=flips), row("behavior.halo", 4.0, 30.0)]
        found = assumptions(replace(reading, analyses={"sensitivity-tornado": TORNADO | {"rows": rows}}))
        told[found.heading] = [each.number.path for each in found.matter]
    assert {
        "Assumed, and within their ranges they turn the decision": ["behavior.code_use"],
        "Assumed; they move the lead most, none turns the decision within its range": [
            "behavior.halo", "behavior.code_use",
        ],
    } == told  # fmt: skip
    assert "Assumed, and they move the lead most" == assumptions(driven_by(reading, "behavior.halo")).heading


@pytest.mark.parametrize("lacking", ["drivers", "nothing clear"])
def test_without_a_clear_driver_no_influence_is_told(reading: Reading, lacking: str) -> None:
    summary = dict(reading.summary)
    if lacking == "drivers":
        summary.pop("drivers")
    else:
        summary["drivers"] = {"arm": "one macro", "over": None, "numbers": []}
    found = assumptions(replace(reading, summary=summary))
    assert () == found.matter
    assert "" == found.measure
    assert found.rest


def test_a_curve_is_told_size_by_size(reading: Reading) -> None:
    found = {each.number.path: each.values for each in assumptions(reading).rest}
    assert 5 == len(found["platform.click_rate"])
    assert "3,162 followers: pert(0.004, 0.018, 0.05)" == found["platform.click_rate"][0]
    assert "3,162,278 followers: pert(0.0015, 0.007, 0.02)" == found["platform.click_rate"][-1]
    assert ("lognormal(median 3, sd 0.9)",) == found["behavior.halo"]
