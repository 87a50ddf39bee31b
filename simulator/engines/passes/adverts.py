"""Paid social: an impression is shown to someone in the market, who may click, and then intend an order."""

from __future__ import annotations

from typing import Any

from simulator.compiled import borrowing, inlined
from simulator.dice import ADVERT, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.engines.block import BLOCK, whole_lanes
from simulator.engines.passes.bookkeeping import DONE, FULL, count_click, plan_order
from simulator.rules.advert import advert_clicked, advert_sells, shown_before
from simulator.rules.conversion import order_lag
from simulator.rules.facts import ADS


@borrowing
def meet_ads(day: int, run: Any) -> int:
    """Today's part of the paid-social impressions."""
    first = shown_before(day, run.ads.impressions, run.ad_days)
    stop = shown_before(day + 1, run.ads.impressions, run.ad_days)
    for start in range(first, stop, BLOCK):
        size = min(BLOCK, stop - start)
        _throw_words(start, size, run)
        clicks = _show(size, run)
        run.counts.totals[c.IMPRESSIONS] += size
        run.counts.daily[day, c.D_IMPRESSIONS] += size
        if _follow_up(start, clicks, day, run) != DONE:
            return FULL
    return DONE


@inlined
def _throw_words(start: int, size: int, run: Any) -> None:
    key, words = run.key, run.block.words
    for i in range(whole_lanes(size)):
        thrown = throw(key.seed, key.world, start + i, run.ads.about, key.run, ADVERT, 0)
        words[i] = thrown[0]
        words[BLOCK + i] = thrown[1]
        words[2 * BLOCK + i] = thrown[2]
        words[3 * BLOCK + i] = thrown[3]


@inlined
def _show(size: int, run: Any) -> int:
    """Count the people of a block as reached; return how many of them click, whose places go to `eventful`."""
    block, words, marks = run.block, run.block.words, run.state.marks
    reached = 0
    clicks = 0
    for i in range(size):
        who = pick(words[i], marks.size)
        reached += marks[who] & c.REACHED == 0
        marks[who] |= c.REACHED
        block.who[i] = who
        block.eventful[clicks] = i
        clicks += advert_clicked(inner_unit(words[BLOCK + i]), run.ads.click_rate)
    run.counts.totals[c.REACH] += reached
    return clicks


@inlined
def _follow_up(start: int, clicks: int, day: int, run: Any) -> int:
    block, words = run.block, run.block.words
    for k in range(clicks):
        i = block.eventful[k]
        who = block.who[i]
        count_click(who, day, ADS, run.state, run.counts)
        if advert_sells(inner_unit(words[2 * BLOCK + i]), run.ads.conversion_rate):
            due = day + order_lag(inner_unit(words[3 * BLOCK + i]), run.sales.half_life)
            if plan_order(due, who, -1, start + i, c.BY_AD, run.lists) != DONE:
                return FULL
    return DONE
