"""What an arm does besides hiring and ads: reposts on the brand's own account, and sales representatives."""

from __future__ import annotations

from typing import Final

from simulator.scenario.creators import NOWHERE
from simulator.scenario.money import cents
from simulator.scenario.offers import OWN_ACCOUNT, Contract, Creator
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Arm, Scenario

CHANNELS: Final = "add brand: {owned_channels: {followers: 20000, visitors_per_day: 500, visitor_conversion: 0.02}}"
RIGHTS: Final = "add usage_rights: 30, the days in which the brand may use the content"


def reuse_days(scenario: Scenario, arm: Arm, problems: Problems) -> tuple[int, ...]:
    """Days on which creators' content is reposted on own channels, of all hires; each use needs the right to it."""
    for index, hire in enumerate(arm.hire):
        path = f"arms.{arm.name}.hire.{index}"
        for word in ("boost", "reuse"):
            if getattr(hire, word) and not hire.usage_rights:
                problems.add(NOWHERE, f"{path}.{word}", "needs usage rights", RIGHTS)
        if hire.reuse and scenario.brand.owned_channels is None:
            problems.add(NOWHERE, f"{path}.reuse", "has no channels to go to", CHANNELS)
        if hire.reuse and hire.posts and hire.reuse[0] < hire.posts[0]:
            message = f"begins on day {hire.reuse[0]}, before the first post on day {hire.posts[0]}"
            problems.add(NOWHERE, f"{path}.reuse", message, f"write reuse: [{{day: {hire.posts[0]}}}] or later days")
    return tuple(sorted(day for hire in arm.hire for day in hire.reuse))


def own_account(scenario: Scenario, days: tuple[int, ...]) -> tuple[Contract, ...]:
    """The brand's own account as one more author, whom nobody pays or handles; none without followers or reposts."""
    owned = scenario.brand.owned_channels
    if owned is None or owned.followers is None or not days:
        return ()
    followers = int(owned.followers.value + 0.5)
    label, topic = scenario.tiers.label(followers), scenario.brand.topic
    creator = Creator(f"{OWN_ACCOUNT}#1", OWN_ACCOUNT, label, followers, topic)
    return (Contract(creator, days, 0, 0, 0, 0, "utm", agreed=True),)


def rep_cost(scenario: Scenario, arm: Arm, problems: Problems) -> int:
    """What an arm's representatives cost, in cents."""
    if arm.sales_rep is None:
        return 0
    numbers, path = scenario.mechanisms.sales_rep, f"arms.{arm.name}.sales_rep"
    if not numbers.on:
        problems.add(NOWHERE, path, "has no numbers to work with", "add mechanisms: {sales_rep: on}")
    if arm.sales_rep.days > scenario.horizon:
        message = f"{arm.sales_rep.days} days are more than the {scenario.horizon} observed"
        problems.add(NOWHERE, f"{path}.days", message, f"give at most {scenario.horizon}")
    return cents(numbers.cost_per_day.value * arm.sales_rep.days * arm.sales_rep.count)
