"""A market before any campaign: people, follow edges and peers. Read-only, shared by all runs and threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.world.audiences import NO_MOTIVES, Audiences, Motives
from simulator.world.network import PeerNetwork
from simulator.world.people import People


class Parts(NamedTuple):
    """What the dice give; all else of a world follows from these and its recipe."""

    people: People
    audiences: Audiences
    network: PeerNetwork


@dataclass(frozen=True, eq=False)
class World:
    """A market before any campaign."""

    index: int
    size: int  # agents
    people: People
    audiences: Audiences
    network: PeerNetwork
    activity: NDArray[np.float64]  # [rows, classes]: see `people.activity_table`
    topic_share: float  # of the brand's topic in the market
    mean_peers: float
    people_per_agent: int = 1  # whom one agent stands for
    motives: Motives = NO_MOTIVES
    unions: dict[tuple[int, ...], int] = field(default_factory=dict)  # sizes of united audiences, once computed

    outside: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict
    )  # sizes of what is outside, once counted

    crowds: dict[int, NDArray[np.int32]] = field(default_factory=dict)  # people by main interest, once looked for

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.audiences.names)}

    def creator(self, name: str) -> int:
        """Number of a creator in `audiences`. Raises ValueError for a stranger."""
        if name not in self._numbers:
            raise ValueError(f"{name!r} is not in the audiences of this world")
        return self._numbers[name]

    def strangers(self, creator: int, topic: int) -> tuple[int, int]:
        """Agents outside the audience of creator number `creator`: those with a topic as main interest, all others."""
        key = creator, topic
        if key not in self.outside:
            followers = self.people.topic[self.audiences.person[self.audiences.edges(creator)]]
            inside = int(np.count_nonzero(followers == topic))
            interested = int(np.count_nonzero(self.people.topic == topic)) - inside
            self.outside[key] = interested, self.size - len(followers) - interested
        return self.outside[key]

    def interested(self, topic: int) -> NDArray[np.int32]:
        """Agents whose main interest is a topic, ascending."""
        if topic not in self.crowds:
            self.crowds[topic] = np.flatnonzero(self.people.topic == topic).astype(np.int32)
        return self.crowds[topic]

    def real_followers(self, creator: int) -> int:
        """People in the audience of creator number `creator`."""
        edges = self.audiences.edges(creator)
        return (edges.stop - edges.start) * self.people_per_agent

    def persona_shares(self, creator: int) -> tuple[float, float]:
        """Of a creator's followers with the brand's topic, and of the others: the share who follow for persona."""
        if not self.motives.persona.size:
            return 0.0, 0.0
        return float(self.motives.matched[creator]), float(self.motives.other[creator])
