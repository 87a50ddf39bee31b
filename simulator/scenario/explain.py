"""Every number of a scenario with all that is known about it: what it is, where it comes from, what it replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulator.quantity import Curve, Quantity
from simulator.scenario.draws import all_numbers
from simulator.scenario.numbers import curve_text
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario


@dataclass(frozen=True)
class Explanation:
    """One number, in words."""

    path: str
    value: str
    unit: str
    low: float | None
    high: float | None
    varies: str
    grade: str
    source: str
    date: str
    meaning: str
    default: str  # what the scenario replaced; empty if nothing
    uncertain: bool

    @property
    def range(self) -> str:
        """The plausible range as text."""
        return "" if self.low is None or self.high is None else f"{self.low:.7g} to {self.high:.7g}"


def explanations(scenario: Scenario) -> tuple[Explanation, ...]:
    """Every number of the scenario, in the order of its sections."""
    return tuple(_explained(number) for number in all_numbers(scenario))


def as_json(scenario: Scenario, plan: Plan, rows: Sequence[Explanation]) -> dict[str, Any]:
    """Rows of the explanation and the population, as plain data."""
    return {
        "version": 1,
        "name": scenario.name,
        "population": {"size": plan.population, "rule": plan.population_rule},
        "numbers": [asdict(row) for row in rows],
    }


def _explained(number: Quantity | Curve) -> Explanation:
    if isinstance(number, Quantity):
        value, low, high = str(number.distribution), number.low, number.high
    else:
        low = high = None
        rows = number.rows
        value = str(rows[0]) if len(rows) == 1 else curve_text(zip(number.followers, rows, strict=True))
    known = {name: getattr(number, name) for name in ("path", "unit", "varies", "grade", "source", "date", "meaning")}
    default = "" if number.default == value else number.default
    return Explanation(value=value, low=low, high=high, default=default, uncertain=number.uncertain, **known)
