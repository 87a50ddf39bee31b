"""What is varied, as the command line says it: `path=low:high`, with `:log` or `:int` behind it; and its values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulator.errors import InputProblems, Problem
from simulator.experiment.versions import Version
from simulator.quantity import Quantity
from simulator.scenario.draws import all_numbers
from simulator.scenario.problems import did_you_mean

Spacing = Literal["linear", "log", "int"]
OF_THE_EXPERIMENT: Final = ("runs", "seed", "worlds", "replicates")  # which luck and people: the same at every value
DIGITS: Final = 10  # of a value as it is set: no difference that anybody means


@dataclass(frozen=True)
class Varied:
    """A number of the scenario, and the values it takes: from `low` to `high`, evenly, evenly in logs, or whole."""

    path: str
    low: float
    high: float
    spacing: Spacing = "linear"
    unit: str = ""
    now: float | None = None  # what the scenario says, if it is certain

    def place(self, fraction: float) -> float:
        """Where a fraction, from 0 to 1, of the way ends; of whole numbers perhaps between two of them."""
        if self.spacing == "log":
            return math.exp(math.log(self.low) + fraction * (math.log(self.high) - math.log(self.low)))
        return self.low + fraction * (self.high - self.low)

    def value(self, fraction: float) -> float:
        """The value to set there: a whole number where it must be one."""
        place = self.place(fraction)
        return float(round(place)) if self.spacing == "int" else float(f"{place:.{DIGITS}g}")

    def setting(self, value: float) -> str:
        """The setting that gives the number this value."""
        return f"{self.path}={int(value) if self.spacing == 'int' else f'{value:.{DIGITS}g}'}"

    def as_dict(self) -> dict[str, Any]:
        return {"path": self.path, "unit": self.unit, "low": self.low, "high": self.high, "dist": self.spacing}


def parsed(texts: Sequence[str], version: Version, option: str = "--vary") -> tuple[Varied, ...]:
    """What the texts vary; a path alone goes through its plausible range. Raises InputProblems with all problems."""
    known = {number.path: number for number in all_numbers(version.scenario) if isinstance(number, Quantity)}
    found: list[Varied] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            found.append(_parsed(text, known, option))
        except InputProblems as error:
            problems += error.problems
    twice = {each.path for each in found if [other.path for other in found].count(each.path) > 1}
    problems += [Problem(option, f"{path} is varied twice", "name it once") for path in sorted(twice)]
    if problems:
        raise InputProblems(problems)
    return tuple(found)


def _parsed(text: str, known: dict[str, Quantity], option: str) -> Varied:
    path, equals, rest = text.partition("=")
    path = path.strip()
    if path in OF_THE_EXPERIMENT:
        message = f"{path} is not of the campaign but of the experiment, which is the same at every value"
        raise _problem(option, message, f"set it for all of them with --set {path}=NUMBER")
    number = known.get(path)
    unit = number.unit if number is not None else ""
    now = number.value if number is not None and not number.uncertain else None
    if not equals:
        if number is None or number.low is None or number.high is None or not number.low < number.high:
            remedy = did_you_mean(path, known) if number is None else None
            raise _problem(option, f"{path[:80]!r} has no plausible range", remedy or f"write {path}=LOW:HIGH")
        return Varied(path, number.low, number.high, "linear", unit, now)
    low, high, spacing = _three_parts(text, rest, option)
    if spacing not in get_args(Spacing):
        raise _problem(option, f"{spacing[:80]!r} is no spacing", did_you_mean(spacing, get_args(Spacing)))
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = math.nan, math.nan
    if not (math.isfinite(ends[0]) and math.isfinite(ends[1]) and ends[0] < ends[1]):
        raise _problem(option, f"{rest[:80]!r} is no range", f"write {path}=LOW:HIGH with numbers, the lower one first")
    if spacing == "log" and not ends[0] > 0.0:
        raise _problem(option, f"{low[:80]} has no logarithm", "begin above 0")
    return Varied(path, *ends, spacing, unit, now)  # type: ignore[arg-type]  # checked above


def _three_parts(text: str, rest: str, option: str) -> tuple[str, str, str]:
    parts = rest.split(":")
    if len(parts) not in (2, 3):
        raise _problem(option, f"{text[:80]!r} is not of the form PATH=LOW:HIGH[:SPACING]", "as in budget=1000:20000")
    return parts[0], parts[1], parts[2].strip() if len(parts) == 3 else "linear"


def _problem(option: str, message: str, remedy: str | None) -> InputProblems:
    return InputProblems([Problem(option, message, remedy)])


def values_at(varied: Sequence[Varied], fractions: NDArray[np.float64]) -> list[tuple[float, ...]]:
    """The points at fractions [point, number], each once, in order."""
    rows = [tuple(each.value(u) for each, u in zip(varied, row, strict=True)) for row in fractions.tolist()]
    return list(dict.fromkeys(rows))
