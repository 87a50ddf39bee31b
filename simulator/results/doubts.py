"""What in the figures themselves gives reason for doubt, however many runs there are: each note says what to look at.

Thresholds of what is plausible rest on Beichert et al. 2024 (J. Marketing 88(4), 40): over 2,808 creators, macro
accounts brought about 6 of revenue per unit of fee, and nano accounts, the best of all, about 20.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.results.arms import ArmRuns
from simulator.results.rivals import ranked
from simulator.results.statistics import mean
from simulator.results.tables import called
from simulator.results.wording import money, number, percent
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.offers import OWN_ACCOUNT
from simulator.scenario.schema import Scenario

LARGEST_REVENUE: Final = 20.0  # per unit of cost, that any kind of creator was ever reported to bring on average
SOURCE: Final = "small accounts paid about 50 USD each, Beichert et al. 2024"
LARGE_SHARE: Final = 0.5  # of an arm's tracked orders, by one creator; of its earnings, by few runs
FEW_CREATORS: Final = 2  # where one of them brings half anyway
FEW_RUNS: Final = 0.05
UNSURE: Final = 0.1  # of the runs: rarer is no other campaign
FEWEST: Final = 10  # runs of either kind that say something
CLEARLY: Final = 3.0  # standard errors
DRIVEN: Final = 0.25  # of the lead's ranks, by a single number


def doubts(
    scenario: Scenario, arms: Sequence[ArmRuns], influencers: pa.Table, drivers: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What about the figures a reader should look into, in words, by what they were checked for."""
    found = {
        "more revenue than is plausible, or a loss beyond the cost": _implausible(arms),
        "one creator that carries the outcome": _by_one_creator(arms, influencers),
        "a few runs that carry the outcome": _by_few_runs(arms),
        "an outcome that hangs on who signs": _by_who_signs(arms, scenario.currency),
        "one simulated market that carries the outcome": _by_one_world(arms),
        "an assumed number that drives the decision": _by_an_assumption(scenario, drivers),
    }
    return {check: list(notes) for check, notes in found.items()}


def _implausible(arms: Sequence[ArmRuns]) -> Iterator[str]:
    for arm in arms:
        cost = arm.mean("cost")
        if cost <= 0.0:
            continue
        brought, earned = arm.mean("incremental_revenue") / cost, arm.mean("profit") / cost
        if brought > LARGEST_REVENUE:
            yield (
                f"{arm.name}: {number(brought)} of revenue caused per unit of cost is more than any published average "
                f"(about {LARGEST_REVENUE:g}: {SOURCE}); check rates, price, margin and costs"
            )
        if earned < -1.0:
            yield (
                f"{arm.name}: loses more than it costs, which a campaign can do only by driving orders away or by "
                "selling at a loss; check margin, discounts and returns"
            )


def _by_one_creator(arms: Sequence[ArmRuns], influencers: pa.Table) -> Iterator[str]:
    """An arm of several creators, one of whom brings most of what is tracked; unknown where some are not tracked."""
    for arm in arms:
        if any(hire.is_untracked for hire in arm.hires):
            continue
        rows = influencers.filter(pc.equal(influencers["arm"], arm.name))
        rows = rows.filter(pc.not_equal(rows["hire"], OWN_ACCOUNT))
        sums = rows.group_by("influencer").aggregate([("attributed_orders", "sum")])
        orders = np.asarray(sums["attributed_orders_sum"].to_numpy(), dtype=np.float64)
        if len(orders) <= FEW_CREATORS or not orders.sum() > 0.0:
            continue
        most = int(np.argmax(orders))
        if (part := float(orders[most] / orders.sum())) > LARGE_SHARE:
            yield (
                f"{arm.name}: {sums['influencer'][most].as_py()}, one of {len(orders)} creators, brings "
                f"{percent(part)} of the tracked orders; if that one fails, so does the plan"
            )


def _by_few_runs(arms: Sequence[ArmRuns]) -> Iterator[str]:
    for arm in arms:
        earned = np.sort(arm.earned)[::-1]
        few = max(1, int(FEW_RUNS * len(earned)))
        if earned.sum() > 0.0 and (part := float(earned[:few].sum() / earned.sum())) > LARGE_SHARE:
            yield (
                f"{arm.name}: {percent(min(part, 1.0))} of all it earns comes from the best {FEW_RUNS:.0%} of the "
                "runs, from rare hits; read its median and its chances, not its mean"
            )


def _by_who_signs(arms: Sequence[ArmRuns], currency: str) -> Iterator[str]:
    """Hires that some runs do without, where that makes another campaign of it: one mean then stands for two."""
    for arm, hire in [(each, hire) for each in arms for hire in each.hires]:
        signed = hire.creators > 0.0
        missing = float(np.mean(~signed))
        if not UNSURE <= missing <= 1.0 - UNSURE or min(signed.sum(), (~signed).sum()) < FEWEST:
            continue
        with_them, without = (mean(arm.profit[runs], arm.alike[..., runs]) for runs in (signed, ~signed))
        error = math.hypot(with_them.error or 0.0, without.error or 0.0)
        if abs(with_them.value - without.value) > CLEARLY * error:
            yield (
                f"{arm.name}: in {percent(missing)} of the runs nobody of {hire.name} signs; its profit is then "
                f"{money(without.value, currency)} on average, and {money(with_them.value, currency)} in the others: "
                "its means and chances mix two campaigns"
            )


def _by_one_world(arms: Sequence[ArmRuns]) -> Iterator[str]:
    """A lead that a single simulated market makes: without it, and only without it, another choice leads."""
    if len(arms) < 2:
        return
    best, second, *_ = ranked(arms)
    lead, worlds = best.profit - second.profit, np.unique(best.world)
    if len(worlds) < 3:
        return
    deciding = [world for world in worlds if float(np.mean(lead[best.world != world])) < 0.0]
    if len(deciding) == 1:
        yield (
            f"one of {len(worlds)} simulated markets (world {deciding[0]}) makes the lead of {best.name}: without it "
            f"{second.name} would lead; use worlds: {4 * len(worlds)} or more"
        )


def _by_an_assumption(scenario: Scenario, drivers: Mapping[str, Any]) -> Iterator[str]:
    arm, over = (called(drivers[name]) for name in ("arm", "over"))
    grades = {item.path: item.grade for item in uncertain_numbers(scenario)}
    for each in drivers["numbers"]:
        if each["clear"] and each["share"] > DRIVEN and grades.get(each["path"]) == "assumed":
            yield (
                f"{each['path']} is assumed, not measured, and explains {percent(each['share'])} of how "
                f"{arm} fares against {over}; learn more about it before relying on the answer"
            )
