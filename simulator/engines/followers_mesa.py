"""Followers as Mesa agents on the NetworkX follower graph: one view per person on the same typed columns.

Slow and readable: for small worlds, inspection, teaching and extension. Gives the same bits as the compiled form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Brief
from simulator.campaign.demand import baseline_buyers
from simulator.dice import ADVERT, pick
from simulator.engines import columns as c
from simulator.engines.columns import Counts
from simulator.engines.follower import Follower
from simulator.engines.society import Society
from simulator.rules.advert import shown_before
from simulator.world.graph import to_networkx
from simulator.world.world import World

Visit = Callable[[list[int]], Iterable[int]]
graph_of = lru_cache(maxsize=2)(to_networkx)


class MesaFollowers:
    """All people of one run, as agents. `visit` orders the people of a day; any order gives the same result."""

    def __init__(self, model: Any, brief: Brief, world: World, visit: Visit = sorted) -> None:
        self.society, self.visit = Society(brief, world), visit
        self.posts, self.baseline_kept = self.society.posts, self.society.baseline_kept
        self.graph = graph_of(world)
        self.people = [Follower(model, self.society, who) for who in range(world.size)]
        self._expect_baseline()

    def _expect_baseline(self) -> None:
        brief, world = self.society.brief, self.society.world
        offsets, buyers = baseline_buyers(
            brief.seed, world.index, brief.run, brief.horizon, brief.baseline_per_day, world.size
        )
        for day in range(brief.horizon):
            for ordinal, who in enumerate(buyers[offsets[day] : offsets[day + 1]]):
                self.people[who].needs[day].append(ordinal)
                self.society.awake[day].add(int(who))

    def publish(self, number: int) -> None:
        """Let every follower of the author throw for the post."""
        brief, audiences = self.society.brief, self.society.world.audiences
        post = brief.posts[number]
        author = brief.audience[post.author]
        first_edge, name = int(audiences.offsets[author]), audiences.names[author]
        for position, who in enumerate(sorted(self.graph.successors(name))):
            self.people[who].look_out(number, post, first_edge + position)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days."""
        for day in range(first, stop):
            self.society.answer_comments(day)
            for number, sender in sorted(self.society.shares[day - 1]):
                for peer in self.graph.successors(sender):
                    self.people[peer].expect(day, c.BY_PEER, number, sender, -1)
            self._show_ads(day)
            for who in self.visit(sorted(self.society.awake[day])):
                self.people[who].live(day)
        if stop == self.society.brief.horizon:
            for who in self.visit(sorted(self.society.awake[stop])):
                self.people[who].count_late()

    def _show_ads(self, day: int) -> None:
        brief = self.society.brief
        shown, days = brief.ads.impressions, brief.posting_days
        for impression in range(shown_before(day, shown, days), shown_before(day + 1, shown, days)):
            word = self.society.throw(impression, brief.ads.about, ADVERT, 0)[0]
            self.people[pick(word, len(self.people))].expect(day, c.BY_AD, -1, impression, -1)

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self.society.tally

    def trust_in(self, author: int) -> NDArray[np.float32]:
        """Trust of each follower of an author of the brief, as the tie holds it now."""
        return self.society.trust[self.society.world.audiences.edges(self.society.brief.audience[author])]
