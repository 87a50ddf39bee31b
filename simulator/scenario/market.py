"""How many people the market needs: twice the largest plan's followers, and enough who care for each topic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simulator.scenario.creators import NOWHERE
from simulator.scenario.offers import ArmPlan, Creator
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Scenario

FEWEST: Final = 10_000
MOST: Final = 10_000_000
MOST_LIKELY: Final = 0.999  # quantile up to which uncertain shares are provided for


def population_of(scenario: Scenario, arms: Iterable[ArmPlan], problems: Problems) -> tuple[int, str]:
    """Size of the market and the rule that gave it, in words."""
    arms = tuple(arms)
    creators = {contract.creator.name: contract.creator for arm in arms for contract in arm.contracts}
    if scenario.population.size != "auto":
        return _stated(scenario, scenario.population.size, creators.values(), problems)
    need, reason = _needed(scenario, arms, creators.values())
    size = _two_digits(need)
    if size > MOST:
        problems.add(
            NOWHERE,
            "population.size",
            f"auto needs {size:,} people ({reason}); the most is {MOST:,}",
            "lower the followers (one agent for several people is not available yet)",
        )
    return size, f"auto: {reason}; at least {FEWEST:,}, rounded up to two digits: {size:,}"


def real_followers(scenario: Scenario, creator: Creator) -> float:
    """Expected real people among a creator's followers."""
    stated = creator.real_share
    share = scenario.platform.real_share.mean(float(creator.followers)) if stated is None else stated
    return share * creator.followers


def _stated(scenario: Scenario, size: int, creators: Iterable[Creator], problems: Problems) -> tuple[int, str]:
    audiences = {creator.name: real_followers(scenario, creator) for creator in creators}
    if audiences:
        name = max(audiences, key=lambda key: audiences[key])
        if audiences[name] > size:
            message = f"{size:,} people are fewer than the {audiences[name]:,.0f} real followers of {name}"
            remedy = f"give at least {_two_digits(audiences[name]):,}, or auto"
            problems.add(NOWHERE, "population.size", message, remedy)
    return size, f"stated: {size:,}"


def _needed(scenario: Scenario, arms: Iterable[ArmPlan], creators: Iterable[Creator]) -> tuple[float, str]:
    """People needed, and by what: the largest of both demands."""
    need, reason = float(FEWEST), "no creator needs more"
    for arm in arms:
        nominal = sum(contract.creator.followers for contract in arm.contracts)
        if 2.0 * nominal > need:
            need, reason = 2.0 * nominal, f"2 x {nominal:,} followers of {arm.name!r}"
    for creator in creators:
        if (people := room_for(scenario, creator)) > need:
            need = people
            reason = (
                f"up to {fans_of(scenario, creator):,.0f} real followers of {creator.name} care for {creator.topic}, "
                f"at most {scenario.behavior.topic_ceiling.mean():.0%} of the "
                f"{topic_share(scenario, creator):.3g} of people whose main interest it is"
            )
    return need, reason


def room_for(scenario: Scenario, creator: Creator) -> float:
    """People a market needs so that a creator finds all followers who care for its topic."""
    ceiling = max(scenario.behavior.topic_ceiling.mean(), 1e-6)
    return fans_of(scenario, creator) / (ceiling * topic_share(scenario, creator))


def topic_share(scenario: Scenario, creator: Creator) -> float:
    """Share of the market whose main interest is the creator's topic."""
    return scenario.population.topics.get(creator.topic, 1.0)


def fans_of(scenario: Scenario, creator: Creator) -> float:
    """Most followers of a creator whose main interest is its topic: those who come for it, and those by chance."""
    size, platform = float(creator.followers), scenario.platform
    focus = platform.topic_focus.at(size, MOST_LIKELY) if creator.focus is None else creator.focus
    real = platform.real_share.at(size, MOST_LIKELY) if creator.real_share is None else creator.real_share
    share = topic_share(scenario, creator)
    return size * real * (focus + (1.0 - focus) * share)


def _two_digits(number: float) -> int:
    """Rounded up to two significant digits."""
    whole = -int(-number // 1)
    step: int = 10 ** max(len(str(whole)) - 2, 0)
    return -(-whole // step) * step
