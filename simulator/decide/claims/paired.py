"""What something adds: runs with it less the same runs without, which share draws, people and luck.

`without` names the variant of the scenario that leaves it out.
"""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Look, Observable, difference, minus

UNITS: Final = {"profit": "USD", "incremental_orders": "orders", "engagements": "", "trust": "trust"}
WORDS: Final = {"incremental_orders": "orders caused"}


def added(metric: str, place: str, without: str) -> Look:
    """A metric of one arm, with it less without."""
    return difference(metric, place, f"{place} @ {without}")


def what_it_adds(metric: str, place: str, without: str) -> Observable:
    """The same as a figure with its name."""
    name = f"{WORDS.get(metric, metric)}, {place}, with it less without"
    return Observable(name, UNITS[metric], added(metric, place, without))


def added_lead(metric: str, more: str, less: str, without: str) -> Observable:
    """What it adds to one arm's lead over another."""
    name = f"{WORDS.get(metric, metric)}, {more} less {less}, with it less without"
    return Observable(name, UNITS[metric], minus(added(metric, more, without), added(metric, less, without)))
