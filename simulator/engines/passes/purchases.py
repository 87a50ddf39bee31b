"""The orders of a day: baseline demand and what was planned; and who gets the credit."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import BUYER, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.engines.channels import purchase
from simulator.rules.conversion import credited_author, leaked_code, still_buys
from simulator.rules.facts import NOBODY, UNTRACKED


@inlined
def buy(day: int, run: Any) -> None:
    """Orders of the day: baseline demand first, then what was planned, in the order of intent."""
    key, lists, marks, totals = run.key, run.lists, run.state.marks, run.counts.totals
    first = run.buyer_offsets[day]
    for ordinal in range(run.buyer_offsets[day + 1] - first):
        who = run.buyers[first + ordinal]
        if _still_buys(marks[who], 0):
            words = throw(key.seed, key.world, ordinal, 0, key.run, BUYER, day)
            marks[who] |= c.BOUGHT_BASELINE
            _count_order(day, who, words[1], words[2], run.state, run.codes, run.sales, run.counts)
    place = lists.due_ends[0, day]
    while place != -1:
        order = lists.due[place]
        if _still_buys(marks[order.person], 1):
            marks[order.person] |= c.BOUGHT
            totals[c.ORDERS_BY_PEER] += order.channel == c.BY_PEER
            totals[c.ORDERS_DISCOVERED] += order.channel == c.DISCOVERED
            code_word, whose_word = _code_words(order, key, run.posts.row)
            _count_order(day, order.person, code_word, whose_word, run.state, run.codes, run.sales, run.counts)
        place = order.next


@inlined
def count_late(marks: Any, lists: Any, totals: Any) -> None:
    """Buyers whose order is due after the horizon, each once."""
    place = lists.due_ends[0, lists.due_ends.shape[1] - 1]
    while place != -1:
        order = lists.due[place]
        if _still_buys(marks[order.person], 1):
            marks[order.person] |= c.BOUGHT
            totals[c.LATE] += 1
        place = order.next


@inlined
def _still_buys(marks: int, by_campaign: int) -> bool:
    return still_buys(marks & c.BOUGHT != 0, marks & c.BOUGHT_BASELINE != 0, by_campaign != 0)


@inlined
def _code_words(order: Any, key: Any, posts: Any) -> Any:
    """Whether a planned order enters a code, and whose; ads have none."""
    if order.channel == c.BY_AD:
        return c.NO_CODE, 0
    about = posts[order.post].about
    words = throw(key.seed, key.world, order.person, about, key.run, purchase(order.channel), order.sender)
    return words[1], words[2]


@inlined
def _count_order(
    day: int, who: int, code_word: int, whose_word: int, state: Any, codes: Any, sales: Any, counts: Any
) -> None:
    counts.totals[c.ORDERS] += 1
    counts.daily[day, c.D_ORDERS] += 1
    coded = NOBODY
    if codes.author.size > 0:
        chosen = pick(whose_word, codes.author.size)
        coded = leaked_code(codes.author[chosen], codes.first_day[chosen], day)
    click = state.clicks[who]
    clicked = int(click.author) if state.marks[who] & c.CLICKED else NOBODY
    author = credited_author(
        clicked,
        day - click.day,
        codes.tracking[clicked] if clicked >= 0 else UNTRACKED,
        coded,
        inner_unit(code_word),
        sales.window,
        sales.code_use,
        sales.code_leak,
    )
    if author != NOBODY:
        counts.totals[c.ATTRIBUTED] += 1
        counts.daily[day, c.D_ATTRIBUTED] += 1
        if author >= 0:
            counts.authors[author, c.A_ATTRIBUTED] += 1
