"""The turning point of a scenario lies where its own runs say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.decide.break_even import search
from simulator.decide.break_even.root import Look, Roots
from simulator.decide.break_even.search import break_even, check_range, sentence
from simulator.decide.ensemble import Ensemble, Stage, played
from simulator.decide.question import Question
from simulator.decide.varied import Varied, parsed
from simulator.errors import InputProblems
from simulator.experiment.executors import open_team
from simulator.experiment.runner import play_all
from simulator.results.estimate import Estimate
from simulator.results.failures import Failure
from simulator.results.statistics import mean
from simulator.results.tables import runs_table

QUICK = Path(__file__).parents[3] / "scenarios" / "quick.yaml"
RUNS = 24
PRICE = "product.price=50:1500"


def searched(*ranges: str, between: tuple[str, str] | None = ("one", "no campaign"), **more: Any) -> dict[str, Any]:
    question = Question(QUICK)
    base = question.version()
    (varied,) = parsed(ranges, base)
    with open_team("serial") as team:
        return break_even(question, varied, RUNS, Stage(team), between=between, **more)


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return searched(PRICE)


def difference(price: float, people: int, *settings: str) -> Estimate:
    version = Question(QUICK).version(f"product.price={price:.10g}", f"population.size={people}", *settings)
    outcomes = play_all(version.scenario, version.plan, runs=RUNS, executor="serial")
    table = runs_table(outcomes, {arm.name: arm.budget for arm in version.plan.arms}).to_pandas()
    mine = table[table["arm"] == "one"].sort_values("run")
    worlds, draws = mine["world"].to_numpy(), (mine["run"].to_numpy() + 1) // 2
    assert 2 == version.scenario.replicates
    return mean(mine["profit"].to_numpy(), np.stack([worlds, draws]))


def test_the_difference_is_zero_at_the_turn_and_its_interval_ends_at_the_ends(found: dict[str, Any]) -> None:
    people = Question(QUICK).version().plan.population
    close = 2e-3 * 1450
    scale = difference(found["value"] + close, people).value - difference(found["value"] - close, people).value
    assert abs(difference(found["value"], people).value) <= abs(scale)
    low = [difference(found["low"] + step, people).high for step in (-close, close)]
    assert low[0] < 0.0 < low[1]


def test_what_was_looked_at_is_told_in_order(found: dict[str, Any]) -> None:
    values = [each["value"] for each in found["evaluations"]]
    assert sorted(set(values)) == values
    assert {50.0, 1500.0} <= set(values)
    for each in found["evaluations"]:
        if abs(each["value"] - found["value"]) > 1e-6:  # else it is the turn itself
            assert (each["difference"]["value"] < 0) == (each["value"] < found["value"])


def test_the_sentence_says_who_is_better_where(found: dict[str, Any]) -> None:
    assert "the decision turns at product.price = " in found["sentence"]
    assert "below it doing nothing is better, above it one" in found["sentence"]


def test_a_lead_that_stays_is_told_as_such() -> None:
    told = searched("product.price=5:20")
    assert told["value"] is None
    assert () == tuple(told["crossings"])
    assert "doing nothing stays ahead of one for all product.price from 5" in told["sentence"]


def test_without_names_the_two_best_plans_as_things_stand_are_weighed() -> None:
    """Whatever the range: beyond 500 dollars a product, both plans are better than none."""
    for ends in ("5:20", "500:1500"):
        assert ["no campaign", "one"] == searched(f"product.price={ends}", between=None)["between"]


def test_of_a_number_of_a_plan_that_plan_and_its_best_rival_are_weighed() -> None:
    """As things stand the best two are no campaign and one, whom five's audience cannot move."""
    found = searched("arms.five.hire.0.followers=300:500", between=None)
    assert ["five", "no campaign"] == found["between"]
    assert ["no campaign", "one"] == searched("arms.one.hire.0.followers=1000:2000", between=None)["between"]


def test_a_number_that_touches_neither_plan_is_said_to_change_nothing() -> None:
    found = searched("arms.five.hire.0.followers=300:500")
    assert (
        "arms.five.hire.0.followers changes nothing between one and doing nothing: doing nothing is ahead of one by"
        in (found["sentence"])
    )
    assert "more" not in found["sentence"]


def test_the_price_is_said_to_move_no_demand(found: dict[str, Any]) -> None:
    (note,) = found["notes"]
    assert note.startswith("nobody orders more or less because of product.price")
    assert [] == searched("product.margin=0.3:0.4")["notes"]
    assert [note] == searched("product.margin=0.3:0.4", over=Varied("product.price", 30.0, 40.0))["notes"]


def test_what_stands_now_is_told(found: dict[str, Any]) -> None:
    people = Question(QUICK).version().plan.population
    assert 40.0 == found["now"]["value"]
    assert difference(40.0, people).value == pytest.approx(found["now"]["difference"]["value"])
    assert found["sentence"].endswith("It is 40.0 USD now.")


def test_a_frontier_is_the_turn_at_each_value_of_a_second_number(found: dict[str, Any]) -> None:
    margin = Varied("product.margin", 0.25, 0.75)
    front = searched(PRICE, over=margin)["frontier"]
    assert [0.25, 0.375, 0.5, 0.625, 0.75] == [each["at"] for each in front]
    turns = [each["value"] for each in front if each["value"] is not None]
    assert sorted(turns, reverse=True) == turns  # the more an order earns, the lower the price that pays
    assert found["value"] == pytest.approx(front[2]["value"])  # the scenario's own margin is 0.5
    people = Question(QUICK).version().plan.population
    for each in (front[0], front[-1]):
        below, above = (
            difference(each["value"] + step, people, f"product.margin={each['at']}").value for step in (-3.0, 3.0)
        )
        assert below < 0.0 < above


def test_an_unknown_plan_is_refused() -> None:
    with pytest.raises(InputProblems, match="did you mean 'five'"):
        searched(PRICE, between=("fife", "one"))


def looks(*differences: tuple[float, float]) -> Roots:
    return Roots((), tuple(Look(10.0 * (k + 1), Estimate(*each)) for k, each in enumerate(differences)))


def told_of(found: Roots) -> str:
    return sentence(Varied("product.price", 10.0, 30.0, unit="money"), ("a", "b"), found, "EUR")


def test_a_lead_within_the_error_is_not_told_as_one_that_stays() -> None:
    told = told_of(looks((90.0, 10.0), (50.0, 10.0), (12.0, 10.0)))
    assert "stays" not in told
    assert "these runs leave open whether it is for product.price from 30" in told
    stays = told_of(looks((90.0, 10.0), (50.0, 10.0), (22.0, 10.0)))
    expected = "a stays ahead of b for all product.price from 10.0 to 30.0 EUR; its lead is never below 22 ± 10 EUR."
    assert expected == stays
    assert "stays" not in told_of(Roots((), (Look(10.0, Estimate(90.0, None)), Look(30.0, Estimate(80.0, None)))))


@pytest.mark.parametrize(("error", "end"), [(3.0, "± 3.0 EUR."), (30.0, "± 30 EUR, which may be chance.")])
def test_a_lead_that_nothing_changes_and_that_may_be_chance_is_told_as_such(error: float, end: str) -> None:
    told = told_of(looks((40.0, error), (40.0, error)))
    assert told.startswith("product.price changes nothing between a and b: a is ahead of b by 40")
    assert told.endswith(end)


def test_plans_that_never_differ_are_told_as_equal() -> None:
    assert "a and b earn the same for all product.price from 10" in told_of(looks((0.0, 0.0), (0.0, 0.0)))
    assert "b is ahead of a on average" in told_of(looks((0.0, 0.0), (-5.0, 1.0)))


def test_failed_trials_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the first trial of each thing that is played: the scan of the line, and that of each of five others."""

    def one_is_lost(*asked: Any) -> Ensemble:
        return replace(played(*asked), failures=(Failure(1, "one", "ValueError", "too trusting", ""),))

    monkeypatch.setattr(search, "played", one_is_lost)
    assert 1 == searched("product.price=5:20")["failed"]
    assert 6 == searched("product.price=5:20", over=Varied("product.margin", 0.25, 0.3))["failed"]


def test_a_frontier_needs_a_second_number() -> None:
    price = Varied("product.price", 50.0, 1500.0)
    with pytest.raises(InputProblems, match="is varied already"):
        check_range(Question(QUICK), price, Varied("product.price", 1.0, 2.0))
