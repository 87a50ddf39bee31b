"""How many people the market needs: twice the largest plan's followers, and enough who care for each topic.

One agent stands for one person, or for `people_per_agent` of them where a market is too large to simulate one by one.
Everything here counts people; the last step makes them whole agents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simulator.rules.size import by_size
from simulator.scenario.creators import NOWHERE
from simulator.scenario.graph_market import graph_people
from simulator.scenario.offers import ArmPlan, Creator
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Scenario

FEWEST: Final = 10_000
FEWEST_AGENTS: Final = 100
SMALL_AUDIENCE: Final = 20  # agents; in a smaller audience, chance in who follows is much overstated
MOST_AGENTS: Final = 10_000_000
MOST_LIKELY: Final = 0.999  # quantile up to which uncertain shares are provided for

Alike = tuple[int, str, float | None, float | None, float | None]


def population_of(scenario: Scenario, arms: Iterable[ArmPlan], problems: Problems) -> tuple[int, str]:
    """Size of the market in people, and the rule that gave it, in words."""
    arms = tuple(arms)
    creators = {contract.creator.name: contract.creator for arm in arms for contract in (*arm.contracts, *arm.reserves)}
    if scenario.population.network.from_file:
        size, rule = graph_people(scenario, problems) or (0, "unknown")
        if size:
            _everybody_fits(scenario, size, creators.values(), problems)
        return size, rule
    if scenario.population.size == "auto":
        need, reason = _needed(scenario, arms, creators.values())
        size = _two_digits(need)
        rule, claim = f"auto: {reason}; at least {FEWEST:,}, rounded up to two digits: {size:,}", f"auto needs {size:,}"
    else:
        size = scenario.population.size
        rule, claim, reason = f"stated: {size:,}", f"{size:,}", ""
        _everybody_fits(scenario, size, creators.values(), problems)
    agents = _agents(scenario, size, f"{claim} people{f' ({reason})' if reason else ''}", problems)
    _nobody_vanishes(scenario, creators.values(), problems)
    each = scenario.population.people_per_agent
    return agents * each, rule if each == 1 else f"{rule}; {agents:,} agents of {each:,} people each"


def real_followers(scenario: Scenario, creator: Creator) -> float:
    """Expected real people among a creator's followers."""
    stated = creator.real_share
    share = scenario.platform.real_share.mean(float(creator.followers)) if stated is None else stated
    return share * creator.followers


def _agents(scenario: Scenario, size: int, claim: str, problems: Problems) -> int:
    """Whole agents for so many people, within what can be simulated."""
    each = scenario.population.people_per_agent
    agents = -(-size // each)
    if agents > MOST_AGENTS:
        fitting = _two_digits(size / MOST_AGENTS)
        remedy = f"give population.people_per_agent: {fitting} or more, or lower the followers"
        problems.add(NOWHERE, "population.size", f"{claim}: {agents:,} agents; the most is {MOST_AGENTS:,}", remedy)
    elif agents < FEWEST_AGENTS:
        message = f"{each:,} leaves {agents:,} agents of {size:,} people; the least is {FEWEST_AGENTS}"
        remedy = f"give at most {max(1, size // FEWEST_AGENTS):,}"
        problems.add(NOWHERE, "population.people_per_agent", message, remedy)
    return agents


def _everybody_fits(scenario: Scenario, size: int, creators: Iterable[Creator], problems: Problems) -> None:
    """A stated market, or a graph, holds at least the followers of each creator."""
    audiences = {creator.name: real_followers(scenario, creator) for creator in creators}
    if audiences:
        name = max(audiences, key=lambda key: audiences[key])
        if audiences[name] > size:
            message = f"{size:,} people are fewer than the {audiences[name]:,.0f} real followers of {name}"
            remedy = f"give at least {_two_digits(audiences[name]):,}, or auto"
            path = "population.size"
            if scenario.population.network.from_file:
                path, remedy = "population.network.file", "hire smaller accounts, or give a larger graph"
            problems.add(NOWHERE, path, message, remedy)


def _nobody_vanishes(scenario: Scenario, creators: Iterable[Creator], problems: Problems) -> None:
    """Thinned, every creator's audience is still somebody."""
    each = scenario.population.people_per_agent
    smallest = min(creators, key=lambda creator: real_followers(scenario, creator), default=None)
    if smallest is not None and each > 1 and (people := real_followers(scenario, smallest)) < each:
        message = f"{each:,} is more than the {people:,.0f} real followers of {smallest.name}: less than one agent"
        remedy = f"give at most {max(1, int(people)):,}, better {max(1, int(people / SMALL_AUDIENCE)):,}"
        problems.add(NOWHERE, "population.people_per_agent", message, remedy)


def _needed(scenario: Scenario, arms: Iterable[ArmPlan], creators: Iterable[Creator]) -> tuple[float, str]:
    """People needed, and by what: the largest of both demands."""
    need, reason = float(FEWEST), "no creator needs more"
    for arm in arms:
        nominal = sum(contract.creator.followers for contract in arm.contracts)
        if 2.0 * nominal > need:
            need, reason = 2.0 * nominal, f"2 x {nominal:,} followers of {arm.name!r}"
    shown_by: dict[Alike, float] = {}
    for arm in arms:
        shown = 0.0
        for contract in arm.contracts:
            key = _alike(contract.creator)
            if key not in shown_by:
                shown_by[key] = shown_to_strangers(scenario, contract.creator)
            shown += shown_by[key]
        if 2.0 * shown > need:
            need, reason = 2.0 * shown, f"2 x {shown:,.0f} strangers to whom the platform shows a post of {arm.name!r}"
    first: dict[Alike, Creator] = {}
    for creator in creators:
        first.setdefault(_alike(creator), creator)
    for creator in first.values():
        if (people := room_for(scenario, creator)) > need:
            need = people
            reason = (
                f"up to {fans_of(scenario, creator):,.0f} real followers of {creator.name} care for {creator.topic}, "
                f"at most {scenario.behavior.topic_ceiling.mean():.0%} of the "
                f"{topic_share(scenario, creator):.3g} of people whose main interest it is"
            )
    return need, reason


def _alike(creator: Creator) -> Alike:
    """What decides how many people a creator needs: whoever is alike is asked once."""
    return creator.followers, creator.topic, creator.focus, creator.real_share, creator.reach_rate


def shown_to_strangers(scenario: Scenario, creator: Creator) -> float:
    """Strangers to whom the platform shows a typical post of a creator."""
    platform, size = scenario.platform, float(creator.followers)
    ratio = platform.nonfollower_reach.mean(size)
    reach = by_size(platform.reach_rate.mean(size), size, platform.reach_slope.mean())
    return ratio * size * min(1.0, reach if creator.reach_rate is None else creator.reach_rate)


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
