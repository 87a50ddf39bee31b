"""Engagements count once per person and post; a share is remembered for tomorrow."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.engines import columns as c
from simulator.engines.passes.bookkeeping import DONE, FULL
from simulator.engines.room import C_BY_PEER, C_SHARES
from simulator.rules.facts import COMMENT, LIKE, SHARE


@inlined
def engage_with_author(who: int, edge: int, kind: int, day: int, number: int, run: Any) -> int:
    """Count an engagement with a post in its author's feed, unless a peer's showing was first."""
    counts, marks, tie_marks = run.counts, run.state.marks, run.state.tie_marks
    if marks[who] & c.ENGAGED_VIA_PEER != 0 and _find((number << 32) | who, run.lists) < 0:
        return DONE
    _set_engaged(number, edge, run)
    authors = counts.authors[run.posts.author[number]]
    authors[c.A_ENGAGED] += 1
    counts.daily[day, c.D_ENGAGED] += 1
    authors[c.A_LIKES] += kind == LIKE
    authors[c.A_COMMENTS] += kind == COMMENT
    authors[c.A_SHARES] += kind == SHARE
    authors[c.A_ENGAGERS] += tie_marks[edge] & c.TIE_ENGAGED == 0
    counts.totals[c.ENGAGERS] += marks[who] & c.ENGAGED == 0
    tie_marks[edge] |= c.TIE_ENGAGED
    marks[who] |= c.ENGAGED
    return _share(who, day, number, run.lists) if kind == SHARE else DONE


@inlined
def engage_with_peer(who: int, kind: int, day: int, number: int, run: Any) -> int:
    """Count an engagement with a post that a peer shows, unless the person engaged with it before."""
    counts, lists, marks = run.counts, run.lists, run.state.marks
    if marks[who] & c.ENGAGED != 0 and _has_engaged(number, who, run):
        return DONE
    place = _find((number << 32) | who, lists)
    if place < 0:
        return DONE
    if 2 * lists.cursor[C_BY_PEER] >= lists.engaged_by_peer.size:
        return FULL
    lists.cursor[C_BY_PEER] += 1
    lists.engaged_by_peer[place] = (number << 32) | who
    marks[who] |= c.ENGAGED_VIA_PEER
    counts.authors[run.posts.author[number], c.A_ENGAGED_BY_PEER] += 1
    counts.totals[c.ENGAGED_BY_PEER] += 1
    counts.daily[day, c.D_ENGAGED_BY_PEER] += 1
    return _share(who, day, number, lists) if kind == SHARE else DONE


@inlined
def _share(who: int, day: int, number: int, lists: Any) -> int:
    place = lists.cursor[C_SHARES + (day & 1)]
    if place >= lists.shares.shape[1]:
        return FULL
    lists.shares[day & 1, place] = (number << 32) | who
    lists.cursor[C_SHARES + (day & 1)] += 1
    return DONE


@inlined
def _find(entry: int, lists: Any) -> int:
    """The free place for an entry in the set of engagements through peers, or -1 where it is in the set."""
    mask = lists.engaged_by_peer.size - 1
    place = ((entry * 0x9E3779B97F4A7C1) >> 20) & mask
    while lists.engaged_by_peer[place] != -1:
        if lists.engaged_by_peer[place] == entry:
            return -1
        place = (place + 1) & mask
    return place


@inlined
def _set_engaged(number: int, edge: int, run: Any) -> None:
    bit = run.posts.first_view[number] + edge - run.posts.first_edge[number]
    run.lists.engaged[bit >> 3] |= 1 << (bit & 7)


@inlined
def _has_engaged(number: int, who: int, run: Any) -> bool:
    """Whether a person has engaged with a post in its author's feed; false for who does not follow the author."""
    person = run.world.person
    low, high = run.posts.first_edge[number], run.posts.last_edge[number]
    stop = high
    while low < high:
        middle = (low + high) >> 1
        if person[middle] < who:
            low = middle + 1
        else:
            high = middle
    if low == stop or person[low] != who:
        return False
    bit = run.posts.first_view[number] + low - run.posts.first_edge[number]
    return run.lists.engaged[bit >> 3] >> (bit & 7) & 1 != 0
