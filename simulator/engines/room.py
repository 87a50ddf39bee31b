"""Room for compiled runs: one per thread, allocated once and used again. A run clears one byte per person and tie."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Sales
from simulator.engines.block import BLOCK, Block, new_block
from simulator.engines.columns import Codes, Counts, Key, PostColumns, State, WorldColumns, new_state
from simulator.engines.contact_columns import ContactColumns
from simulator.engines.customers import CustomerRoom, Customers
from simulator.rules.afterwards import Aftermath
from simulator.rules.answers import Answering
from simulator.rules.asked import Asked
from simulator.rules.facts import Response
from simulator.world.people import ACTIVITY_CLASSES

FIRST_LIST: Final = 1 << 12


DUE_ROW: Final = np.dtype(
    [
        ("person", np.int32),
        ("post", np.int32),
        ("sender", np.int32),
        ("next", np.int32),
        ("channel", np.int32),
    ]
)


class Lists(NamedTuple):
    """Lists of one run. `cursor` holds their lengths (see C_*)."""

    views: NDArray[np.int32]  # follow edges that see a post, by post, then by day
    view_starts: NDArray[np.int64]  # [posts, lifetime + 1]
    strangers: NDArray[np.int32]  # people to whom the platform shows a post, by post, then by day
    stranger_starts: NDArray[np.int64]  # [posts, lifetime + 1]; no rows where no stranger sees any post
    shares: NDArray[np.int64]  # [2, room]: post << 32 | person, of yesterday and today
    comments: NDArray[np.int64]  # [2, room]: post << 32 | follow edge, of yesterday and today
    engaged: NDArray[np.uint8]  # a bit per post and follow edge: who engaged with it in the author's feed
    engaged_by_peer: NDArray[np.int64]  # open hash set of post << 32 | person who engaged when a peer showed it
    due: NDArray[np.void]  # rows of DUE_ROW: orders to come, linked by day in the order of intent
    due_ends: NDArray[np.int32]  # [2, horizon + 1]: first and last of a day; the last day is for all after the horizon
    cursor: NDArray[np.int64]


C_VIEWS, C_SHARES, C_DUE, C_BY_PEER, C_PERSON, C_POST, C_CHANNEL, C_DAY = 0, 1, 3, 4, 5, 6, 7, 8
C_SHARE, C_SHOWN = 9, 10  # how far the shares of yesterday have reached the peers: share, and peer of it
C_COMMENTS = 11  # and 12: comments of even and of odd days
CURSORS: Final = 13


class Sieve(NamedTuple):
    """Room to find out who sees a post."""

    edge: NDArray[np.int32]  # of those who see it on a later day
    age: NDArray[np.uint16]
    chance: NDArray[np.float64]  # per activity class; of strangers twice, those with the author's topic last
    ever: NDArray[np.int64]  # per activity class (or twice): words that mean that the post is seen
    at_once: NDArray[np.int64]  # and those that mean on the day of publication
    by_age: NDArray[np.int64]  # 0: how many see it on a later day; then counts by age, then places
    four: NDArray[np.int32]  # of a block: groups of four people who share a throw
    words: NDArray[np.uint32]  # of a block: word 0 of all, word 1 of all …
    place: NDArray[np.int32]  # of a block: of each edge's word in `words`
    viewer: NDArray[np.int32]  # of a block: places of those who see the post


class Run(NamedTuple):
    """All a compiled day needs."""

    key: Key
    world: WorldColumns
    state: State
    posts: PostColumns
    lists: Lists
    block: Block
    counts: Counts
    response: Response
    asked: Asked
    remembered: NDArray[np.float64]  # share of exposures, by days since
    sales: Sales
    codes: Codes
    contacts: ContactColumns
    buyer_offsets: NDArray[np.int64]  # baseline buyers in compressed rows by day
    buyers: NDArray[np.int32]
    baseline_kept: NDArray[np.float64]  # by day: share of them who still buy
    answering: Answering
    aftermath: Aftermath
    customers: Customers


class Room:
    """Scratch of one thread. Not shared, not part of any result."""

    def __init__(self) -> None:
        self.list_room = FIRST_LIST
        self.state: State | None = None
        self.views = np.empty(0, np.int32)
        self.strangers = np.empty(0, np.int32)
        self.engaged = np.empty(0, np.uint8)
        self.sieve = new_sieve(0, 0)
        self.block = new_block()
        self.customers = CustomerRoom()
        self._lists: Lists | None = None

    def begin(self, people: int, edges: int, *, sources: bool) -> State:
        """State for a new run of a world of that size."""
        if not self._fits(people, edges, sources=sources) or self.state is None:
            self.state = new_state(people, edges, sources=sources)
        else:
            self.state.marks[:] = 0
            self.state.tie_marks[:] = 0
            self.state.sources[:] = 0
        self.block.facts[:] = 0.0  # a fact that is not asked for may be anything but what a failed run left: no number
        return self.state

    def _fits(self, people: int, edges: int, *, sources: bool) -> bool:
        state = self.state
        return (
            state is not None
            and state.marks.size == people
            and state.tie_marks.size >= edges
            and state.sources.size == (people if sources else 0)
        )

    def lists(self, posts: int, lifetime: int, horizon: int, follower_posts: int, shown_to_strangers: int) -> Lists:
        """Empty lists for a run. `follower_posts` sums audiences over posts; `shown_to_strangers` is 0 or `posts`."""
        room = self.list_room
        if self._lists is None or self._lists.due.size != room:
            self._lists = Lists(
                views=self.views,
                view_starts=np.empty((0, 0), np.int64),
                strangers=self.strangers,
                stranger_starts=np.empty((0, 0), np.int64),
                shares=np.empty((2, room), np.int64),
                comments=np.empty((2, room), np.int64),
                engaged=self.engaged,
                engaged_by_peer=np.empty(4 * room, np.int64),
                due=np.empty(room, DUE_ROW),
                due_ends=np.empty((2, 0), np.int32),
                cursor=np.empty(0, np.int64),
            )
        self._lists.engaged_by_peer[:] = -1
        if self.engaged.size <= follower_posts >> 3:
            self.engaged = np.empty((follower_posts >> 3) + 1, np.uint8)
        self.engaged[: (follower_posts >> 3) + 1] = 0
        return self._lists._replace(
            views=self.views,
            engaged=self.engaged,
            view_starts=np.zeros((posts, lifetime + 1), np.int64),
            strangers=self.strangers,
            stranger_starts=np.zeros((shown_to_strangers, lifetime + 1), np.int64),
            due_ends=np.full((2, horizon + 1), -1, np.int32),
            cursor=np.zeros(CURSORS, np.int64),
        )

    def sieve_for(self, audience: int, lifetime: int) -> Sieve:
        """Room to sift an audience of that size."""
        if self.sieve.edge.size < audience + 1 or self.sieve.by_age.size < lifetime + 1:
            self.sieve = new_sieve(audience, lifetime)
        return self.sieve

    def make_view_room(self, lists: Lists, wanted: int) -> Lists:
        """Lists whose `views` can take `wanted` more entries."""
        needed = int(lists.cursor[C_VIEWS]) + wanted + 1
        if needed > self.views.size:
            grown = np.empty(max(needed, self.views.size * 9 // 8), np.int32)
            grown[: lists.cursor[C_VIEWS]] = lists.views[: lists.cursor[C_VIEWS]]
            self.views = grown
            lists = lists._replace(views=grown)
        return lists

    def make_stranger_room(self, lists: Lists, filled: int, wanted: int) -> Lists:
        """Lists whose `strangers`, of which some are filled, can take `wanted` more."""
        if filled + wanted <= self.strangers.size:
            return lists
        grown = np.empty((filled + wanted) * 9 // 8, np.int32)
        grown[:filled] = lists.strangers[:filled]
        self.strangers = grown
        return lists._replace(strangers=grown)

    def grow(self) -> None:
        """Double the lists after a run overflowed them; the run is played again from its start."""
        self.list_room *= 2


def new_sieve(audience: int, lifetime: int) -> Sieve:
    """Room to sift an audience of that size."""
    return Sieve(
        edge=np.empty(audience + 1, np.int32),
        age=np.empty(audience + 1, np.uint16),
        chance=np.empty(2 * ACTIVITY_CLASSES),
        ever=np.empty(2 * ACTIVITY_CLASSES, np.int64),
        at_once=np.empty(ACTIVITY_CLASSES, np.int64),
        by_age=np.empty(lifetime + 1, np.int64),
        four=np.zeros(BLOCK, np.int32),
        words=np.zeros(4 * BLOCK, np.uint32),
        place=np.zeros(BLOCK, np.int32),
        viewer=np.zeros(BLOCK + 1, np.int32),
    )
