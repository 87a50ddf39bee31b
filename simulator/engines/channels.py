"""What the channels differ in besides the facts of a post: which dice a meeting throws, and which its order."""

from __future__ import annotations

from simulator.compiled import rule
from simulator.dice import MEET, MEET_PEER, MEET_SHOWN, PURCHASE, PURCHASE_PEER, PURCHASE_SHOWN
from simulator.engines.columns import DISCOVERED, ORGANIC


@rule
def meeting(channel: int) -> int:
    """The decision whose dice a meeting throws."""
    if channel == ORGANIC:
        return MEET
    return MEET_SHOWN if channel == DISCOVERED else MEET_PEER


@rule
def purchase(channel: int) -> int:
    """The decision whose dice an order throws that comes from a meeting."""
    if channel == ORGANIC:
        return PURCHASE
    return PURCHASE_SHOWN if channel == DISCOVERED else PURCHASE_PEER
