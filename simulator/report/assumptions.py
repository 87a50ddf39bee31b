"""What was assumed: every number that is uncertain, stated by the scenario, or changed from its default.

All of it stands in the manifest and the summary. What the lead of the best choice hangs on comes first, and of that
what is assumed and not measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.report.reading import Reading
from simulator.results.wording import percent
from simulator.scenario.explain import Explanation, explained
from simulator.scenario.recovered import recovered_numbers

OWN: Final = "your own"
ASSUMED: Final = "assumed"
MEASURE: Final = (
    "Influence: the share of the order of runs, by the lead of {arm} over {over}, that a number explains alone "
    "(its squared rank correlation with that lead in these runs, ± one standard error). Influences below what chance "
    "gives among so many numbers are left blank. It overlooks numbers that act both ways."
)


@dataclass(frozen=True)
class Assumption:
    """One number, with what hangs on it."""

    number: Explanation
    influence: float | None  # on the decision; none where it is not known or may be chance
    influence_text: str
    direction: str  # of the lead as the number rises

    @property
    def matters(self) -> bool:
        """Whether the decision hangs on it, and nobody has measured it."""
        return self.influence is not None and self.number.grade == ASSUMED

    @property
    def range(self) -> str:
        """The plausible range; of a spread-out number without one, its distribution says it."""
        return self.number.range or "not stated"


@dataclass(frozen=True)
class Assumptions:
    """All of them, those that matter first."""

    measure: str  # how influence is measured
    matter: tuple[Assumption, ...]
    rest: tuple[Assumption, ...]


def assumptions(reading: Reading) -> Assumptions:
    """What the run's manifest holds of its numbers. Older manifests do not say what was replaced."""
    replaced = reading.manifest.get("replaced", {})
    driving = reading.summary.get("drivers") or {"arm": "", "over": None, "numbers": []}
    known = {each["path"]: each for each in driving["numbers"] if each["clear"]}
    numbers = map(explained, recovered_numbers(reading.manifest["scenario"], replaced))
    found = [_assumption(number, known.get(number.path)) for number in numbers if _is_told(number)]
    found.sort(key=lambda each: (-(each.influence or 0.0), not each.number.uncertain, each.number.path))
    measure = MEASURE.format(arm=driving["arm"], over=driving["over"]) if known else ""
    return Assumptions(
        measure,
        tuple(each for each in found if each.matters),
        tuple(each for each in found if not each.matters),
    )


def _is_told(number: Explanation) -> bool:
    return bool(number.uncertain or number.default or number.grade == OWN)


def _assumption(number: Explanation, driver: Mapping[str, Any] | None) -> Assumption:
    if driver is None:
        return Assumption(number, None, "", "")
    error = 2.0 * abs(driver["correlation"]) * driver["error"]  # of a square, by the delta method
    direction = "helps" if driver["correlation"] > 0.0 else "hurts"
    return Assumption(number, driver["share"], percent(driver["share"], error), direction)
