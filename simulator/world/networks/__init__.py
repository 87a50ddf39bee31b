"""Generators of peer networks: one file each, named like the catalog entry that holds its numbers.

A generator is a function `build(seed, world, topic, rank, topics, numbers) -> PeerNetwork`: `topic` [people] holds
main interests below `topics`, `rank` [people] the wished rank of the own audience in (0, 1), `numbers` the entry's.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def generator(kind: str) -> Any:
    """The generator of a kind of network."""
    return import_module(f"{__name__}.{kind}").build
