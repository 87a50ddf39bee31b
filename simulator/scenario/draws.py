"""The values that uncertain numbers take in one run: each a pure function of seed, path, and draw or world.

A draw is one set of numbers. It serves one run, or as many consecutive ones as the scenario has `replicates`: those
differ in luck and world alone, so that ignorance and luck can be told apart.

Adding a number, an arm or a run leaves all other draws as they were. Whatever was drawn or computed once in a run is
remembered, because all arms of a run need the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from simulator.dice import NO_WORLD, identity, inner_unit, throw
from simulator.errors import Problem
from simulator.quantity import Curve, Quantity
from simulator.scenario.designs import RANDOM, Design, drawn, lane_problems
from simulator.scenario.mechanisms import Mechanism
from simulator.scenario.schema import Scenario

Answer = TypeVar("Answer")
Number = Quantity | Curve
SHARED: Final = ("once", "platform")  # what is drawn anew for each draw; the rest is luck of the run, or of the world


@dataclass(frozen=True)
class Draws:
    """Values of one run (or, with `run` 0, of one world)."""

    seed: int
    world: int
    run: int
    replicates: int = 1
    design: Design = RANDOM
    _known: dict[Hashable, tuple[object, Any]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def draw(self) -> int:
        """Which set of numbers the run uses, from 1; with one replicate it is the run."""
        return draw_of(self.run, self.replicates)

    def quantile(self, path: str, varies: str, about: str = "") -> float:
        """The uniform quantile of a number; `about` names the influencer or post it varies over."""
        return self._remembered((path, varies, about), None, lambda: self._quantile(path, varies, about))

    def number(self, quantity: Quantity, about: str = "") -> float:
        """Value of a number in this run."""
        if not quantity.uncertain:
            return quantity.value
        return self._remembered(
            (quantity.path, about),
            quantity,
            lambda: quantity.at(self.quantile(quantity.path, quantity.varies, about)),
        )

    def curve(self, curve: Curve, followers: float) -> float:
        """Value of a curve for an account of that size: one quantile serves all sizes."""
        return self._remembered((curve.path, followers), curve, lambda: self._curve(curve, followers))

    def luck(self, decision: int, *about: str | int) -> tuple[float, ...]:
        """The four dice of what an influencer decides in this run, or of one of its posts; each in (0, 1)."""
        return tuple(map(inner_unit, throw(self.seed, NO_WORLD, 0, identity(*about), self.run, decision, 0)))

    def once(self, compute: Callable[..., Answer], scenario: Scenario, *about: Hashable) -> Answer:
        """What `compute` makes of a scenario and these draws: worked out for the first arm that asks."""
        return self._remembered((compute, *about), scenario, lambda: compute(scenario, self, *about))

    def _remembered(self, key: Hashable, source: object, compute: Callable[[], Answer]) -> Answer:
        """The answer kept under a key, unless it was made from another source of the same name."""
        known = self._known.get(key)
        if known is None or known[0] is not source:
            known = self._known[key] = source, compute()
        answer: Answer = known[1]
        return answer

    def _quantile(self, path: str, varies: str, about: str) -> float:
        if varies == "world":
            return drawn(self.seed, self.world, identity(path, about), 0)
        if varies in SHARED:
            return self.design.quantile(self.seed, path, about, self.draw)
        return drawn(self.seed, NO_WORLD, identity(path, about), self.run)

    def _curve(self, curve: Curve, followers: float) -> float:
        if not curve.uncertain:
            return curve.at(followers, 0.5)
        quantile = self.quantile(curve.path, curve.varies)
        return curve.joined(
            followers, lambda row: self._remembered((id(row),), row, lambda: curve.row_at(row, quantile))
        )


@dataclass(frozen=True, eq=False)
class _Same:
    """A scenario as a key: the very object, since comparing all its numbers would take longer than drawing them."""

    scenario: Scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


def draw_of(run: int, replicates: int) -> int:
    """The draw that a run belongs to; both count from 1."""
    return (run - 1) // replicates + 1


def design_of(scenario: Scenario) -> Design:
    """The scenario's design; what its draws are random with has no lanes."""
    if scenario.design == "random":
        return RANDOM
    return Design(scenario.design, scenario.worlds // scenario.replicates)


def design_problems(scenario: Scenario) -> Iterator[Problem]:
    """What keeps the scenario's draws from following its design."""
    yield from lane_problems(scenario.design, scenario.worlds, scenario.replicates)
    if scenario.design == "sobol":
        from simulator.scenario.sobol import dimension_problems

        yield from dimension_problems(n.path for n in uncertain_numbers(scenario) if n.varies in SHARED)


def draws_of(scenario: Scenario, world: int, run: int) -> Draws:
    """The draws of one run, the same object for all its arms."""
    return _draws_of(_Same(scenario), world, run)


@lru_cache(maxsize=32)
def _draws_of(same: _Same, world: int, run: int) -> Draws:
    scenario = same.scenario
    return Draws(scenario.seed, world, run, scenario.replicates, design_of(scenario))


def drawn_numbers(scenario: Scenario, draws: Draws) -> dict[str, float]:
    """Drawn value of each uncertain number by path; of a curve, the drawn quantile."""
    return {
        number.path: draws.number(number)
        if isinstance(number, Quantity)
        else draws.quantile(number.path, number.varies)
        for number in uncertain_numbers(scenario)
    }


def uncertain_numbers(scenario: Scenario) -> tuple[Number, ...]:
    """Every uncertain number that is drawn once per run or world, sorted by path."""
    return _uncertain_numbers(_Same(scenario))


@lru_cache(maxsize=8)
def _uncertain_numbers(same: _Same) -> tuple[Number, ...]:
    found = {number.path: number for number in all_numbers(same.scenario) if number.uncertain}
    return tuple(found[path] for path in sorted(found) if found[path].varies in ("once", "platform", "world"))


def all_numbers(part: object) -> Iterator[Number]:
    """Every number of a scenario, in the order of the file's sections; none of a mechanism that is off."""
    if isinstance(part, Mechanism) and not part.on:
        return
    if isinstance(part, Quantity | Curve):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from all_numbers(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from all_numbers(value)
    elif isinstance(part, tuple | list):
        for value in part:
            yield from all_numbers(value)
