"""Recommendation: whom a platform shows a post besides its author's followers."""

from __future__ import annotations

from simulator.compiled import rule


@rule
def chances_of_strangers(views: float, interested: int, others: int, targeting: float) -> tuple[float, float]:
    """Chance to be shown a post, for strangers with its author's topic as main interest, and for all other strangers.

    `views` are expected. The share `targeting` of them goes to the interested, the rest to strangers at large; where
    the interested are too few, others take their place.
    """
    strangers = interested + others
    if strangers <= 0:
        return 0.0, 0.0
    aimed = views * (targeting + (1.0 - targeting) * interested / strangers)
    inside = min(1.0, aimed / interested) if interested > 0 else 0.0
    outside = min(1.0, (views - inside * interested) / others) if others > 0 else 0.0
    return inside, max(0.0, outside)
