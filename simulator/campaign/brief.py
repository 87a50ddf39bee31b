"""The numbers of one run, before its first day: how people respond, what each post can do, what an order is worth.

Both engines start from the same brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.afterwards import at_a_discount, draw_aftermath
from simulator.campaign.answering import draw_answering
from simulator.campaign.contacts import Contacts, brief_contacts
from simulator.campaign.decay import decay
from simulator.campaign.hiring import hire
from simulator.campaign.keeping import Link, earned_links
from simulator.campaign.measurement import MediaValue, Terms, media_value, terms_of
from simulator.campaign.posts import PostBrief, brief_posts, draw_shocks
from simulator.campaign.reviews import ReviewStock, review_stock
from simulator.campaign.scandals import NO_SCANDALS, Scandals, draw_scandals
from simulator.campaign.waves import NO_WAVES, Waves, brief_waves
from simulator.rules.afterwards import Aftermath
from simulator.rules.answers import NOBODY_ANSWERS, Answering
from simulator.rules.facts import BY_CODE, BY_LINK, UNTRACKED, Response
from simulator.rules.rates import per_step
from simulator.rules.wear_out import worn
from simulator.scenario.draws import Draws
from simulator.scenario.money import cents
from simulator.scenario.offers import ArmPlan, Contract
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
    aftermath: Aftermath
    terms: tuple[Terms, ...]  # by author
    reviews: ReviewStock
    return_handling: int  # cents per return
    media_value: MediaValue
    answering: Answering = NOBODY_ANSWERS
    scandals: Scandals = NO_SCANDALS
    platform_fee: int = 0
    people_per_agent: int = 1
    declined: int = 0
    links: tuple[Link, ...] = ()
    waves: Waves = NO_WAVES
    own_rules: bool = False  # whether rules of the scenario's own are in force, which may ask for any fact

    @property
    def baseline_by_day(self) -> NDArray[np.float64]:
        """Expected orders of agents on each day that come without any post: baseline demand, and earned links."""
        rates = np.full(self.horizon, self.baseline_per_day)
        for link in self.links:
            rates[link.day :] += link.orders_per_day / self.people_per_agent
        return rates

    @cached_property
    def due(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """(day, number) of each author's posts."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.authors]
        for number, post in enumerate(self.posts):
            found[post.author].append((post.day, number))
        return tuple(tuple(posts) for posts in found)

    @property
    def doubted(self) -> bool:
        """Whether some post costs trust by what it looks like."""
        return any(post.organic.doubt != 0.0 for post in self.posts)


def brief_run(scenario: Scenario, world: World, arm: ArmPlan, draws: Draws) -> Brief:
    """Draw and settle all numbers of one arm in one run. Counts of people become counts of agents here."""
    response = draws.once(draw_response, scenario)
    elasticity = draws.number(scenario.mechanisms.price_response.elasticity)
    hired = hire(scenario, arm, draws)
    authors = tuple(hired.contracts)
    return Brief(
        seed=scenario.seed,
        run=draws.run,
        horizon=scenario.horizon,
        posting_days=scenario.days,
        authors=authors,
        audience=tuple(world.creator(contract.creator.name) for contract in authors),
        tracking=tuple(TRACKING[contract.tracking] for contract in authors),
        fees=tuple(hired.fees),
        posts=at_a_discount(brief_posts(scenario, world, draws, authors, response), authors, elasticity),
        response=response,
        sales=draws.once(_sales, scenario),
        contacts=brief_contacts(scenario, world, draws, arm, authors, draws.once(draw_shocks, scenario)),
        baseline_per_day=draws.number(scenario.product.baseline_orders_per_day) / world.people_per_agent,
        seen_by_age=tuple(draws.once(decay, scenario, contract.creator.followers) for contract in authors),
        answering=draws.once(draw_answering, scenario, world.people_per_agent),
        scandals=draw_scandals(scenario, draws, authors),
        handling_cost=arm.handling_cost,
        ad_spend=arm.ad_spend,
        rep_cost=arm.rep_cost,
        unaffordable=hired.unaffordable,
        declined=hired.declined,
        links=tuple(earned_links(scenario, draws, authors)),
        platform_fee=arm.platform_fee,
        people_per_agent=world.people_per_agent,
        aftermath=draws.once(draw_aftermath, scenario),
        terms=terms_of(scenario, draws, authors),
        reviews=review_stock(scenario, draws, authors),
        return_handling=cents(draws.number(scenario.mechanisms.returns.handling_cost)),
        media_value=draws.once(media_value, scenario),
        waves=brief_waves(arm, authors),
        own_rules=bool(scenario.custom_rules),
    )


def draw_response(scenario: Scenario, draws: Draws) -> Response:
    """How people respond in this run: odds ratios become log-odds per unit of their fact."""
    b, m = scenario.behavior, scenario.mechanisms
    felt_new = draws.number(m.creative_diversity.fresh)
    quality = per_step(draws.number(m.persona.quality_on_order), 1.0)
    return Response(
        trust_on_engage=per_step(draws.number(b.trust_on_engage), 0.1),
        trust_on_click=per_step(draws.number(b.trust_on_click), 0.1),
        trust_on_order=per_step(draws.number(b.trust_on_order), 0.1),
        fit_on_engage=per_step(draws.number(b.fit_on_engage), 1.0),
        fit_on_click=per_step(draws.number(b.fit_on_click), 1.0),
        fit_on_order=per_step(draws.number(b.fit_on_order), 1.0),
        wear_on_engage=worn(per_step(draws.number(b.wear_on_engage), 1.0), felt_new),
        wear_on_click=worn(per_step(draws.number(b.wear_on_click), 1.0), felt_new),
        engaged_on_click=per_step(draws.number(b.click_odds_if_engaged), 1.0),
        susceptibility_on_engage=per_step(draws.number(b.susceptibility_on_engage), 1.0),
        forgetting=1.0 / max(draws.number(b.wear_days), 1e-6),
        trust_step=draws.number(b.trust_step),
        trust_ignored_weight=draws.number(b.trust_ignored_weight),
        persona_on_engage=per_step(draws.number(m.persona.on_engage), 1.0),
        persona_on_click=per_step(draws.number(m.persona.on_click), 1.0),
        persona_on_order=per_step(draws.number(m.persona.on_order), 1.0),
        quality=quality * draws.number(scenario.product.quality),
        blindness=draws.number(m.persona.blindness),
        second_source=per_step(draws.number(m.sources.second), 1.0),
        third_source=per_step(draws.number(m.sources.third), 1.0),
    )


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
