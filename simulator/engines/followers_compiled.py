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
from simulator.engines.passes.bookkeeping import DONE, UNSOUND
from simulator.engines.passes.days import live
from simulator.engines.passes.memory import fill_remembered
from simulator.engines.passes.views import publish
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST, Room, Run
from simulator.engines.unsound import unsound
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
        self.seen_by_age = np.array(brief.seen_by_age)
        asked = asked_for(brief.response, brief.doubted, brief.answering.counts)
        state = room.begin(world.size, world.audiences.person.size, sources=asked.sources)
        buyer_offsets, buyers = baseline_buyers(
            brief.seed, world.index, brief.run, brief.horizon, brief.baseline_per_day, world.size
        )
        self.posts = posts = post_columns(brief, world)
        self.baseline_kept = np.ones(brief.horizon)
        remembered = np.empty(brief.horizon)
        fill_remembered(brief.response, remembered)
        lists = room.lists(len(brief.posts), len(brief.seen_by_age), brief.horizon, follower_posts(posts))
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
            ads=brief.ads,
            ad_days=brief.posting_days,
            buyer_offsets=buyer_offsets,
            buyers=buyers,
            baseline_kept=self.baseline_kept,
            answering=brief.answering,
        )

    def publish(self, number: int) -> None:
        """Find the viewers of a post."""
        run = self.run
        audience = int(run.posts.row["last_edge"][number] - run.posts.row["first_edge"][number])
        self.run = run = run._replace(lists=self.room.make_view_room(run.lists, audience))
        sieve = self.room.sieve_for(audience, len(self.brief.seen_by_age))
        publish(run.key, run.world, run.posts.row, number, self.seen_by_age, sieve, run.lists)

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
        who, number, by_peer = int(cursor[C_PERSON]), int(cursor[C_POST]), bool(cursor[C_CHANNEL])
        met = run.asked.memory and bool(run.state.marks[who] & MET)
        return unsound(
            self.brief,
            self.world,
            day=int(cursor[C_DAY]),
            who=who,
            number=number,
            by_peer=by_peer,
            person=Person(
                affinity=float(run.world.affinity[who]),
                susceptibility=float(run.world.susceptibility[who]),
                exposures=float(run.state.memory["exposures"][who]) - 1.0 if met else 0.0,  # before this meeting
                remembered=1.0,
            ),
            post=Post(*(run.posts.shared if by_peer else run.posts.organic)[number].tolist()),
        )
