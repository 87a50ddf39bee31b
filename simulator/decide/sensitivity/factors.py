"""The numbers whose ignorance may matter: all that are uncertain, and certain ones that only a guess supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.errors import InputProblems, Problem
from simulator.experiment.versions import Version
from simulator.quantity import Curve
from simulator.scenario.draws import SHARED, Number, all_numbers
from simulator.scenario.pins import can_be_held, pinned, value_at
from simulator.scenario.planning import plan_campaign

OWN: Final = "your own"
LOW, HIGH = 0.05, 0.95  # quantiles between which an uncertain number lies with 90%
MIDDLE: Final = 0.5


@dataclass(frozen=True)
class Factor:
    """A number that is varied. `shapes_world`: other values mean other people, not only other behavior."""

    number: Number
    shapes_world: bool
    replans: bool  # it is certain, and what is signed may hang on it

    @property
    def path(self) -> str:
        return self.number.path

    @property
    def ends(self) -> tuple[float, float]:
        """Fractions of its spread between which it is varied: the middle 90%, or the whole plausible range."""
        return (LOW, HIGH) if self.number.uncertain else (0.0, 1.0)

    @property
    def is_curve(self) -> bool:
        """Whether it has another value for every size of an account."""
        return isinstance(self.number, Curve)

    def value(self, fraction: float, followers: int | None = None) -> float | None:
        """Its value there; of a curve that for an account of so many followers, and none without a size."""
        if isinstance(self.number, Curve):
            return None if followers is None else self.number.at(followers, fraction)
        return value_at(self.number, fraction)

    def as_dict(self) -> dict[str, Any]:
        number = self.number
        return {"path": number.path, "meaning": number.meaning, "grade": number.grade, "unit": number.unit}


def factors_of(version: Version) -> tuple[Factor, ...]:
    """Everything that may be varied, by path: what a scenario states as its own and certain is none of it.

    A number drawn anew for each influencer, post or person is luck, and none either.
    """
    found = {number.path: number for number in all_numbers(version.scenario)}
    return tuple(
        Factor(number, number.varies == "world", replans=not number.uncertain)
        for path in sorted(found)
        if (number := found[path]).varies in (*SHARED, "world")
        and can_be_held(number)
        and (number.uncertain or number.grade != OWN)
    )


def chosen(factors: Sequence[Factor], paths: Sequence[str]) -> tuple[Factor, ...]:
    """The factors of these paths; all if none are named. Raises InputProblems with suggestions."""
    from simulator.scenario.problems import did_you_mean

    known = {factor.path: factor for factor in factors}
    problems = [
        Problem("--number", f"{path[:80]!r} is no number that can be varied", did_you_mean(path, known))
        for path in paths
        if path not in known
    ]
    twice = sorted({path for path in paths if list(paths).count(path) > 1})
    problems += [Problem("--number", f"{path[:80]!r} is named twice", "name it once") for path in twice]
    if problems:
        raise InputProblems(problems)
    return tuple(known[path] for path in paths) if paths else tuple(factors)


def version_at(base: Version, factor: Factor, fraction: float) -> Version:
    """The version with one number held. Raises InputProblems where nothing can be signed at that value."""
    scenario = pinned(base.scenario, {factor.path: fraction})
    if not factor.replans:
        return Version(scenario, base.plan)
    sized = scenario.population.model_copy(update={"size": base.plan.population})
    return Version(scenario, plan_campaign(scenario.model_copy(update={"population": sized})))
