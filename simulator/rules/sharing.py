"""Sharing: how often those who engage pass a post on."""

from __future__ import annotations

from simulator.compiled import rule


@rule
def share_of_peer_engagements(reproduction: float, mean_peers: float, peer_engagement: float) -> float:
    """Share of engagements among people shown a post by a peer that are shares again.

    Chosen so that one share causes `reproduction` further shares on average: repost = reproduction / mean peers.
    """
    if mean_peers <= 0.0 or peer_engagement <= 0.0:
        return 0.0
    return min(1.0, reproduction / (mean_peers * peer_engagement))
