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
from simulator.rules.fraud import engagements_bought
from simulator.scenario.draws import Draws, drawn_numbers
from simulator.scenario.offers import ArmPlan
from simulator.scenario.payments import Closed
from simulator.scenario.schema import Scenario
from simulator.world.audiences import FIXED_POINT
from simulator.world.world import World


def outcome(scenario: Scenario, world: World, arm: ArmPlan, brief: Brief, played: Played, draws: Draws) -> Outcome:
    """Add up what was counted, with the money."""
    counts, ledger = _of_people(played.counts, world.people_per_agent), played.ledger
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
        daily=_daily(counts, brief),
    )


def _of_people(counts: Counts, people_per_agent: int) -> Counts:
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


def _tally(
    brief: Brief, world: World, counts: Counts, ledger: Ledger, influencers: tuple[InfluencerTally, ...]
) -> Tally:
    totals = dict(zip(TOTALS, counts.totals.tolist(), strict=True))
    authors = dict(zip(AUTHORS, counts.authors.sum(axis=0).tolist(), strict=True))
    sales, at_start = brief.sales, world.audiences.trust_sum
    kept, attributed = totals["orders"] - totals["returns"], totals["attributed_orders"] - totals["attributed_returns"]
    return Tally(
        impressions=totals["impressions"],
        reach=totals["reach"],
        reach_audience=totals["reach_audience"],
        engagements=authors["engagements"],
        engagements_word_of_mouth=totals["engagements_word_of_mouth"],
        impressions_discovered=totals["impressions_discovered"],
        engagements_discovered=totals["engagements_discovered"],
        likes=authors["likes"],
        comments=authors["comments"],
        shares=authors["shares"],
        replies=authors["replies"],
        clicks=totals["clicks"],
        orders=totals["orders"],
        attributed_orders=totals["attributed_orders"],
        orders_word_of_mouth=totals["orders_word_of_mouth"],
        orders_discovered=totals["orders_discovered"],
        late_orders=totals["late_orders"],
        returns=totals["returns"],
        repeat_orders=totals["repeat_orders"],
        orders_by_list=totals["orders_by_list"],
        redemptions=authors["redemptions"],
        user_posts=totals["user_posts"],
        owned_audience=totals["owned_audience"],
        reviews=int(brief.reviews.after(brief.horizon, totals["reviews"])),
        revenue=kept * sales.price - authors["discounts"],
        contribution=kept * sales.contribution - authors["discounts"] - totals["returns"] * brief.return_handling,
        attributed_revenue=attributed * sales.price - authors["discounts"],
        discounts=authors["discounts"],
        discounts_anyway=totals["discounts_anyway"],
        emv=sum(influencer.emv for influencer in influencers),
        engagements_bought=sum(influencer.engagements_bought for influencer in influencers),
        cost_fees=sum(ledger.fees),
        cost_product=sum(ledger.products),
        cost_boost=ledger.boost,
        cost_sales_rep=ledger.sales_rep,
        cost_handling=sum(ledger.handling) + ledger.refused,
        audiences=sum(influencer.audience for influencer in influencers),
        audience_union=_audience_union(world, brief),
        engagers=authors["engagers"],
        engager_union=totals["engager_union"],
        follower_posts=sum(influencer.followers * influencer.posts for influencer in influencers),
        trust_sum=_trust(world, int(at_start[list(brief.audience)].sum()), authors["trust_change"]),
        population=world.size * world.people_per_agent,
        hired=sum(not contract.creator.own for contract in brief.authors),
        scandals=sum(day < brief.horizon for day in brief.scandals.days),
        unaffordable=brief.unaffordable,
        cost_bonus=sum(ledger.bonuses),
        cost_commission=sum(ledger.commissions),
        cost_license=sum(ledger.licenses),
        cost_platform=ledger.platform,
        declined=brief.declined,
        no_shows=sum(influencer.no_shows for influencer in influencers),
        earned_links=sum(influencer.earned_links for influencer in influencers),
    )


def _influencer(brief: Brief, world: World, played: Played, position: int, row: list[int]) -> InfluencerTally:
    ledger = played.ledger
    contract, number, author = brief.authors[position], brief.audience[position], dict(zip(AUTHORS, row, strict=True))
    creator = contract.creator
    return InfluencerTally(
        influencer=creator.name,
        hire=creator.hire,
        tier=creator.tier,
        followers=creator.followers,
        posts=played.posts[position],
        impressions=author["impressions"],
        reach=author["reach"],
        engagements=author["engagements"],
        engagements_word_of_mouth=author["engagements_word_of_mouth"],
        impressions_discovered=author["impressions_discovered"],
        engagements_discovered=author["engagements_discovered"],
        likes=author["likes"],
        comments=author["comments"],
        shares=author["shares"],
        replies=author["replies"],
        clicks=author["clicks"],
        attributed_orders=author["attributed_orders"],
        attributed_revenue=_attributed_revenue(author, brief.sales.price),
        redemptions=author["redemptions"],
        discounts=author["discounts"],
        emv=brief.media_value.of(author["likes"], author["comments"], author["shares"]),
        engagements_bought=engagements_bought(author["engagements"], brief.terms[position].bought_per_real),
        audience=world.real_followers(number),
        trust_sum=_trust(world, int(world.audiences.trust_sum[number]), author["trust_change"]),
        cost_fees=ledger.fees[position],
        cost_product=ledger.products[position],
        cost_handling=ledger.handling[position],
        cost_boost=ledger.boosts[position],
        market_fee=contract.market_fee,
        cost_bonus=ledger.bonuses[position],
        cost_commission=ledger.commissions[position],
        cost_license=ledger.licenses[position],
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


def _daily(counts: Counts, brief: Brief) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    returns, discounts = counts.daily[:, c.D_RETURNS], counts.daily[:, c.D_DISCOUNTS]
    kept = counts.daily[:, c.D_ORDERS] - returns
    daily = np.zeros((counts.daily.shape[0], len(DAILY)), np.int64)
    daily[:, :6] = counts.daily[:, :6]
    daily[:, 6] = kept * brief.sales.price - discounts
    daily[:, 7] = kept * brief.sales.contribution - discounts - returns * brief.return_handling
    return daily
