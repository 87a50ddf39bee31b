"""Waves: after each, the brand goes on with its best performers, who take over the posts of those it lets go."""

from __future__ import annotations

from simulator.compiled import rule


@rule
def posts_in_wave(rank: int, authors: int, kept: int) -> int:
    """Posts of the author of a rank (0: best) in a later wave: as many in all as there are authors, spread evenly."""
    if rank >= kept or kept <= 0:
        return 0
    return authors // kept + (1 if rank < authors % kept else 0)


@rule
def fee_of_wave(fee: int, waves: int, wave: int) -> int:
    """What one post is paid, in cents: an equal part of the fee for all waves; the first takes what is left over."""
    part = fee // waves
    return fee - part * (waves - 1) if wave == 0 else part
