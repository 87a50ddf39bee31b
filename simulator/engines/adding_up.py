"""What a run's counts and ledger come to: its outcome, in counts and cents."""

from __future__ import annotations

import numpy as np

from simulator.campaign.brief import Brief
from simulator.campaign.ledger import Ledger
from simulator.engines import columns as c
from simulator.engines.columns import AUTHORS, TOTALS, Counts
from simulator.engines.model import Played
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.scenario.draws import Draws, uncertain_numbers
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario
from simulator.world.audiences import FIXED_POINT
from simulator.world.world import World


def outcome(scenario: Scenario, world: World, arm: ArmPlan, brief: Brief, played: Played, draws: Draws) -> Outcome:
    """Add up what was counted, with the money."""
    counts, ledger = played
    authors = [dict(zip(AUTHORS, row, strict=True)) for row in counts.authors.tolist()]
    influencers = tuple(_influencer(brief, world, ledger, position, author) for position, author in enumerate(authors))
    return Outcome(
        arm=arm.name,
        run=draws.run,
        world=world.index,
        tally=_tally(brief, world, played, influencers),
        influencers=influencers,
        parameters=draws.uncertain(uncertain_numbers(scenario)),
        daily=_daily(counts, brief.sales.price, brief.sales.contribution),
    )


def _tally(brief: Brief, world: World, played: Played, influencers: tuple[InfluencerTally, ...]) -> Tally:
    counts, ledger = played
    totals = dict(zip(TOTALS, counts.totals.tolist(), strict=True))
    authors, sales = counts.authors, brief.sales
    return Tally(
        impressions=totals["impressions"],
        reach=totals["reach"],
        reach_audience=totals["reach_audience"],
        engagements=int(authors[:, c.A_ENGAGED].sum()),
        engagements_word_of_mouth=totals["engagements_word_of_mouth"],
        likes=int(authors[:, c.A_LIKES].sum()),
        comments=int(authors[:, c.A_COMMENTS].sum()),
        shares=int(authors[:, c.A_SHARES].sum()),
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
        engagers=int(authors[:, c.A_ENGAGERS].sum()),
        engager_union=totals["engager_union"],
        follower_posts=sum(influencer.followers * influencer.posts for influencer in influencers),
        trust_sum=_trust_sum(brief, world, counts),
        population=world.size,
        hired=len(brief.authors),
        unaffordable=brief.unaffordable,
    )


def _influencer(brief: Brief, world: World, ledger: Ledger, position: int, author: dict[str, int]) -> InfluencerTally:
    contract = brief.authors[position]
    creator, number = contract.creator, brief.audience[position]
    edges = world.audiences.edges(number)
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
        clicks=author["clicks"],
        attributed_orders=author["attributed_orders"],
        attributed_revenue=author["attributed_orders"] * brief.sales.price,
        audience=edges.stop - edges.start,
        trust_sum=(int(world.audiences.trust_sum[number]) + author["trust_change"]) / FIXED_POINT,
        cost_fees=ledger.fees[position],
        cost_product=ledger.products[position],
        cost_handling=ledger.handling[position],
        market_fee=contract.market_fee,
    )


def _trust_sum(brief: Brief, world: World, counts: Counts) -> float:
    before = sum(int(world.audiences.trust_sum[number]) for number in brief.audience)
    return (before + int(counts.authors[:, c.A_TRUST].sum())) / FIXED_POINT


def _audience_union(world: World, brief: Brief) -> int:
    """Different people in the audiences of the hired authors."""
    key = tuple(brief.audience)
    if key not in world.unions:
        followers = np.zeros(world.size, np.bool_)
        for number in key:
            followers[world.audiences.person[world.audiences.edges(number)]] = True
        world.unions[key] = int(np.count_nonzero(followers))
    return world.unions[key]


def _daily(counts: Counts, price: int, contribution: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    daily = np.zeros((counts.daily.shape[0], len(DAILY)), np.int64)
    daily[:, :6] = counts.daily
    daily[:, 6] = counts.daily[:, c.D_ORDERS] * price
    daily[:, 7] = counts.daily[:, c.D_ORDERS] * contribution
    return daily
