"""What every pass writes down: clicks, and orders on the calendar."""

from __future__ import annotations

from typing import Any, Final

from simulator.compiled import inlined
from simulator.engines import columns as c
from simulator.engines.room import C_DUE

# What a pass returns.
DONE: Final = 0
FULL: Final = 1  # a list overflowed: grow it and play the run again
UNSOUND: Final = 2  # a rule left its range: the cursor tells where


@inlined
def count_click(who: int, day: int, author: int, marks: Any, clicks: Any, counts: Any) -> None:
    """Count a click and remember whose link it was."""
    counts.totals[c.CLICKS] += 1
    counts.daily[day, c.D_CLICKS] += 1
    remember_click(who, day, author, marks, clicks)


@inlined
def remember_click(who: int, day: int, author: int, marks: Any, clicks: Any) -> None:
    """Remember whom an order would be credited to."""
    marks[who] |= c.CLICKED
    clicks[who].day = day
    clicks[who].author = author


@inlined
def plan_order(due: int, who: int, number: int, sender: int, channel: int, lists: Any) -> int:
    """Put an order on the calendar, behind those planned earlier for the same day."""
    day = min(due, lists.due_ends.shape[1] - 1)  # the last place holds all orders due after the horizon
    place = lists.cursor[C_DUE]
    if place >= lists.due.size:
        return FULL
    lists.cursor[C_DUE] += 1
    order = lists.due[place]
    order.person, order.post, order.sender, order.channel, order.next = who, number, sender, channel, -1
    if lists.due_ends[0, day] == -1:
        lists.due_ends[0, day] = place
    else:
        lists.due[lists.due_ends[1, day]].next = place
    lists.due_ends[1, day] = place
    return DONE
