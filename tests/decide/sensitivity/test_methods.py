"""What the simulator's own sensitivities rest on: the right numbers, the same runs, effects that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.decide.choices import METHODS, Method
from simulator.decide.ensemble import Stage, played
from simulator.decide.question import Question
from simulator.decide.sensitivity import analyze as analyzing
from simulator.decide.sensitivity import inquiry as inquiring
from simulator.decide.sensitivity import tornado as bars
from simulator.decide.sensitivity.analyze import analyze
from simulator.decide.sensitivity.factors import chosen, factors_of, version_at
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.decide.sensitivity.tornado import Bar
from simulator.errors import InputProblems
from simulator.experiment.executors import open_team
from simulator.experiment.runner import play_all
from simulator.experiment.versions import Version
from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate
from simulator.results.failures import Failure
from simulator.results.paired import Pair
from simulator.results.tables import runs_table
from simulator.scenario.draws import all_numbers

QUICK = Path(__file__).parents[3] / "scenarios" / "quick.yaml"
RUNS = 24
SMALL = ("behavior.halo", "behavior.halo_slope", "product.sample_cost", "behavior.code_leak")


@pytest.fixture(scope="module")
def base() -> Version:
    return Question(QUICK).version()


def asked(base: Version, inquiry: Inquiry) -> dict[str, Any]:
    inquiry.check(base)
    with open_team("serial") as team:
        return analyze(base, inquiry, Stage(team))


@pytest.fixture(scope="module")
def tornado(base: Version) -> dict[str, Any]:
    return asked(base, Inquiry("tornado", None, RUNS, ("one", "no campaign"), numbers=SMALL))


def profits(*settings: str, metric: str = "profit") -> np.ndarray:
    scenario, plan = (version := Question(QUICK).version(*settings)).scenario, version.plan
    outcomes = play_all(scenario, plan, runs=RUNS, executor="serial")
    table = runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}).to_pandas()
    return table[table["arm"] == "one"].sort_values("run")[metric].to_numpy()


def test_every_number_that_nobody_knows_is_varied(base: Version) -> None:
    paths = {factor.path: factor for factor in factors_of(base)}
    assert "behavior.halo_slope" in paths  # decisive, certain only by assumption
    assert "platform.click_rate" in paths
    assert "product.price" not in paths  # the user's own
    assert paths["platform.real_share"].shapes_world
    assert paths["product.sample_cost"].replans


def test_what_is_luck_or_the_users_own_is_not_varied(base: Version) -> None:
    of_each = {
        number.path for number in all_numbers(base.scenario) if number.varies not in ("once", "platform", "world")
    }
    assert of_each
    assert not of_each & {factor.path for factor in factors_of(base)}
    own = Question(QUICK).version("behavior.halo_slope={value: 0.1, range: [0, 0.2]}")
    assert "behavior.halo_slope" not in {factor.path for factor in factors_of(own)}


def test_an_uncertain_number_goes_through_its_middle_90_percent_and_a_certain_one_through_its_range(
    base: Version,
) -> None:
    halo, slope = chosen(factors_of(base), ("behavior.halo", "behavior.halo_slope"))
    assert [halo.number.at(0.05), halo.number.at(0.95)] == [halo.value(end) for end in halo.ends]
    assert [-0.3, 0.3] == [slope.value(end) for end in slope.ends]


def test_what_is_signed_anew_is_signed_in_a_market_of_the_same_size(base: Version) -> None:
    larger = replace(base, plan=replace(base.plan, population=4001))
    (cost,) = chosen(factors_of(base), ("product.sample_cost",))
    assert 4001 == version_at(larger, cost, 0.0).plan.population


def test_a_bar_is_what_the_number_does_in_the_same_runs(base: Version, tornado: dict[str, Any]) -> None:
    rows = {row["path"]: row for row in tornado["rows"]}
    low, high = profits("behavior.halo_slope=-0.3"), profits("behavior.halo_slope=0.3")
    row = rows["behavior.halo_slope"]
    assert (-0.3, 0.3) == (row["low_value"], row["high_value"])
    assert low.mean() == pytest.approx(row["at_low"]["value"])
    assert high.mean() == pytest.approx(row["at_high"]["value"])
    assert (high - low).mean() == pytest.approx(row["swing"])
    assert (low > 0).mean() == pytest.approx(row["p_low"]["value"])
    assert profits().mean() == pytest.approx(tornado["base"]["value"])


def test_the_ends_of_a_curve_are_those_of_the_largest_account_hired(base: Version) -> None:
    found = asked(base, Inquiry("tornado", None, 4, ("one", "five"), numbers=("platform.click_rate", "behavior.halo")))
    curve, plain = sorted(found["rows"], key=lambda row: row["followers"] is None)
    (creator,) = (contract.creator for arm in base.plan.arms if arm.name == "one" for contract in arm.contracts)
    number = base.scenario.platform.click_rate
    assert creator.followers == curve["followers"]
    assert [number.at(creator.followers, end) for end in (0.05, 0.95)] == [curve["low_value"], curve["high_value"]]
    assert plain["followers"] is None
    assert plain["low_value"] < plain["high_value"]


def test_bars_are_in_order_and_say_what_turns_the_decision(tornado: dict[str, Any]) -> None:
    swings = [abs(row["swing"]) for row in tornado["rows"]]
    assert sorted(swings, reverse=True) == swings
    for row in tornado["rows"]:
        assert row["flips"] == (row["at_low"]["value"] * row["at_high"]["value"] < 0)
    codeless = next(row for row in tornado["rows"] if row["path"] == "behavior.code_leak")
    assert 0.0 == codeless["swing"] == codeless["swing_error"]  # nobody has a code here


def test_a_number_at_whose_end_nothing_can_be_signed_is_left_out_and_named(tornado: dict[str, Any]) -> None:
    (left,) = tornado["left_out"]
    assert "product.sample_cost" == left["path"]
    assert "nothing is left to share" in left["reason"]


def test_a_tornado_is_of_the_metric_asked_for_and_of_the_best_two_as_things_stand(
    base: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[ArmRuns]] = []
    monkeypatch.setattr(bars, "weighed", lambda _between, arms: seen.append(arms) or ("one", "no campaign"))
    found = asked(base, Inquiry("tornado", None, RUNS, None, "incremental_orders", ("behavior.halo_slope",)))
    (row,) = found["rows"]
    orders = [profits(*said, metric="incremental_orders").mean() for said in ((), ("behavior.halo_slope=-0.3",))]
    assert orders == [pytest.approx(found["base"]["value"]), pytest.approx(row["at_low"]["value"])]
    assert profits().mean() == pytest.approx(next(arm for arm in seen[0] if arm.name == "one").expected_profit.value)


@pytest.mark.parametrize(
    ("low", "high", "error", "flips", "surely"),
    [(-3.0, 4.0, 1.0, True, True), (-3.0, 1.0, 1.0, True, False), (3.0, -4.0, 1.0, True, True),
     (1.0, -3.0, 1.0, True, False), (3.0, 4.0, 1.0, False, False), (-3.0, 4.0, None, True, False)],
)  # fmt: skip
def test_a_bar_surely_flips_if_both_its_ends_lie_beyond_their_errors(
    base: Version, low: float, high: float, error: float | None, flips: bool, surely: bool
) -> None:
    (factor,) = chosen(factors_of(base), ("behavior.halo",))
    ends = [
        Pair(Estimate(value, error), Estimate(chance, 0.01), None, None) for value, chance in ((low, 0.2), (high, 0.7))
    ]
    told = Bar(factor, *ends, swing=Estimate(high - low, error), followers=None).as_dict()
    assert (flips, surely) == (told["flips"], told["surely"])
    assert (0.2, 0.7) == (told["p_low"]["value"], told["p_high"]["value"])


def test_other_people_need_other_worlds(base: Version) -> None:
    found = asked(base, Inquiry("tornado", None, RUNS, ("one", "no campaign"), numbers=("behavior.topic_ceiling",)))
    row = found["rows"][0]
    low = profits("behavior.topic_ceiling=0.5")
    assert low.mean() == pytest.approx(row["at_low"]["value"])


def test_sobol_finds_what_matters_and_that_nothing_else_does(base: Version) -> None:
    found = asked(
        base, Inquiry("sobol", 64, None, ("one", "no campaign"), numbers=("behavior.halo", "behavior.code_leak"))
    )
    rows = {row["path"]: row for row in found["rows"]}
    assert 64 * (3 + 2) == found["trials"]
    assert 0.0 == rows["behavior.code_leak"]["total"]["value"]
    assert 0.1 < rows["behavior.halo"]["total"]["value"]
    assert {"behavior.halo", "behavior.code_leak", "luck"} == rows.keys()


def test_morris_finds_the_same(base: Version) -> None:
    found = asked(
        base, Inquiry("morris", 6, 4, ("one", "no campaign"), numbers=("behavior.halo", "behavior.code_leak"))
    )
    rows = {row["path"]: row for row in found["rows"]}
    assert 0.0 == rows["behavior.code_leak"]["mu_star"]
    assert 0.0 < rows["behavior.halo"]["mu"] == pytest.approx(rows["behavior.halo"]["mu_star"])  # more never hurts


def test_people_are_varied_by_a_tornado_that_is_asked_to(base: Version) -> None:
    without, with_them = (Inquiry("tornado", None, 8, with_people=people).factors(base) for people in (False, True))
    assert set(without) < set(with_them)
    assert all(factor.shapes_world for factor in set(with_them) - set(without))


@pytest.mark.parametrize("method", METHODS)
def test_each_method_answers_what_it_is_asked(base: Version, method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(analyzing.ANALYSES, method, lambda _base, inquiry, _stage: {"asked": inquiry})
    inquiry = Inquiry(method, None, None, ("five", "one"), "incremental_orders")
    found = asked(base, inquiry)
    assert inquiry == found["asked"]
    reasons = {each["path"]: each["reason"] for each in found["not_varied"]}
    assert "shapes the people" == reasons["platform.real_share"]
    assert ("is certain" if method != "tornado" else None) == reasons.get("behavior.halo_slope")


def test_what_was_not_varied_is_named_with_why(base: Version, tornado: dict[str, Any]) -> None:
    assert {"path": "platform.click_rate", "reason": "not asked for"} in tornado["not_varied"]
    assert not {row["path"] for row in tornado["rows"]} & {each["path"] for each in tornado["not_varied"]}


def test_morris_needs_a_number_to_vary(base: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiring, "factors_of", lambda _version: ())
    with pytest.raises(InputProblems, match="no number is uncertain"):
        Inquiry("morris", 4, None).check(base)


@pytest.mark.parametrize(
    ("inquiry", "told"),
    [
        (Inquiry("sobol", 100, None), "100 is no power of two; ask for 64"),
        (Inquiry("morris", 1, None), "1 is not from 2"),
        (Inquiry("tornado", 8), "a tornado has no points but both ends; ask for more --runs"),
        (Inquiry("sobol", 64, 8), "each row of sobol is one run; ask for more --points"),
        (Inquiry("tornado", runs=1), "1 is too few for an error; ask for 2 or more"),
        (Inquiry("tornado", None, 8, numbers=("behavior.hallo",)), "did you mean 'behavior.halo'?"),
        (Inquiry("sobol", 64, None, numbers=("platform.real_share",)), "use --method tornado"),
        (Inquiry("morris", 4, None, numbers=("behavior.halo_slope",)), "give it a distribution"),
        (Inquiry("sobol", 64, None, numbers=("behavior.halo", "behavior.halo")), "'behavior.halo' is named twice"),
        (Inquiry("tornado", None, 8, metric="roi"), "'roi' is not one that every run has"),
        (Inquiry("tornado", None, 8, ("one", "fife")), "did you mean 'five'?"),
        (Inquiry("tornado", None, 8, ("one", "one")), "'one' stands on both sides; name two arms"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(base: Version, inquiry: Inquiry, told: str) -> None:
    with pytest.raises(InputProblems) as error:
        inquiry.check(base)
    assert told in str(error.value)


def test_another_question_has_another_name() -> None:
    asked = [
        Inquiry("tornado"),
        Inquiry("morris"),
        Inquiry("tornado", between=("one", "five")),
        Inquiry("tornado", between=("five", "one")),
        Inquiry("tornado", numbers=("behavior.halo",)),
        Inquiry("tornado", metric="incremental_orders"),
    ]
    names = [each.name for each in asked]
    assert len(asked) == len(set(names))
    assert ["sensitivity-tornado", "sensitivity-morris", "sensitivity-tornado-one-five"] == names[:3]
    assert "sensitivity-tornado" == Inquiry("tornado", runs=9, with_people=True).name


def test_a_size_not_asked_for_is_the_usual_one_of_the_method() -> None:
    assert [(2, 200), (16, 8), (256, 1)] == [Inquiry(method).size for method in METHODS]
    assert (64, 1) == Inquiry("sobol", 64).size
    assert {"points": 2, "runs": 9}.items() <= Inquiry("tornado", runs=9).as_dict().items()


def test_failed_trials_are_counted(base: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = (Failure(1, "one", "ValueError", "too trusting", ""),)
    monkeypatch.setattr(bars, "played", lambda *asked: replace(played(*asked), failures=lost))
    found = asked(base, Inquiry("tornado", None, RUNS, ("one", "no campaign"), numbers=("behavior.halo",)))
    assert 1 == found["failed"]
