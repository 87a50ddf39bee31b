"""A market before any campaign: people, follow edges and peers. Read-only, shared by all runs and threads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.world.audiences import Audiences
from simulator.world.network import PeerNetwork
from simulator.world.people import People


@dataclass(frozen=True, eq=False)
class World:
    """A market before any campaign."""

    index: int
    size: int
    people: People
    audiences: Audiences
    network: PeerNetwork
    activity: NDArray[np.float64]  # [rows, classes]: see `people.activity_table`
    topic_share: float  # of the brand's topic in the market
    mean_peers: float
    unions: dict[tuple[int, ...], int] = field(default_factory=dict)  # sizes of united audiences, once computed

    def creator(self, name: str) -> int:
        """Number of a creator in `audiences`. Raises ValueError for a stranger."""
        return self.audiences.names.index(name)
