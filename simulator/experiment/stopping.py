"""When enough runs are in: all that were asked for, or so many that a figure is known to a stated precision.

A fixed-width interval is kept valid although it is looked at again and again, as in Chow and Robbins (1965) and Glynn
and Whitt (1992): the first look comes late enough for the variance to be known, looks are few and their times are fixed
beforehand, and a look counts only if the interval is narrow enough by two readings: the one that is reported, which
rests on few markets, and the one that takes all runs as independent, which does not get narrow by luck.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pyarrow as pa

from simulator.errors import InputProblems, Problem
from simulator.results.arms import arms_of
from simulator.results.lanes import lanes_of
from simulator.results.metrics import metrics_of
from simulator.results.precision import BEST, half_width, plain_half_width
from simulator.results.tables import schema
from simulator.results.wording import number
from simulator.scenario.problems import did_you_mean
from simulator.scenario.schema import Scenario

FIRST_LOOK: Final = 500  # runs
MOST_RUNS: Final = 1_000_000  # with a precision, unless --runs says otherwise
Reason = Literal["all runs", "precision", "time limit", "interrupted"]


@dataclass(frozen=True)
class Look:
    """What a look at the answer found: the half width of the widest interval, in two readings."""

    asked: str
    wanted: float
    found: tuple[float, float] | None  # none while there are too few runs
    worlds: int = 1  # that the answer rests on: what all of them share by chance, no interval shows

    @property
    def is_met(self) -> bool:
        return self.found is not None and max(self.found) <= self.wanted


@dataclass(frozen=True)
class Precision:
    """A metric of the runs' table, or `best`, and the half width its 95% interval is to have in every arm."""

    metric: str
    half_width: float
    scenario: Scenario

    def look(self, runs: pa.Table) -> Look:
        """How precise the answer of these runs is."""
        if len(runs["run"].unique()) < FIRST_LOOK:
            return Look(str(self), self.half_width, None, self.scenario.worlds)
        ordered = runs.sort_by([("arm", "ascending"), ("run", "ascending")])
        hired = schema("influencers").empty_table()
        arms = arms_of(ordered, hired, self.scenario.replicates, lanes_of(self.scenario))
        found = float(half_width(self.metric, arms)), float(plain_half_width(self.metric, arms))
        return Look(str(self), self.half_width, found, self.scenario.worlds)

    def was_met(self, summary: Mapping[str, Any]) -> bool:
        """Whether a saved answer says that it is as precise as this asks for."""
        known = summary.get("stopped", {}).get("precision")
        return bool(known and known["met"] and known["asked"] == str(self))

    def __str__(self) -> str:
        return f"{self.metric}:{self.half_width:g}"


@dataclass(frozen=True)
class Stopped:
    """Why an experiment ended with so many runs asked for, and how precise its answer was then."""

    reason: Reason
    runs: int
    look: Look | None = None

    def as_dict(self, finished: int) -> dict[str, Any]:
        """The reason, the sentence that tells it, and the precision, as plain data."""
        look = self.look
        widest = max(look.found) if look is not None and look.found is not None else math.inf
        reached = widest if math.isfinite(widest) else None
        return {
            "reason": self.reason,
            "runs": finished,
            "asked": self.runs,
            "sentence": self._sentence(finished, reached),
            "precision": None if look is None else {"asked": look.asked, "half_width": reached, "met": look.is_met},
        }

    def _sentence(self, finished: int, reached: float | None) -> str:
        if self.look is None and self.reason == "all runs":
            return ""
        found = "the interval is not known" if reached is None else f"the 95% interval is ± {number(reached)}"
        if self.look is not None and self.look.is_met:
            found += f", as far as {self.look.worlds} world{'s'[: self.look.worlds > 1]} can tell"
        if self.look is not None and self.look.found is None:
            found = f"there is no look before {FIRST_LOOK} runs"
        now = "" if self.look is None else f" {self.look.asked} was asked for; {found}."
        return {
            "precision": f"Stopped after {finished:,} runs, since the answer is precise enough:{now}",
            "time limit": f"Partial answer of {finished:,} of {self.runs:,} runs: the time limit came first.{now}",
            "all runs": f"Not as precise as asked for after all {finished:,} runs.{now}"
            if self.look is not None and not self.look.is_met
            else f"Precise enough after all {finished:,} runs:{now}",
            "interrupted": f"Partial answer of {finished:,} of {self.runs:,} runs: it was interrupted.{now}",
        }[self.reason]


def parsed_precision(text: str, scenario: Scenario) -> Precision:
    """The precision of `METRIC:HALF_WIDTH`. Raises InputProblems."""
    metric, _, width = text.partition(":")
    known = [BEST, *(each.name for each in metrics_of("runs"))]
    problems = []
    if metric not in known:
        problems.append(Problem("--precision", f"{metric[:80]!r} is no metric", did_you_mean(metric, known)))
    try:
        half_width = float(width)
    except ValueError:
        half_width = 0.0
    if not 0.0 < half_width < float("inf"):
        remedy = "write METRIC:HALF_WIDTH, such as roi:0.05 or best:0.01"
        problems.append(Problem("--precision", f"{width[:80]!r} is no half width", remedy))
    if problems:
        raise InputProblems(problems)
    return Precision(metric, half_width, scenario)
