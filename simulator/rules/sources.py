"""Who told of the campaign: each author counts once, each showing by a peer once (complex contagion)."""

from __future__ import annotations

from typing import Final

from simulator.compiled import rule

MOST: Final = 250  # counted of one person; a byte holds no more


@rule
def others_before(sources: int, known: bool) -> float:
    """Sources other than the one who speaks, who is `known` if it spoke before."""
    return float(sources - 1 if known else sources)


@rule
def sources_after(sources: int, known: bool) -> int:
    """Sources with the one who speaks."""
    return sources if known else min(sources + 1, MOST)
