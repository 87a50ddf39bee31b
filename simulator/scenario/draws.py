"""The values that uncertain numbers take in one run: each a pure function of seed, path, and run or world.

Adding a number, an arm or a run leaves all other draws as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from simulator.dice import NO_WORLD, PARAMETER, identity, inner_unit, throw
from simulator.quantity import Curve, Quantity
from simulator.scenario.schema import Scenario


@dataclass(frozen=True)
class Draws:
    """Values of one run (or, with `run` 0, of one world)."""

    seed: int
    world: int
    run: int
    _rows: dict[tuple[str, float, int], float] = field(default_factory=dict, repr=False, compare=False)

    def quantile(self, path: str, varies: str, about: str = "") -> float:
        """The uniform quantile of a number; `about` names the influencer or post it varies over."""
        world, run = (self.world, 0) if varies == "world" else (NO_WORLD, self.run)
        return inner_unit(throw(self.seed, world, 0, identity(path, about), run, PARAMETER, 0)[0])

    def number(self, quantity: Quantity, about: str = "") -> float:
        """Value of a number in this run."""
        if not quantity.uncertain:
            return quantity.value
        return quantity.at(self.quantile(quantity.path, quantity.varies, about))

    def curve(self, curve: Curve, followers: float) -> float:
        """Value of a curve for an account of that size: one quantile serves all sizes."""
        if not curve.uncertain:
            return curve.at(followers, 0.5)
        key = (curve.path, followers, 0)
        if key not in self._rows:
            self._rows[key] = curve.at(followers, self.quantile(curve.path, curve.varies))
        return self._rows[key]

    def uncertain(self, numbers: tuple[Quantity | Curve, ...]) -> dict[str, float]:
        """Drawn value of each uncertain number by path; of a curve, the drawn quantile."""
        return {
            number.path: self.number(number)
            if isinstance(number, Quantity)
            else self.quantile(number.path, number.varies)
            for number in numbers
        }


def uncertain_numbers(scenario: Scenario) -> tuple[Quantity | Curve, ...]:
    """Every uncertain number that is drawn once per run or world, sorted by path."""
    found = {number.path: number for number in all_numbers(scenario) if number.uncertain}
    return tuple(found[path] for path in sorted(found) if found[path].varies in ("once", "platform", "world"))


def all_numbers(part: object) -> Iterator[Quantity | Curve]:
    """Every number of a scenario, in the order of the file's sections."""
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
