"""Versions of one question that are played on the same people and luck: other numbers, other plans, same dice.

Versions whose worlds are made alike share a market: one set of worlds with the creators of all of them. A world lets a
creator in without changing anybody else, so what a version gives does not hang on which others stand beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.identity import canonical
from simulator.scenario.offers import Creator, Plan
from simulator.scenario.pins import pinned
from simulator.scenario.schema import Scenario
from simulator.world.build import recipe_of

MOST_KEPT: Final = 64  # points that a process remembers


@dataclass(frozen=True)
class Version:
    """One scenario with its plan."""

    scenario: Scenario
    plan: Plan


class Versions(Protocol):
    """Versions by number, from 0, and the markets they are played in."""

    @property
    def markets(self) -> Sequence[Version]:
        """What each market's worlds are built from."""

    def __len__(self) -> int:
        """How many versions there are."""

    def version(self, number: int) -> Version:
        """One version."""

    def market(self, number: int) -> int:
        """Number of the market that a version is played in, from 0."""

    def identity(self) -> list[Any]:
        """What these versions are, as plain data: equal for equal ones."""


class Listed:
    """Some versions, each given; markets are found. All get the size of the largest market."""

    def __init__(self, versions: Sequence[Version]) -> None:
        people = max(each.plan.population for each in versions)
        self._versions = [replace(each, plan=replace(each.plan, population=people)) for each in versions]
        self._market: list[int] = []
        self.markets: list[Version] = []
        made_of: list[str] = []
        for each in self._versions:
            made = _without_creators(each)
            number = next((n for n, known in enumerate(made_of) if known == made and _agree(self.markets[n], each)), -1)
            if number < 0:
                number = len(self.markets)
                self.markets.append(each)
                made_of.append(made)
            else:
                self.markets[number] = _united(self.markets[number], each)
            self._market.append(number)

    def __len__(self) -> int:
        return len(self._versions)

    def version(self, number: int) -> Version:
        return self._versions[number]

    def market(self, number: int) -> int:
        return self._market[number]

    def identity(self) -> list[Any]:
        return [[canonical(each.scenario), each.plan.population] for each in self._versions]


@dataclass(frozen=True)
class AtFractions:
    """A version at many points: its numbers of these paths held at fractions [point, path] of their spread.

    None of the numbers may shape the world, nor what is signed before launch.
    """

    base: Version
    paths: tuple[str, ...]
    fractions: NDArray[np.float64]
    _known: dict[int, Version] = field(default_factory=dict, repr=False, compare=False)

    @property
    def markets(self) -> Sequence[Version]:
        return (self.base,)

    def __len__(self) -> int:
        return len(self.fractions)

    def version(self, number: int) -> Version:
        """One point; the last ones are remembered, since all runs of a point in a world come after each other."""
        found = self._known.get(number)
        if found is None:
            fractions = dict(zip(self.paths, self.fractions[number].tolist(), strict=True))
            found = Version(pinned(self.base.scenario, fractions), self.base.plan)
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[number] = found
        return found

    def market(self, number: int) -> int:
        return 0

    def identity(self) -> list[Any]:
        return [canonical(self.base.scenario), self.base.plan.population, self.paths, _digest(self.fractions)]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_known": {}}


def _digest(fractions: NDArray[np.float64]) -> str:
    """Hash of the points: as a list they would be many times larger."""
    return hashlib.sha256(np.ascontiguousarray(fractions, dtype="<f8").tobytes()).hexdigest()


def _without_creators(version: Version) -> str:
    """What the worlds of a version are made of, apart from whom they let in."""
    return replace(recipe_of(version.scenario, version.plan, 0), wishes=()).text()


def _agree(market: Version, version: Version) -> bool:
    """Whether creators of the same name are the same, with the same audience."""
    known = {wish.name: wish for wish in recipe_of(market.scenario, market.plan, 0).wishes}
    own = recipe_of(version.scenario, version.plan, 0).wishes
    facts = {creator.name: creator for creator in market.plan.creators}
    return all(known.get(wish.name, wish) == wish for wish in own) and all(
        _as_audience(facts.get(creator.name, creator)) == _as_audience(creator) for creator in version.plan.creators
    )


def _as_audience(creator: Creator) -> tuple[object, ...]:
    return creator.followers, creator.topic, creator.focus, creator.real_share


def _united(market: Version, version: Version) -> Version:
    """The market with the creators of a version let in."""
    creators = {creator.name: creator for creator in (*market.plan.creators, *version.plan.creators)}
    together = tuple(creators[name] for name in sorted(creators))
    return replace(market, plan=replace(market.plan, creators=together))
