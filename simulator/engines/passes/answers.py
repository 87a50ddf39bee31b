"""Answers to yesterday's comments: who is answered, and what that does to trust."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.dice import ANSWER, inner_unit, throw
from simulator.engines import columns as c
from simulator.engines.room import C_COMMENTS
from simulator.rules.answers import BY_AUTHOR, answer, answered_share, trust_after_answer
from simulator.world.audiences import FIXED_POINT


@inlined
def answer_comments(day: int, run: Any) -> None:
    """Authors answer what was written yesterday, in ascending order of post and tie; an author's posts lie together."""
    yesterday = (day - 1) & 1
    notes, cursor, posts = run.lists.comments[yesterday], run.lists.cursor, run.posts.row
    first = 0
    while first < cursor[C_COMMENTS + yesterday]:
        author = posts[notes[first] >> 32].author
        stop = first
        while stop < cursor[C_COMMENTS + yesterday] and posts[notes[stop] >> 32].author == author:
            stop += 1
        answered = answered_share(run.answering.capacity, stop - first)
        for k in range(first, stop):
            _answer(notes[k] >> 32, notes[k] & 0xFFFFFFFF, answered, run)
        first = stop


@inlined
def _answer(number: int, edge: int, answered: float, run: Any) -> None:
    key, post, trust, authors = run.key, run.posts.row[number], run.state.trust, run.counts.authors
    word = throw(key.seed, key.world, run.world.person[edge], post.about, key.run, ANSWER, 0)[0]
    by = answer(inner_unit(word), answered, run.answering.automated)
    before = float(trust[edge])
    trust[edge] = trust_after_answer(before, by, run.answering)
    authors[post.author, c.A_TRUST] += int(float(trust[edge]) * FIXED_POINT) - int(before * FIXED_POINT)
    authors[post.author, c.A_REPLIES] += by == BY_AUTHOR
