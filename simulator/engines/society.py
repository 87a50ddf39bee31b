"""What the people of one run share in the Mesa form: the columns they are views of, the dice, and the counts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from simulator.campaign.brief import Brief
from simulator.dice import throw
from simulator.engines.columns import codes, new_counts, new_state
from simulator.world.world import World


class Society:
    """Plain containers; each does what a compiled list or column does."""

    def __init__(self, brief: Brief, world: World) -> None:
        self.brief, self.world = brief, world
        state = new_state(world.size, world.audiences.person.size)
        self.marks, self.tie_marks = state.marks, state.tie_marks
        self.memory: Any = state.memory.view(np.recarray)
        self.clicks: Any = state.clicks.view(np.recarray)
        self.trust = world.audiences.trust.copy()  # of follow edges, as it stands
        self.codes = codes(brief)
        self.tally = new_counts(len(brief.authors), brief.horizon)
        self.met: set[tuple[int, int]] = set()  # (post, person) who engaged
        self.subscribed: set[int] = set()  # people
        self.shown: set[tuple[int, int]] = set()  # (post, person) whose peers have seen it, or will tomorrow
        self.shares: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day: (post, person)
        self.awake: dict[int, set[int]] = defaultdict(set)  # day: people with something to do

    def throw(self, who: int, about: int, decision: int, when: int) -> tuple[int, int, int, int]:
        """The dice of this run."""
        return throw(self.brief.seed, self.world.index, who, about, self.brief.run, decision, when)
