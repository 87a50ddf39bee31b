"""The numbers of one run, before its first day: how people respond, what each post can do, what an order is worth.

Both engines start from the same brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from simulator.campaign.contacts import Contacts, brief_contacts
from simulator.campaign.posts import PostBrief, brief_posts, draw_shocks
from simulator.dice import ACCOUNT, NO_WORLD, identity, inner_unit, throw
from simulator.rules.attention import share_seen_by_age
from simulator.rules.facts import BY_CODE, BY_LINK, UNTRACKED, Response
from simulator.rules.rates import per_step
from simulator.rules.size import by_size
from simulator.scenario.draws import Draws
from simulator.scenario.offers import ArmPlan, Contract, cents
from simulator.scenario.schema import Scenario
from simulator.world.world import World

TRACKING = {"none": UNTRACKED, "utm": BY_LINK, "code": BY_CODE}


class Sales(NamedTuple):
    """What turns an intent into money. Cents per order."""

    price: int
    contribution: int
    half_life: float  # days from intent to order
    window: float  # days a click counts
    code_use: float
    code_leak: float


@dataclass(frozen=True)
class Brief:
    """Everything an engine needs to play one arm in one run of one world."""

    seed: int
    run: int
    horizon: int
    posting_days: int
    authors: tuple[Contract, ...]  # hired, sorted by creator name
    audience: tuple[int, ...]  # number of each author in the world's audiences
    tracking: tuple[int, ...]
    fees: tuple[int, ...]  # cents
    posts: tuple[PostBrief, ...]  # sorted by author, then day
    response: Response
    sales: Sales
    contacts: tuple[Contacts, ...]  # bought or owned
    baseline_per_day: float  # orders of agents
    seen_by_age: tuple[tuple[float, ...], ...]  # of each author: share of a post's views by the end of each day
    handling_cost: int  # cents per author
    ad_spend: int  # cents
    rep_cost: int  # cents
    unaffordable: int

    @cached_property
    def due(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """(day, number) of each author's posts."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.authors]
        for number, post in enumerate(self.posts):
            found[post.author].append((post.day, number))
        return tuple(tuple(posts) for posts in found)


def brief_run(scenario: Scenario, world: World, arm: ArmPlan, draws: Draws) -> Brief:
    """Draw and settle all numbers of one arm in one run. Counts of people become counts of agents here."""
    response = draws.once(draw_response, scenario)
    hired, fees, unaffordable = hire_in_order(arm, draws)
    order = sorted(range(len(hired)), key=lambda k: hired[k].creator.name)
    authors = tuple(hired[k] for k in order)
    return Brief(
        seed=scenario.seed,
        run=draws.run,
        horizon=scenario.horizon,
        posting_days=scenario.days,
        authors=authors,
        audience=tuple(world.creator(contract.creator.name) for contract in authors),
        tracking=tuple(TRACKING[contract.tracking] for contract in authors),
        fees=tuple(fees[k] for k in order),
        posts=brief_posts(scenario, world, draws, authors, response),
        response=response,
        sales=draws.once(_sales, scenario),
        contacts=brief_contacts(scenario, world, draws, arm, authors, draws.once(draw_shocks, scenario)),
        baseline_per_day=draws.number(scenario.product.baseline_orders_per_day) / world.people_per_agent,
        seen_by_age=tuple(draws.once(decay, scenario, contract.creator.followers) for contract in authors),
        handling_cost=cents(draws.number(scenario.brand.handling_cost)),
        ad_spend=arm.ad_spend,
        rep_cost=arm.rep_cost,
        unaffordable=unaffordable,
    )


def draw_response(scenario: Scenario, draws: Draws) -> Response:
    """How people respond in this run: odds ratios become log-odds per unit of their fact."""
    b = scenario.behavior
    return Response(
        trust_on_engage=per_step(draws.number(b.trust_on_engage), 0.1),
        trust_on_click=per_step(draws.number(b.trust_on_click), 0.1),
        trust_on_order=per_step(draws.number(b.trust_on_order), 0.1),
        fit_on_engage=per_step(draws.number(b.fit_on_engage), 1.0),
        fit_on_click=per_step(draws.number(b.fit_on_click), 1.0),
        fit_on_order=per_step(draws.number(b.fit_on_order), 1.0),
        wear_on_engage=per_step(draws.number(b.wear_on_engage), 1.0),
        wear_on_click=per_step(draws.number(b.wear_on_click), 1.0),
        engaged_on_click=per_step(draws.number(b.click_odds_if_engaged), 1.0),
        susceptibility_on_engage=per_step(draws.number(b.susceptibility_on_engage), 1.0),
        forgetting=1.0 / max(draws.number(b.wear_days), 1e-6),
        trust_step=draws.number(b.trust_step),
        trust_ignored_weight=draws.number(b.trust_ignored_weight),
    )


def hire_in_order(arm: ArmPlan, draws: Draws) -> tuple[list[Contract], list[int], int]:
    """Who is hired at the fees of this run, in the order of the scenario, while the money lasts."""
    money = arm.budget - arm.ad_spend - arm.rep_cost if arm.budget is not None else None
    hired: list[Contract] = []
    fees: list[int] = []
    for contract in arm.contracts:
        fee = contract.fee
        if not isinstance(fee, int):
            luck = throw(draws.seed, NO_WORLD, 0, identity(contract.creator.name), draws.run, ACCOUNT, 0)[2]
            fee = cents(fee.at(inner_unit(luck)))
        if money is not None:
            needed = fee + contract.extras + (0 if contract.creator.own else arm.handling_cost)
            if needed > money:
                continue
            money -= needed
        hired.append(contract)
        fees.append(fee)
    return hired, fees, len(arm.contracts) - len(hired)


def decay(scenario: Scenario, draws: Draws, followers: float) -> tuple[float, ...]:
    """Share of a post's views that came by the end of each day of its life, by size of its author; the last is 1."""
    shape = draws.number(scenario.platform.decay_shape)
    exponent = draws.number(scenario.mechanisms.decay_by_size.exponent)
    scale = by_size(draws.number(scenario.platform.decay_scale_hours), followers, exponent)
    return _seen_by_age(scenario.platform.lifetime_days, shape, scale)


@lru_cache(maxsize=1 << 12)
def _seen_by_age(lifetime: int, shape: float, scale: float) -> tuple[float, ...]:
    return (*(share_seen_by_age(age, lifetime, shape, scale) for age in range(lifetime - 1)), 1.0)


def _sales(scenario: Scenario, draws: Draws) -> Sales:
    price = draws.number(scenario.product.price)
    b = scenario.behavior
    return Sales(
        price=cents(price),
        contribution=cents(price * draws.number(scenario.product.margin)),
        half_life=draws.number(b.order_half_life_days),
        window=draws.number(b.attribution_window_days),
        code_use=draws.number(b.code_use),
        code_leak=draws.number(b.code_leak),
    )
