"""What a compiled run keeps of buyers and subscribers; a column has room only where the run's mechanisms ask for it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.dice import identity
from simulator.rules.afterwards import Aftermath

# Identities of what dice after an order are about, where it is no post.
LATER: Final = identity("later order")  # through the list (ordinal 0), or repeats (from 1 on)
BASELINE_ORDER: Final = identity("baseline order")
NO_POST: Final = -1  # of orders that no post led to


class Customers(NamedTuple):
    """Who is on the brand's list, and who has shown which post to peers."""

    subscribed: NDArray[np.uint8]  # per person
    shown: NDArray[np.int64]  # open hash set of post << 32 | person, by a share or a post of one's own
    entries: NDArray[np.int64]  # [1]: of `shown`


class CustomerRoom:
    """Room for the customers of one run after the other."""

    def __init__(self) -> None:
        self.subscribed = np.empty(0, np.uint8)
        self.shown = np.empty(1, np.int64)

    def begin(self, people: int, list_room: int, aftermath: Aftermath) -> Customers:
        """Nobody yet, in columns as long as this run needs them."""
        if aftermath.subscribed > 0.0:
            if self.subscribed.size != people:
                self.subscribed = np.empty(people, np.uint8)
            self.subscribed[:] = 0
        if aftermath.posted > 0.0:
            if self.shown.size != 4 * list_room:
                self.shown = np.empty(4 * list_room, np.int64)
            self.shown[:] = -1
        return Customers(self.subscribed, self.shown, np.zeros(1, np.int64))
