"""The orders of a day: baseline demand and what was planned; what follows each; and who gets the credit."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import BUYER, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.engines.channels import purchase
from simulator.engines.customers import BASELINE_ORDER, LATER
from simulator.engines.passes.afterwards import deeds_of, follow_order
from simulator.engines.passes.bookkeeping import DONE
from simulator.rules.conversion import credited_author, demand_stays, leaked_code, still_buys
from simulator.rules.facts import BY_CODE, NOBODY, UNTRACKED


@inlined
def buy(day: int, run: Any) -> int:
    """Orders of the day: baseline demand first, then what was planned, in the order of intent."""
    key, lists, marks = run.key, run.lists, run.state.marks
    first = run.buyer_offsets[day]
    for ordinal in range(run.buyer_offsets[day + 1] - first):
        who = run.buyers[first + ordinal]
        words = throw(key.seed, key.world, ordinal, 0, key.run, BUYER, day)
        if _still_buys(marks[who], 0) and demand_stays(inner_unit(words[3]), run.baseline_kept[day]):
            marks[who] |= c.BOUGHT_BASELINE
            deeds = deeds_of(ordinal, BASELINE_ORDER, day, key, run.aftermath)
            _count_order(day, who, words[1], words[2], deeds, 1, run)
    place = lists.due_ends[0, day]
    while place != -1:
        order = lists.due[place]
        if order.channel == c.REPEAT or _still_buys(marks[order.person], 1):
            status = _go_through(day, order, run)
            if status != DONE:
                return status
        place = order.next
    return DONE


@inlined
def _go_through(day: int, order: Any, run: Any) -> int:
    """Count an order that the campaign caused, and let follow what follows."""
    totals, about, who = run.counts.totals, LATER, order.person
    run.state.marks[order.person] |= c.BOUGHT
    totals[c.ORDERS_BY_PEER] += order.channel == c.BY_PEER
    totals[c.ORDERS_DISCOVERED] += order.channel == c.DISCOVERED
    totals[c.ORDERS_BY_LIST] += order.channel == c.BY_LIST
    totals[c.REPEATS] += order.channel == c.REPEAT
    when = order.sender
    if order.channel == c.BY_AD:
        about, who, when = run.contacts.row[order.post].about, order.sender, 0
    elif order.channel <= c.BY_PEER:
        about = run.posts.row[order.post].about
    deeds = deeds_of(who, about, when, run.key, run.aftermath)
    code_word, whose_word = _code_words(order, about, run.key)
    _count_order(day, order.person, code_word, whose_word, deeds, 0, run)
    return follow_order(day, order, deeds, run)


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
def _code_words(order: Any, about: int, key: Any) -> Any:
    """Whether a planned order enters a code (or loses its track), and whose; ads have none."""
    if order.channel == c.BY_AD:
        return c.NO_CODE, 0
    words = throw(key.seed, key.world, order.person, about, key.run, purchase(order.channel), order.sender)
    return words[1], words[2]


@inlined
def _count_order(day: int, who: int, code_word: int, whose_word: int, deeds: Any, anyway: int, run: Any) -> None:
    """Count an order and its return, and give the credit. `anyway` is 1 for baseline demand."""
    totals, daily = run.counts.totals, run.counts.daily
    totals[c.ORDERS] += 1
    totals[c.RETURNS] += deeds.returned
    totals[c.REVIEWS] += deeds.reviewed
    daily[day, c.D_ORDERS] += 1
    daily[day, c.D_RETURNS] += deeds.returned
    author = _credited(day, who, code_word, whose_word, run.state, run.codes, run.sales)
    if author != NOBODY:
        totals[c.ATTRIBUTED] += 1
        totals[c.ATTRIBUTED_RETURNS] += deeds.returned
        daily[day, c.D_ATTRIBUTED] += 1
        if author >= 0:
            run.counts.authors[author, c.A_ATTRIBUTED] += 1
            run.counts.authors[author, c.A_RETURNS] += deeds.returned
            if run.codes.tracking[author] == BY_CODE:
                _redeem(day, author, deeds.returned, anyway, run.codes, run.counts)


@inlined
def _redeem(day: int, author: int, returned: int, anyway: int, codes: Any, counts: Any) -> None:
    """Count a code, and what it takes off an order that is kept."""
    discount = 0 if returned else codes.discount[author]
    counts.authors[author, c.A_REDEMPTIONS] += 1
    counts.authors[author, c.A_DISCOUNTS] += discount
    counts.daily[day, c.D_DISCOUNTS] += discount
    counts.totals[c.DISCOUNTS_ANYWAY] += discount * anyway


@inlined
def _credited(day: int, who: int, code_word: int, whose_word: int, state: Any, codes: Any, sales: Any) -> int:
    """The author an order is attributed to, ADS, or NOBODY."""
    coded = NOBODY
    if codes.author.size > 0:
        chosen = pick(whose_word, codes.author.size)
        coded = leaked_code(codes.author[chosen], codes.first_day[chosen], day)
    click = state.clicks[who]
    clicked = int(click.author) if state.marks[who] & c.CLICKED else NOBODY
    author: int = credited_author(
        clicked,
        day - click.day,
        codes.tracking[clicked] if clicked >= 0 else UNTRACKED,
        coded,
        inner_unit(code_word),
        sales.window,
        sales.code_use,
        sales.code_leak,
        codes.lost[clicked] if clicked >= 0 else 0.0,
    )
    return author
