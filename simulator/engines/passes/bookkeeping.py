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
def count_click(who: int, day: int, author: int, state: Any, counts: Any) -> None:
    """Count a click and remember whose link it was."""
    counts.totals[c.CLICKS] += 1
    counts.daily[day, c.D_CLICKS] += 1
    state.marks[who] |= c.CLICKED
    state.clicks[who].day = day
    state.clicks[who].author = author


@inlined
def plan_order(due: int, who: int, number: int, sender: int, channel: int, lists: Any) -> int:
    """Put an order on the calendar, behind those planned earlier for the same day."""
    due = min(due, lists.due_first.size - 1)  # the last place holds all orders due after the horizon
    place = lists.cursor[C_DUE]
    if place >= lists.due_person.size:
        return FULL
    lists.cursor[C_DUE] += 1
    lists.due_person[place] = who
    lists.due_post[place] = number
    lists.due_sender[place] = sender
    lists.due_channel[place] = channel
    lists.due_next[place] = -1
    if lists.due_first[due] == -1:
        lists.due_first[due] = place
    else:
        lists.due_next[lists.due_last[due]] = place
    lists.due_last[due] = place
    return DONE
