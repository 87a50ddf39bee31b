"""What one run of one arm gives: plain counts and cents, before any ratio or comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Columns of `Outcome.daily`, in order; one row per day of the horizon.
DAILY: Final = (
    "impressions",
    "engagements",
    "engagements_word_of_mouth",
    "clicks",
    "orders",
    "attributed_orders",
    "revenue",  # cents
    "contribution",  # cents
    "reach_new",  # people with their first display
)


@dataclass(frozen=True)
class Tally:
    """Counts of one run of one arm; money in int cents of the scenario's currency."""

    impressions: int  # every display: organic, by peers, bought
    reach: int  # different people with any display
    reach_audience: int  # different people reached by the authors themselves
    engagements: int  # of the authors' own audiences
    engagements_word_of_mouth: int  # of people who saw a peer's share
    impressions_discovered: int  # displays by the platform to strangers
    engagements_discovered: int  # of those strangers
    likes: int  # likes, comments, shares: of the authors' own audiences, they sum to engagements
    comments: int
    shares: int
    replies: int  # comments that their authors answered
    clicks: int
    orders: int  # all orders within the horizon, baseline demand included
    attributed_orders: int
    orders_word_of_mouth: int  # orders caused by a peer's share
    orders_discovered: int  # orders of strangers to whom the platform showed a post
    late_orders: int  # people whose order is due after the horizon
    returns: int  # orders sent back
    repeat_orders: int  # further orders of people the campaign won
    orders_by_list: int  # orders caused by the brand's own list
    redemptions: int  # orders with a code
    user_posts: int  # posts of buyers about what they bought
    owned_audience: int  # subscribers at the end
    reviews: int  # at the end
    revenue: int  # net price of orders that were kept
    contribution: int  # revenue less unit cost, less what handling returns costs
    attributed_revenue: int
    discounts: int  # taken off orders that were kept
    discounts_anyway: int  # of which by baseline demand
    emv: int  # earned media value: a convention, no money
    engagements_bought: int
    cost_fees: int
    cost_product: int
    cost_boost: int  # paid media
    cost_handling: int
    audiences: int  # sum over hired creators of their real followers
    audience_union: int  # different people among them
    engagers: int  # sum over hired creators of the different people who engaged with them
    engager_union: int
    follower_posts: int  # sum over posts of the author's nominal followers
    trust_sum: float  # over the follow edges of hired creators, as felt at the end (a fixed-point sum)
    population: int
    hired: int
    scandals: int  # authors who fell into disgrace within the horizon
    unaffordable: int  # creators not hired because their drawn fee did not fit the money left
    cost_bonus: int = 0
    cost_commission: int = 0
    cost_license: int = 0
    cost_platform: int = 0
    cost_sales_rep: int = 0
    declined: int = 0  # creators who refused an invitation
    no_shows: int = 0  # posts agreed on that did not appear
    earned_links: int = 0


@dataclass(frozen=True)
class InfluencerTally:
    """Counts of one hired influencer in one run of one arm."""

    influencer: str
    hire: str
    tier: str
    followers: int
    posts: int
    impressions: int  # organic displays to the own audience
    reach: int
    engagements: int
    engagements_word_of_mouth: int
    impressions_discovered: int
    engagements_discovered: int
    likes: int
    comments: int
    shares: int
    replies: int
    clicks: int
    attributed_orders: int
    attributed_revenue: int
    redemptions: int
    discounts: int
    emv: int
    engagements_bought: int
    audience: int  # real followers
    trust_sum: float
    cost_fees: int
    cost_product: int
    cost_handling: int
    cost_boost: int
    market_fee: int
    cost_bonus: int = 0
    cost_commission: int = 0
    cost_license: int = 0
    no_shows: int = 0
    earned_links: int = 0
    effort: float = 1.0


@dataclass(frozen=True)
class Outcome:
    """One run of one arm. `parameters` are the values drawn for each uncertain number, by path.

    For a curve the drawn quantile is kept, since one quantile serves all sizes.
    """

    arm: str
    run: int  # from 1
    world: int
    tally: Tally
    influencers: tuple[InfluencerTally, ...]
    parameters: dict[str, float]
    daily: NDArray[np.int64]  # [horizon, len(DAILY)]
