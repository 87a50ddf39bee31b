"""Paid social: an impression is shown to someone in the market, who may click, and then intend an order."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import ADVERT, inner_unit, pick, throw
from simulator.engines import columns as c
from simulator.engines.block import BLOCK, whole_lanes
from simulator.engines.passes.afterwards import subscribe
from simulator.engines.passes.bookkeeping import DONE, FULL, count_click, plan_order
from simulator.rules.advert import advert_clicked, advert_sells, shown_before
from simulator.rules.conversion import order_lag
from simulator.rules.facts import ADS


@inlined
def meet_ads(day: int, run: Any) -> int:
    """Today's part of the paid-social impressions."""
    block, ads = run.block, run.ads
    stop = shown_before(day + 1, ads.impressions, run.ad_days)
    for start in range(shown_before(day, ads.impressions, run.ad_days), stop, BLOCK):
        size = min(BLOCK, stop - start)
        _throw_for_ads(start, size, ads.about, run.key, block.words)
        clicks = _show(size, ads.click_rate, block, run.state.marks, run.counts.totals)
        run.counts.daily[day, c.D_IMPRESSIONS] += size
        for k in range(clicks):
            i = block.eventful[k]
            who, impression = block.who[i], start + i
            count_click(who, day, ADS, run.state.marks, run.state.clicks, run.counts)
            if advert_sells(inner_unit(block.words[2 * BLOCK + i]), ads.conversion_rate):
                due = day + order_lag(inner_unit(block.words[3 * BLOCK + i]), run.sales.half_life)
                if plan_order(due, who, -1, impression, c.BY_AD, run.lists) != DONE:
                    return FULL
            if run.aftermath.subscribed > 0.0 and subscribe(day, who, -1, impression, ads.about, 0, run) != DONE:
                return FULL
    return DONE


@inlined
def _throw_for_ads(start: int, size: int, about: int, key: Any, words: Any) -> None:
    for i in range(whole_lanes(size)):
        thrown = throw(key.seed, key.world, start + i, about, key.run, ADVERT, 0)
        words[i] = thrown[0]
        words[BLOCK + i] = thrown[1]
        words[2 * BLOCK + i] = thrown[2]
        words[3 * BLOCK + i] = thrown[3]


@inlined
def _show(size: int, click_rate: float, block: Any, marks: Any, totals: Any) -> int:
    """Count the people of a block as reached; return how many of them click, whose places go to `eventful`."""
    reached = 0
    clicks = 0
    for i in range(size):
        who = pick(block.words[i], marks.size)
        reached += marks[who] & c.REACHED == 0
        marks[who] |= c.REACHED
        block.who[i] = who
        block.eventful[clicks] = i
        clicks += advert_clicked(inner_unit(block.words[BLOCK + i]), click_rate)
    totals[c.IMPRESSIONS] += size
    totals[c.REACH] += reached
    return clicks
