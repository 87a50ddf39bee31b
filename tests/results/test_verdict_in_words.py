"""A verdict decides only what the runs can tell, says what would settle the rest, and knows what counts as equal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from experiment.fake_engine import campaign
from results.noise import grouped, normals

from simulator.results import verdict as deciding
from simulator.results.arms import ArmRuns, HireRuns
from simulator.results.judgment import judged
from simulator.results.manifest import Request
from simulator.results.rivals import Rival, indifference_of
from simulator.results.verdict import verdict

REQUEST = Request("my deal.yaml", "abc", "compiled", "local", ("seed=3",))
RUNS = 2000
NAMES = ("a", "b", "best", "calm", "wild", "close", "hope", "ads")


def arm(name: str, profit: float, spread: float = 1.0, *, worlds: float = 0.0, runs: int = RUNS) -> ArmRuns:
    """An arm that earns `profit` on average in its sample, in 8 worlds that differ by `worlds`, two runs per draw."""
    groups = grouped(np.arange(1, runs + 1), 8, 2)
    about = NAMES.index(name) if name in NAMES else 50
    noise = spread * normals(runs, about=about) + worlds * normals(8, about=60 + about)[groups[0]]
    return ArmRuns(name, groups, {"profit": profit + noise - noise.mean(), "cost": np.full(runs, 100.0)}, ())


NOTHING = arm("no campaign", 0.0, 0.0)
HALO = {"now": 4.5, "needed": 7.7, "reason": None, "grade": "assumed", "low": 0.7, "high": 13.0}


def decision(tmp_path: Path, *arms: ArmRuns, zone: float = 0.0, halo: dict[str, Any] = HALO) -> dict[str, Any]:
    scenario, _ = campaign(tmp_path, f"runs={RUNS}")
    figures = {
        item.name: {
            "p_best": {"value": 0.6}, "halo": halo,
            "walk_away": [{"hire": "h", "fee": 70.0, "fee_now": 100.0}],
        }
        for item in arms
    }  # fmt: skip
    return verdict(scenario, arms, figures, REQUEST, zone)


def test_the_arm_with_the_highest_expected_profit_is_chosen(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", 10.0), arm("b", 30.0))
    assert ("choose", "b") == (answer["decision"], answer["arm"])
    said = r"Choose b: it is expected to earn 30\.\d+ ± 0\.0\d+ USD beyond its cost; that is 20\.\d+ ± 0\.0"
    assert re.match(said, answer["sentence"])
    assert "simulator explain 'my deal.yaml' --set seed=3" == answer["next_command"]


def test_none_is_chosen_when_all_lose(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", -9.5), arm("b", -30.0))
    assert ("none", None) == (answer["decision"], answer["arm"])
    assert answer["sentence"].startswith("None of these: the best of them, a, is expected to lose 9.5")
    assert "It would pay below 70.0 USD per creator of h, now 100 USD." in answer["sentence"]


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ([70.0, None], ["below 70.0 USD per creator of x, now 100 USD."]),
        ([70.0, 400.0], ["below 70.0 USD per creator of x, now 100 USD."]),
        (
            [70.0, 40.0],
            ["below 70.0 USD per creator of x, now 100 USD, and below 40.0 USD per creator of y, now 100 USD."],
        ),
        ([70.0, -3.0], []),
        ([None, None], []),
    ],
)
def test_of_a_refusal_only_fees_are_told_that_would_have_to_fall_and_at_which_the_plan_pays(
    fees: list[float | None], said: list[str]
) -> None:
    """With a hire that costs more than it brings for free, no fee of the other makes a plan that pays."""
    known = [{"hire": name, "fee": fee, "fee_now": 100.0} for name, fee in zip("xy", fees, strict=True)]
    told = judged([NOTHING, arm("a", -9.5)], {"a": {"walk_away": known}}, "USD", 0.0).sentence
    assert said == told.split(" It would pay ")[1:]


@pytest.mark.parametrize(("errors", "said"), [(2.6, False), (3.5, True)])
def test_what_is_sure_of_every_contender_holds_for_all_of_them_together(errors: float, said: bool) -> None:
    """With 8 worlds an interval reaches 2.4 errors for one contender, and 2.8 for each of two.

    Each earns so many errors more than nothing; the zone is one, so that doing nothing is no contender.
    """
    error = max(arm(name, 0.0, 90.0).expected_profit.error for name in ("a", "b"))
    arms = [NOTHING, arm("a", errors * error, 90.0), arm("b", errors * error, 90.0)]
    found = judged(arms, {}, "USD", error)
    assert ("undecided", {"a", "b"}) == (found.decision, {each.name for each in found.contenders})
    assert said == found.sentence.endswith(" Each of them earns more than doing nothing.")


def test_two_arms_that_chance_may_have_parted_are_not_told_apart(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", 600.0, 90.0), arm("b", 603.0, 90.0))
    assert ("undecided", None, ["b", "a"]) == (answer["decision"], answer["arm"], answer["contenders"])
    assert "No decision yet: b leads a by 3.0 ±" in answer["sentence"]
    lasting = "would settle it if that lead lasted, and one within two standard errors often does not."
    assert answer["sentence"].endswith(f" more runs {lasting} Each of them earns more than doing nothing.")


def test_an_arm_that_may_as_well_lose_is_not_told_from_doing_nothing(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", 10.0, 900.0))
    assert "No decision yet: a leads doing nothing by 10" in answer["sentence"]
    assert ["a", "no campaign"] == answer["contenders"]
    assert answer["next_command"].startswith("simulator run 'my deal.yaml' --set seed=3 --runs ")


def test_the_best_must_be_told_from_every_other_choice_not_the_second_alone(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("best", 40.0), arm("calm", 30.0), arm("wild", 10.0, 900.0))
    assert ("undecided", ["best", "wild"]) == (answer["decision"], answer["contenders"])
    assert "calm" not in answer["sentence"]
    assert "doing nothing" not in answer["sentence"]


def test_an_arm_above_its_rivals_but_not_above_zero_is_not_chosen(tmp_path: Path) -> None:
    swinging = arm("a", 8.0, 900.0)
    below = replace(swinging, name="b", columns={**swinging.columns, "profit": swinging.profit - 5.0})
    answer = decision(tmp_path, NOTHING, swinging, below)
    assert ("undecided", ["a", "no campaign"]) == (answer["decision"], answer["contenders"])


def test_none_is_not_said_while_any_arm_may_pay(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", -9.5), arm("hope", -10.0, 900.0))
    assert ("undecided", ["no campaign", "hope"]) == (answer["decision"], answer["contenders"])
    assert "No decision yet: doing nothing leads hope by 10" in answer["sentence"]


def test_arms_that_differ_by_less_than_counts_are_equal(tmp_path: Path) -> None:
    alike = arm("a", 600.0), arm("b", 603.0)
    assert "choose" == decision(tmp_path, NOTHING, *alike)["decision"]
    answer = decision(tmp_path, NOTHING, *alike, zone=100.0)
    assert ("either", None, ["b", "a"], 100.0) == tuple(
        answer[key] for key in ("decision", "arm", "contenders", "indifference")
    )
    expected = "Either will do: b and a differ by less than 100 USD of expected profit. Each of them earns more than"
    assert answer["sentence"].startswith(expected)


def test_doing_nothing_may_be_as_good_as_a_campaign(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", -2.0), zone=5.0)
    assert ("either", ["no campaign", "a"]) == (answer["decision"], answer["contenders"])
    assert "Either will do: doing nothing and a differ by less than 5.00 USD of expected profit." == answer["sentence"]


def test_the_best_is_chosen_once_nobody_is_better_by_what_counts(tmp_path: Path) -> None:
    """It leads by 1.5 and may be 1 behind: with a zone of 2 that is enough, without it is not."""
    arms = NOTHING, arm("a", 600.0, 30.0), arm("b", 601.5, 30.0)
    low, high = Rival(arms[2], arms[1], 0.0, 2).gap.interval(2)
    assert -2.0 < low < 0.0
    assert high > 2.0
    assert "undecided" == decision(tmp_path, *arms)["decision"]
    assert ("choose", "b") == tuple(decision(tmp_path, *arms, zone=2.0)[key] for key in ("decision", "arm"))


def test_more_rivals_ask_for_wider_intervals() -> None:
    best, other = arm("a", 603.0), arm("b", 600.0)
    alone, among = (Rival(best, other, 0.0, count).gap.interval(count) for count in (1, 20))
    assert among[0] < alone[0] < alone[1] < among[1]


def test_wrong_choices_are_as_rare_as_promised() -> None:
    """500 studies of 5 arms that earn the same: all 4 rivals of the best are told from it at most in 5%."""
    wrong = 0
    for about in range(500):
        groups = grouped(np.arange(1, 201), 8, 2)
        profits = normals(5, 200, about=about)
        arms = [ArmRuns(str(k), groups, {"profit": profit}, ()) for k, profit in enumerate(profits)]
        arms.sort(key=lambda each: -each.expected_profit.value)
        wrong += all(Rival(arms[0], other, 0.0, 4).is_settled for other in arms[1:])
    assert wrong / 500 < 0.05 + 4 * np.sqrt(0.05 * 0.95 / 500)


def test_as_many_runs_as_are_proposed_settle_it(tmp_path: Path) -> None:
    found = decision(tmp_path, NOTHING, arm("a", 600.0, 90.0), arm("b", 606.0, 90.0))
    runs = int(found["next_command"].split()[-1])
    assert found["sentence"].split(" more runs ")[1].startswith("would settle it.")  # the lead is 2.7 errors wide
    said = int(re.search(r"about ([\d,]+) more runs", found["sentence"])[1].replace(",", ""))
    assert (0, runs - RUNS) == (runs % 1000, said)
    longer = arm("a", 600.0, 90.0, runs=runs), arm("b", 606.0, 90.0, runs=runs), arm("none", 0.0, 0.0, runs=runs)
    assert "choose" == decision(tmp_path, *longer)["decision"]


def test_runs_are_proposed_for_the_rival_that_takes_most(tmp_path: Path) -> None:
    best, wild, close = arm("best", 40.0), arm("wild", 10.0, 900.0), arm("close", 35.0, 300.0)
    both = decision(tmp_path, NOTHING, best, wild, close)
    alone = {rival.name: Rival(best, rival, 0.0, 3).runs_needed for rival in (wild, close)}
    assert {"best", "wild", "close"} == set(both["contenders"])
    assert alone["wild"] != alone["close"]
    assert 0 <= int(both["next_command"].split()[-1]) - max(alone.values()) < 1000


def test_more_worlds_are_proposed_where_they_make_the_error(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", 5.0, 10.0, worlds=60.0))
    assert "simulator run 'my deal.yaml' --set seed=3 --set worlds=16" == answer["next_command"]
    assert "more worlds would settle it, not more runs" in answer["sentence"]


def test_what_no_number_of_runs_settles_is_said(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", 0.001, 900.0))
    assert "no number of runs worth playing would settle it" in answer["sentence"]
    assert answer["next_command"].startswith("simulator explain")


def test_equal_arms_are_called_equal(tmp_path: Path) -> None:
    one = arm("a", 5.0)
    answer = decision(tmp_path, NOTHING, one, replace(one, name="b"))
    assert "Either will do: a and b earn the same in every run." == answer["sentence"]


def test_one_run_decides_nothing(tmp_path: Path) -> None:
    answer = decision(tmp_path, arm("a", 5.0, runs=1), arm("no campaign", 0.0, 0.0, runs=1))
    assert "No decision yet: 1 run tells nothing about chance." == answer["sentence"]
    assert answer["next_command"].endswith("--runs 2000")


def test_few_runs_are_followed_by_more(tmp_path: Path) -> None:
    answer = decision(tmp_path, arm("a", 9.5, runs=100), arm("no campaign", 0.0, 0.0, runs=100))
    assert "simulator run 'my deal.yaml' --set seed=3 --runs 2000" == answer["next_command"]


@pytest.mark.parametrize(
    ("settings", "expected"), [((), 100.0), (("indifference=30",), 30.0), (("indifference=0",), 0.0)]
)
def test_a_hundredth_of_the_budget_counts_as_equal_unless_the_scenario_says_more(
    tmp_path: Path, settings: tuple[str, ...], expected: float
) -> None:
    assert expected == indifference_of(*campaign(tmp_path, *settings))


def test_without_a_budget_everything_counts(tmp_path: Path) -> None:
    scenario, plan = campaign(tmp_path)
    arms = tuple(replace(each, budget=None) for each in plan.arms)
    assert 0.0 == indifference_of(scenario, replace(plan, arms=arms))


HIRES = (HireRuns("h", np.ones(RUNS), {}, 100),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "a pays if each order that follows a click brings at least 7.70 orders that do not; now 4.50 on average"),
        ({}, "now 4.50 on average (assumed, range 0.7–13);"),
        ({"needed": -0.2}, "a pays even without any untracked order; now 4.50 on average"),
        ({"needed": None, "reason": "why"}, "a pays with no number of untracked orders (why); now 4.50"),
        ({"low": None, "grade": "your own"}, "now 4.50 on average (your own);"),
    ],
)  # fmt: skip
def test_the_answer_says_which_halo_it_hangs_on(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    paying = replace(arm("a", 10.0), hires=HIRES)
    assert words in decision(tmp_path, NOTHING, paying, halo=HALO | changes)["conditional_on"]


def test_an_arm_of_ads_alone_hangs_on_their_rates(tmp_path: Path) -> None:
    conditions = decision(tmp_path, NOTHING, arm("ads", 10.0))["conditional_on"]
    assert conditions.startswith("ads hires nobody: whether it pays hangs on the platform's ad rates;")
    assert "untracked" not in conditions


def test_what_would_make_a_plan_better_is_told_of_those_up_for_choice_or_of_the_best_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "dear_hires", lambda arm, currency: [f"{arm.name} in {currency}"])
    assert ["b in USD"] == decision(tmp_path, NOTHING, arm("a", 10.0), arm("b", 30.0))["better"]
    assert ["a in USD"] == decision(tmp_path, NOTHING, arm("a", -9.5), arm("b", -30.0))["better"]
    close = decision(tmp_path, NOTHING, arm("a", 600.0, 90.0), arm("b", 603.0, 90.0))
    assert ["b in USD", "a in USD"] == close["better"]
