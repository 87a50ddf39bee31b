"""Contacts bought or owned: each is with somebody of its crowd, who may click, and then intend an order."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import ADVERT, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.engines.block import BLOCK, whole_lanes
from simulator.engines.passes.afterwards import subscribe
from simulator.engines.passes.bookkeeping import DONE, FULL, count_click, plan_order, remember_click
from simulator.rules.advert import PAID, VISIT, advert_clicked, advert_sells, shown_before
from simulator.rules.conversion import order_lag
from simulator.rules.facts import ADS


@inlined
def meet_contacts(day: int, run: Any) -> int:
    """Today's part of all contacts, one set after the other."""
    for number in range(run.contacts.row.size):
        contacts = run.contacts.row[number]
        past = day - contacts.first_day
        first = shown_before(past, contacts.number, contacts.days)
        stop = shown_before(past + 1, contacts.number, contacts.days)
        for start in range(first, stop, BLOCK):
            size = min(BLOCK, stop - start)
            if _meet_block(start, size, day, number, contacts, run) != DONE:
                return FULL
    return DONE


@inlined
def _meet_block(start: int, size: int, day: int, number: int, contacts: Any, run: Any) -> int:
    block = run.block
    _throw_for_contacts(start, size, contacts.about, run.key, block.words)
    _find(size, contacts.crowd_start, contacts.crowd_size, run.contacts.crowd, run.state.marks.size, block)
    if contacts.kind != VISIT:
        _show(size, day, block.who, run.state.marks, run.counts)
    for k in range(_interested(size, contacts.click_rate, block)):
        i = block.eventful[k]
        who = block.who[i]
        if contacts.kind == PAID:
            count_click(who, day, ADS, run.state.marks, run.state.clicks, run.counts)
        if advert_sells(inner_unit(block.words[2 * BLOCK + i]), contacts.conversion_rate):
            due = day
            if contacts.kind == VISIT:  # sold on the spot: whoever sold it is known
                remember_click(who, day, ADS, run.state.marks, run.state.clicks)
            else:
                due += order_lag(inner_unit(block.words[3 * BLOCK + i]), run.sales.half_life)
            if plan_order(due, who, number, start + i, c.BY_AD, run.lists) != DONE:
                return FULL
        joins = contacts.kind == PAID and run.aftermath.subscribed > 0.0
        if joins and subscribe(day, who, -1, start + i, contacts.about, 0, run) != DONE:
            return FULL
    return DONE


@inlined
def _throw_for_contacts(start: int, size: int, about: int, key: Any, words: Any) -> None:
    for i in range(whole_lanes(size)):
        thrown = throw(key.seed, key.world, start + i, about, key.run, ADVERT, 0)
        words[i] = thrown[0]
        words[BLOCK + i] = thrown[1]
        words[2 * BLOCK + i] = thrown[2]
        words[3 * BLOCK + i] = thrown[3]


@inlined
def _find(size: int, crowd_start: int, crowd_size: int, crowd: Any, people: int, block: Any) -> None:
    """Who is met: somebody of the crowd, or of the whole market."""
    if crowd_size < 0:
        for i in range(size):
            block.who[i] = pick(block.words[i], people)
    else:
        for i in range(size):
            block.who[i] = crowd[crowd_start + pick(block.words[i], crowd_size)]


@inlined
def _show(size: int, day: int, who: Any, marks: Any, counts: Any) -> None:
    """Count displays, and the people of a block as reached."""
    reached = 0
    for i in range(size):
        mark = marks[who[i]]
        reached += mark & c.REACHED == 0
        marks[who[i]] = mark | c.REACHED
    counts.totals[c.IMPRESSIONS] += size
    counts.totals[c.REACH] += reached
    counts.daily[day, c.D_IMPRESSIONS] += size
    counts.daily[day, c.D_REACHED] += reached


@inlined
def _interested(size: int, click_rate: float, block: Any) -> int:
    """Write the places of those who click, where a click comes first, to `eventful`; return how many there are."""
    clicks = 0
    for i in range(size):
        block.eventful[clicks] = i
        clicks += advert_clicked(inner_unit(block.words[BLOCK + i]), click_rate)
    return clicks
