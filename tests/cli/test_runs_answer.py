"""The answer can be read at every width, by eye and by pipe."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from experiment.fake_engine import campaign, outcome
from rich.console import Console

from simulator.cli.answer import print_answer
from simulator.results.manifest import Request
from simulator.results.summary import summarize
from simulator.results.tables import influencers_table, runs_table
from simulator.results.wording import number


@pytest.fixture
def summary(tmp_path: Path) -> dict[str, Any]:
    scenario, plan = campaign(tmp_path)
    outcomes = [outcome(scenario, arm, run) for arm in plan.arms for run in range(1, 25)]
    tables = runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}), influencers_table(outcomes)
    return summarize(scenario, plan, *tables, Request("deal.yaml", "abc", "compiled", "local"))


def printed(summary: dict[str, Any], width: int) -> list[str]:
    text = io.StringIO()
    print_answer(summary, console=Console(file=text, width=width))
    return text.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(summary: dict[str, Any], width: int) -> None:
    lines = printed(summary, width)
    assert max(len(line) for line in lines) <= width
    assert not any("…" in line for line in lines)


def test_arms_that_do_not_fit_side_by_side_follow_below(summary: dict[str, Any]) -> None:
    assert 1 == sum(line.startswith("Cost") for line in printed(summary, 100))
    assert 2 == sum(line.startswith("Cost") for line in printed(summary, 62))


def test_a_name_with_brackets_is_printed_as_it_is(summary: dict[str, Any]) -> None:
    summary["name"] = "[bold]deal[/nothing]"
    assert "[bold]deal[/nothing]" == printed(summary, 100)[0]


def test_each_arm_has_its_figures(summary: dict[str, Any]) -> None:
    lines = printed(summary, 100)
    (cost,) = [line.split()[1:] for line in lines if line.startswith("Cost")]
    assert ["0", "750", "750"] == cost
    (market,) = [line for line in lines if line.startswith("  fee ÷ market")]
    assert "–" in market


def test_the_verdict_and_the_next_command_are_last(summary: dict[str, Any]) -> None:
    lines = printed(summary, 200)
    assert summary["verdict"]["next_command"] == lines[-1]
    assert summary["verdict"]["sentence"] in " ".join(line.strip() for line in lines)


def test_one_run_in_one_market_is_told_in_the_singular(summary: dict[str, Any]) -> None:
    assert "1 run in 1 simulated market of" in printed({**summary, "runs": 1, "worlds": 1}, 100)[1]


def test_what_counts_as_equal_is_said_below_the_verdict(summary: dict[str, Any]) -> None:
    said = "Differences of profit below 100 USD count as equal (indifference)."
    assert said in printed(summary, 100)
    summary["verdict"]["indifference"] = 0.0
    assert said not in printed(summary, 100)


def test_the_spread_is_taken_apart_in_a_line_per_campaign_and_one_for_the_lead(summary: dict[str, Any]) -> None:
    lines = printed(summary, 200)
    start = lines.index("What the spread is made of (standard deviations over runs)") + 1
    told = lines[start : lines.index("", start)]
    assert ["profit of one macro:", "profit of three micros:"] == sorted(line.partition(":")[0] + ":" for line in told)
    assert all("of its variance network" in line and "ignorance" in line and "luck" in line for line in told)
    summary["variance"]["remedy"] = "replicates: 2 would"
    assert "replicates: 2 would" in printed(summary, 200)
    del summary["variance"]  # as in folders of older versions
    assert not any("spread is made of" in line for line in printed(summary, 200))


def test_each_mechanism_has_a_line_that_says_how_much_of_it_is_assumed(summary: dict[str, Any]) -> None:
    assert not any(line.startswith("Mechanisms") for line in printed(summary, 100))
    guess, fact = ({"name": grade, "value": "1", "grade": grade} for grade in ("assumed", "measured"))
    numbers = {"replies": [guess, fact], "feed": [guess] * 3, "waves": [guess], "links": [fact] * 2, "bare": []}
    summary["mechanisms"] = [{"name": name, "numbers": each} for name, each in numbers.items()]
    lines = printed(summary, 80)
    start = lines.index("Mechanisms (their numbers: simulator explain)") + 1
    assert [
        "replies: 2 numbers, 1 of them assumed",
        "feed: 3 numbers, all of them assumed",
        "waves: 1 number, assumed",
        "links: 2 numbers, none of them assumed",
        "bare: no numbers",
    ] == lines[start : lines.index("", start)]


def test_the_return_on_spend_stands_below_the_return(summary: dict[str, Any]) -> None:
    lines = printed(summary, 100)
    (told,) = [line.split()[2:] for line in lines if line.startswith("Incremental ROAS")]
    values = [arm["metrics"]["iroas"]["value"] for arm in summary["arms"]]
    assert ["–" if value is None else number(value) for value in values] == told
