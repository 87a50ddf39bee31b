"""Reference audiences: weighted samples of whom a stated rate is the mean of.

A published rate is the mean of a typical account of its size in the brand's topic on day 0; a rate stated for one
account is the mean of that account's own audience. Peers are the market at large.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

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

Nodes = tuple[tuple[float, float], ...]  # (weight, value)
NORMAL: Final[Nodes] = tuple(zip(NORMAL_WEIGHTS, NORMAL_NODES, strict=True))
TRIANGULAR: Final[Nodes] = tuple(  # the sum of two uniforms, as followers' trust is drawn
    (v * w, x + y)
    for v, x in zip(UNIFORM_WEIGHTS, UNIFORM_NODES, strict=True)
    for w, y in zip(UNIFORM_WEIGHTS, UNIFORM_NODES, strict=True)
)
ONLY_ZERO: Final[Nodes] = ((1.0, 0.0),)


@lru_cache(maxsize=4096)
def follower_sample(
    brand_share: float, market_share: float, variance_share: float, trust_offset: float, trust_spread: float
) -> Audience:
    """Followers of whom `brand_share` have the brand's topic as main interest; trust is relative to the post's.

    `market_share` is the topic's share in the market, `variance_share` as in `world.people.affinity_terms`.
    """
    tie = tuple((weight, trust_offset + trust_spread * value) for weight, value in TRIANGULAR)
    return _sample(brand_share, market_share, variance_share, tie, ONLY_ZERO)


@lru_cache(maxsize=64)
def market_sample(market_share: float, variance_share: float) -> Audience:
    """The market at large, as peers meet a post: no tie to the author, susceptible to peers in varying degree."""
    return _sample(market_share, market_share, variance_share, ONLY_ZERO, NORMAL)


def _sample(
    brand_share: float, market_share: float, variance_share: float, trust: Nodes, susceptibility: Nodes
) -> Audience:
    matched, unmatched, spread = affinity_terms(market_share, variance_share)
    rows = [
        (share * w * v * u, base + spread * x, tie, s)
        for share, base in ((brand_share, matched), (1.0 - brand_share, unmatched))
        for w, x in NORMAL
        for v, tie in trust
        for u, s in susceptibility
    ]
    columns = np.array(rows)
    columns.setflags(write=False)
    return Audience(*(np.ascontiguousarray(columns[:, k]) for k in range(4)))
