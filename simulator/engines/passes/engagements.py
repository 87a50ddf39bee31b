"""Engagements count once per person and post; a share is remembered for tomorrow."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.engines.columns import (
    A_COMMENTS,
    A_ENGAGED,
    A_ENGAGED_BY_PEER,
    A_ENGAGERS,
    A_LIKES,
    A_SHARES,
    D_ENGAGED,
    D_ENGAGED_BY_PEER,
    ENGAGED,
    ENGAGED_BY_PEER,
    ENGAGERS,
    ORGANIC,
)
from simulator.engines.passes.bookkeeping import DONE, FULL
from simulator.engines.room import C_MET, C_SHARES
from simulator.rules.facts import COMMENT, LIKE, SHARE


@inlined
def engage_once(
    who: int,
    row: Any,
    edge: int,
    kind: int,
    day: int,
    number: int,
    channel: int,
    authors: Any,
    run: Any,
) -> int:
    """Count an engagement, once per person and post; remember a share for tomorrow."""
    lists, counts = run.lists, run.counts
    entry = (number << 32) | who
    status = _remember(entry, lists)
    if status != 1:
        return DONE if status == 0 else FULL
    if channel == ORGANIC:
        authors[A_ENGAGED] += 1
        counts.daily[day, D_ENGAGED] += 1
        if kind == LIKE:
            authors[A_LIKES] += 1
        elif kind == COMMENT:
            authors[A_COMMENTS] += 1
        else:
            authors[A_SHARES] += 1
        if run.state.edge[edge].engaged == 0:
            run.state.edge[edge].engaged = 1
            authors[A_ENGAGERS] += 1
        if row.marks & ENGAGED == 0:
            row.marks = row.marks | ENGAGED
            counts.totals[ENGAGERS] += 1
    else:
        authors[A_ENGAGED_BY_PEER] += 1
        counts.totals[ENGAGED_BY_PEER] += 1
        counts.daily[day, D_ENGAGED_BY_PEER] += 1
    if kind == SHARE:
        place = lists.cursor[C_SHARES + (day & 1)]
        if place >= lists.shares.shape[1]:
            return FULL
        lists.shares[day & 1, place] = entry
        lists.cursor[C_SHARES + (day & 1)] += 1
    return DONE


@inlined
def _remember(entry: int, lists: Any) -> int:
    """Put an entry into the set of engagements: 1 new, 0 known, -1 the set is half full."""
    mask = lists.met.size - 1
    place = ((entry * 0x9E3779B97F4A7C1) >> 20) & mask
    while lists.met[place] != -1:
        if lists.met[place] == entry:
            return 0
        place = (place + 1) & mask
    if 2 * lists.cursor[C_MET] >= lists.met.size:
        return -1
    lists.met[place] = entry
    lists.cursor[C_MET] += 1
    return 1
