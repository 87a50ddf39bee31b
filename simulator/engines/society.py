"""What the people of one run share in the Mesa form: the columns they are views of, the dice, and the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from simulator.campaign.brief import Brief
from simulator.dice import ANSWER, inner_unit, throw
from simulator.engines.columns import (
    A_REPLIES,
    A_TRUST,
    DISCOVERED,
    ORGANIC,
    codes,
    new_counts,
    new_state,
    post_columns,
)
from simulator.rules.answers import BY_AUTHOR, answer, answered_share, trust_after_answer
from simulator.rules.asked import asked_for
from simulator.rules.facts import Post
from simulator.rules.wear_out import share_remembered
from simulator.world.audiences import FIXED_POINT
from simulator.world.world import World


class Society:
    """Plain containers; each does what a compiled list or column does."""

    def __init__(self, brief: Brief, world: World) -> None:
        self.brief, self.world = brief, world
        self.asked = asked_for(brief.response, brief.doubted, brief.answering.counts, brief.own_rules)
        state = new_state(world.size, world.audiences.person.size, sources=self.asked.sources)
        self.sources = state.sources
        self.posts = post_columns(brief, world)
        self.baseline_kept = np.ones(brief.horizon)
        self.marks, self.tie_marks = state.marks, state.tie_marks
        self.memory: Any = state.memory.view(np.recarray)
        self.clicks: Any = state.clicks.view(np.recarray)
        self.trust = world.audiences.trust.copy()  # of follow edges, as it stands
        self.remembered = [share_remembered(days, brief.response) for days in range(brief.horizon)]  # by days since
        self.codes = codes(brief)
        self.tally = new_counts(len(brief.authors), brief.horizon)
        self.met: set[tuple[int, int]] = set()  # (post, person) who engaged
        self.subscribed: set[int] = set()  # people
        self.shown: set[tuple[int, int]] = set()  # (post, person) whose peers have seen it, or will tomorrow
        self.shares: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day: (post, person)
        self.comments: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day: (post, follow edge)
        self.awake: dict[int, set[int]] = defaultdict(set)  # day: people with something to do

    def facts(self, number: int, channel: int) -> Post:
        """A post as people meet it today."""
        facts = {ORGANIC: self.posts.organic, DISCOVERED: self.posts.discovered}.get(channel, self.posts.shared)
        return Post(*facts[number].tolist())

    def throw(self, who: int, about: int, decision: int, when: int) -> tuple[int, int, int, int]:
        """The dice of this run."""
        return throw(self.brief.seed, self.world.index, who, about, self.brief.run, decision, when)

    def die(self, word: int) -> float:
        """A word of these dice as rules take it."""
        return inner_unit(word)

    def answer_comments(self, day: int) -> None:
        """Authors answer yesterday's comments, each as many as its day allows."""
        written = sorted(self.comments.pop(day - 1, ()))
        by_author = Counter(self.brief.posts[number].author for number, _ in written)
        for number, edge in written:
            post = self.brief.posts[number]
            answered = answered_share(self.brief.answering.capacity, by_author[post.author])
            word = self.throw(int(self.world.audiences.person[edge]), post.about, ANSWER, 0)[0]
            by = answer(self.die(word), answered, self.brief.answering.automated)
            before = float(self.trust[edge])
            self.trust[edge] = trust_after_answer(before, by, self.brief.answering)
            author = self.tally.authors[post.author]
            author[A_TRUST] += int(float(self.trust[edge]) * FIXED_POINT) - int(before * FIXED_POINT)
            author[A_REPLIES] += by == BY_AUTHOR
