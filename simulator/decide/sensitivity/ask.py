"""What is asked of a sensitivity analysis, checked before anything is played, and its answer by each method."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from simulator.decide.ensemble import Stage
from simulator.decide.question import check_between
from simulator.decide.sampling import check_salib
from simulator.decide.sensitivity.cube import morris, sobol
from simulator.decide.sensitivity.factors import Factor, chosen, factors_of
from simulator.decide.sensitivity.tornado import tornado
from simulator.errors import InputProblems, Problem
from simulator.experiment.versions import Version
from simulator.scenario.problems import did_you_mean

Method = Literal["tornado", "morris", "sobol"]
METRICS: Final = ("profit", "incremental_orders")  # that every run of every arm has
MOST_POINTS: Final = 65_536


@dataclass(frozen=True)
class Inquiry:
    """One analysis. `points` are trajectories of Morris, rows of Sobol', and mean nothing to a tornado."""

    method: Method
    points: int
    runs: int
    between: tuple[str, str] | None = None
    metric: str = "profit"
    numbers: tuple[str, ...] = ()
    with_people: bool = False

    def check(self, base: Version) -> None:
        """Raise InputProblems for what cannot be analyzed."""
        check_between(self.between, base.plan)
        if self.metric not in METRICS:
            remedy = did_you_mean(self.metric, METRICS)
            raise InputProblems([Problem("--metric", f"{self.metric[:80]!r} is not one that every run has", remedy)])
        if self.method != "tornado":
            check_salib("--method tornado does without")
        rows = self.points
        if self.method == "sobol" and not (rows >= 2 and rows & (rows - 1) == 0 and rows <= MOST_POINTS):
            nearest = 2 ** max(1, min(16, round(max(rows, 2)).bit_length() - 1))
            raise InputProblems([Problem("--points", f"{rows} is no power of two", f"ask for {nearest}")])
        if self.method == "morris" and not 2 <= rows <= MOST_POINTS:
            raise InputProblems([Problem("--points", f"{rows} is not from 2 to {MOST_POINTS:,}", "ask for 16")])
        if not self.factors(base) and self.method == "morris":
            raise InputProblems([Problem("", "no number is uncertain, so morris has none to vary", "use a tornado")])

    def factors(self, base: Version) -> tuple[Factor, ...]:
        """What is varied: the numbers that are named, or all that the method can vary. Raises InputProblems."""
        found = chosen(factors_of(base), self.numbers)
        unfit = [factor for factor in found if not self._can_vary(factor)]
        if self.numbers and unfit:
            raise InputProblems([Problem("--number", *self._why_not(factor)) for factor in unfit])
        return tuple(factor for factor in found if self._can_vary(factor))

    def _can_vary(self, factor: Factor) -> bool:
        if self.method == "tornado":
            return self.with_people or bool(self.numbers) or not factor.shapes_world
        return not factor.shapes_world and not factor.replans

    def _why_not(self, factor: Factor) -> tuple[str, str]:
        if factor.shapes_world:
            return f"{factor.path} shapes the people, so that {self.method} would need new ones at every point", (
                "use --method tornado"
            )
        return f"{factor.path} is certain, so it has no share of what is not known", (
            "use --method tornado, or give it a distribution"
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def analyze(base: Version, inquiry: Inquiry, stage: Stage) -> dict[str, Any]:
    """The analysis as plain data."""
    factors, between, metric = inquiry.factors(base), inquiry.between, inquiry.metric
    if inquiry.method == "tornado":
        found = tornado(base, factors, inquiry.runs, stage, between=between, metric=metric)
    elif inquiry.method == "morris":
        found = morris(base, factors, inquiry.points, inquiry.runs, stage, between=between, metric=metric)
    else:
        found = sobol(base, factors, inquiry.points, stage, between=between, metric=metric)
    varied = {factor.path for factor in factors}
    left = [factor for factor in factors_of(base) if factor.path not in varied]
    return found | {"not_varied": [{"path": factor.path, "reason": _reason(factor, inquiry)} for factor in left]}


def _reason(factor: Factor, inquiry: Inquiry) -> str:
    if inquiry.numbers:
        return "not asked for"
    return "shapes the people" if factor.shapes_world else "is certain"
