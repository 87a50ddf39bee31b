"""After the click and the order: returns, reviews, posts of buyers, later orders, and who joins the brand's list."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import AFTERWARDS, PURCHASE, SUBSCRIBE, inner_unit, throw
from simulator.engines import columns as c
from simulator.engines.customers import LATER, NO_POST
from simulator.engines.passes.bookkeeping import DONE, FULL, plan_order
from simulator.engines.passes.engagements import free_place, show_to_peers
from simulator.engines.room import C_SHARES
from simulator.rules.afterwards import (
    DeedDice,
    Deeds,
    anything_follows,
    deeds_after,
    later_lag,
    orders_from_list,
    subscribes,
)


@inlined
def deeds_of(who: int, about: int, when: int, key: Any, aftermath: Any) -> Any:
    """What follows one order; no dice are thrown where nothing can follow."""
    if not anything_follows(aftermath):
        return Deeds(0, 0, 0, 0)
    words = throw(key.seed, key.world, who, about, key.run, AFTERWARDS, when)
    dice = DeedDice(inner_unit(words[0]), inner_unit(words[1]), inner_unit(words[2]), inner_unit(words[3]))
    return deeds_after(dice, aftermath)


@inlined
def follow_order(day: int, order: Any, deeds: Any, run: Any) -> int:
    """What a buyer whom the campaign won does next: post about it today, and order again on a later day."""
    status = DONE
    number = NO_POST if order.channel == c.BY_AD else order.post  # there, a set of contacts
    if deeds.posted and number >= 0:
        run.counts.totals[c.USER_POSTS] += 1
        status = _show(day, number, order.person, run.customers, run.lists)
    if deeds.repeated:
        ordinal = order.sender + 1 if order.channel == c.REPEAT else 1
        lag = _lag(order.person, ordinal, run.aftermath.repeat_half_life, run.key)
        planned = plan_order(day + lag, order.person, number, ordinal, c.REPEAT, run.lists)
        status = max(status, planned)
    return status


@inlined
def subscribe(day: int, who: int, number: int, thrower: int, about: int, when: int, run: Any) -> int:
    """Let who clicked join the brand's list, and perhaps come to order through it on a later day.

    `thrower`, `about` and `when` key the click's dice; `number` is the post that led here, -1 for an ad.
    """
    subscribed = run.customers.subscribed
    if subscribed[who]:
        return DONE
    words = throw(run.key.seed, run.key.world, thrower, about, run.key.run, SUBSCRIBE, when)
    if not subscribes(inner_unit(words[0]), run.aftermath):
        return DONE
    subscribed[who] = 1
    run.counts.totals[c.SUBSCRIBERS] += 1
    if not orders_from_list(inner_unit(words[1]), run.aftermath):
        return DONE
    return plan_order(day + _lag(who, 0, run.aftermath.list_half_life, run.key), who, number, 0, c.BY_LIST, run.lists)


@inlined
def note_shares(day: int, customers: Any, lists: Any) -> int:
    """Remember who shared which post today, and forget shares of posts that the person's peers have seen already."""
    today = C_SHARES + (day & 1)
    kept = 0
    for number in range(lists.cursor[today]):
        share = lists.shares[day & 1, number]
        place = free_place(share >> 32, share & 0xFFFFFFFF, customers.shown)
        if place >= 0:
            if _note(place, share, customers) != DONE:
                return FULL
            lists.shares[day & 1, kept] = share
            kept += 1
    lists.cursor[today] = kept
    return DONE


@inlined
def _show(day: int, number: int, who: int, customers: Any, lists: Any) -> int:
    """Let peers see a buyer's post tomorrow, unless the buyer has shown them that post before."""
    place = free_place(number, who, customers.shown)
    if place < 0:
        return DONE
    if _note(place, (number << 32) | who, customers) != DONE:
        return FULL
    return show_to_peers(who, day, number, lists.shares, lists.cursor)


@inlined
def _note(place: int, entry: int, customers: Any) -> int:
    if 2 * customers.entries[0] >= customers.shown.size:
        return FULL
    customers.entries[0] += 1
    customers.shown[place] = entry
    return DONE


@inlined
def _lag(who: int, ordinal: int, half_life: float, key: Any) -> int:
    word = throw(key.seed, key.world, who, LATER, key.run, PURCHASE, ordinal)[0]
    return later_lag(inner_unit(word), half_life)
