"""What a world is made of: everything it depends on, resolved, and nothing else. Scenarios of one recipe share worlds.

Arms, prices, posts, runs and rates stand in no recipe. What two recipes have in common they build alike, to the bit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from simulator.world.audiences import AudienceWish
from simulator.world.network import Given


@dataclass(frozen=True)
class Ties:
    """How people are tied to each other: a generator of `world.networks` and its numbers by name, or a given graph."""

    kind: str
    numbers: tuple[tuple[str, float], ...] = ()
    graph: str = ""  # digest of what is given
    given: Given | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Recipe:
    """One world, fully resolved: all its numbers are drawn.

    A field with `compare=False` only says where something is found: it changes no world, and no recipe's name.
    """

    seed: int
    world: int
    size: int  # agents
    topic_shares: tuple[float, ...]
    brand_topic: int
    topic_affinity_share: float
    influence_correlation: float
    activity_correlation: float
    trust_spread: float
    ties: Ties
    wishes: tuple[AudienceWish, ...]  # of the creators of all arms, sorted by name

    def text(self) -> str:
        """All that counts, as JSON: equal texts are equal recipes, to the last bit of every number."""
        return json.dumps(_plain(self), sort_keys=True, ensure_ascii=True, allow_nan=False)

    def digest(self) -> str:
        """Hash of the text."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def _plain(part: Any) -> Any:
    if is_dataclass(part):
        return {each.name: _plain(getattr(part, each.name)) for each in fields(part) if each.compare}
    if isinstance(part, tuple):
        return [_plain(item) for item in part]
    return part
