"""Contacts that an arm buys or owns in one run: paid social, boosted posts, a sales representative, the own site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from simulator.arithmetic import exp_
from simulator.campaign.accounts import account_of, typical_account
from simulator.campaign.crowding import load_on_orders
from simulator.campaign.settling import Shocks, engagement_per_view
from simulator.dice import identity
from simulator.rules.advert import OWNED, PAID, VISIT, carried_over, with_odds
from simulator.scenario.draws import Draws
from simulator.scenario.offers import ArmPlan, Contract
from simulator.scenario.schema import Scenario
from simulator.world.world import World

EVERYBODY: Final = -1
REFERENCE: Final = 10_000


class Contacts(NamedTuple):
    """One set of contacts, spread evenly over some days."""

    about: int
    kind: int  # PAID, VISIT or OWNED
    number: int  # of agents, over all its days
    first_day: int
    days: int
    click_rate: float  # 1 where no click comes first
    conversion_rate: float
    topic: int = EVERYBODY  # main interest of those met, an index into the population's topics


def brief_contacts(
    scenario: Scenario, world: World, draws: Draws, arm: ArmPlan, authors: Sequence[Contract], shocks: Shocks
) -> tuple[Contacts, ...]:
    """All contacts of an arm in one run: in a fixed order, those without number left out."""
    found = (
        *_paid_social(scenario, draws, arm, world),
        *(_boost(scenario, world, draws, each, shocks) for each in authors if each.boost and each.published),
        *_visits(scenario, draws, arm, world),
        *_own_site(scenario, draws, arm, world),
    )
    return tuple(contacts for contacts in found if contacts.number > 0)


def _displays(scenario: Scenario, draws: Draws, spend: int, world: World) -> int:
    """Displays for an amount of cents."""
    price = max(draws.number(scenario.platform.ad_cost_per_thousand), 0.01)
    return int(spend * 10.0 / price / world.people_per_agent)


def _conversion(scenario: Scenario, draws: Draws) -> float:
    """Orders per click on an ad, under the market's load."""
    shift = load_on_orders(scenario, draws)
    rate = draws.number(scenario.platform.ad_conversion_rate)
    return rate if shift == 0.0 else with_odds(rate, exp_(shift))


def _paid_social(scenario: Scenario, draws: Draws, arm: ArmPlan, world: World) -> Iterator[Contacts]:
    yield Contacts(
        about=identity("paid social"),
        kind=PAID,
        number=_displays(scenario, draws, arm.ad_spend, world),
        first_day=0,
        days=scenario.days,
        click_rate=draws.number(scenario.platform.ad_click_rate),
        conversion_rate=_conversion(scenario, draws),
    )


def _boost(scenario: Scenario, world: World, draws: Draws, contract: Contract, shocks: Shocks) -> Contacts:
    """A creator's posts as ads, shown to people who care for its topic, from its first post on."""
    first = contract.published[0][1]
    return Contacts(
        about=identity(contract.creator.name, "boost"),
        kind=PAID,
        number=_displays(scenario, draws, contract.boost, world),
        first_day=first,
        days=max(1, scenario.days - first),
        click_rate=_boosted_click_rate(scenario, world, draws, contract, shocks),
        conversion_rate=_conversion(scenario, draws),
        topic=tuple(scenario.population.topics).index(contract.creator.topic),
    )


def _boosted_click_rate(scenario: Scenario, world: World, draws: Draws, contract: Contract, shocks: Shocks) -> float:
    numbers, click_rate = scenario.mechanisms.amplification, draws.number(scenario.platform.ad_click_rate)
    elasticity, ratio = draws.number(numbers.quality), draws.number(numbers.click_ratio)
    if elasticity == 0.0:
        return carried_over(click_rate, 1.0, 0.0, ratio, 0.0)
    account = account_of(scenario, world, draws, contract.creator).rates
    own = engagement_per_view(account, identity(contract.creator.name), shocks)
    typical = draws.once(typical_account, scenario, REFERENCE)
    usual, spread = typical.engaged / typical.reach if typical.reach > 0.0 else 0.0, 0.0
    if account.shocked > 0.0:  # the level of this run is common to both
        usual = engagement_per_view(account._replace(engage=usual), 0, shocks._replace(account_sd=0.0))
        spread = shocks.account_sd * (1.0 - usual)  # shocks move log-odds, of which a rate moves by so much less
    return carried_over(click_rate, own / usual if usual > 0.0 else 1.0, elasticity, ratio, spread)


def _visits(scenario: Scenario, draws: Draws, arm: ArmPlan, world: World) -> Iterator[Contacts]:
    if arm.rep_days:
        rep = scenario.mechanisms.sales_rep
        visits = draws.number(rep.visits_per_day) * arm.rep_days * arm.reps
        number = int(visits / world.people_per_agent + 0.5)
        close_rate = draws.number(rep.close_rate)
        yield Contacts(identity("sales representative"), VISIT, number, 0, arm.rep_days, 1.0, close_rate)


def _own_site(scenario: Scenario, draws: Draws, arm: ArmPlan, world: World) -> Iterator[Contacts]:
    """Visitors who see creators' content: only what it adds to their orders, since baseline demand has the rest."""
    owned, reposts = scenario.brand.owned_channels, arm.reuse_days
    if owned is None or owned.visitors_per_day is None or not reposts or min(reposts) >= scenario.days:
        return
    first, usual = min(reposts), draws.number(owned.visitor_conversion) if owned.visitor_conversion else 0.0
    days = scenario.days - first
    number = int(draws.number(owned.visitors_per_day) * days / world.people_per_agent + 0.5)
    raised = with_odds(usual, draws.number(scenario.mechanisms.reuse.conversion_odds))
    yield Contacts(identity("own site"), OWNED, number, first, days, 1.0, max(0.0, raised - usual))
