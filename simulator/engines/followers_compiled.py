"""Followers as columns: compiled passes without the GIL, for millions of people and thousands of runs."""

from __future__ import annotations

import numpy as np

from simulator.campaign.brief import Brief
from simulator.campaign.demand import baseline_buyers
from simulator.engines.columns import Counts, Key, codes, new_counts, post_columns, world_columns
from simulator.engines.kernels import DONE, UNSOUND, live, publish
from simulator.engines.room import C_CHANNEL, C_DAY, C_PERSON, C_POST, Room
from simulator.errors import RuleError
from simulator.world.build import World


class RoomFull(Exception):
    """A list overflowed: the run must be played again with more room."""


class CompiledFollowers:
    """All followers of one run."""

    def __init__(self, brief: Brief, world: World, room: Room) -> None:
        self.brief, self.room = brief, room
        self.key = Key(brief.seed, world.index, brief.run)
        self.world = world_columns(world)
        self.posts = post_columns(brief, world)
        self.codes = codes(brief)
        self.seen_by_age = np.array(brief.seen_by_age)
        self.state, self.stamps, self.epoch = room.begin(world.size, self.world.person.size)
        self.lists = room.lists(len(brief.posts), len(brief.seen_by_age), brief.horizon)
        self._counts = new_counts(len(brief.authors), brief.horizon)
        self.buyer_offsets, self.buyers = baseline_buyers(
            brief.seed, world.index, brief.run, brief.horizon, brief.baseline_per_day, world.size
        )

    def publish(self, number: int) -> None:
        """Find the viewers of a post."""
        audience = int(self.posts.last_edge[number] - self.posts.first_edge[number])
        self.lists = self.room.make_view_room(self.lists, audience)
        sieve = self.room.sieve_for(audience, len(self.brief.seen_by_age))
        publish(self.key, self.world, self.posts, number, self.seen_by_age, sieve, self.lists)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days. Raises RoomFull when a list overflows, RuleError when a rule leaves its range."""
        status = live(
            first,
            stop,
            self.key,
            self.world,
            self.state,
            self.stamps,
            self.epoch,
            self.posts,
            self.lists,
            self.room.block,
            self._counts,
            self.brief.response,
            self.brief.sales,
            self.codes,
            self.brief.ads,
            self.brief.posting_days,
            self.buyer_offsets,
            self.buyers,
        )
        if status == UNSOUND:
            raise RuleError(self._unsound())
        if status != DONE:
            raise RoomFull

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self._counts

    def _unsound(self) -> str:
        cursor = self.lists.cursor
        who, number = int(cursor[C_PERSON]), int(cursor[C_POST])
        post = self.brief.posts[number]
        return (
            f"a rule gave a probability outside [0, 1] in run {self.brief.run}, world {self.key.world}, day "
            f"{int(cursor[C_DAY])}: person {who} (affinity {float(self.world.affinity[who]):g}, exposures "
            f"{float(self.state.exposures[who]):g}) met post {number} "
            f"{'through a peer' if cursor[C_CHANNEL] else 'of its author'} with {post.organic}; {self.brief.response}"
        )
