"""The form in which followers live: what an engine must offer."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.engines.columns import Counts, PostColumns


class Followers(Protocol):
    """All people of a world in one run, with what was counted of them."""

    posts: PostColumns
    baseline_kept: NDArray[np.float64]  # by day

    def publish(self, number: int) -> None:
        """Find the viewers of post `number` of the brief."""

    def live(self, first: int, stop: int) -> None:
        """Play the days from `first` up to, not including, `stop`."""

    def counts(self) -> Counts:
        """What has been counted so far."""

    def trust_in(self, author: int) -> NDArray[np.float32]:
        """Trust of each follower of an author of the brief, as the tie holds it now."""
