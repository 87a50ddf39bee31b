"""Followers as columns: compiled passes without the GIL, for millions of people and thousands of runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Brief
from simulator.campaign.demand import baseline_buyers
from simulator.engines.columns import (
    MET,
    TIE_MET,
    Counts,
    Key,
    codes,
    follower_posts,
    new_counts,
    post_columns,
    world_columns,
)
from simulator.engines.contact_columns import contact_columns
from simulator.engines.passes.bookkeeping import DONE, UNSOUND
from simulator.engines.passes.days import live
from simulator.engines.passes.discoveries import file_strangers, find_strangers
from simulator.engines.passes.memory import fill_remembered
from simulator.engines.passes.views import publish
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST, Room, Run
from simulator.engines.unsound import Place, unsound
from simulator.errors import RuleError
from simulator.rules.asked import asked_for
from simulator.rules.facts import Person, Post
from simulator.world.world import World


class RoomFull(Exception):
    """A list overflowed: the run must be played again with more room."""


class CompiledFollowers:
    """All followers of one run."""

    def __init__(self, brief: Brief, world: World, room: Room) -> None:
        self.brief, self.world, self.room = brief, world, room
        self.strangers = 0  # found so far
        self.seen_by_age = np.array(brief.seen_by_age)  # [authors, lifetime]
        lifetime = self.seen_by_age.shape[1] if brief.authors else 0
        asked = asked_for(brief.response, brief.doubted, brief.answering.counts, brief.own_rules)
        asked = asked._replace(persona=asked.persona and world.motives.persona.size > 0)
        state = room.begin(world.size, world.audiences.person.size, sources=asked.sources)
        buyer_offsets, buyers = baseline_buyers(
            brief.seed, world.index, brief.run, brief.horizon, brief.baseline_by_day, world.size
        )
        self.posts = posts = post_columns(brief, world)
        self.baseline_kept = np.ones(brief.horizon)
        strangers = len(brief.posts) if any(post.discovery for post in brief.posts) else 0
        remembered = np.empty(brief.horizon)
        fill_remembered(brief.response, remembered)
        lists = room.lists(len(brief.posts), lifetime, brief.horizon, follower_posts(posts), strangers)
        self.run = Run(
            key=Key(brief.seed, world.index, brief.run),
            world=world_columns(world),
            state=state,
            posts=posts,
            lists=lists,
            block=room.block,
            counts=new_counts(len(brief.authors), brief.horizon),
            response=brief.response,
            asked=asked,
            remembered=remembered,
            sales=brief.sales,
            codes=codes(brief),
            contacts=contact_columns(brief, world),
            buyer_offsets=buyer_offsets,
            buyers=buyers,
            baseline_kept=self.baseline_kept,
            answering=brief.answering,
            aftermath=brief.aftermath,
            customers=room.customers.begin(world.size, room.list_room, brief.aftermath),
        )

    def publish(self, number: int) -> None:
        """Find the viewers of a post."""
        run = self.run
        audience = int(run.posts.row["last_edge"][number] - run.posts.row["first_edge"][number])
        self.run = run = run._replace(lists=self.room.make_view_room(run.lists, audience))
        seen_by_age = self.seen_by_age[self.brief.posts[number].author]
        sieve = self.room.sieve_for(audience, seen_by_age.size)
        publish(run.key, run.world, run.posts.row, number, seen_by_age, sieve, run.lists)

        if self.brief.posts[number].discovery:
            self._show_to_strangers(number, seen_by_age)

    def _show_to_strangers(self, number: int, seen_by_age: NDArray[np.float64]) -> None:
        run = self.run
        sieve = self.room.sieve_for(run.world.topic.size, seen_by_age.size)
        found = find_strangers(run.key, run.world, run.posts.row[number], seen_by_age, sieve)
        self.run = run = run._replace(lists=self.room.make_stranger_room(run.lists, self.strangers, found))
        run.lists.stranger_starts[number, 0] = self.strangers
        file_strangers(found, number, run.lists.stranger_starts, sieve, run.lists.strangers)
        self.strangers += found

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days. Raises RoomFull when a list overflows, RuleError when a rule leaves its range."""
        status = live(first, stop, self.run)
        if status == UNSOUND:
            raise self._unsound()
        if status != DONE:
            raise RoomFull

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self.run.counts

    def trust_in(self, author: int) -> NDArray[np.float32]:
        """Trust of each follower of an author of the brief, as the tie holds it now."""
        edges, run = self.world.audiences.edges(self.brief.audience[author]), self.run
        moved = (run.state.tie_marks[edges] & TIE_MET != 0) & run.asked.trust_moves
        return np.where(moved, run.state.trust[edges], run.world.trust[edges])

    def _unsound(self) -> RuleError:
        run, cursor = self.run, self.run.lists.cursor
        at = Place(*(int(cursor[place]) for place in (C_DAY, C_PERSON, C_POST, C_CHANNEL)))
        met = run.asked.memory and bool(run.state.marks[at.who] & MET)
        person = Person(
            affinity=float(run.world.affinity[at.who]),
            susceptibility=float(run.world.susceptibility[at.who]),
            exposures=float(run.state.memory["exposures"][at.who]) - 1.0 if met else 0.0,  # before this
            remembered=1.0,
        )
        facts = (run.posts.organic, run.posts.discovered, run.posts.shared)[at.channel]
        return unsound(self.brief, self.world, at, person, Post(*facts[at.number].tolist()))
