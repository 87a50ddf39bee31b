"""Room for compiled runs: one per thread, allocated once and used again, never cleared but by epoch stamps."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Ads, Sales
from simulator.engines.columns import BLOCK, Codes, Counts, Key, PostColumns, State, WorldColumns, new_state
from simulator.rules.facts import Response
from simulator.world.people import ACTIVITY_CLASSES

LAST_EPOCH: Final = 65535
FIRST_LIST: Final = 1 << 12


class Lists(NamedTuple):
    """Lists of one run. `cursor` holds their lengths (see C_*)."""

    views: NDArray[np.int32]  # follow edges that see a post, by post, then by day
    view_starts: NDArray[np.int64]  # [posts, lifetime + 1]
    shares: NDArray[np.int64]  # [2, room]: post << 32 | person, of yesterday and today
    met: NDArray[np.int64]  # open hash set of post << 32 | person who engaged
    due_person: NDArray[np.int32]  # orders to come, linked by day in the order of intent
    due_post: NDArray[np.int32]
    due_sender: NDArray[np.int32]
    due_channel: NDArray[np.uint8]
    due_next: NDArray[np.int32]
    due_first: NDArray[np.int32]  # [horizon + 1]: the last place is for orders due after the horizon
    due_last: NDArray[np.int32]
    cursor: NDArray[np.int64]


C_VIEWS, C_SHARES, C_DUE, C_MET, C_PERSON, C_POST, C_CHANNEL, C_DAY = 0, 1, 3, 4, 5, 6, 7, 8


class Block(NamedTuple):
    """A block of encounters: facts in, dice in, outcome out."""

    who: NDArray[np.int32]
    item: NDArray[np.int64]  # follow edge, or position in the peers
    affinity: NDArray[np.float64]
    susceptibility: NDArray[np.float64]
    exposures: NDArray[np.float64]
    days: NDArray[np.int64]
    trust: NDArray[np.float64]
    engage: NDArray[np.float64]
    kind_die: NDArray[np.float64]
    click: NDArray[np.float64]
    intent: NDArray[np.float64]
    kind: NDArray[np.int64]
    clicked: NDArray[np.int64]
    intends: NDArray[np.int64]
    sound: NDArray[np.int64]


class Sieve(NamedTuple):
    """Room to find out who sees a post."""

    edge: NDArray[np.int32]
    age: NDArray[np.uint8]
    chance: NDArray[np.float64]  # per activity class
    by_age: NDArray[np.int64]  # counts, then places


class Run(NamedTuple):
    """All a compiled day needs."""

    key: Key
    epoch: int
    world: WorldColumns
    state: State
    posts: PostColumns
    lists: Lists
    block: Block
    counts: Counts
    response: Response
    sales: Sales
    codes: Codes
    ads: Ads
    ad_days: int
    buyer_offsets: NDArray[np.int64]  # baseline buyers in compressed rows by day
    buyers: NDArray[np.int32]


class Room:
    """Scratch of one thread. Not shared, not part of any result."""

    def __init__(self) -> None:
        self.epoch = LAST_EPOCH
        self.list_room = FIRST_LIST
        self.view_room = 0
        self.state: State | None = None
        self.views = np.empty(0, np.int32)
        self.sieve = Sieve(np.empty(0, np.int32), np.empty(0, np.uint8), np.empty(0), np.empty(0, np.int64))
        self.block = new_block()
        self._lists: Lists | None = None

    def begin(self, people: int, edges: int) -> tuple[State, int]:
        """State for a new run of a world of that size, and the run's epoch."""
        if self.state is None or self.state.person.size != people or self.state.edge.size < edges:
            self.state = new_state(people, edges)
            self.epoch = 0
        elif self.epoch >= LAST_EPOCH:
            self.state.person["epoch"] = 0
            self.state.edge["epoch"] = 0
            self.epoch = 0
        self.epoch += 1
        return self.state, self.epoch

    def lists(self, posts: int, lifetime: int, horizon: int) -> Lists:
        """Empty lists for a run."""
        room = self.list_room
        if self._lists is None or self._lists.due_person.size != room:
            self._lists = Lists(
                views=self.views,
                view_starts=np.empty((0, 0), np.int64),
                shares=np.empty((2, room), np.int64),
                met=np.empty(4 * room, np.int64),
                due_person=np.empty(room, np.int32),
                due_post=np.empty(room, np.int32),
                due_sender=np.empty(room, np.int32),
                due_channel=np.empty(room, np.uint8),
                due_next=np.empty(room, np.int32),
                due_first=np.empty(0, np.int32),
                due_last=np.empty(0, np.int32),
                cursor=np.empty(0, np.int64),
            )
        self._lists.met[:] = -1
        return self._lists._replace(
            views=self.views,
            view_starts=np.zeros((posts, lifetime + 1), np.int64),
            due_first=np.full(horizon + 1, -1, np.int32),
            due_last=np.full(horizon + 1, -1, np.int32),
            cursor=np.zeros(9, np.int64),
        )

    def sieve_for(self, audience: int, lifetime: int) -> Sieve:
        """Room to sift an audience of that size."""
        if self.sieve.edge.size < audience + 1 or self.sieve.by_age.size < lifetime + 1:
            self.sieve = Sieve(
                np.empty(audience + 1, np.int32),
                np.empty(audience + 1, np.uint8),
                np.empty(ACTIVITY_CLASSES),
                np.empty(lifetime + 1, np.int64),
            )
        return self.sieve

    def make_view_room(self, lists: Lists, wanted: int) -> Lists:
        """Lists whose `views` can take `wanted` more entries."""
        needed = int(lists.cursor[C_VIEWS]) + wanted
        if needed > self.views.size:
            grown = np.empty(max(needed, 2 * self.views.size), np.int32)
            grown[: lists.cursor[C_VIEWS]] = lists.views[: lists.cursor[C_VIEWS]]
            self.views = grown
            lists = lists._replace(views=grown)
        return lists

    def grow(self) -> None:
        """Double the lists after a run overflowed them; the run is played again from its start."""
        self.list_room *= 2


def new_block() -> Block:
    """Room for one block of encounters."""
    floats = ("affinity", "susceptibility", "exposures", "trust", "engage", "kind_die", "click", "intent")
    ints = ("item", "days", "kind", "clicked", "intends", "sound")
    columns: dict[str, Any] = {name: np.empty(BLOCK, np.float64) for name in floats}
    columns |= {name: np.empty(BLOCK, np.int64) for name in ints}
    return Block(who=np.empty(BLOCK, np.int32), **columns)
