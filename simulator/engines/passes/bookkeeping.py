"""What every pass writes down: who is touched, reached, has clicked, has an order on the calendar."""

from __future__ import annotations

from typing import Any, Final

from simulator.compiled import inlined
from simulator.engines.columns import (
    CLICKS,
    D_CLICKS,
    ORGANIC,
    REACH,
    REACH_AUDIENCE,
    REACHED,
    REACHED_BY_AUTHOR,
)
from simulator.engines.room import C_DUE
from simulator.rules.facts import NOBODY

# What a pass returns.
DONE: Final = 0
FULL: Final = 1  # a list overflowed: grow it and play the run again
UNSOUND: Final = 2  # a rule left its range: the cursor tells where


@inlined
def touch(row: Any, epoch: int) -> None:
    """Forget what an earlier run left behind, on the first touch of this run."""
    if row.epoch != epoch:
        row.epoch = epoch
        row.marks = 0
        row.exposures = 0.0
        row.touched = 0
        row.clicked_author = NOBODY


@inlined
def reach(row: Any, channel: int, counts: Any) -> None:
    """Count a person the first time they are reached."""
    marks = row.marks
    if marks & REACHED == 0:
        counts.totals[REACH] += 1
    if channel == ORGANIC:
        if marks & REACHED_BY_AUTHOR == 0:
            counts.totals[REACH_AUDIENCE] += 1
        row.marks = marks | REACHED | REACHED_BY_AUTHOR
    else:
        row.marks = marks | REACHED


@inlined
def count_click(row: Any, day: int, author: int, counts: Any) -> None:
    """Count a click and remember whose link it was."""
    counts.totals[CLICKS] += 1
    counts.daily[day, D_CLICKS] += 1
    row.clicked_day = day
    row.clicked_author = author


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
