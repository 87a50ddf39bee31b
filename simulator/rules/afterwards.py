"""After the order and after the click: who sends it back, reviews it, posts about it, buys again or joins the list."""

from __future__ import annotations

from typing import NamedTuple

from simulator.arithmetic import exp_
from simulator.compiled import rule
from simulator.rules.conversion import order_lag


class Aftermath(NamedTuple):
    """What buyers and clickers of this run do afterwards: chances, and half-lives in days."""

    returned: float  # of an order
    reviewed: float  # of an order
    posted: float  # by who keeps the product
    repeated: float  # by who keeps the product: one more order, after which the chance is the same again
    repeat_half_life: float
    subscribed: float  # of a click
    list_order: float  # of a subscriber
    list_half_life: float


class DeedDice(NamedTuple):
    """The dice of one order's aftermath, each in (0, 1)."""

    returned: float
    reviewed: float
    posted: float
    repeated: float


class Deeds(NamedTuple):
    """What follows one order; 1 or 0 each."""

    returned: int
    reviewed: int
    posted: int
    repeated: int


@rule
def return_chance(rate: float, quality: float, log_odds: float) -> float:
    """Chance that an order is sent back: `rate` for a product of typical quality (0.5), less for a better one.

    `log_odds` is per unit of quality; a rate of 0 stays 0.
    """
    odds = exp_(log_odds * (quality - 0.5))
    return rate * odds / (1.0 - rate + rate * odds)


@rule
def anything_follows(aftermath: Aftermath) -> bool:
    """Whether dice need be thrown after an order at all."""
    return aftermath.returned > 0.0 or aftermath.reviewed > 0.0 or aftermath.posted > 0.0 or aftermath.repeated > 0.0


@rule
def deeds_after(dice: DeedDice, aftermath: Aftermath) -> Deeds:
    """What a buyer does after one order. Who sends it back neither posts about it nor buys again."""
    returned = 1 if dice.returned < aftermath.returned else 0
    reviewed = 1 if dice.reviewed < aftermath.reviewed else 0
    posted = 1 if not returned and dice.posted < aftermath.posted else 0
    repeated = 1 if not returned and dice.repeated < aftermath.repeated else 0
    return Deeds(returned, reviewed, posted, repeated)


@rule
def later_lag(die: float, half_life: float) -> int:
    """Whole days until a later order, tomorrow at the earliest: geometric with a half-life in days."""
    return 1 + order_lag(die, half_life)


@rule
def subscribes(die: float, aftermath: Aftermath) -> bool:
    """Whether who clicks joins the brand's list."""
    return die < aftermath.subscribed


@rule
def orders_from_list(die: float, aftermath: Aftermath) -> bool:
    """Whether a new subscriber comes to intend an order later."""
    return die < aftermath.list_order
