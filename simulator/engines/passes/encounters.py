"""Encounters in blocks: gather facts, throw their dice, call the rules, write back."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from simulator.compiled import inlined
from simulator.dice import inner_unit, throw, words_below
from simulator.engines import block as b
from simulator.engines import columns as c
from simulator.engines.block import BLOCK, throw_words, whole_lanes
from simulator.engines.channels import meeting, purchase
from simulator.engines.passes.afterwards import subscribe
from simulator.engines.passes.bookkeeping import DONE, UNSOUND, count_click, plan_order
from simulator.engines.passes.engagements import engage_elsewhere, engage_with_author
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST
from simulator.rules.conversion import order_lag
from simulator.rules.encounter import encounter, highest_chances, is_probability
from simulator.rules.facts import IGNORED, Person, Post, Tie, Words
from simulator.world.audiences import FIXED_POINT

TRUST_FACT: Final = Post._fields.index("trust")


@inlined
def meet(size: int, day: int, number: int, channel: int, run: Any) -> int:
    """A block of encounters of one post with different people, whose marks and ties have been gathered."""
    block, counts, post = run.block, run.counts, run.posts.row[number]
    facts = run.posts.shared if channel == c.BY_PEER else run.posts.discovered
    facts = run.posts.organic if channel == c.ORGANIC else facts
    if run.asked.fit:
        _look_up(size, block.who, run.world.affinity, b.AFFINITY, block.facts)
    if run.asked.anything:
        _look_up(size, block.who, run.world.susceptibility, b.SUSCEPTIBILITY, block.facts)
    if run.asked.memory:
        _recall(size, day, block, run.state.memory, run.remembered)
    throw_words(size, block.who, post.about, meeting(channel), block.sender, run.key, block.words)
    counts.totals[c.IMPRESSIONS] += size
    counts.daily[day, c.D_IMPRESSIONS] += size
    if channel == c.ORGANIC:
        counts.authors[post.author, c.A_IMPRESSIONS] += size
        if not (run.asked.fit or run.asked.memory or run.asked.trust or run.asked.persona or run.asked.sources):
            size = _leave_out_who_ignores(size, facts_of(facts, number), block, run.response)
    _play(size, facts_of(facts, number), block, run.response)
    if run.asked.memory:
        _remember(size, day, block, run.state.memory)
    if channel == c.ORGANIC and run.asked.trust_moves:
        counts.authors[post.author, c.A_TRUST] += _change_trust(size, block, run.state.trust)
    return _follow_up(size, day, number, channel, run)


@inlined
def _look_up(size: int, who: Any, column: Any, place: int, facts: Any) -> None:
    for i in range(size):
        facts[place + i] = column[who[i]]


@inlined
def _recall(size: int, day: int, block: Any, memory: Any, remembered: Any) -> None:
    """Earlier exposures, and what is left of them."""
    for i in range(size):
        row = memory[block.who[i]]
        known = block.marks[i] & c.MET != 0
        block.facts[b.EXPOSURES + i] = row.exposures if known else 0.0
        block.facts[b.REMEMBERED + i] = remembered[day - row.touched if known else 0]


@inlined
def facts_of(facts: Any, number: int) -> Any:
    """The facts of a post as people meet it today."""
    row = facts[number]
    return Post(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9])


@inlined
def _leave_out_who_ignores(size: int, post: Any, block: Any, response: Any) -> int:
    """Keep those who may do anything, where people are alike and a meeting leaves no trace in who ignores the post."""
    anybody = Person(0.0, 0.0, 0.0, 1.0, 0.0)
    highest = highest_chances(anybody, Tie(post.trust, 0.0), post, response)
    if not (is_probability(highest.engage) and is_probability(highest.click) and is_probability(highest.order)):
        return size  # whoever plays next finds out
    engage, click, order = words_below(highest.engage), words_below(highest.click), words_below(highest.order)
    who, edge, words, kept = block.who, block.edge, block.words, block.eventful
    count = 0
    for i in range(size):
        kept[count] = i
        count += (words[i] < engage) | (words[2 * BLOCK + i] < click) | (words[3 * BLOCK + i] < order)
    for k in range(count):
        i = kept[k]
        who[k], edge[k] = who[i], edge[i]
        for word in range(0, 4 * BLOCK, BLOCK):
            words[word + k] = words[word + i]
    return count


@inlined
def _play(size: int, post: Any, block: Any, response: Any) -> None:
    """Ask the rules. The loop has no branch and no call left when it is compiled: it runs several people at a time."""
    facts, words, happened = block.facts, block.words, block.happened
    for i in range(whole_lanes(size)):
        outcome = encounter(
            Person(
                facts[b.AFFINITY + i],
                facts[b.SUSCEPTIBILITY + i],
                facts[b.EXPOSURES + i],
                facts[b.REMEMBERED + i],
                facts[b.SOURCES + i],
            ),
            Tie(facts[b.TRUST + i], facts[b.PERSONA + i]),
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
def _remember(size: int, day: int, block: Any, memory: Any) -> None:
    """Write down exposures."""
    for i in range(size):
        row = memory[block.who[i]]
        row.exposures = block.facts[b.EXPOSURES + i]
        row.touched = day


@inlined
def _change_trust(size: int, block: Any, trust: Any) -> int:
    """Write down trust in the author; return the sum of changes, in fixed point."""
    facts = block.facts
    change = 0
    for i in range(size):
        after = float(np.float32(facts[b.TRUST_AFTER + i]))
        facts[b.TRUST_AFTER + i] = after
        change += int(after * FIXED_POINT) - int(facts[b.TRUST + i] * FIXED_POINT)
    for i in range(size):
        trust[block.edge[i]] = facts[b.TRUST_AFTER + i]
    return change


@inlined
def _follow_up(size: int, day: int, number: int, channel: int, run: Any) -> int:
    """Engagements, clicks and intents of a block; most people ignore most posts."""
    block, lists, counts, state, key = run.block, run.lists, run.counts, run.state, run.key
    post = run.posts.row[number]
    for k in range(_eventful(size, block.happened, block.eventful)):
        i = block.eventful[k]
        who, sender, happened = block.who[i], block.sender[i], block.happened[i]
        status = DONE
        if happened & b.UNSOUND:
            lists.cursor[C_PERSON], lists.cursor[C_POST] = who, number
            lists.cursor[C_CHANNEL], lists.cursor[C_DAY] = channel, day
            return UNSOUND
        kind = happened & b.KIND
        if kind != IGNORED and channel == c.ORGANIC:
            status = engage_with_author(who, block.edge[i], kind, day, number, post, state, lists, counts, run.asked)
        elif kind != IGNORED:
            status = engage_elsewhere(
                who, kind, day, number, channel, post, run.world.person, state.marks, lists, counts
            )
        if happened & b.CLICKS:
            counts.authors[post.author, c.A_CLICKS] += 1
            count_click(who, day, post.author, state.marks, state.clicks, counts)
        if happened & b.INTENDS:
            lag_word = throw(key.seed, key.world, who, post.about, key.run, purchase(channel), sender)[0]
            due = day + order_lag(inner_unit(lag_word), run.sales.half_life)
            status = max(status, plan_order(due, who, number, sender, channel, lists))
        if happened & b.CLICKS and run.aftermath.subscribed > 0.0:
            when = sender + 1 if channel == c.BY_PEER else 0
            status = max(status, subscribe(day, who, number, who, post.about, when, run))
        if status != DONE:
            return status
    return DONE


@inlined
def _eventful(size: int, happened: Any, eventful: Any) -> int:
    """Write the places where something happened to `eventful`; return how many there are."""
    found = 0
    for i in range(size):
        eventful[found] = i
        found += happened[i] != 0
    return found
