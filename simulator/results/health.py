"""What a reader should know before trusting the answer: each note says what is thin, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import numpy as np

from simulator.quantity import Curve
from simulator.results.arms import ArmRuns
from simulator.results.prices import dear_fees, foreign_prices
from simulator.results.statistics import FEWEST_IN_TAIL, TAIL
from simulator.results.thinning import thinning_note
from simulator.results.wording import counted, number, percent
from simulator.scenario.market import SMALL_AUDIENCE, real_followers, room_for
from simulator.scenario.offers import Creator, Plan
from simulator.scenario.schema import Scenario

ENOUGH_RUNS: Final = 1000
ENOUGH_WORLDS: Final = 4
LARGE_AUDIENCE: Final = 0.5  # of the market
LARGEST_LUMP: Final = 0.25  # of a day's answers, in one agent's comment
MANY_LATE: Final = 0.05  # of all orders

# The platform's curves over followers, and the figure of a creator that replaces each.
CURVES: Final = {
    "reach_rate": "reach_rate",
    "click_rate": "click_rate",
    "conversion_rate": "conversion_rate",
    "real_share": "real_share",
    "topic_focus": "focus",
}


def health_checks(scenario: Scenario, plan: Plan, arms: Sequence[ArmRuns]) -> dict[str, list[str]]:
    """What weakens the answer, in words, by what it was checked for; nothing found is an empty list."""
    found = {
        "too few runs, or too few simulated markets": _precision(scenario, len(arms[0].profit)),
        "one agent standing for several people": chain(_thinning(scenario, plan, arms), _lumps(scenario, plan)),
        "no demand without a campaign": _demand(scenario),
        "audiences larger than the market has room for": _market(scenario, plan, arms),
        "orders after the days observed": _late(scenario, arms),
        "budgets that do not suffice, and places that stay empty": chain(_money(arms), _contracts(plan, arms)),
        "fees far above market prices": dear_fees(arms),
        "prices of the catalog in another currency": foreign_prices(scenario, plan),
        "creators beyond the sizes that rates are known for": _extrapolation(scenario, plan),
    }
    return {check: list(notes) for check, notes in found.items()}


def _precision(scenario: Scenario, runs: int) -> Iterator[str]:
    if runs < ENOUGH_RUNS:
        tail = max(1, int(TAIL * runs))
        unknown = "" if tail >= FEWEST_IN_TAIL else ", too few to tell how sure they are"
        yield (
            f"{counted(runs, 'run')} {_are(runs)} few: the worst {TAIL:.0%} {_are(tail)} {tail} of them{unknown}; "
            f"use --runs {ENOUGH_RUNS} or more for figures of the tail"
        )
    if scenario.worlds < ENOUGH_WORLDS:
        yield (
            f"all runs share {scenario.worlds} simulated market{'s' if scenario.worlds > 1 else ''}: "
            f"chance in who lives there is hardly seen; use worlds: {ENOUGH_WORLDS} or more"
        )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _thinning(scenario: Scenario, plan: Plan, arms: Sequence[ArmRuns]) -> Iterator[str]:
    each = plan.people_per_agent
    if each == 1:
        return
    yield thinning_note(arms, each)
    agents = {creator.hire: real_followers(scenario, creator) / each for creator in reversed(plan.creators)}
    if small := sorted(hire for hire, count in agents.items() if count < SMALL_AUDIENCE):
        yield (
            f"creators of {', '.join(small)} have audiences of about {min(agents[hire] for hire in small):.0f} agents "
            "or a few more: who happens to follow matters too much; lower population.people_per_agent"
        )


def _lumps(scenario: Scenario, plan: Plan) -> Iterator[str]:
    """Where one agent's comment takes up much of a day's answers, fewer are answered than of so many people's."""
    replies, each = scenario.mechanisms.replies, plan.people_per_agent
    most = max(1, int(LARGEST_LUMP * replies.capacity.mean()))
    if replies.on and each > most:
        yield (
            f"an agent's comment counts as {each:,}, against {replies.capacity.mean():.0f} answers a day: too few are "
            f"answered where comments are few; give population.people_per_agent of at most {most}"
        )


def _demand(scenario: Scenario) -> Iterator[str]:
    if scenario.product.baseline_orders_per_day.mean() == 0.0:
        yield (
            "baseline demand is 0: every order counts as caused by the campaign; "
            "give product.baseline_orders_per_day if the product sells by itself"
        )


def _market(scenario: Scenario, plan: Plan, arms: Sequence[ArmRuns]) -> Iterator[str]:
    most = LARGE_AUDIENCE * plan.population
    large = sorted({hire.name for arm in arms for hire in arm.hires if hire.largest_audience > most})
    if large:
        yield (
            f"creators of {', '.join(large)} are followed by more than {percent(LARGE_AUDIENCE)} of the market's "
            f"{plan.population:,} people; {_more_room(scenario)} leaves more room for overlap to vary"
        )
    drained = sorted({creator.hire for creator in plan.creators if room_for(scenario, creator) > plan.population})
    if drained:
        yield (
            f"creators of {', '.join(drained)} may want more followers who care for their topic than the market of "
            f"{plan.population:,} people has; their audiences are then less focused than usual; "
            f"{_more_room(scenario)} has room"
        )


def _late(scenario: Scenario, arms: Sequence[ArmRuns]) -> Iterator[str]:
    for arm in (arm for arm in arms if arm.is_campaign):
        orders, late = arm.mean("orders"), arm.mean("late_orders")
        if late > MANY_LATE * (orders + late):
            yield (
                f"{arm.name}: {percent(late / (orders + late))} of the orders fall after the {scenario.horizon} days "
                "observed; a longer settle would count them"
            )


def _more_room(scenario: Scenario) -> str:
    network = scenario.population.network
    if network.from_file:
        return "a larger graph"
    return "population.size: auto" if scenario.population.size != "auto" else "a larger population.size"


def _money(arms: Sequence[ArmRuns]) -> Iterator[str]:
    for arm in arms:
        if arm.mean("unaffordable") > 0.0:
            yield (
                f"{arm.name}: the money suffices for {number(arm.mean('hired'))} creators on average, "
                f"{number(arm.mean('unaffordable'))} are left out"
            )


def _contracts(plan: Plan, arms: Sequence[ArmRuns]) -> Iterator[str]:
    wanted = {arm.name: len(arm.contracts) for arm in plan.arms}
    for arm in arms:
        beyond = float(np.mean(arm.columns["unspent"] < 0.0))  # false where there is no budget
        if beyond > 0.0:
            yield (
                f"{arm.name}: pay by result exceeds the budget in {percent(beyond)} of the runs; "
                "a cap on bonuses, or a smaller share, would limit it"
            )
        empty = wanted.get(arm.name, 0) - arm.mean("hired") - arm.mean("unaffordable")
        if arm.mean("declined") > 0.0 and empty > 0.0:
            yield (
                f"{arm.name}: {number(empty)} of {wanted[arm.name]} places stay empty on average because everybody "
                "on the list has refused; raise mechanisms.outreach.invitations, or offer more"
            )


def _extrapolation(scenario: Scenario, plan: Plan) -> Iterator[str]:
    if scenario.reference_followers != "same":
        return
    outside: dict[str, list[Creator]] = {}
    for name, own in CURVES.items():
        curve: Curve = getattr(scenario.platform, name)
        if creators := [item for item in plan.creators if getattr(item, own) is None and _beyond(curve, item)]:
            outside[name] = creators
    if outside:
        sizes = [creator.followers for creators in outside.values() for creator in creators]
        span = f"{min(sizes):,} to {max(sizes):,}" if min(sizes) < max(sizes) else f"{min(sizes):,}"
        yield (
            f"{', '.join(outside)}: guesses for creators of {span} followers, beyond the sizes they are known for; "
            "they are taken as level there"
        )
    falling = [creator.followers for creator in plan.creators if _beyond_the_slope(scenario, creator)]
    if falling:
        yield (
            f"engagement rate: a guess for creators of up to {max(falling):,} followers; its slope over followers is "
            f"known up to about {number(scenario.platform.reach_rate.followers[-1])} and goes on falling here"
        )


def _beyond_the_slope(scenario: Scenario, creator: Creator) -> bool:
    """Whether engagement is extrapolated upward: the benchmark series end where the platform's rows do."""
    platform = scenario.platform
    if creator.engagement_rate is not None or platform.engagement_rate is not None:
        return False
    return creator.followers > 1.5 * platform.reach_rate.followers[-1] and len(platform.reach_rate.followers) > 1


def _beyond(curve: Curve, creator: Creator) -> bool:
    """Whether an account lies outside the rows by more than half; a curve of one row claims all sizes."""
    low, high = curve.followers[0], curve.followers[-1]
    return low < high and not low / 1.5 <= creator.followers <= high * 1.5
