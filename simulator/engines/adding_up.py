"""What a run's counts and ledger come to: its outcome, in counts of people and cents.

Engines count agents. Here, and nowhere else, an agent becomes the people it stands for: every count, and every cent
that comes from a count. What the brand spends is paid to real influencers and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Brief
from simulator.campaign.ledger import Ledger
from simulator.engines import columns as c
from simulator.engines.columns import AUTHORS, TOTALS, Counts
from simulator.engines.model import Played
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.rules.fraud import engagements_bought
from simulator.scenario.draws import Draws, drawn_numbers
from simulator.scenario.offers import ArmPlan
from simulator.scenario.payments import Closed
from simulator.scenario.schema import Scenario
from simulator.world.audiences import FIXED_POINT
from simulator.world.world import World

OF_TALLY: Final = frozenset(item.name for item in fields(Tally))
OF_INFLUENCER: Final = frozenset(item.name for item in fields(InfluencerTally))
OF_INFLUENCERS: Final = ("emv", "engagements_bought", "no_shows", "earned_links")  # sums over them


def outcome(scenario: Scenario, world: World, arm: ArmPlan, brief: Brief, played: Played, draws: Draws) -> Outcome:
    """Add up what was counted, with the money."""
    counts, ledger = of_people(played.counts, world.people_per_agent), played.ledger
    ledger.settle([contract.pay for contract in brief.authors], _closed(brief, counts))
    influencers = tuple(
        _influencer(brief, world, played, position, row) for position, row in enumerate(counts.authors.tolist())
    )
    return Outcome(
        arm=arm.name,
        run=draws.run,
        world=world.index,
        tally=_tally(brief, world, counts, ledger, influencers),
        influencers=influencers,
        parameters=draws.once(drawn_numbers, scenario),
        daily=days_of(counts, brief),
    )


def of_people(counts: Counts, people_per_agent: int) -> Counts:
    """Counts of agents as counts of people; changes of trust, too, are sums over people."""
    return Counts(*(column * people_per_agent for column in counts))


def _closed(brief: Brief, counts: Counts) -> list[Closed]:
    """What each author's pay by result is reckoned from: what can be seen and tracked, less what came back."""
    authors = [dict(zip(AUTHORS, row, strict=True)) for row in counts.authors.tolist()]
    return [
        Closed(
            author["engagements"] + engagements_bought(author["engagements"], terms.bought_per_real),
            author["attributed_orders"] - author["attributed_returns"],
            _attributed_revenue(author, brief.sales.price),
        )
        for author, terms in zip(authors, brief.terms, strict=True)
    ]


def _attributed_revenue(author: dict[str, int], price: int) -> int:
    """Cents that orders credited to an author brought, less returns and discounts."""
    return (author["attributed_orders"] - author["attributed_returns"]) * price - author["discounts"]


def _counted(names: frozenset[str], counts: Mapping[str, int]) -> dict[str, Any]:
    """The counts that a tally holds under the engine's own names."""
    return {name: count for name, count in counts.items() if name in names}


def _tally(
    brief: Brief, world: World, counts: Counts, ledger: Ledger, influencers: tuple[InfluencerTally, ...]
) -> Tally:
    totals = dict(zip(TOTALS, counts.totals.tolist(), strict=True))
    authors = dict(zip(AUTHORS, counts.authors.sum(axis=0).tolist(), strict=True))
    at_start = world.audiences.trust_sum
    known = _counted(OF_TALLY, {**authors, **totals}) | _income(brief, totals, authors) | costs_of(ledger)
    known["reviews"] = int(brief.reviews.after(brief.horizon, totals["reviews"]))
    return Tally(
        **known,
        **{name: sum(getattr(each, name) for each in influencers) for name in OF_INFLUENCERS},
        audiences=sum(influencer.audience for influencer in influencers),
        audience_union=_audience_union(world, brief),
        follower_posts=sum(influencer.followers * influencer.posts for influencer in influencers),
        trust_sum=_trust(world, int(at_start[list(brief.audience)].sum()), authors["trust_change"]),
        population=world.size * world.people_per_agent,
        hired=sum(not contract.creator.own for contract in brief.authors),
        scandals=sum(day < brief.horizon for day in brief.scandals.days),
        unaffordable=brief.unaffordable,
        declined=brief.declined,
    )


def _income(brief: Brief, totals: Mapping[str, int], authors: Mapping[str, int]) -> dict[str, int]:
    """Cents that orders bring, less what came back and what codes took off."""
    sales, discounts, returns = brief.sales, authors["discounts"], totals["returns"]
    kept, attributed = totals["orders"] - returns, totals["attributed_orders"] - totals["attributed_returns"]
    return {
        "revenue": kept * sales.price - discounts,
        "contribution": kept * sales.contribution - discounts - returns * brief.return_handling,
        "attributed_revenue": attributed * sales.price - discounts,
    }


def costs_of(ledger: Ledger) -> dict[str, int]:
    """Cents that the campaign costs, by kind."""
    return {
        "cost_fees": sum(ledger.fees),
        "cost_bonus": sum(ledger.bonuses),
        "cost_commission": sum(ledger.commissions),
        "cost_product": sum(ledger.products),
        "cost_license": sum(ledger.licenses),
        "cost_boost": ledger.boost,
        "cost_sales_rep": ledger.sales_rep,
        "cost_handling": sum(ledger.handling) + ledger.refused,
        "cost_platform": ledger.platform,
    }


def _influencer(brief: Brief, world: World, played: Played, position: int, row: list[int]) -> InfluencerTally:
    ledger, contract, number = played.ledger, brief.authors[position], brief.audience[position]
    author, creator = dict(zip(AUTHORS, row, strict=True)), contract.creator
    return InfluencerTally(
        **_counted(OF_INFLUENCER, author),
        influencer=creator.name,
        hire=creator.hire,
        tier=creator.tier,
        followers=creator.followers,
        posts=played.posts[position],
        attributed_revenue=_attributed_revenue(author, brief.sales.price),
        emv=brief.media_value.of(author["likes"], author["comments"], author["shares"]),
        engagements_bought=engagements_bought(author["engagements"], brief.terms[position].bought_per_real),
        audience=world.real_followers(number),
        trust_sum=_trust(world, int(world.audiences.trust_sum[number]), author["trust_change"]),
        cost_fees=ledger.fees[position],
        cost_bonus=ledger.bonuses[position],
        cost_commission=ledger.commissions[position],
        cost_product=ledger.products[position],
        cost_license=ledger.licenses[position],
        cost_boost=ledger.boosts[position],
        cost_handling=ledger.handling[position],
        market_fee=contract.market_fee,
        no_shows=len(contract.missed),
        earned_links=sum(link.author == position for link in brief.links),
        effort=contract.effort,
    )


def _trust(world: World, of_agents: int, change: int) -> float:
    """Trust felt at the end, summed over people: that of agents at the start, and its change over people."""
    return (of_agents * world.people_per_agent + change) / FIXED_POINT


def _audience_union(world: World, brief: Brief) -> int:
    """Different people in the audiences of the hired authors."""
    key = tuple(brief.audience)
    if key not in world.unions:
        followers = np.zeros(world.size, np.bool_)
        for number in key:
            followers[world.audiences.person[world.audiences.edges(number)]] = True
        world.unions[key] = int(np.count_nonzero(followers))
    return world.unions[key] * world.people_per_agent


def days_of(counts: Counts, brief: Brief) -> NDArray[np.int64]:
    """Rows of `results.outcome.DAILY` by day, from counts of people."""
    returns, discounts = counts.daily[:, c.D_RETURNS], counts.daily[:, c.D_DISCOUNTS]
    kept = counts.daily[:, c.D_ORDERS] - returns
    daily = np.zeros((counts.daily.shape[0], len(DAILY)), np.int64)
    daily[:, :6] = counts.daily[:, :6]
    daily[:, 6] = kept * brief.sales.price - discounts
    daily[:, 7] = kept * brief.sales.contribution - discounts - returns * brief.return_handling
    daily[:, 8] = counts.daily[:, c.D_REACHED]
    return daily
