"""Followers as Mesa agents on the NetworkX follower graph: one view per person on the same typed columns.

Slow and readable: for small worlds, inspection, teaching and extension. Gives the same bits as the compiled form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from simulator.campaign.brief import Brief
from simulator.campaign.demand import baseline_buyers
from simulator.dice import ADVERT, pick, throw
from simulator.engines import columns as c
from simulator.engines.columns import Counts, codes, new_counts, new_state
from simulator.engines.follower import Follower
from simulator.rules.facts import NOBODY
from simulator.world.build import World
from simulator.world.network import to_networkx

Visit = Callable[[list[int]], Iterable[int]]
graph_of = lru_cache(maxsize=2)(to_networkx)


class MesaFollowers:
    """All people of one run, as agents. `visit` orders the people of a day; any order gives the same result."""

    def __init__(self, model: Any, brief: Brief, world: World, visit: Visit = sorted) -> None:
        self.brief, self.world, self.visit = brief, world, visit
        self.graph = graph_of(world)
        self.state = new_state(world.size, world.audiences.person.size)
        self.state.person["clicked_author"] = NOBODY
        self.state.edge["trust"] = world.audiences.trust
        self.rows: Any = self.state.person.view(np.recarray)
        self.ties: Any = self.state.edge.view(np.recarray)
        self.codes = codes(brief)
        self.tally = new_counts(len(brief.authors), brief.horizon)
        self.met: set[tuple[int, int]] = set()  # (post, person) who engaged
        self.shares: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day: (post, person)
        self.reached_edges: set[int] = set()
        self.awake: dict[int, set[int]] = defaultdict(set)  # day: people with something to do
        self.people = [Follower(model, self, who) for who in range(world.size)]
        self._expect_baseline()

    def _expect_baseline(self) -> None:
        brief = self.brief
        offsets, buyers = baseline_buyers(
            brief.seed, self.world.index, brief.run, brief.horizon, brief.baseline_per_day, self.world.size
        )
        for day in range(brief.horizon):
            for ordinal, who in enumerate(buyers[offsets[day] : offsets[day + 1]]):
                self.people[who].needs[day].append(ordinal)
                self.awake[day].add(int(who))

    def publish(self, number: int) -> None:
        """Let every follower of the author throw for the post."""
        post = self.brief.posts[number]
        author = self.brief.audience[post.author]
        first_edge = int(self.world.audiences.offsets[author])
        name = self.world.audiences.names[author]
        for position, who in enumerate(sorted(self.graph.successors(name))):
            self.people[who].look_out(number, post, first_edge + position)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days."""
        for day in range(first, stop):
            for number, sender in sorted(self.shares[day - 1]):
                for peer in self.graph.successors(sender):
                    self.people[peer].expect(day, c.BY_PEER, number, sender, -1)
            if day < self.brief.posting_days:
                self._show_ads(day)
            for who in self.visit(sorted(self.awake[day])):
                self.people[who].live(day)

    def _show_ads(self, day: int) -> None:
        shown, days = self.brief.ads.impressions, self.brief.posting_days
        for impression in range(shown * day // days, shown * (day + 1) // days):
            word = self.throw(impression, self.brief.ads.about, ADVERT, 0)[0]
            self.people[pick(word, self.world.size)].expect(day, c.BY_AD, -1, impression, -1)

    def throw(self, who: int, about: int, decision: int, when: int) -> tuple[int, int, int, int]:
        """The dice of this run."""
        return throw(self.brief.seed, self.world.index, who, about, self.brief.run, decision, when)

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self.tally
