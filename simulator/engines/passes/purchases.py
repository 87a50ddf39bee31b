"""The orders of a day: baseline demand and what was planned; and who gets the credit."""

from __future__ import annotations

from typing import Any

from simulator.compiled import borrowing, inlined
from simulator.dice import BUYER, PURCHASE, PURCHASE_PEER, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.rules.conversion import credited_author, leaked_code, still_buys
from simulator.rules.facts import NOBODY, UNTRACKED


@borrowing
def buy(day: int, run: Any) -> None:
    """Orders of the day: baseline demand first, then what was planned, in the order of intent."""
    key, lists = run.key, run.lists
    first = run.buyer_offsets[day]
    for ordinal in range(run.buyer_offsets[day + 1] - first):
        who = run.buyers[first + ordinal]
        if _still_buys(who, False, run):
            words = throw(key.seed, key.world, ordinal, 0, key.run, BUYER, day)
            run.state.marks[who] |= c.BOUGHT_BASELINE
            _count_order(day, who, words[1], words[2], run)
    place = lists.due_first[day]
    while place != -1:
        who = lists.due_person[place]
        if _still_buys(who, True, run):
            run.state.marks[who] |= c.BOUGHT
            if lists.due_channel[place] == c.BY_PEER:
                run.counts.totals[c.ORDERS_BY_PEER] += 1
            code_word, whose_word = _code_words(place, run)
            _count_order(day, who, code_word, whose_word, run)
        place = lists.due_next[place]


@inlined
def _still_buys(who: int, by_campaign: bool, run: Any) -> bool:  # noqa: FBT001  (kernels take no keywords)
    marks = run.state.marks[who]
    return still_buys(marks & c.BOUGHT != 0, marks & c.BOUGHT_BASELINE != 0, by_campaign)


@borrowing
def count_late(run: Any) -> None:
    """Buyers whose order is due after the horizon, each once."""
    place = run.lists.due_first[run.lists.due_first.size - 1]
    while place != -1:
        who = run.lists.due_person[place]
        if _still_buys(who, True, run):
            run.state.marks[who] |= c.BOUGHT
            run.counts.totals[c.LATE] += 1
        place = run.lists.due_next[place]


@borrowing
def _code_words(place: int, run: Any) -> Any:
    """Whether a planned order enters a code, and whose; ads have none."""
    key, lists = run.key, run.lists
    channel = lists.due_channel[place]
    if channel == c.BY_AD:
        return c.NO_CODE, 0
    decision = PURCHASE if channel == c.ORGANIC else PURCHASE_PEER
    about = run.posts.about[lists.due_post[place]]
    words = throw(key.seed, key.world, lists.due_person[place], about, key.run, decision, lists.due_sender[place])
    return words[1], words[2]


@borrowing
def _count_order(day: int, who: int, code_word: int, whose_word: int, run: Any) -> None:
    codes, sales, counts = run.codes, run.sales, run.counts
    counts.totals[c.ORDERS] += 1
    counts.daily[day, c.D_ORDERS] += 1
    coded = NOBODY
    if codes.author.size > 0:
        chosen = pick(whose_word, codes.author.size)
        coded = leaked_code(codes.author[chosen], codes.first_day[chosen], day)
    click = run.state.clicks[who]
    clicked = int(click.author) if run.state.marks[who] & c.CLICKED else NOBODY
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
