"""The summary says what the tables add up to, and decides only what they can decide."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from experiment.fake_engine import campaign, outcome

from simulator.results.arms import ArmRuns, arms_of, metric_summary
from simulator.results.health import _precision, health_checks
from simulator.results.manifest import Request
from simulator.results.metrics import BY_NAME
from simulator.results.summary import summarize
from simulator.results.tables import influencers_table, runs_table
from simulator.results.targets import parsed, target_problems, target_shares

REQUEST = Request("my deal.yaml", "abc", "compiled", "local", ("seed=3",))
RUNS = 240
ENDS = ("value", "low", "high")


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
        assert np.mean(profit < 0) == pytest.approx(arm["p_loss"]["value"])
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


def test_arms_are_compared_run_by_run(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    summary = summarize(*campaign(tmp_path, "replicates=1"), *tables, REQUEST)
    profits = {arm["arm"]: columns(tables[0], arm["arm"])["profit"] for arm in summary["arms"]}
    best = max(profits, key=lambda name: np.mean(profits[name]))
    for arm in summary["arms"]:
        gap = profits[arm["arm"]] - profits[best]
        assert best == arm["versus_best"]["arm"]
        assert np.mean(gap) == pytest.approx(arm["versus_best"]["value"])
        means = [np.mean(gap[world::4]) for world in range(4)]
        assert np.std(means, ddof=1) / 2 == pytest.approx(arm["versus_best"]["error"])


def test_every_figure_has_its_interval(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    assert 100.0 == summary["verdict"]["indifference"]
    for arm in summary["arms"][1:]:
        shares = [arm["p_best"], arm["p_roi_above_0"], *arm["targets"].values()]
        figures = [*shares, arm["metrics"]["roi"], arm["regret"], arm["versus_no_campaign"]]
        tail = {name: arm[f"profit_cvar05{end}"] for name, end in zip(ENDS, ("", "_low", "_high"), strict=True)}
        worst = np.sort(columns(tables[0], arm["arm"])["profit"])[: len(tables[0]) // len(summary["arms"]) // 20]
        assert (tail["low"] is None) == (worst[0] == worst[-1])  # of a single value nobody knows the error
        for figure in (*figures, *([tail] if worst[0] < worst[-1] else [])):
            assert figure["low"] <= figure["value"] <= figure["high"]
        assert arm["metrics"]["profit"]["p05"] == pytest.approx(arm["profit_var05"]["value"])
        for chance in shares:
            assert 0.0 <= chance["low"] < chance["high"] <= 1.0


def test_every_two_arms_are_a_pair_and_every_campaign_has_its_spread(summary: dict[str, Any]) -> None:
    pairs = {(pair["metric"], pair["arm"], pair["other"]) for pair in summary["pairs"]}
    assert 3 + 3 + 1 == len(summary["pairs"]) == len(pairs)  # profit, orders, and of ROI those that have one
    spread = {(each["metric"], each["arm"], each["less"]) for each in summary["variance"]["spreads"]}
    campaigns = {("profit", name, None) for name in ("one macro", "three micros")}
    assert campaigns < spread
    for each in summary["variance"]["spreads"]:
        assert 1.0 == pytest.approx(sum(part["share"] for part in each["parts"].values()))
        assert {"luck", "network", "ignorance"} == set(each["parts"])
    assert summary["variance"]["remedy"] is None


def test_runs_of_their_own_draws_do_not_tell_luck_from_ignorance(
    tmp_path: Path, tables: tuple[pa.Table, pa.Table]
) -> None:
    found = summarize(*campaign(tmp_path, "replicates=1"), *tables, REQUEST)["variance"]
    assert {"network", "luck and ignorance"} == set(found["spreads"][0]["parts"])
    assert "replicates: 2" in found["remedy"]


def test_missing_runs_leave_all_others_in_their_place(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    """Hires and draws follow the numbers of the runs, not their places in the table."""
    gone = pa.array([1, 2, 7, 100, RUNS])
    left = [table.filter(pc.invert(pc.is_in(table["run"], gone))) for table in tables]
    kept = np.setdiff1d(np.arange(1, RUNS + 1), gone)
    for whole, part in zip(arms_of(*tables, 2), arms_of(*left, 2), strict=True):
        assert whole.alike[:, kept - 1].tolist() == part.alike.tolist()
        assert whole.profit[kept - 1].tolist() == part.profit.tolist()
        for one, other in zip(whole.hires, part.hires, strict=True):
            assert one.sums["cost_fees"][kept - 1].tolist() == other.sums["cost_fees"].tolist()
            assert one.creators[kept - 1].tolist() == other.creators.tolist()
    answer = summarize(*campaign(tmp_path, f"runs={RUNS}"), *left, REQUEST)
    assert answer == json.loads(json.dumps(answer, allow_nan=False))


def test_with_a_design_errors_rest_on_lanes(tables: tuple[pa.Table, pa.Table]) -> None:
    """Draws of one lane avoid each other; its worlds take turns with those of the other lanes."""
    runs = np.arange(RUNS)
    for replicates, lanes in ((1, 4), (2, 2)):
        macro = arms_of(*tables, replicates, lanes)[1]
        assert (runs // replicates % lanes).tolist() == macro.lanes.tolist() == (macro.world // replicates).tolist()
        means = [np.mean(macro.profit[macro.lanes == lane]) for lane in range(lanes)]
        assert np.std(means, ddof=1) / np.sqrt(lanes) == pytest.approx(macro.expected_profit.error)
        assert lanes - 1 == macro.expected_profit.freedom


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


def test_the_halo_now_is_the_mean_of_those_drawn(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    for plan in summary["arms"][1:]:
        assert np.mean(columns(tables[0], plan["arm"])["param.behavior.halo"]) == pytest.approx(plan["halo"]["now"])


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


def notes(tmp_path: Path, tables: tuple[pa.Table, pa.Table], *settings: str, runs: int = RUNS) -> str:
    scenario, plan = campaign(tmp_path, *settings)
    first = [table.filter(pc.less_equal(table["run"], runs)) for table in tables]
    return told(scenario, plan, arms_of(*first))


def told(*asked: Any) -> str:
    """All notes of the checks."""
    return "\n".join(note for notes in health_checks(*asked).values() for note in notes)


def test_thin_ice_is_marked(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    thin = notes(tmp_path, tables, "worlds=1", "product.baseline_orders_per_day=0", runs=60)
    assert "60 runs are few: the worst 5% are 3 of them, too few to tell how sure they are" in thin
    assert "all runs share 1 simulated market:" in thin
    single = notes(tmp_path, tables, "worlds=1", runs=1)
    assert "1 run is few: the worst 5% is 1 of them, too few to tell how sure they are" in single
    assert "baseline demand is 0" in thin
    assert "conversion_rate" in thin
    assert "guesses for creators of 300 to 900 followers" in thin


def test_what_is_stated_or_plenty_is_not_marked(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    solid = notes(tmp_path, tables, "reference_followers=10000", "worlds=8")
    assert [] == list(_precision(campaign(tmp_path, "worlds=8")[0], 1000))
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
    found = told(scenario, replace(plan, creators=stars), arms_of(*tables))
    assert "reach_rate, click_rate, conversion_rate, real_share, topic_focus: guesses for creators of 341," in found
    assert "engagement rate: a guess for creators of up to 341,000,000 followers" in found
    stated = tuple(replace(creator, engagement_rate=0.01) for creator in stars)
    found = told(scenario, replace(plan, creators=stated), arms_of(*tables))
    assert "engagement rate: a guess" not in found


def test_the_summary_says_what_the_lead_hangs_on(summary: dict[str, Any], tables: tuple[pa.Table, pa.Table]) -> None:
    """Of the two numbers of the fake engine one never varies; ranks as pandas has them."""
    driving = summary["drivers"]
    best, second = sorted(summary["arms"], key=lambda arm: -arm["versus_no_campaign"]["value"])[:2]
    assert (best["arm"], second["arm"]) == (driving["arm"], driving["over"])
    (halo,) = driving["numbers"]
    frame = tables[0].to_pandas().set_index(["arm", "run"])
    lead = frame.loc[best["arm"], "profit"] - frame.loc[second["arm"], "profit"]
    expected = lead.corr(frame.loc[best["arm"], "param.behavior.halo"], method="spearman")
    assert "behavior.halo" == halo["path"]
    assert expected == pytest.approx(halo["correlation"])
    assert halo["share"] == pytest.approx(halo["correlation"] ** 2)


def test_every_note_is_told_under_its_check(summary: dict[str, Any]) -> None:
    assert summary["notes"] == [note for each in summary["checks"] for note in each["notes"]]
    found = {each["check"]: each["notes"] for each in summary["checks"]}
    assert [] == found["prices of the catalog in another currency"]
    assert any("runs are few" in note for note in found["too few runs, or too few simulated markets"])


def test_doubts_about_the_figures_are_among_the_notes(tmp_path: Path, tables: tuple[pa.Table, pa.Table]) -> None:
    runs, influencers = tables
    place = runs.column_names.index("incremental_revenue")
    huge = runs.set_column(place, "incremental_revenue", pc.multiply(runs["incremental_revenue"], 1000.0))
    doubted, usual = (summarize(*campaign(tmp_path), each, influencers, REQUEST)["notes"] for each in (huge, runs))
    assert any("more than any published average" in note for note in doubted)
    assert not any("more than any published average" in note for note in usual)
