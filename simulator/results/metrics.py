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
    _counted("reach_new", "count", "people with their first display on that day", tables=("daily",)),
    _counted("reach_audience", "count", "different people reached by the authors themselves"),
    _computed("frequency", "ratio", "impressions / reach", "displays per person reached", tables=BOTH),
    _counted("engagements", "count", "likes, comments and shares of the authors' audiences", tables=ALL),
    _counted("engagements_word_of_mouth", "count", "engagements of people who saw a peer's share", tables=ALL),
    _counted("impressions_discovered", "count", "displays by the platform to strangers to the authors", tables=BOTH),
    _counted("engagements_discovered", "count", "engagements of strangers shown a post by the platform", tables=BOTH),
    _computed("engagement_rate", "share", "engagements / follower_posts",
              "engagements per nominal follower and post", tables=BOTH),
    _computed("engagement_rate_by_reach", "share", "engagements / reach_audience",
              "engagements per person whom the authors reached", tables=BOTH),
    _counted("engagements_bought", "count", "engagements that accounts bought: counts, no people", tables=BOTH),
    _computed("engagement_rate_visible", "share", "(engagements + engagements_bought) / follower_posts",
              "engagements that show, bought ones included, per nominal follower and post", tables=BOTH),
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
    _counted("orders_discovered", "count", "orders of people to whom the platform showed a post"),
    _counted("late_orders", "count", "orders intended, but due after the days observed"),
    _counted("returns", "count", "orders sent back"),
    _counted("repeat_orders", "count", "further orders of people whom the campaign won"),
    _counted("owned_audience", "count", "subscribers to the brand's own list at the end"),
    _counted("orders_by_list", "count", "orders caused by the brand's own list"),
    _counted("redemptions", "count", "orders with a creator's code, leaked codes included", tables=BOTH),
    _counted("user_posts", "count", "posts of buyers about what they bought"),
    _counted("reviews", "count", "reviews of the product at the end"),
    _counted("revenue", "money", "net price of all orders that were kept", tables=OF_RUNS),
    _computed("incremental_revenue", "money", "revenue - baseline_revenue", "revenue that the campaign caused"),
    _counted("attributed_revenue", "money", "revenue of the tracked orders", tables=BOTH),
    _counted("contribution", "money", "revenue less unit costs and the handling of returns", tables=OF_RUNS),
    _counted("discounts", "money", "what codes took off the price of orders that were kept", tables=BOTH),
    _counted("discounts_anyway", "money", "discounts of buyers who would have bought anyway"),
    _counted("emv", "money", "earned media value: engagements at list prices, not money earned", tables=BOTH),
    _counted("cost_fees", "money", "paid to influencers", tables=BOTH),
    _counted("cost_bonus", "money", "bonuses for engagements", tables=BOTH),
    _counted("cost_commission", "money", "commissions on tracked orders", tables=BOTH),
    _counted("cost_product", "money", "product samples", tables=BOTH),
    _counted("cost_license", "money", "rights to use the influencers' content", tables=BOTH),
    _counted("cost_boost", "money", "paid media", tables=BOTH),
    _counted("cost_sales_rep", "money", "sales representatives"),
    _counted("cost_handling", "money", "recruiting and handling influencers", tables=BOTH),
    _counted("cost_platform", "money", "fee of the platform that handles influencers"),
    _computed("cost", "money",
              "cost_fees + cost_bonus + cost_commission + cost_product + cost_license + cost_boost + cost_sales_rep "
              "+ cost_handling + cost_platform",
              "everything the campaign costs", tables=BOTH),
    _computed("emv_roi", "ratio", "emv / cost", "earned media value per unit of cost, not money earned", tables=BOTH),
    _computed("profit", "money", "contribution - baseline_contribution - cost",
              "contribution that the campaign caused, less its cost"),
    _computed("roi", "ratio", "profit / cost",
              "profit per unit of cost; the ROI of a plan is its mean profit over its mean cost, "
              "not the mean of this column"),
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
    _counted("declined", "count", "influencers who refused an invitation"),
    _computed("invited", "count", "hired + declined", "influencers whom the brand handled"),
    _counted("no_shows", "count", "posts agreed on that did not appear", tables=BOTH),
    _counted("earned_links", "count", "links to the brand that influencers set", tables=BOTH),
    _counted("effort", "ratio", "work put into the posts, relative to a fair deal's", tables=EACH),
    _counted("audience", "count", "followers who are real people", tables=EACH),
    _counted("market_fee", "money", "median market price of all posts of the contract", tables=EACH),
)
# fmt: on

BY_NAME: Final = {metric.name: metric for metric in METRICS}


def metrics_of(table: Table) -> tuple[Metric, ...]:
    """The metrics that a table holds, in the order of its columns."""
    return tuple(metric for metric in METRICS if table in metric.tables)
