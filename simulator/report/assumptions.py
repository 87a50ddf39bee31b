"""What was assumed: every number that is uncertain, stated by the scenario, or changed from its default.

All of it stands in the manifest, the summary, and the analyses of the run. What the lead of the best choice hangs on
comes first, and of that what is assumed and not measured.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.report.answer import ranked_arms
from simulator.report.reading import Analysis, Reading
from simulator.results.tables import called
from simulator.results.wording import percent, with_error
from simulator.scenario.explain import Explanation, explained
from simulator.scenario.recovered import recovered_numbers

OWN: Final = "your own"
ASSUMED: Final = "assumed"
BY_RANKS: Final = (
    "Influence: the share of the order of the runs, by the lead of {arm} over {over}, that a number explains alone "
    "(its squared rank correlation with that lead in these runs, ± one standard error). Blank: no more than chance "
    "gives among so many numbers. It overlooks numbers that act both ways; simulator sensitivity looks closer."
)
BY_ENDS: Final = (
    "Influence: how much the lead of {arm} over {over} in {metric} changes as one number goes from the low end of its "
    "range to the high end, all others as they are (from the tornado analysis with {runs:,} runs of each value, ± one "
    "standard error). Blank: no more than chance."
)
TURNING: Final = (
    "Assumed, and within their ranges they turn the decision",
    "Nobody has measured these; learning more about them can change the answer.",
)
OPEN: Final = (
    "Assumed, and within their ranges they may turn the decision",
    "Nobody has measured these; whether those that may turn it do so, more runs would tell.",
)
STEADY: Final = (
    "Assumed; they move the lead most, none turns the decision within its range",
    "Nobody has measured these; learning more about them changes the size of the lead.",
)
MOVING: Final = (
    "Assumed, and they move the lead most",
    "Nobody has measured these; simulator sensitivity tells whether one of them turns the decision.",
)
SIZE: Final = re.compile(r"(\d[\d.e+]*): (.*?)(?:, (?=\d[\d.e+]*: )|$)")  # of a curve's text
CLEAR: Final = 2.0  # standard errors
TURNS: Final = "turns the decision within its range"
MAY_TURN: Final = "may turn the decision within its range, more runs would tell"


@dataclass(frozen=True)
class Influence:
    """What hangs on one number."""

    size: float  # to rank by
    text: str
    direction: str  # of the lead as the number rises
    turns: bool = False  # whether the better plan is another one at the other end of its range
    surely: bool = False  # whether that is more than the simulation's error


@dataclass(frozen=True)
class Assumption:
    """One number, and what hangs on it: nothing where that may be chance."""

    number: Explanation
    influence: Influence | None

    @property
    def matters(self) -> bool:
        """Whether it moves the lead, and nobody has measured it."""
        return self.influence is not None and self.number.grade == ASSUMED

    @property
    def turns(self) -> bool:
        """Whether it also turns the decision within its range, or may do so; only a tornado tells."""
        return self.influence is not None and self.matters and self.influence.turns

    @property
    def surely_turns(self) -> bool:
        """Whether it does so beyond the simulation's error."""
        return self.influence is not None and self.turns and self.influence.surely

    @property
    def values(self) -> tuple[str, ...]:
        """The value, or those of a curve by followers, one size after the other."""
        found = SIZE.findall(self.number.value)
        return tuple(f"{float(size):,.0f} followers: {text}" for size, text in found) or (self.number.value,)

    @property
    def range(self) -> str:
        """The plausible range; where none is stated, the distribution says all there is."""
        return self.number.range or "not stated"


@dataclass(frozen=True)
class Assumptions:
    """All of them, those that matter first."""

    measure: str  # how influence is measured; empty where it is not known
    heading: str  # of those that matter
    caption: str
    matter: tuple[Assumption, ...]
    rest: tuple[Assumption, ...]


def assumptions(reading: Reading) -> Assumptions:
    """What the run's manifest holds of its numbers. Older manifests do not say what was replaced."""
    replaced = reading.manifest.get("replaced", {})
    tornado = _tornado(reading)
    measure, known = _influences(reading, tornado)
    numbers = map(explained, recovered_numbers(reading.manifest["scenario"], replaced))
    found = [Assumption(number, known.get(number.path)) for number in numbers if _is_told(number)]
    found.sort(key=lambda each: (-_size(each), not each.number.uncertain, each.number.path))
    turning = [each for each in found if each.turns]
    matter = turning or [each for each in found if each.matters]
    heading, caption = _words(turning, after_tornado=tornado is not None)
    rest = [each for each in found if each not in matter]
    return Assumptions(measure, heading, caption, tuple(matter), tuple(rest))


def _words(turning: Sequence[Assumption], *, after_tornado: bool) -> tuple[str, str]:
    """Heading and caption of the numbers that matter."""
    if turning:
        return TURNING if all(each.surely_turns for each in turning) else OPEN
    return STEADY if after_tornado else MOVING


def _is_told(number: Explanation) -> bool:
    return bool(number.uncertain or number.default or number.grade == OWN)


def _size(assumption: Assumption) -> float:
    return assumption.influence.size if assumption.influence else 0.0


def _tornado(reading: Reading) -> Analysis | None:
    """The tornado that tells most of the decision: of the best two plans if there is one, and of most numbers."""
    best = {arm["arm"] for arm in ranked_arms(reading.summary)[:2]}
    found = [each for _, each in reading.of_kind("tornado") if each["metric"] == "profit"]
    return max(found, key=lambda each: (set(each["arms"]) == best, len(each["rows"])), default=None)


def _influences(reading: Reading, tornado: Analysis | None) -> tuple[str, dict[str, Influence]]:
    """How influence is measured, and that of each number by its path: the tornado if it was made, else the ranks."""
    if tornado is not None:
        first, second = tornado["arms"]
        known = {row["path"]: swing for row in tornado["rows"] if (swing := _swing(row, tornado)) is not None}
        return BY_ENDS.format(
            arm=called(first), over=called(second), metric=tornado["metric"], runs=tornado["runs"]
        ), known
    driving = reading.summary.get("drivers") or {"numbers": []}
    known = {each["path"]: _explained_share(each, driving) for each in driving["numbers"] if each["clear"]}
    return (BY_RANKS.format(arm=called(driving["arm"]), over=called(driving["over"])), known) if known else ("", {})


def _swing(row: Mapping[str, Any], tornado: Mapping[str, Any]) -> Influence | None:
    """The change of the lead over a number's range; the ends are taken for independent, which is cautious."""
    change = row["at_high"]["value"] - row["at_low"]["value"]
    errors = [row[end]["error"] for end in ("at_low", "at_high")]
    error = None if None in errors else math.hypot(*errors)  # a single run tells nothing of chance
    said = [_favors(change, *tornado["arms"])] if error is not None and abs(change) > CLEAR * error else []
    if row["flips"]:
        said.append(TURNS if row["surely"] else MAY_TURN)
    text = with_error(change, error)
    return Influence(abs(change), text, "; ".join(said), row["flips"], row["surely"]) if said else None


def _explained_share(driver: Mapping[str, Any], driving: Mapping[str, Any]) -> Influence:
    error = 2.0 * abs(driver["correlation"]) * driver["error"]  # of a square, by the delta method
    return Influence(
        driver["share"],
        percent(driver["share"], error),
        _favors(driver["correlation"], driving["arm"], driving["over"]),
    )


def _favors(change: float, arm: str, over: str) -> str:
    """Which plan gains as a number rises; `change` is that of the lead of one over the other."""
    return f"a higher value favors {called(arm if change > 0.0 else over)}"
