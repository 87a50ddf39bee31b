"""The summary says what the tables add up to, and decides only what they can decide."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from experiment.fake_engine import campaign, outcome

from simulator.results.arms import ArmRuns, HireRuns, arms_of, metric_summary
from simulator.results.health import health_notes
from simulator.results.manifest import Request
from simulator.results.metrics import BY_NAME
from simulator.results.summary import summarize
from simulator.results.tables import influencers_table, runs_table
from simulator.results.targets import parsed, target_problems, target_shares
from simulator.results.verdict import verdict

REQUEST = Request("my deal.yaml", "abc", "compiled", "local", ("seed=3",))
RUNS = 240


@pytest.fixture
def tables(tmp_path: Path) -> tuple[pa.Table, pa.Table]:
    scenario, plan = campaign(tmp_path, f"runs={RUNS}")
    outcomes = [outcome(scenario, arm, run) for arm in plan.arms for run in range(1, RUNS + 1)]
    return runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}), influencers_table(outcomes)


@pytest.fixture
def summary(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> dict[str, Any]:
    scenario, plan = campaign(tmp_path, f"runs={RUNS}")
    return summarize(scenario, plan, *tables, REQUEST)


def columns(table: pa.Table, arm: str) -> dict[str, np.ndarray]:
    frame = table.to_pandas()
    return {name: frame.loc[frame["arm"] == arm, name].to_numpy() for name in table.column_names}


def test_the_summary_is_plain_json_with_its_version_first(summary: dict[str, Any]) -> None:
    assert summary == json.loads(json.dumps(summary, allow_nan=False))
    assert "version" == next(iter(summary))
    assert ["no campaign", "one macro", "three micros"] == [arm["arm"] for arm in summary["arms"]]


def test_figures_of_an_arm_agree_with_the_table(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    for arm in summary["arms"][1:]:
        runs = columns(tables[0], arm["arm"])
        profit = runs["profit"]
        assert np.mean(profit) == pytest.approx(arm["versus_no_campaign"]["value"])
        assert np.mean(profit > 0) == pytest.approx(arm["p_roi_above_0"]["value"])
        assert np.mean(np.sort(profit)[: RUNS // 20]) == pytest.approx(arm["profit_cvar05"])
        assert np.mean(profit) / np.mean(runs["cost"]) == pytest.approx(arm["metrics"]["roi"]["value"])
        assert np.quantile(runs["roi"], 0.05) == pytest.approx(arm["metrics"]["roi"]["p05"])
        assert np.mean(runs["roi"] >= 0) == pytest.approx(arm["targets"]["roi >= 0"]["value"])
        assert RUNS == sum(arm["roi_histogram"]["runs"])


def test_chances_of_being_best_sum_to_one_with_doing_nothing_among_them(
    summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]
) -> None:
    assert 1.0 == pytest.approx(sum(arm["p_best"]["value"] for arm in summary["arms"]))
    macro, micros = (columns(tables[0], name)["profit"] for name in ("one macro", "three micros"))
    nothing = [np.mean((macro < 0) & (micros < 0)), np.mean((macro <= 0) & (micros <= 0))]
    assert nothing[0] <= summary["arms"][0]["p_best"]["value"] <= nothing[1]


def test_arms_are_compared_run_by_run(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    profits = {arm["arm"]: columns(tables[0], arm["arm"])["profit"] for arm in summary["arms"]}
    best = max(profits, key=lambda name: np.mean(profits[name]))
    for arm in summary["arms"]:
        gap = profits[arm["arm"]] - profits[best]
        assert best == arm["versus_best"]["arm"]
        assert np.mean(gap) == pytest.approx(arm["versus_best"]["value"])
        assert arm["versus_best"]["error"] >= np.std(gap, ddof=1) / np.sqrt(RUNS) - 1e-12


def test_doing_nothing_costs_nothing_and_has_no_return(summary: dict[str, Any]) -> None:
    nothing = summary["arms"][0]
    assert (0.0, 0.0) == (nothing["metrics"]["cost"]["value"], nothing["versus_no_campaign"]["value"])
    assert nothing["metrics"]["roi"]["value"] is nothing["roi_histogram"] is nothing["halo"] is None
    assert [] == nothing["walk_away"]
    assert RUNS == nothing["metrics"]["roi"]["undefined"]


def test_fees_are_compared_with_the_market(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    frame = tables[1].to_pandas().groupby("arm")[["cost_fees", "market_fee"]].sum()
    for arm in summary["arms"][1:]:
        fees, market = frame.loc[arm["arm"]]
        assert fees / market == pytest.approx(arm["fee_to_market"])


def test_runs_that_paid_and_sold_nothing_count_as_infinitely_dear(tables: tuple[pa.Table, pa.Table]) -> None:
    macro = arms_of(*tables)[1]
    cpa = metric_summary(BY_NAME["cpa"], macro)
    orders = macro.columns["incremental_orders"]
    assert np.sum(orders == 0) == cpa["undefined"] > 0.05 * RUNS
    assert cpa["p95"] is None
    dear = np.sort(np.where(orders > 0, macro.columns["cost"] / np.maximum(orders, 1), np.inf))
    assert dear[int(0.5 * (RUNS - 1))] <= cpa["p50"] <= dear[int(0.5 * (RUNS - 1)) + 1]


def arm(name: str, profit: list[float], cost: float = 100.0) -> ArmRuns:
    """An arm whose runs earn what is given, over and over, in 8 worlds; an odd number of values mixes worlds."""
    profits = np.resize(np.array(profit, dtype=float), 2000)
    return ArmRuns(name, np.arange(2000) % 8, {"profit": profits, "cost": np.full(2000, cost)}, ())


HALO = {"now": 4.5, "needed": 7.7, "reason": None, "grade": "assumed", "low": 0.7, "high": 13.0}


def decision(tmp_path: Path, *arms: ArmRuns, runs: int = 2000, halo: dict[str, Any] = HALO) -> dict[str, Any]:
    scenario, _ = campaign(tmp_path, f"runs={runs}")
    figures = {
        item.name: {
            "p_best": {"value": 0.6}, "halo": halo,
            "walk_away": [{"hire": "h", "fee": 70.0, "fee_now": 100.0}],
        }
        for item in arms
    }  # fmt: skip
    return verdict(scenario, arms, figures, REQUEST)


NOTHING = arm("no campaign", [0.0], cost=0.0)


def test_the_arm_with_the_highest_expected_profit_is_chosen(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [9, 10, 11]), arm("b", [29, 30, 31]))
    assert ("choose", "b") == (answer["decision"], answer["arm"])
    assert answer["sentence"].startswith("Choose b: it is expected to earn 30.000 ± 0.018 USD beyond its cost")
    assert "simulator explain 'my deal.yaml' --set seed=3" == answer["next_command"]


def test_none_is_chosen_when_all_lose(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [-9, -9.5, -10]), arm("b", [-29, -30, -31]))
    assert ("none", None) == (answer["decision"], answer["arm"])
    assert answer["sentence"].startswith("None of these: the best of them, a, is expected to lose 9.4998 ± 0.0091 USD")
    assert "It would pay below 70.0 USD per creator of h, now 100 USD." in answer["sentence"]


def test_two_arms_within_two_errors_are_not_told_apart(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [500, 700]), arm("b", [700, 500, 700, 505, 700, 500]))
    assert "undecided" == answer["decision"]
    assert "No decision: b leads a by" in answer["sentence"]
    assert answer["sentence"].endswith("Each of them earns more than doing nothing.")
    assert ["b", "a"] == answer["contenders"]


def test_an_arm_that_may_as_well_lose_is_not_told_from_doing_nothing(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [-900, 910, 5]))
    assert "No decision: a leads doing nothing by" in answer["sentence"]
    assert ["a", "no campaign"] == answer["contenders"]
    assert answer["next_command"].startswith("simulator run 'my deal.yaml' --set seed=3 --runs ")


def test_the_best_must_be_told_from_every_other_choice_not_the_second_alone(tmp_path: Path) -> None:
    calm, wild = arm("calm", [29, 30, 31]), arm("wild", [-2000, 2050, 3])
    answer = decision(tmp_path, NOTHING, arm("best", [39, 40, 41]), calm, wild)
    assert ("undecided", ["best", "wild"]) == (answer["decision"], answer["contenders"])
    assert "calm" not in answer["sentence"]
    assert "doing nothing" not in answer["sentence"]


def test_an_arm_above_its_rivals_but_not_above_zero_is_not_chosen(tmp_path: Path) -> None:
    swing = [-900.0, 920.0, 3.0]
    answer = decision(tmp_path, NOTHING, arm("a", swing), arm("b", [value - 5 for value in swing]))
    assert ("undecided", ["a", "no campaign"]) == (answer["decision"], answer["contenders"])


def test_none_is_not_said_while_any_arm_may_pay(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [-9, -9.5, -10]), arm("hope", [-920, 870, 3]))
    assert ("undecided", ["no campaign", "hope"]) == (answer["decision"], answer["contenders"])
    assert "No decision: doing nothing leads hope by" in answer["sentence"]


def test_runs_are_proposed_for_the_tightest_rival(tmp_path: Path) -> None:
    best, wild, close = arm("best", [39, 40, 41]), arm("wild", [-2000, 2050, 3]), arm("close", [-400, 470, 20])
    both = decision(tmp_path, NOTHING, best, wild, close)
    alone = {rival.name: decision(tmp_path, NOTHING, best, rival)["next_command"] for rival in (wild, close)}
    assert {"best", "wild", "close"} == set(both["contenders"])
    runs = {name: int(command.split()[-1]) for name, command in alone.items()}
    assert runs["wild"] != runs["close"]
    assert max(runs.values()) == int(both["next_command"].split()[-1])


HIRES = (HireRuns("h", np.ones(2000), {}, 100),)


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
    paying = replace(arm("a", [9, 10, 11]), hires=HIRES)
    assert words in decision(tmp_path, NOTHING, paying, halo=HALO | changes)["conditional_on"]


def test_an_arm_of_ads_alone_hangs_on_their_rates(tmp_path: Path) -> None:
    conditions = decision(tmp_path, NOTHING, arm("ads", [9, 10, 11]))["conditional_on"]
    assert conditions.startswith("ads hires nobody: whether it pays hangs on the platform's ad rates;")
    assert "untracked" not in conditions


def test_the_halo_now_is_the_mean_of_those_drawn(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    for plan in summary["arms"][1:]:
        assert np.mean(columns(tables[0], plan["arm"])["param.behavior.halo"]) == pytest.approx(plan["halo"]["now"])


def test_equal_arms_are_called_equal(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [5]), arm("b", [5]))
    assert "No decision: a and b earn the same in every run." == answer["sentence"]


def test_more_worlds_are_proposed_where_runs_of_one_world_are_alike(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [-90, -80, 60, 90, -50, 20, 90, 30]))
    assert "simulator run 'my deal.yaml' --set seed=3 --set worlds=16" == answer["next_command"]


def test_few_runs_are_followed_by_more(tmp_path: Path) -> None:
    answer = decision(tmp_path, NOTHING, arm("a", [9, 10]), runs=100)
    assert "simulator run 'my deal.yaml' --set seed=3 --runs 2000" == answer["next_command"]


@pytest.mark.parametrize(
    ("text", "expected"), [(">= 0", (">=", 0.0)), ("<1.5", ("<", 1.5)), (" > -2e3 ", (">", -2000.0))]
)
def test_a_target_is_a_comparison_and_a_number(text: str, expected: tuple[str, float]) -> None:
    assert expected == parsed(text)
    assert [] == target_problems({"roi": text})


@pytest.mark.parametrize("text", ["about 3", "= 3", ">= x", "", ">= 1e999", ">= 0 or so"])
def test_a_target_that_compares_nothing_is_a_problem(text: str) -> None:
    (problem,) = target_problems({"roi": text})
    assert ("targets.roi", 'write a comparison and a number, such as ">= 0"') == (problem.path, problem.suggestion)


def test_all_problems_of_targets_are_said_at_once_with_the_metric_meant() -> None:
    found = target_problems({"roj": ">= 0", "profit": "> 0", "cpa": "cheap", "zzzz": "<"})
    assert ["targets.roj", "targets.cpa", "targets.zzzz", "targets.zzzz"] == [problem.path for problem in found]
    assert "did you mean 'roi'?" == found[0].suggestion
    assert "impressions, reach" in (found[2].suggestion or "")


def test_a_run_without_the_metric_misses_the_target() -> None:
    half = ArmRuns("a", np.arange(4) % 2, {"cpa": np.array([np.nan, 5.0, 20.0, np.nan])}, ())
    assert 0.25 == target_shares(half, {"cpa": "<= 10"})["cpa <= 10"]["value"]


def notes(tmp_path: Path, tables: tuple[pa.Table, pa.Table], *settings: str) -> str:
    scenario, plan = campaign(tmp_path, *settings)
    return "\n".join(health_notes(scenario, plan, arms_of(*tables)))


def test_thin_ice_is_marked(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    thin = notes(tmp_path, tables, "runs=60", "worlds=1", "product.baseline_orders_per_day=0")
    assert "60 runs are few: the worst 5% are 3 of them" in thin
    assert "all runs share 1 simulated market:" in thin
    assert "baseline demand is 0" in thin
    assert "conversion_rate" in thin
    assert "guesses for creators of 300 to 900 followers" in thin


def test_what_is_stated_or_plenty_is_not_marked(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    solid = notes(tmp_path, tables, "runs=5000", "reference_followers=10000", "worlds=8")
    assert "few" not in solid
    assert "guesses" not in solid
    assert "baseline" not in solid


def test_a_thinned_market_says_so(tmp_path: Path, tables: tuple[pa.Table, pa.Table], summary: dict[str, Any]) -> None:
    thinned = notes(tmp_path, tables, "population.people_per_agent=20")
    assert "one agent stands for 20 people: the spread of orders is overstated by about" in thinned
    assert "have audiences of about 12 agents or a few more" in thinned
    assert "agent" not in notes(tmp_path, tables)
    assert summary["population"] == summary["agents"]
    for each in summary["arms"]:
        assert {"incremental_orders": 0.0, "engagements": 0.0} == each["spread_overstated"]


def test_an_account_far_beyond_the_platforms_rows_is_marked_as_extrapolated(
    tmp_path: Path, tables: tuple[pa.Table, pa.Table]
) -> None:
    scenario, plan = campaign(tmp_path)
    stars = tuple(replace(creator, followers=341_000_000) for creator in plan.creators)
    found = "\n".join(health_notes(scenario, replace(plan, creators=stars), arms_of(*tables)))
    assert "reach_rate, click_rate, conversion_rate, real_share, topic_focus: guesses for creators of 341," in found
    assert "engagement rate: a guess for creators of up to 341,000,000 followers" in found
    stated = tuple(replace(creator, engagement_rate=0.01) for creator in stars)
    found = "\n".join(health_notes(scenario, replace(plan, creators=stated), arms_of(*tables)))
    assert "engagement rate: a guess" not in found
