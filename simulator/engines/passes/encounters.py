"""Encounters in blocks: gather facts, throw their dice, call the rules, write back."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from simulator.compiled import inlined
from simulator.dice import MEET, MEET_PEER, PURCHASE, PURCHASE_PEER, inner_unit, throw
from simulator.engines import block as b
from simulator.engines import columns as c
from simulator.engines.block import BLOCK, throw_words, whole_lanes
from simulator.engines.passes.bookkeeping import DONE, FULL, UNSOUND, count_click, plan_order
from simulator.engines.passes.engagements import engage_with_author, engage_with_peer
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST
from simulator.rules.conversion import order_lag
from simulator.rules.encounter import encounter
from simulator.rules.facts import IGNORED, Person, Post, Tie, Words
from simulator.world.audiences import FIXED_POINT

TRUST_FACT: Final = Post._fields.index("trust")


@inlined
def meet(size: int, day: int, number: int, channel: int, run: Any) -> int:
    """A block of encounters of one post with different people, whose marks and ties have been gathered."""
    facts = run.posts.organic if channel == c.ORGANIC else run.posts.shared
    about, author = run.posts.about[number], run.posts.author[number]
    _recall(size, day, run)
    decision = MEET if channel == c.ORGANIC else MEET_PEER
    throw_words(size, run.block.who, about, decision, run.block.sender, run.key, run.block.words)
    _play(size, _post(facts, number), run)
    run.counts.totals[c.IMPRESSIONS] += size
    run.counts.daily[day, c.D_IMPRESSIONS] += size
    _remember(size, day, run)
    if channel == c.ORGANIC:
        run.counts.authors[author, c.A_IMPRESSIONS] += size
        if run.asked.trust_moves:
            run.counts.authors[author, c.A_TRUST] += _change_trust(size, run)
    return _follow_up(size, day, number, channel, run)


@inlined
def _recall(size: int, day: int, run: Any) -> None:
    """Facts about people, as far as rules ask for them."""
    block, facts = run.block, run.block.facts
    if run.asked.fit:
        for i in range(size):
            facts[b.AFFINITY + i] = run.world.affinity[block.who[i]]
    if run.asked.memory:
        for i in range(size):
            row = run.state.memory[block.who[i]]
            known = block.marks[i] & c.MET != 0
            facts[b.EXPOSURES + i] = row.exposures if known else 0.0
            facts[b.REMEMBERED + i] = run.remembered[day - row.touched if known else 0]


@inlined
def _post(facts: Any, number: int) -> Any:
    row = facts[number]
    return Post(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])


@inlined
def _play(size: int, post: Any, run: Any) -> None:
    """Ask the rules. The loop has no branch and no call left when it is compiled: it runs several people at a time."""
    facts, words, happened, response = run.block.facts, run.block.words, run.block.happened, run.response
    for i in range(whole_lanes(size)):
        outcome = encounter(
            Person(facts[b.AFFINITY + i], facts[b.SUSCEPTIBILITY + i], facts[b.EXPOSURES + i], facts[b.REMEMBERED + i]),
            Tie(facts[b.TRUST + i]),
            post,
            response,
            Words(
                inner_unit(words[i]),
                inner_unit(words[BLOCK + i]),
                inner_unit(words[2 * BLOCK + i]),
                inner_unit(words[3 * BLOCK + i]),
            ),
        )
        facts[b.EXPOSURES + i] = outcome.exposures
        facts[b.TRUST_AFTER + i] = outcome.trust
        happened[i] = (
            outcome.kind | outcome.clicked * b.CLICKS | outcome.intends * b.INTENDS | (1 - outcome.sound) * b.UNSOUND
        )


@inlined
def _remember(size: int, day: int, run: Any) -> None:
    """Write down exposures, where a rule will ask for them."""
    if run.asked.memory:
        for i in range(size):
            row = run.state.memory[run.block.who[i]]
            row.exposures = run.block.facts[b.EXPOSURES + i]
            row.touched = day


@inlined
def _change_trust(size: int, run: Any) -> int:
    """Write down trust in the author; return the sum of changes, in fixed point."""
    facts, trust = run.block.facts, run.state.trust
    change = 0
    for i in range(size):
        after = float(np.float32(facts[b.TRUST_AFTER + i]))
        facts[b.TRUST_AFTER + i] = after
        change += int(after * FIXED_POINT) - int(facts[b.TRUST + i] * FIXED_POINT)
    for i in range(size):
        trust[run.block.edge[i]] = facts[b.TRUST_AFTER + i]
    return change


@inlined
def _follow_up(size: int, day: int, number: int, channel: int, run: Any) -> int:
    """Engagements, clicks and intents of a block; most people ignore most posts."""
    block, lists, counts = run.block, run.lists, run.counts
    eventful = 0
    for i in range(size):
        block.eventful[eventful] = i
        eventful += block.happened[i] != 0
    author, about = run.posts.author[number], run.posts.about[number]
    for k in range(eventful):
        i = block.eventful[k]
        who, sender, happened = block.who[i], block.sender[i], block.happened[i]
        if happened & b.UNSOUND:
            lists.cursor[C_PERSON], lists.cursor[C_POST] = who, number
            lists.cursor[C_CHANNEL], lists.cursor[C_DAY] = channel, day
            return UNSOUND
        if happened & b.KIND != IGNORED:
            if channel == c.ORGANIC:
                status = engage_with_author(who, block.edge[i], happened & b.KIND, day, number, run)
            else:
                status = engage_with_peer(who, happened & b.KIND, day, number, run)
            if status != DONE:
                return status
        if happened & b.CLICKS:
            counts.authors[author, c.A_CLICKS] += 1
            count_click(who, day, author, run.state, counts)
        if happened & b.INTENDS:
            key, decision = run.key, PURCHASE if channel == c.ORGANIC else PURCHASE_PEER
            lag_word = throw(key.seed, key.world, who, about, key.run, decision, sender)[0]
            due = day + order_lag(inner_unit(lag_word), run.sales.half_life)
            if plan_order(due, who, number, sender, channel, lists) != DONE:
                return FULL
    return DONE
