"""Every column of the tables is what its formula says, checked against sums written out by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from experiment.fake_engine import campaign, outcome

from simulator.results.formula import Formula, parse
from simulator.results.metrics import BY_NAME, METRICS, metrics_of
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.results.tables import daily_table, influencers_table, runs_table, schema

BUDGETS = {"no campaign": None, "one macro": 1_000_000, "three micros": 80_001}


@pytest.fixture
def outcomes(tmp_path: Path) -> list[Outcome]:
    scenario, plan = campaign(tmp_path)
    return [outcome(scenario, arm, run) for run in range(1, 13) for arm in plan.arms]


def pairs(outcomes: list[Outcome]) -> list[tuple[Outcome, Outcome]]:
    baseline = {item.run: item for item in outcomes if item.arm == "no campaign"}
    return [(item, baseline[item.run]) for item in outcomes]


def by_hand(arm: Tally, none: Tally, budget: int | None) -> dict[str, float | None]:
    """The metrics of one run, written a second time."""

    def over(top: float, bottom: float) -> float | None:
        return top / bottom if bottom > 0 else None

    paid = arm.cost_fees + arm.cost_bonus + arm.cost_commission + arm.cost_license + arm.cost_platform
    cost = (paid + arm.cost_product + arm.cost_boost + arm.cost_handling + arm.cost_sales_rep) / 100
    profit = (arm.contribution - none.contribution) / 100 - cost
    return {
        "cost": cost,
        "profit": profit,
        "roi": over(profit, cost),
        "iroas": over((arm.revenue - none.revenue) / 100, cost),
        "attributed_roas": over(arm.attributed_revenue, arm.cost_fees + arm.cost_boost),
        "cpm": over(cost, arm.impressions / 1000),
        "cpe": over(cost, arm.engagements),
        "cpc": over(cost, arm.clicks),
        "cpa": over(cost, arm.orders - none.orders),
        "frequency": over(arm.impressions, arm.reach),
        "engagement_rate": over(arm.engagements, arm.follower_posts),
        "engagement_rate_by_reach": over(arm.engagements, arm.reach_audience),
        "incremental_orders": arm.orders - none.orders,
        "incremental_revenue": (arm.revenue - none.revenue) / 100,
        "baseline_orders": none.orders,
        "contribution": arm.contribution / 100,
        "awareness": arm.reach / arm.population,
        "trust": over(arm.trust_sum, arm.audiences),
        "overlap_audience": None if not arm.audiences else 1 - arm.audience_union / arm.audiences,
        "overlap_engagers": None if not arm.engagers else 1 - arm.engager_union / arm.engagers,
        "unspent": None if budget is None else budget / 100 - cost,
        "late_orders": arm.late_orders,
    }  # fmt: skip


def test_the_columns_of_runs_are_what_their_formulas_say(outcomes: list[Outcome]) -> None:
    table = runs_table(outcomes, BUDGETS).to_pylist()
    for row, (arm, none) in zip(table, pairs(outcomes), strict=True):
        expected = by_hand(arm.tally, none.tally, BUDGETS[arm.arm])
        assert expected == {name: pytest.approx(row[name]) for name in expected}


def test_counts_are_whole_and_money_is_in_currency_units(outcomes: list[Outcome]) -> None:
    table = runs_table(outcomes, BUDGETS)
    assert pa.int64() == table.schema.field("orders").type
    assert [item.tally.orders for item in outcomes] == table["orders"].to_pylist()
    assert [item.tally.revenue / 100 for item in outcomes] == table["revenue"].to_pylist()


def test_money_keeps_every_cent(outcomes: list[Outcome]) -> None:
    table = runs_table(outcomes, BUDGETS)
    cents = [
        arm.tally.contribution - none.tally.contribution - arm.tally.cost_fees - arm.tally.cost_handling
        for arm, none in pairs(outcomes)
    ]
    assert [amount / 100 for amount in cents] == table["profit"].to_pylist()


def test_an_undefined_cell_is_null_and_never_not_a_number(outcomes: list[Outcome]) -> None:
    idle = dataclasses.replace(outcomes[1], tally=dataclasses.replace(outcomes[1].tally, clicks=0, impressions=0))
    table = runs_table([*outcomes[:1], idle, *outcomes[2:]], BUDGETS)
    assert table["cpc"][1].as_py() is None
    assert table["roi"][0].as_py() is None
    for name in table.column_names:
        if pa.types.is_floating(table.schema.field(name).type):
            assert all(np.isfinite(value) for value in table[name].to_pylist() if value is not None)


def test_parameters_have_a_column_each_sorted_by_path(outcomes: list[Outcome]) -> None:
    table = runs_table(outcomes, BUDGETS)
    assert ["param.behavior.halo", "param.product.margin"] == table.column_names[-2:]
    assert [item.parameters["behavior.halo"] for item in outcomes] == table["param.behavior.halo"].to_pylist()


def test_the_columns_of_influencers_are_per_author(outcomes: list[Outcome]) -> None:
    tallies = [tally for item in outcomes for tally in item.influencers]
    table = influencers_table(outcomes).to_pylist()
    assert len(table) == len(tallies) == 12 * 4
    for row, tally in zip(table, tallies, strict=True):
        cost = (tally.cost_fees + tally.cost_product + tally.cost_handling + tally.cost_license) / 100
        assert tally.influencer == row["influencer"]
        assert cost == pytest.approx(row["cost"])
        assert tally.engagements / (tally.followers * tally.posts) == pytest.approx(row["engagement_rate"])
        assert tally.trust_sum / tally.audience == pytest.approx(row["trust"])
        assert (cost / tally.clicks if tally.clicks else None) == row["cpc"]


def test_the_columns_of_days_are_the_days(outcomes: list[Outcome]) -> None:
    table = daily_table(outcomes[:3])
    assert [0, 1, 2] * 3 == table["day"].to_pylist()
    assert [1.0 / 100] * 9 == table["revenue"].to_pylist()
    assert [1] * 9 == table["clicks"].to_pylist()


def test_a_table_has_the_columns_of_its_schema_even_without_rows() -> None:
    assert schema("influencers") == influencers_table([]).schema


def test_names_are_unique_and_formulas_use_what_is_known() -> None:
    assert len(METRICS) == len(BY_NAME)
    tally = {item.name for item in dataclasses.fields(Tally)}
    given = {"budget", "baseline_orders", "baseline_revenue", "baseline_contribution"}
    for place, metric in enumerate(metrics_of("runs")):
        above = {item.name for item in metrics_of("runs")[:place]}
        assert metric.computed.known_in(tally | given | above), metric.name


def test_tables_hold_what_the_engine_counts() -> None:
    counted = {metric.name for metric in METRICS if metric.formula == metric.name}
    author = {item.name for item in dataclasses.fields(InfluencerTally)}
    assert {metric.name for metric in metrics_of("influencers")} & counted <= author
    assert set(DAILY) == {metric.name for metric in metrics_of("daily")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reach", Formula(((1, "reach"),))),
        ("orders - baseline_orders", Formula(((1, "orders"), (-1, "baseline_orders")))),
        ("1000 * cost / impressions", Formula(((1, "cost"),), ((1, "impressions"),), 1000)),
        ("a / (b + c)", Formula(((1, "a"),), ((1, "b"), (1, "c")))),
        ("(a - b) / a", Formula(((1, "a"), (-1, "b")), ((1, "a"),))),
    ],
)
def test_a_formula_is_read_as_written(text: str, expected: Formula) -> None:
    assert expected == parse(text)


def test_a_metric_is_a_ratio_of_means_where_both_parts_are_columns() -> None:
    assert "ratio of means" == BY_NAME["roi"].summary == BY_NAME["attributed_roas"].summary == BY_NAME["cpm"].summary
    assert "mean" == BY_NAME["profit"].summary == BY_NAME["awareness"].summary == BY_NAME["trust"].summary
