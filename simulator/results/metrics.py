"""The one table of metrics: name, unit, meaning and formula. Tables, summaries, terminal and documents all read it.

A formula may use counts of a run (`Tally`), metrics defined above it, `baseline_…` for the same run of `no campaign`,
and `budget`. A metric whose mechanism the simulator lacks has no line here and no column anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from simulator.results.formula import Formula, parse

Table = Literal["runs", "influencers", "daily"]
Unit = Literal["count", "money", "share", "ratio"]


@dataclass(frozen=True)
class Metric:
    """One column. Money is in the scenario's currency, counts are whole, an undefined value is null."""

    name: str
    unit: Unit
    meaning: str
    formula: str  # the metric's own name: counted by the engine
    tables: tuple[Table, ...]

    @cached_property
    def computed(self) -> Formula:
        return parse(self.formula)

    @property
    def whole(self) -> bool:
        """Whether the column holds integers."""
        return self.unit == "count" and not self.computed.is_ratio

    @property
    def summary(self) -> str:
        """How runs are summarized: a ratio of means where both parts are columns, else a mean of the runs."""
        return "ratio of means" if self.computed.is_ratio and self.computed.known_in(BY_NAME) else "mean"


def _counted(name: str, unit: Unit, meaning: str, *, tables: tuple[Table, ...] = ("runs",)) -> Metric:
    return Metric(name, unit, meaning, name, tables)


def _computed(name: str, unit: Unit, formula: str, meaning: str, *, tables: tuple[Table, ...] = ("runs",)) -> Metric:
    return Metric(name, unit, meaning, formula, tables)


ALL: Final[tuple[Table, ...]] = ("runs", "influencers", "daily")
BOTH: Final[tuple[Table, ...]] = ("runs", "influencers")
OF_RUNS: Final[tuple[Table, ...]] = ("runs", "daily")
EACH: Final[tuple[Table, ...]] = ("influencers",)

# fmt: off
METRICS: Final[tuple[Metric, ...]] = (
    _counted("impressions", "count", "displays: organic, through peers, and bought", tables=ALL),
    _counted("reach", "count", "different people with any display", tables=BOTH),
    _counted("reach_audience", "count", "different people reached by the authors themselves"),
    _computed("frequency", "ratio", "impressions / reach", "displays per person reached", tables=BOTH),
    _counted("engagements", "count", "likes, comments and shares of the authors' audiences", tables=ALL),
    _counted("engagements_word_of_mouth", "count", "engagements of people who saw a peer's share", tables=ALL),
    _computed("engagement_rate", "share", "engagements / follower_posts",
              "engagements per nominal follower and post", tables=BOTH),
    _computed("engagement_rate_by_reach", "share", "engagements / reach_audience",
              "engagements per person whom the authors reached", tables=BOTH),
    _counted("likes", "count", "likes of the authors' audiences", tables=BOTH),
    _counted("comments", "count", "comments of the authors' audiences", tables=BOTH),
    _counted("shares", "count", "shares by the authors' audiences", tables=BOTH),
    _counted("replies", "count", "comments that their authors answered", tables=BOTH),
    _counted("clicks", "count", "clicks on the link", tables=ALL),
    _counted("orders", "count", "all orders within the days observed, baseline demand included", tables=OF_RUNS),
    _counted("baseline_orders", "count", "orders of the same run without any campaign"),
    _computed("incremental_orders", "count", "orders - baseline_orders", "orders that the campaign caused"),
    _counted("attributed_orders", "count", "orders tracked by link or code to the campaign", tables=ALL),
    _counted("orders_word_of_mouth", "count", "orders caused by a peer's share"),
    _counted("late_orders", "count", "orders intended, but due after the days observed"),
    _counted("revenue", "money", "net price of all orders", tables=OF_RUNS),
    _computed("incremental_revenue", "money", "revenue - baseline_revenue", "revenue that the campaign caused"),
    _counted("attributed_revenue", "money", "revenue of the tracked orders", tables=BOTH),
    _counted("contribution", "money", "revenue of all orders less their unit cost", tables=OF_RUNS),
    _counted("cost_fees", "money", "paid to influencers", tables=BOTH),
    _counted("cost_product", "money", "product samples", tables=BOTH),
    _counted("cost_boost", "money", "paid media"),
    _counted("cost_handling", "money", "recruiting and handling influencers", tables=BOTH),
    _computed("cost", "money", "cost_fees + cost_product + cost_boost + cost_handling",
              "everything the campaign costs", tables=BOTH),
    _computed("profit", "money", "contribution - baseline_contribution - cost",
              "contribution that the campaign caused, less its cost"),
    _computed("roi", "ratio", "profit / cost", "profit per unit of cost"),
    _computed("iroas", "ratio", "incremental_revenue / cost", "revenue caused per unit of cost"),
    _computed("attributed_roas", "ratio", "attributed_revenue / (cost_fees + cost_boost)",
              "tracked revenue per unit of fees and paid media", tables=BOTH),
    _computed("cpm", "money", "1000 * cost / impressions", "cost of a thousand displays", tables=BOTH),
    _computed("cpe", "money", "cost / engagements", "cost of an engagement", tables=BOTH),
    _computed("cpc", "money", "cost / clicks", "cost of a click", tables=BOTH),
    _computed("cpa", "money", "cost / incremental_orders", "cost of an order that the campaign caused"),
    _computed("awareness", "share", "reach / population", "share of the market's people with any display"),
    _computed("trust", "share", "trust_sum / audiences",
              "mean trust that the audiences feel in their authors at the end", tables=BOTH),
    _computed("overlap_audience", "share", "(audiences - audience_union) / audiences",
              "share of the summed audiences that is counted twice"),
    _computed("overlap_engagers", "share", "(engagers - engager_union) / engagers",
              "share of the summed engagers that is counted twice"),
    _computed("unspent", "money", "budget - cost", "budget left over; it earns nothing"),
    _counted("scandals", "count", "influencers who fell into disgrace"),
    _counted("hired", "count", "influencers under contract"),
    _counted("unaffordable", "count", "influencers not hired because their fee did not fit the money left"),
    _counted("audience", "count", "followers who are real people", tables=EACH),
    _counted("market_fee", "money", "median market price of all posts of the contract", tables=EACH),
)
# fmt: on

BY_NAME: Final = {metric.name: metric for metric in METRICS}


def metrics_of(table: Table) -> tuple[Metric, ...]:
    """The metrics that a table holds, in the order of its columns."""
    return tuple(metric for metric in METRICS if table in metric.tables)
