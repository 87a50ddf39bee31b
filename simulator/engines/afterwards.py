"""After the click and the order, for one person as a Mesa agent; the compiled form is `engines.passes.afterwards`."""

from __future__ import annotations

from typing import Protocol

from simulator.dice import AFTERWARDS, PURCHASE
from simulator.engines import columns as c
from simulator.engines.customers import LATER, NO_POST
from simulator.engines.society import Society
from simulator.rules.afterwards import (
    DeedDice,
    Deeds,
    anything_follows,
    deeds_after,
    later_lag,
    orders_from_list,
    subscribes,
)


class Customer(Protocol):
    """The person, as far as it matters here."""

    society: Society
    who: int

    def show_to_peers(self, day: int, number: int) -> None:
        """Let peers see a post tomorrow."""

    def plan_order(self, due: int, channel: int, number: int, sender: int) -> None:
        """Put an order on the calendar."""


def deeds_of(society: Society, who: int, about: int, when: int) -> Deeds:
    """What follows one order; no dice are thrown where nothing can follow."""
    aftermath = society.brief.aftermath
    if not anything_follows(aftermath):
        return Deeds(0, 0, 0, 0)
    return deeds_after(DeedDice(*map(society.die, society.throw(who, about, AFTERWARDS, when))), aftermath)


def follow_order(buyer: Customer, day: int, order: tuple[int, int, int], deeds: Deeds) -> None:
    """What a buyer whom the campaign won does next: post about it today, and order again on a later day."""
    (channel, number, sender), society = order, buyer.society
    number = NO_POST if channel == c.BY_AD else number  # there, a set of contacts
    if deeds.posted and number >= 0:
        society.tally.totals[c.USER_POSTS] += 1
        buyer.show_to_peers(day, number)
    if deeds.repeated:
        ordinal = sender + 1 if channel == c.REPEAT else 1
        lag = _lag(buyer, ordinal, society.brief.aftermath.repeat_half_life)
        buyer.plan_order(day + lag, c.REPEAT, number, ordinal)


def subscribe(clicker: Customer, day: int, number: int, words: tuple[int, int, int, int]) -> None:
    """Let who clicked join the brand's list, and perhaps come to order through it on a later day."""
    society, aftermath = clicker.society, clicker.society.brief.aftermath
    if clicker.who in society.subscribed or not subscribes(society.die(words[0]), aftermath):
        return
    society.subscribed.add(clicker.who)
    society.tally.totals[c.SUBSCRIBERS] += 1
    if orders_from_list(society.die(words[1]), aftermath):
        clicker.plan_order(day + _lag(clicker, 0, aftermath.list_half_life), c.BY_LIST, number, 0)


def _lag(person: Customer, ordinal: int, half_life: float) -> int:
    society = person.society
    return later_lag(society.die(society.throw(person.who, LATER, PURCHASE, ordinal)[0]), half_life)
