"""Engagements count once per person and post; a share is remembered for tomorrow."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.engines import columns as c
from simulator.engines.passes.bookkeeping import DONE, FULL
from simulator.engines.room import C_BY_PEER, C_COMMENTS, C_SHARES
from simulator.rules.facts import COMMENT, LIKE, SHARE


@inlined
def engage_with_author(
    who: int, edge: int, kind: int, day: int, number: int, post: Any, state: Any, lists: Any, counts: Any, asked: Any
) -> int:
    """Count an engagement with a post in its author's feed, unless a peer's showing was first."""
    marks, tie_marks, authors = state.marks, state.tie_marks, counts.authors
    if marks[who] & c.ENGAGED_VIA_PEER != 0 and free_place(number, who, lists.engaged_by_peer) < 0:
        return DONE
    bit = post.first_bit + edge - post.first_edge
    lists.engaged[bit >> 3] |= 1 << (bit & 7)
    authors[post.author, c.A_ENGAGED] += 1
    counts.daily[day, c.D_ENGAGED] += 1
    authors[post.author, c.A_LIKES] += kind == LIKE
    authors[post.author, c.A_COMMENTS] += kind == COMMENT
    authors[post.author, c.A_SHARES] += kind == SHARE
    authors[post.author, c.A_ENGAGERS] += tie_marks[edge] & c.TIE_ENGAGED == 0
    counts.totals[c.ENGAGERS] += marks[who] & c.ENGAGED == 0
    tie_marks[edge] |= c.TIE_ENGAGED
    marks[who] |= c.ENGAGED
    if asked.answers and kind == COMMENT:
        return _note(edge, day, number, C_COMMENTS, lists.comments, lists.cursor)
    return show_to_peers(who, day, number, lists.shares, lists.cursor) if kind == SHARE else DONE


@inlined
def engage_elsewhere(
    who: int,
    kind: int,
    day: int,
    number: int,
    channel: int,
    post: Any,
    person: Any,
    marks: Any,
    lists: Any,
    counts: Any,
) -> int:
    """Count an engagement with a post that the platform or a peer shows, unless the person engaged with it before.

    `person` [follow edges] tells who follows the author.
    """
    if marks[who] & c.ENGAGED != 0 and _has_engaged(who, post, person, lists.engaged):
        return DONE
    place = free_place(number, who, lists.engaged_by_peer)
    if place < 0:
        return DONE
    if 2 * lists.cursor[C_BY_PEER] >= lists.engaged_by_peer.size:
        return FULL
    lists.cursor[C_BY_PEER] += 1
    lists.engaged_by_peer[place] = (number << 32) | who
    marks[who] |= c.ENGAGED_VIA_PEER
    _count_elsewhere(day, channel, post.author, counts)
    return show_to_peers(who, day, number, lists.shares, lists.cursor) if kind == SHARE else DONE


@inlined
def _count_elsewhere(day: int, channel: int, author: int, counts: Any) -> None:
    if channel == c.BY_PEER:
        counts.authors[author, c.A_ENGAGED_BY_PEER] += 1
        counts.totals[c.ENGAGED_BY_PEER] += 1
        counts.daily[day, c.D_ENGAGED_BY_PEER] += 1
    else:
        counts.authors[author, c.A_ENGAGED_DISCOVERED] += 1
        counts.totals[c.ENGAGED_DISCOVERED] += 1


@inlined
def show_to_peers(who: int, day: int, number: int, shares: Any, cursor: Any) -> int:
    """Put a post on the list of what a person's peers see tomorrow."""
    return _note(who, day, number, C_SHARES, shares, cursor)


@inlined
def _note(who: int, day: int, number: int, lengths: int, notes: Any, cursor: Any) -> int:
    """Note a person, or a tie, and a post for tomorrow; the list of a day has its length at `lengths` and parity."""
    place = cursor[lengths + (day & 1)]
    if place >= notes.shape[1]:
        return FULL
    notes[day & 1, place] = (number << 32) | who
    cursor[lengths + (day & 1)] += 1
    return DONE


@inlined
def free_place(number: int, who: int, engaged_by_peer: Any) -> int:
    """The place for an engagement in the set of those through peers, or -1 where it is in the set."""
    entry = (number << 32) | who
    mask = engaged_by_peer.size - 1
    place = ((entry * 0x9E3779B97F4A7C1) >> 20) & mask
    while engaged_by_peer[place] != -1:
        if engaged_by_peer[place] == entry:
            return -1
        place = (place + 1) & mask
    return place


@inlined
def _has_engaged(who: int, post: Any, person: Any, engaged: Any) -> bool:
    """Whether a person has engaged with a post in its author's feed; false for who does not follow the author."""
    low, high = post.first_edge, post.last_edge
    while low < high:
        middle = (low + high) >> 1
        if person[middle] < who:
            low = middle + 1
        else:
            high = middle
    if low == post.last_edge or person[low] != who:
        return False
    bit = post.first_bit + low - post.first_edge
    return engaged[bit >> 3] >> (bit & 7) & 1 != 0
