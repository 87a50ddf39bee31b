"""Ads, and the orders of a day: baseline demand and what was planned."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined, kernel
from simulator.dice import ADVERT, BUYER, PURCHASE, PURCHASE_PEER, inner_unit, pick, throw
from simulator.engines.columns import (
    A_ATTRIBUTED,
    ATTRIBUTED,
    BOUGHT,
    BOUGHT_BASELINE,
    BY_AD,
    BY_PEER,
    D_ATTRIBUTED,
    D_IMPRESSIONS,
    D_ORDERS,
    IMPRESSIONS,
    LATE,
    NO_CODE,
    ORDERS,
    ORDERS_BY_PEER,
    ORGANIC,
)
from simulator.engines.passes.bookkeeping import DONE, FULL, count_click, plan_order, reach, touch
from simulator.rules.advert import advert_clicked, advert_sells, shown_before
from simulator.rules.conversion import credited_author, leaked_code, order_lag, still_buys
from simulator.rules.facts import ADS, NOBODY, UNTRACKED


@kernel
def meet_ads(day: int, run: Any) -> int:
    """Today's part of the paid-social impressions, each shown to someone in the market."""
    ads, key, counts = run.ads, run.key, run.counts
    first = shown_before(day, ads.impressions, run.ad_days)
    for impression in range(first, shown_before(day + 1, ads.impressions, run.ad_days)):
        words = throw(key.seed, key.world, impression, ads.about, key.run, ADVERT, 0)
        who = pick(words[0], run.state.person.size)
        row = run.state.person[who]
        touch(row, run.epoch)
        reach(row, BY_AD, counts)
        counts.totals[IMPRESSIONS] += 1
        counts.daily[day, D_IMPRESSIONS] += 1
        if advert_clicked(inner_unit(words[1]), ads.click_rate):
            count_click(row, day, ADS, counts)
            if advert_sells(inner_unit(words[2]), ads.conversion_rate):
                due = day + order_lag(inner_unit(words[3]), run.sales.half_life)
                if plan_order(due, who, -1, impression, BY_AD, run.lists) != DONE:
                    return FULL
    return DONE


@kernel
def buy(day: int, run: Any) -> None:
    """Orders of the day: baseline demand first, then what was planned, in the order of intent."""
    key, lists = run.key, run.lists
    first = run.buyer_offsets[day]
    for ordinal in range(run.buyer_offsets[day + 1] - first):
        row = run.state.person[run.buyers[first + ordinal]]
        touch(row, run.epoch)
        if _still_buys(row, False):
            words = throw(key.seed, key.world, ordinal, 0, key.run, BUYER, day)
            row.marks = row.marks | BOUGHT_BASELINE
            _count_order(day, row, words[1], words[2], run)
    place = lists.due_first[day]
    while place != -1:
        row = run.state.person[lists.due_person[place]]
        if _still_buys(row, True):
            row.marks = row.marks | BOUGHT
            if lists.due_channel[place] == BY_PEER:
                run.counts.totals[ORDERS_BY_PEER] += 1
            code_word, whose_word = _code_words(place, run)
            _count_order(day, row, code_word, whose_word, run)
        place = lists.due_next[place]


@inlined
def _still_buys(row: Any, by_campaign: bool) -> bool:  # noqa: FBT001  (kernels take no keywords)
    return still_buys(row.marks & BOUGHT != 0, row.marks & BOUGHT_BASELINE != 0, by_campaign)


@kernel
def count_late(run: Any) -> None:
    """Buyers whose order is due after the horizon, each once."""
    place = run.lists.due_first[run.lists.due_first.size - 1]
    while place != -1:
        row = run.state.person[run.lists.due_person[place]]
        if _still_buys(row, True):
            row.marks = row.marks | BOUGHT
            run.counts.totals[LATE] += 1
        place = run.lists.due_next[place]


@kernel
def _code_words(place: int, run: Any) -> Any:
    """Whether a planned order enters a code, and whose; ads have none."""
    key, lists = run.key, run.lists
    channel = lists.due_channel[place]
    if channel == BY_AD:
        return NO_CODE, 0
    decision = PURCHASE if channel == ORGANIC else PURCHASE_PEER
    about = run.posts.about[lists.due_post[place]]
    words = throw(key.seed, key.world, lists.due_person[place], about, key.run, decision, lists.due_sender[place])
    return words[1], words[2]


@kernel
def _count_order(day: int, row: Any, code_word: int, whose_word: int, run: Any) -> None:
    codes, sales, counts = run.codes, run.sales, run.counts
    counts.totals[ORDERS] += 1
    counts.daily[day, D_ORDERS] += 1
    coded = NOBODY
    if codes.author.size > 0:
        chosen = pick(whose_word, codes.author.size)
        coded = leaked_code(codes.author[chosen], codes.first_day[chosen], day)
    clicked = int(row.clicked_author)
    author = credited_author(
        clicked,
        day - row.clicked_day,
        codes.tracking[clicked] if clicked >= 0 else UNTRACKED,
        coded,
        inner_unit(code_word),
        sales.window,
        sales.code_use,
        sales.code_leak,
    )
    if author != NOBODY:
        counts.totals[ATTRIBUTED] += 1
        counts.daily[day, D_ATTRIBUTED] += 1
        if author >= 0:
            counts.authors[author, A_ATTRIBUTED] += 1
