"""Counting an order of a Mesa agent, and giving the credit; the compiled form is in `engines.passes.purchases`."""

from __future__ import annotations

from simulator.dice import pick
from simulator.engines import columns as c
from simulator.engines.society import Society
from simulator.rules.afterwards import Deeds
from simulator.rules.conversion import credited_author, leaked_code
from simulator.rules.facts import BY_CODE, NOBODY, UNTRACKED


def count_order(
    society: Society, who: int, day: int, code_word: int, whose_word: int, deeds: Deeds, *, anyway: int
) -> None:
    """Count an order and its return, and give the credit. `anyway` is 1 for baseline demand."""
    tally = society.tally
    tally.totals[c.ORDERS] += 1
    tally.totals[c.RETURNS] += deeds.returned
    tally.totals[c.REVIEWS] += deeds.reviewed
    tally.daily[day, c.D_ORDERS] += 1
    tally.daily[day, c.D_RETURNS] += deeds.returned
    author = _credited(society, who, day, code_word, whose_word)
    if author != NOBODY:
        tally.totals[c.ATTRIBUTED] += 1
        tally.totals[c.ATTRIBUTED_RETURNS] += deeds.returned
        tally.daily[day, c.D_ATTRIBUTED] += 1
        if author >= 0:
            tally.authors[author, c.A_ATTRIBUTED] += 1
            tally.authors[author, c.A_RETURNS] += deeds.returned
            if society.codes.tracking[author] == BY_CODE:
                _redeem(society, day, author, deeds.returned, anyway)


def _credited(society: Society, who: int, day: int, code_word: int, whose_word: int) -> int:
    """The author an order is attributed to, ADS, or NOBODY."""
    sales, last_click = society.brief.sales, society.clicks[who]
    coded = NOBODY
    if society.codes.author.size:
        chosen = pick(whose_word, society.codes.author.size)
        coded = leaked_code(int(society.codes.author[chosen]), int(society.codes.first_day[chosen]), day)
    clicked = int(last_click.author) if society.marks[who] & c.CLICKED else NOBODY
    return credited_author(
        clicked,
        day - int(last_click.day),
        int(society.codes.tracking[clicked]) if clicked >= 0 else UNTRACKED,
        coded,
        society.die(code_word),
        sales.window,
        sales.code_use,
        sales.code_leak,
        float(society.codes.lost[clicked]) if clicked >= 0 else 0.0,
    )


def _redeem(society: Society, day: int, author: int, returned: int, anyway: int) -> None:
    """Count a code, and what it takes off an order that is kept."""
    discount, tally = 0 if returned else int(society.codes.discount[author]), society.tally
    tally.authors[author, c.A_REDEMPTIONS] += 1
    tally.authors[author, c.A_DISCOUNTS] += discount
    tally.daily[day, c.D_DISCOUNTS] += discount
    tally.totals[c.DISCOUNTS_ANYWAY] += discount * anyway
