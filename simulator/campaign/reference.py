"""Reference audiences: weighted samples of whom a stated rate is the mean of.

A published rate is the mean of a typical account of its size in the brand's topic on day 0; a rate stated for one
account is the mean of that account's own audience. Peers are the market at large.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from simulator.compiled import kernel, rule
from simulator.rules.rates import Audience
from simulator.world.people import affinity_terms

# Gauss-Hermite nodes and weights of a standard normal (8 points); Gauss-Legendre of a uniform on (-1/2, 1/2) (3).
NORMAL_NODES: Final = (
    -4.1445471861258945, -2.8024858612875416, -1.636519042435108, -0.5390798113513751,
    0.5390798113513751, 1.636519042435108, 2.8024858612875416, 4.1445471861258945,
)  # fmt: skip
NORMAL_WEIGHTS: Final = (
    0.00011261453837536762, 0.009635220120788256, 0.11723990766175904, 0.3730122576790773,
    0.3730122576790773, 0.11723990766175904, 0.009635220120788256, 0.00011261453837536762,
)  # fmt: skip
UNIFORM_NODES: Final = (-0.3872983346207417, 0.0, 0.3872983346207417)
UNIFORM_WEIGHTS: Final = (5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0)

TRIANGULAR: Final = tuple(  # (weight, value) of the sum of two uniforms, as followers' trust is drawn
    (v * w, x + y)
    for v, x in zip(UNIFORM_WEIGHTS, UNIFORM_NODES, strict=True)
    for w, y in zip(UNIFORM_WEIGHTS, UNIFORM_NODES, strict=True)
)
FOLLOWERS: Final = 2 * len(NORMAL_NODES) * len(TRIANGULAR)  # size of a sample of followers with one motive
PEOPLE: Final = 2 * len(NORMAL_NODES) * len(NORMAL_NODES)  # and of the market


class Market(NamedTuple):
    """What people are like: the brand's topic, the affinity it explains, and how ties vary around their mean."""

    topic_share: float
    matched: float  # mean affinity of those with the topic as main interest
    unmatched: float
    spread: float  # of affinity around both
    trust_spread: float
    motives: int  # 2 where it counts why people follow, else 1


class Crowd(NamedTuple):
    """Followers of one account, as far as answers differ: all in floats."""

    brand_share: float  # have the brand's topic as main interest
    trust_offset: float  # their mean trust, relative to the post's reference
    persona_matched: float  # of those with the topic: share who follow for persona
    persona_other: float  # of those with another


def market_of(topic_share: float, variance_share: float, trust_spread: float, motives: int = 1) -> Market:
    """`variance_share` is the share of the affinity's variance that the main interest explains."""
    return Market(topic_share, *affinity_terms(topic_share, variance_share), trust_spread, motives)


@rule
def fill_followers(sample: Audience, market: Market, crowd: Crowd) -> None:
    """Followers by interest and, where it counts, by motive; trust is relative to the post's."""
    i = 0
    for interest in range(2):
        of_interest = crowd.brand_share if interest == 0 else 1.0 - crowd.brand_share
        for_persona = crowd.persona_matched if interest == 0 else crowd.persona_other
        base = market.matched if interest == 0 else market.unmatched
        for motive in range(market.motives):
            share = of_interest
            if market.motives == 2:
                share = of_interest * (for_persona if motive == 1 else 1.0 - for_persona)
            for n in range(len(NORMAL_NODES)):
                for t in range(len(TRIANGULAR)):
                    sample.weight[i] = share * NORMAL_WEIGHTS[n] * TRIANGULAR[t][0]
                    sample.affinity[i] = base + market.spread * NORMAL_NODES[n]
                    sample.trust[i] = crowd.trust_offset + market.trust_spread * TRIANGULAR[t][1]
                    sample.susceptibility[i] = 0.0
                    sample.persona[i] = float(motive)
                    i += 1


@rule
def fill_people(sample: Audience, market: Market) -> None:
    """The market at large, as peers meet a post: no tie to the author, susceptible to peers in varying degree."""
    i = 0
    for interest in range(2):
        share = market.topic_share if interest == 0 else 1.0 - market.topic_share
        base = market.matched if interest == 0 else market.unmatched
        for n in range(len(NORMAL_NODES)):
            for s in range(len(NORMAL_NODES)):
                sample.weight[i] = share * NORMAL_WEIGHTS[n] * NORMAL_WEIGHTS[s]
                sample.affinity[i] = base + market.spread * NORMAL_NODES[n]
                sample.trust[i] = 0.0
                sample.susceptibility[i] = NORMAL_NODES[s]
                sample.persona[i] = 0.0
                i += 1


def follower_sample(
    brand_share: float, market_share: float, variance_share: float, trust_offset: float, trust_spread: float
) -> Audience:
    """A sample of followers by itself."""
    crowd = Crowd(brand_share, trust_offset, 0.0, 0.0)
    return crowd_sample(crowd, market_of(market_share, variance_share, trust_spread))


def crowd_sample(crowd: Crowd, market: Market) -> Audience:
    """A sample of a crowd by itself."""
    sample = Audience(*np.empty((5, FOLLOWERS * market.motives)))
    _fill_followers(sample, market, crowd)
    return sample


def market_sample(market_share: float, variance_share: float) -> Audience:
    """A sample of the market by itself."""
    sample = Audience(*np.empty((5, PEOPLE)))
    _fill_people(sample, market_of(market_share, variance_share, 0.0))
    return sample


@kernel
def _fill_followers(sample: Audience, market: Market, crowd: Crowd) -> None:
    fill_followers(sample, market, crowd)


@kernel
def _fill_people(sample: Audience, market: Market) -> None:
    fill_people(sample, market)
