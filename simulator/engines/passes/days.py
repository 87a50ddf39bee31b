"""The days of all followers, one after the other."""

from __future__ import annotations

from typing import Any

from simulator.compiled import kernel
from simulator.engines.passes.adverts import meet_contacts
from simulator.engines.passes.afterwards import note_shares
from simulator.engines.passes.answers import answer_comments
from simulator.engines.passes.bookkeeping import DONE
from simulator.engines.passes.discoveries import meet_strangers
from simulator.engines.passes.meetings import meet_audiences, meet_peers
from simulator.engines.passes.purchases import buy, count_late
from simulator.engines.room import C_COMMENTS, C_SHARES


@kernel
def live(first: int, stop: int, run: Any) -> int:
    """All followers' days from `first` up to, not including, `stop`: see `engines.model` for the order of a day."""
    for day in range(first, stop):
        today = C_SHARES + (day & 1)
        run.lists.cursor[today] = 0
        if run.asked.answers:
            run.lists.cursor[C_COMMENTS + (day & 1)] = 0
            answer_comments(day, run)
        status = meet_audiences(day, run)
        if status == DONE:
            status = meet_strangers(day, run)
        if status == DONE:
            status = meet_peers(day, run)
        if status == DONE:
            status = meet_contacts(day, run)
        if status == DONE and run.aftermath.posted > 0.0:
            status = note_shares(day, run.customers, run.lists)
        if status == DONE:
            status = buy(day, run)
        if status != DONE:
            return status
        run.lists.shares[day & 1][: run.lists.cursor[today]].sort()
    if stop == run.counts.daily.shape[0]:
        count_late(run.state.marks, run.lists, run.counts.totals)
    return DONE
