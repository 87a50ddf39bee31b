"""Encounters in blocks: gather facts, throw their dice, call the rules, write back."""

from __future__ import annotations

from typing import Any, Final

from simulator.compiled import inlined, kernel
from simulator.dice import MEET, MEET_PEER, PURCHASE, PURCHASE_PEER, inner_unit, throw
from simulator.engines.columns import (
    A_CLICKS,
    A_IMPRESSIONS,
    A_REACH,
    A_TRUST,
    BLOCK,
    BY_PEER,
    D_IMPRESSIONS,
    IMPRESSIONS,
    ORGANIC,
)
from simulator.engines.passes.bookkeeping import DONE, FULL, UNSOUND, count_click, plan_order, reach, touch
from simulator.engines.passes.engagements import engage_once
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST, C_SHARES
from simulator.rules.conversion import order_lag
from simulator.rules.encounter import encounter
from simulator.rules.facts import IGNORED, Person, Post, Tie, Words
from simulator.world.audiences import FIXED_POINT

TRUST_FACT: Final = Post._fields.index("trust")


@kernel
def meet_audiences(day: int, run: Any) -> int:
    """Posts of authors reach those of their followers who see them today."""
    lists, world, state, block = run.lists, run.world, run.state, run.block
    lifetime = lists.view_starts.shape[1] - 1
    for number in range(run.posts.day.size):
        age = day - run.posts.day[number]
        if 0 <= age < lifetime:
            high = lists.view_starts[number, age + 1]
            for start in range(lists.view_starts[number, age], high, BLOCK):
                size = min(BLOCK, high - start)
                for i in range(size):
                    edge = lists.views[start + i]
                    tie = state.edge[edge]
                    block.item[i] = edge
                    block.who[i] = world.person[edge]
                    block.trust[i] = tie.trust if tie.epoch == run.epoch else world.trust[edge]
                status = _meet_block(size, day, number, ORGANIC, 0, run)
                if status != DONE:
                    return status
    return DONE


@kernel
def meet_peers(day: int, run: Any) -> int:
    """Shares of yesterday reach the peers of those who shared, in the order of posts and senders."""
    lists, world, block = run.lists, run.world, run.block
    yesterday = (day - 1) & 1
    for s in range(lists.cursor[C_SHARES + yesterday]):
        number = lists.shares[yesterday, s] >> 32
        sender = lists.shares[yesterday, s] & 0xFFFFFFFF
        high = world.peer_offsets[sender + 1]
        for start in range(world.peer_offsets[sender], high, BLOCK):
            size = min(BLOCK, high - start)
            for i in range(size):
                block.item[i] = -1
                block.who[i] = world.peers[start + i]
                block.trust[i] = run.posts.shared[number, TRUST_FACT]
            status = _meet_block(size, day, number, BY_PEER, sender, run)
            if status != DONE:
                return status
    return DONE


@kernel
def _meet_block(size: int, day: int, number: int, channel: int, sender: int, run: Any) -> int:
    """A block of encounters of one post with different people: gather facts, throw dice, play, write back."""
    _gather(size, day, channel, run)
    _throw(size, number, channel, sender, run)
    _play(size, _post(run.posts.organic if channel == ORGANIC else run.posts.shared, number), run)
    return _write_back(size, day, number, channel, sender, run)


@kernel
def _gather(size: int, day: int, channel: int, run: Any) -> None:
    block, world = run.block, run.world
    for i in range(size):
        who = block.who[i]
        row = run.state.person[who]
        known = row.epoch == run.epoch
        block.affinity[i] = world.affinity[who]
        block.exposures[i] = row.exposures if known else 0.0
        block.days[i] = day - row.touched if known else 0
    for i in range(size):  # only peers work on susceptibility
        block.susceptibility[i] = world.susceptibility[block.who[i]] if channel == BY_PEER else 0.0


@kernel
def _throw(size: int, number: int, channel: int, sender: int, run: Any) -> None:
    block, key = run.block, run.key
    decision = MEET if channel == ORGANIC else MEET_PEER
    about = run.posts.about[number]
    for i in range(size):
        engage, kind, click, intent = throw(key.seed, key.world, block.who[i], about, key.run, decision, sender)
        block.engage[i] = inner_unit(engage)
        block.kind_die[i] = inner_unit(kind)
        block.click[i] = inner_unit(click)
        block.intent[i] = inner_unit(intent)


@kernel
def _play(size: int, post: Any, run: Any) -> None:
    block, response = run.block, run.response
    for i in range(size):
        outcome = encounter(
            Person(block.affinity[i], block.susceptibility[i], block.exposures[i], block.days[i]),
            Tie(block.trust[i]),
            post,
            response,
            Words(block.engage[i], block.kind_die[i], block.click[i], block.intent[i]),
        )
        block.kind[i] = outcome.kind
        block.clicked[i] = outcome.clicked
        block.intends[i] = outcome.intends
        block.trust[i] = outcome.trust
        block.exposures[i] = outcome.exposures
        block.sound[i] = outcome.sound


@kernel
def _post(facts: Any, number: int) -> Any:
    row = facts[number]
    return Post(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])


@kernel
def _write_back(size: int, day: int, number: int, channel: int, sender: int, run: Any) -> int:
    """Write outcomes to the columns and count them."""
    block, state, lists, counts, epoch = run.block, run.state, run.lists, run.counts, run.epoch
    author = run.posts.author[number]
    authors = counts.authors[author]
    counts.totals[IMPRESSIONS] += size
    counts.daily[day, D_IMPRESSIONS] += size
    if channel == ORGANIC:
        authors[A_IMPRESSIONS] += size
    for i in range(size):
        who = block.who[i]
        if block.sound[i] == 0:
            lists.cursor[C_PERSON], lists.cursor[C_POST] = who, number
            lists.cursor[C_CHANNEL], lists.cursor[C_DAY] = channel, day
            return UNSOUND
        row = state.person[who]
        touch(row, epoch)
        reach(row, channel, counts)
        row.exposures = block.exposures[i]
        row.touched = day
        if channel == ORGANIC:
            edge = block.item[i]
            _update_tie(state.edge[edge], run.world.trust[edge], block.trust[i], authors, epoch)
        if block.kind[i] != IGNORED:
            status = engage_once(who, row, block.item[i], block.kind[i], day, number, channel, authors, run)
            if status != DONE:
                return status
        if block.clicked[i]:
            authors[A_CLICKS] += 1
            count_click(row, day, author, counts)
        if block.intends[i]:
            decision = PURCHASE if channel == ORGANIC else PURCHASE_PEER
            key, about = run.key, run.posts.about[number]
            lag_word = throw(key.seed, key.world, who, about, key.run, decision, sender)[0]
            due = day + order_lag(inner_unit(lag_word), run.sales.half_life)
            if plan_order(due, who, number, sender, channel, lists) != DONE:
                return FULL
    return DONE


@inlined
def _update_tie(tie: Any, trust_at_start: float, trust: float, authors: Any, epoch: int) -> None:
    if tie.epoch != epoch:
        tie.epoch = epoch
        tie.engaged = 0
        tie.trust = trust_at_start
        authors[A_REACH] += 1
    before = float(tie.trust)
    tie.trust = trust
    authors[A_TRUST] += int(float(tie.trust) * FIXED_POINT) - int(before * FIXED_POINT)
