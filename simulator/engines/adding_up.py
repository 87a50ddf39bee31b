"""What a run's counts and ledger come to: its outcome, in counts of people and cents.

Engines count agents. Here, and nowhere else, an agent becomes the people it stands for: every count, and every cent
that comes from a count. What the brand spends is paid to real influencers and stays as it is.
"""

from __future__ import annotations

import numpy as np

from simulator.campaign.brief import Brief
from simulator.campaign.ledger import Ledger
from simulator.engines import columns as c
from simulator.engines.columns import AUTHORS, TOTALS, Counts
from simulator.engines.model import Played
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.scenario.draws import Draws, drawn_numbers
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario
from simulator.world.audiences import FIXED_POINT
from simulator.world.world import World


def outcome(scenario: Scenario, world: World, arm: ArmPlan, brief: Brief, played: Played, draws: Draws) -> Outcome:
    """Add up what was counted, with the money."""
    counts, ledger = _of_people(played.counts, world.people_per_agent), played.ledger
    influencers = tuple(
        _influencer(brief, world, ledger, position, row) for position, row in enumerate(counts.authors.tolist())
    )
    return Outcome(
        arm=arm.name,
        run=draws.run,
        world=world.index,
        tally=_tally(brief, world, counts, ledger, influencers),
        influencers=influencers,
        parameters=draws.once(drawn_numbers, scenario),
        daily=_daily(counts, brief.sales.price, brief.sales.contribution),
    )


def _of_people(counts: Counts, people_per_agent: int) -> Counts:
    """Counts of agents as counts of people; changes of trust, too, are sums over people."""
    return Counts(*(column * people_per_agent for column in counts))


def _tally(
    brief: Brief, world: World, counts: Counts, ledger: Ledger, influencers: tuple[InfluencerTally, ...]
) -> Tally:
    totals = dict(zip(TOTALS, counts.totals.tolist(), strict=True))
    authors = dict(zip(AUTHORS, counts.authors.sum(axis=0).tolist(), strict=True))
    sales, at_start = brief.sales, world.audiences.trust_sum
    return Tally(
        impressions=totals["impressions"],
        reach=totals["reach"],
        reach_audience=totals["reach_audience"],
        engagements=authors["engagements"],
        engagements_word_of_mouth=totals["engagements_word_of_mouth"],
        likes=authors["likes"],
        comments=authors["comments"],
        shares=authors["shares"],
        replies=authors["replies"],
        clicks=totals["clicks"],
        orders=totals["orders"],
        attributed_orders=totals["attributed_orders"],
        orders_word_of_mouth=totals["orders_word_of_mouth"],
        late_orders=totals["late_orders"],
        revenue=totals["orders"] * sales.price,
        contribution=totals["orders"] * sales.contribution,
        attributed_revenue=totals["attributed_orders"] * sales.price,
        cost_fees=sum(ledger.fees),
        cost_product=sum(ledger.products),
        cost_boost=ledger.boost,
        cost_handling=sum(ledger.handling),
        audiences=sum(influencer.audience for influencer in influencers),
        audience_union=_audience_union(world, brief),
        engagers=authors["engagers"],
        engager_union=totals["engager_union"],
        follower_posts=sum(influencer.followers * influencer.posts for influencer in influencers),
        trust_sum=_trust(world, int(at_start[list(brief.audience)].sum()), authors["trust_change"]),
        population=world.size * world.people_per_agent,
        hired=len(brief.authors),
        scandals=sum(day < brief.horizon for day in brief.scandals.days),
        unaffordable=brief.unaffordable,
    )


def _influencer(brief: Brief, world: World, ledger: Ledger, position: int, row: list[int]) -> InfluencerTally:
    contract, number, author = brief.authors[position], brief.audience[position], dict(zip(AUTHORS, row, strict=True))
    creator = contract.creator
    return InfluencerTally(
        influencer=creator.name,
        hire=creator.hire,
        tier=creator.tier,
        followers=creator.followers,
        posts=len(contract.post_days),
        impressions=author["impressions"],
        reach=author["reach"],
        engagements=author["engagements"],
        engagements_word_of_mouth=author["engagements_word_of_mouth"],
        likes=author["likes"],
        comments=author["comments"],
        shares=author["shares"],
        replies=author["replies"],
        clicks=author["clicks"],
        attributed_orders=author["attributed_orders"],
        attributed_revenue=author["attributed_orders"] * brief.sales.price,
        audience=world.real_followers(number),
        trust_sum=_trust(world, int(world.audiences.trust_sum[number]), author["trust_change"]),
        cost_fees=ledger.fees[position],
        cost_product=ledger.products[position],
        cost_handling=ledger.handling[position],
        market_fee=contract.market_fee,
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


def _daily(counts: Counts, price: int, contribution: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    daily = np.zeros((counts.daily.shape[0], len(DAILY)), np.int64)
    daily[:, :6] = counts.daily
    daily[:, 6] = counts.daily[:, c.D_ORDERS] * price
    daily[:, 7] = counts.daily[:, c.D_ORDERS] * contribution
    return daily
