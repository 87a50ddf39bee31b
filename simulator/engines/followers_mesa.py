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
from simulator.campaign.contacts import EVERYBODY
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

    def __init__(
        self,
        model: Any,
        brief: Brief,
        world: World,
        visit: Visit = sorted,
        *,
        society: Society | None = None,
        person: Callable[[Any, Any, int], Follower] = Follower,
    ) -> None:
        self.society, self.visit = society or Society(brief, world), visit
        self.posts, self.baseline_kept = self.society.posts, self.society.baseline_kept
        self.graph = graph_of(world)
        self.people = [person(model, self.society, who) for who in range(world.size)]
        self._expect_baseline()

    def _expect_baseline(self) -> None:
        brief, world = self.society.brief, self.society.world
        offsets, buyers = baseline_buyers(
            brief.seed, world.index, brief.run, brief.horizon, brief.baseline_by_day, world.size
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
        if post.discovery is not None:
            followers = set(self.graph.successors(name))
            for person in self.people:
                if person.who not in followers:
                    person.be_found(number, post, post.discovery)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days."""
        for day in range(first, stop):
            self.society.answer_comments(day)
            for number, sender in sorted(self.society.shares[day - 1]):
                for peer in self.graph.successors(sender):
                    self.people[peer].expect(day, c.BY_PEER, number, sender, -1)
            self._make_contacts(day)
            for who in self.visit(sorted(self.society.awake[day])):
                self.people[who].live(day)
        if stop == self.society.brief.horizon:
            for who in self.visit(sorted(self.society.awake[stop])):
                self.people[who].count_late()

    def _make_contacts(self, day: int) -> None:
        world = self.society.world
        for number, contacts in enumerate(self.society.brief.contacts):
            past = day - contacts.first_day
            first = shown_before(past, contacts.number, contacts.days)
            for contact in range(first, shown_before(past + 1, contacts.number, contacts.days)):
                word = self.society.throw(contact, contacts.about, ADVERT, 0)[0]
                if contacts.topic == EVERYBODY:
                    who = pick(word, world.size)
                else:
                    crowd = world.interested(contacts.topic)
                    who = int(crowd[pick(word, len(crowd))])
                self.people[who].expect(day, c.BY_AD, number, contact, -1)

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self.society.tally

    def trust_in(self, author: int) -> NDArray[np.float32]:
        """Trust of each follower of an author of the brief, as the tie holds it now."""
        return self.society.trust[self.society.world.audiences.edges(self.society.brief.audience[author])]
