"""What the channels differ in besides the facts of a post: which dice a meeting throws, and which its order."""

from __future__ import annotations

from simulator.compiled import rule
from simulator.dice import MEET, MEET_PEER, MEET_SHOWN, PURCHASE, PURCHASE_PEER, PURCHASE_SHOWN
from simulator.engines.columns import BY_PEER, DISCOVERED, ORGANIC


@rule
def meeting(channel: int) -> int:
    """The decision whose dice a meeting throws."""
    if channel == ORGANIC:
        return MEET
    return MEET_SHOWN if channel == DISCOVERED else MEET_PEER


@rule
def purchase(channel: int) -> int:
    """The decision whose dice an order throws; orders that come later, from the list or again, throw like the first."""
    if channel == BY_PEER:
        return PURCHASE_PEER
    return PURCHASE_SHOWN if channel == DISCOVERED else PURCHASE
