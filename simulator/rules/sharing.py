"""Sharing: how often those who engage pass a post on."""

from __future__ import annotations

from simulator.compiled import rule
from simulator.rules.size import by_size


@rule
def share_of_peer_engagements(reproduction: float, mean_peers: float, peer_engagement: float) -> float:
    """Share of engagements among people shown a post by a peer that are shares again.

    Chosen so that one share causes `reproduction` further shares on average: repost = reproduction / mean peers.
    """
    if mean_peers <= 0.0 or peer_engagement <= 0.0:
        return 0.0
    return min(1.0, reproduction / (mean_peers * peer_engagement))


@rule
def share_by_size(share: float, comment: float, followers: float, slope: float) -> float:
    """Share of engagements that are shares, for an account of that size; comments stay as many, likes give way."""
    return min(by_size(share, followers, slope), max(share, 1.0 - comment))


@rule
def share_allowed(share: float, banned: float) -> float:
    """Share of engagements that are shares when an employer forbids a part of them; who may not share likes."""
    return share * (1.0 - banned)
