"""The break-even of a scenario's number between two of its plans, or a frontier of it over a second number.

Every value is played in the same runs, on the same people and luck; a scan of the range comes first, then values where
the difference, or an end of its interval, is near zero. The recommended plan changes there, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

from simulator.decide.break_even.root import SCAN, Crossing, Roots, roots
from simulator.decide.cautions import cautions
from simulator.decide.ensemble import Ensemble, Stage, played
from simulator.decide.question import Question, arm_of, check_between, weighed
from simulator.decide.saving import analysis_name
from simulator.decide.sweep import versions_at
from simulator.decide.varied import Varied
from simulator.errors import InputProblems, Problem
from simulator.experiment.trials import Trials
from simulator.experiment.versions import Listed, Version
from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate
from simulator.results.failures import Failure
from simulator.results.paired import paired
from simulator.results.tables import called
from simulator.results.trial_parts import PART
from simulator.results.wording import money, number

VERSION: Final = 1
FRONTIER: Final = 5  # values of the second number
KIND: Final = "break-even"


@dataclass
class _Line:
    """The difference between two plans along one number, played as it is asked for.

    Without names the plans are the best two as things stand, whatever the range; of a number that belongs to a plan,
    that plan and its best rival.
    """

    question: Question
    varied: Varied
    runs: int
    stage: Stage
    name: str
    between: tuple[str, str] | None
    settings: tuple[str, ...] = ()
    people: int | None = None  # of the market, the same at every value
    now: Estimate | None = None  # the difference as things stand
    failures: list[Failure] = field(default_factory=list)  # of all lines of a frontier
    _known: dict[float, Estimate] = field(default_factory=dict)

    def scan(self) -> None:
        """Play evenly spaced values at once. Raises InputProblems that name the values at which nothing fits."""
        values = scanned(self.varied)
        question = replace(self.question, settings=(*self.question.settings, *self.settings))
        points = versions_at(question, [self.varied], [(value,) for value in values])
        versions = [question.version(), *(points.version(place) for place in range(len(points)))]
        self.people = max(self.people or 0, *(version.plan.population for version in versions))
        ensemble = self._played(Listed([self._sized(version) for version in versions]), "scan")
        about = arm_of(self.varied.path, self.question.version().plan)
        self.between = weighed(self.between, ensemble.arms(0), about)
        self.now, *found = (self._difference(ensemble.by_name(place)) for place in range(len(versions)))
        self._known |= dict(zip(values, found, strict=True))

    def at(self, value: float) -> Estimate:
        """The difference at one value."""
        if value not in self._known:
            version = self._sized(self.question.version(*self.settings, self.varied.setting(value)))
            self._known[value] = self._difference(self._played(Listed([version]), f"{value:.10g}").by_name(0))
        return self._known[value]

    def _played(self, versions: Listed, name: str) -> Ensemble:
        ensemble = played(Trials.crossed(versions, self.runs), self.stage, f"{self.name}{PART}{name}")
        self.failures.extend(ensemble.failures)
        return ensemble

    def roots(self) -> Roots:
        """Where the difference changes its sign, in values of the number."""
        self.scan()
        found = roots(lambda fraction: self.at(self.varied.value(fraction)), 0.0, 1.0)
        looks = {(at := self.varied.value(look.at)): replace(look, at=at) for look in found.looks}
        return Roots(tuple(self._in_values(crossing) for crossing in found.crossings), tuple(looks.values()))

    def _in_values(self, crossing: Crossing) -> Crossing:
        low, high = (None if end is None else self.varied.place(end) for end in (crossing.low, crossing.high))
        return replace(crossing, value=self.varied.place(crossing.value), low=low, high=high)

    def _sized(self, version: Version) -> Version:
        assert self.people is not None
        return replace(version, plan=replace(version.plan, population=self.people))

    def _difference(self, arms: dict[str, ArmRuns]) -> Estimate:
        assert self.between is not None
        first, second = self.between
        found = paired(arms[first], arms[second], lambda arm: arm.profit)
        assert found is not None  # every run has a profit
        return found.difference


def scanned(varied: Varied) -> list[float]:
    """The values that are looked at first."""
    return list(dict.fromkeys(varied.value(place / (SCAN - 1)) for place in range(SCAN)))


def across(over: Varied) -> list[float]:
    """The values of the second number of a frontier."""
    return list(dict.fromkeys(over.value(place / (FRONTIER - 1)) for place in range(FRONTIER)))


def check_range(question: Question, varied: Varied, over: Varied | None) -> None:
    """Raise InputProblems before anything is played: for one number twice, and values where nothing can be signed."""
    if over is not None and over.path == varied.path:
        raise InputProblems([Problem("--over", f"{over.path} is varied already", "name a second number")])
    values = scanned(varied)
    versions_at(question, [varied], [(value,) for value in values])
    if over is not None:
        versions_at(question, [over, varied], [(at, value) for at in across(over) for value in values])


def break_even(
    question: Question,
    varied: Varied,
    runs: int,
    stage: Stage,
    *,
    between: tuple[str, str] | None = None,
    over: Varied | None = None,
) -> dict[str, Any]:
    """The analysis as plain data. Raises InputProblems if a plan is unknown, or cannot be paid at some value."""
    base = question.version()
    check_between(between, base.plan)
    name = break_even_name(varied, over, between)
    line = _Line(question, varied, runs, stage, name, between)
    found = line.roots()
    assert line.between is not None  # the scan chose
    assert line.now is not None
    facts = {
        "version": VERSION,
        "kind": KIND,
        "name": base.scenario.name,
        "currency": base.scenario.currency,
        "runs": runs,
        "people": line.people,
        "path": varied.path,
        "unit": varied.unit,
        "range": [varied.low, varied.high],
        "between": list(line.between),
        "now": {"value": varied.now, "difference": line.now.as_dict()},
        **_main(found.crossings),
        "crossings": [vars(crossing) for crossing in found.crossings],
        "evaluations": [{"value": look.at, "difference": look.difference.as_dict()} for look in found.looks],
        "sentence": sentence(varied, line.between, found, base.scenario.currency),
        "notes": cautions([varied.path] if over is None else [varied.path, over.path]),
    }
    if over is not None:
        facts |= {"over": over.path, "frontier": _frontier(line, over)}
    return facts | {"failed": len(line.failures)}


def break_even_name(varied: Varied, over: Varied | None, between: tuple[str, str] | None) -> str:
    """The analysis's name: other plans on the same number are another analysis."""
    paths = [varied.path] if over is None else [varied.path, over.path]
    return analysis_name(KIND, [*paths, *(between or ())])


def _main(crossings: Sequence[Crossing]) -> dict[str, float | None]:
    """The first crossing, or nothing."""
    first = crossings[0] if crossings else None
    return {name: None if first is None else getattr(first, name) for name in ("value", "low", "high")}


def _frontier(line: _Line, over: Varied) -> list[dict[str, Any]]:
    """The first crossing at each of some values of a second number."""
    found = []
    for at in across(over):
        other = replace(line, settings=(over.setting(at),), name=f"{line.name}{PART}at-{at:.10g}", _known={})
        found.append({"at": at, **_main(other.roots().crossings)})
    return found


def sentence(varied: Varied, between: tuple[str, str], found: Roots, currency: str) -> str:
    """The answer in words."""
    if not found.crossings:
        return _stays(varied, between, found, currency)
    first, second = map(called, between)
    of = f" {currency}" if varied.unit == "money" else ""
    told = [_turn(crossing, first, second, of) for crossing in found.crossings]
    now = "" if varied.now is None else f" It is {number(varied.now)}{of} now."
    return f"Between {first} and {second} the decision turns at {varied.path} = {'; and at '.join(told)}.{now}"


def _stays(varied: Varied, between: tuple[str, str], found: Roots, currency: str) -> str:
    """Who is ahead where nothing turns, and where that is no more than the simulation's error."""
    first, second = map(called, between)
    of = f" {currency}" if varied.unit == "money" else ""
    ends = f"from {number(varied.low)} to {number(varied.high)}{of}"
    nearest = min(found.looks, key=lambda look: abs(look.mean))
    sides = {look.mean > 0.0 for look in found.looks if look.mean != 0.0}
    if not sides:
        return f"{first} and {second} earn the same for all {varied.path} {ends}."
    leader, other = (first, second) if sides == {True} else (second, first)
    told = money(abs(nearest.mean), currency, nearest.difference.error)
    if len({look.difference for look in found.looks}) == 1:
        chance = ", which may be chance" if nearest.holds_zero else ""
        lead = f"{leader} is ahead of {other} by {told}{chance}"
        return f"{varied.path} changes nothing between {first} and {second}: {lead}."
    unsure = [look.at for look in found.looks if look.holds_zero]
    if not unsure:
        return f"{leader} stays ahead of {other} for all {varied.path} {ends}; its lead is never below {told}."
    where = f"{varied.path} from {number(min(unsure))} to {number(max(unsure))}{of}"
    return (
        f"{leader} is ahead of {other} on average for all {varied.path} {ends}, at the least by {told}; "
        f"but these runs leave open whether it is for {where}. Ask for more --runs."
    )


def _turn(crossing: Crossing, first: str, second: str, of: str) -> str:
    below, above = (second, first) if crossing.rises else (first, second)
    error = None
    with suppress(TypeError):
        error = (crossing.high - crossing.low) / 4.0  # type: ignore[operator]  # an open end has no width
    low = "below the range" if crossing.low is None else number(crossing.low, error)
    high = "beyond the range" if crossing.high is None else number(crossing.high, error)
    return f"{number(crossing.value, error)}{of} (95%: {low} to {high}): below it {below} is better, above it {above}"
