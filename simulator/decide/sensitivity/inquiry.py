"""What is asked of a sensitivity analysis, checked before anything is played."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from simulator.decide.choices import METRICS, POINTS_OF, RUNS_OF, Method
from simulator.decide.question import check_between
from simulator.decide.sampling import check_salib
from simulator.decide.saving import analysis_name
from simulator.decide.sensitivity.factors import Factor, chosen, factors_of
from simulator.errors import InputProblems, Problem
from simulator.experiment.versions import Version
from simulator.scenario.problems import did_you_mean

KIND: Final = "sensitivity"
MOST_POINTS: Final = 65_536
LEAST_RUNS: Final = 2
NO_POINTS: Final = Problem("--points", "a tornado has no points but both ends", "ask for more --runs")
NO_RUNS: Final = Problem("--runs", "each row of sobol is one run", "ask for more --points")


@dataclass(frozen=True)
class Inquiry:
    """One analysis. `points` are trajectories of Morris, rows of Sobol', and mean nothing to a tornado.

    Without `points` or `runs`, they are those that are usual for the method.
    """

    method: Method
    points: int | None = None
    runs: int | None = None
    between: tuple[str, str] | None = None
    metric: str = "profit"
    numbers: tuple[str, ...] = ()
    with_people: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Points, and runs of each."""
        points, runs = self.points, self.runs
        return POINTS_OF[self.method] if points is None else points, RUNS_OF[self.method] if runs is None else runs

    @property
    def name(self) -> str:
        """The analysis's name: other plans, another metric, chosen numbers make it another one."""
        metric = [] if self.metric == METRICS[0] else [self.metric]
        return analysis_name(f"{KIND}-{self.method}", [*self.numbers, *(self.between or ()), *metric])

    def check(self, base: Version) -> None:
        """Raise InputProblems for what cannot be analyzed."""
        check_between(self.between, base.plan)
        if self.metric not in METRICS:
            remedy = did_you_mean(self.metric, METRICS)
            raise InputProblems([Problem("--metric", f"{self.metric[:80]!r} is not one that every run has", remedy)])
        self._check_size()
        if self.method != "tornado":
            check_salib("--method tornado does without")
        if not self.factors(base) and self.method == "morris":
            raise InputProblems([Problem("", "no number is uncertain, so morris has none to vary", "use a tornado")])

    def _check_size(self) -> None:
        points, runs = self.size
        if self.method == "tornado" and self.points is not None:
            raise InputProblems([NO_POINTS])
        if self.method == "sobol" and self.runs is not None:
            raise InputProblems([NO_RUNS])
        if self.method == "sobol" and not (2 <= points <= MOST_POINTS and points & (points - 1) == 0):
            nearest = 2 ** max(1, min(16, max(points, 2).bit_length() - 1))
            raise InputProblems([Problem("--points", f"{points} is no power of two", f"ask for {nearest}")])
        if not 2 <= points <= MOST_POINTS:
            raise InputProblems([Problem("--points", f"{points} is not from 2 to {MOST_POINTS:,}", "ask for 16")])
        if self.runs is not None and runs < LEAST_RUNS:
            raise InputProblems([Problem("--runs", f"{runs} is too few for an error", f"ask for {LEAST_RUNS} or more")])

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
        points, runs = self.size
        return asdict(self) | {"points": points, "runs": runs}

    def not_varied(self, base: Version) -> list[dict[str, str]]:
        """The numbers that are left out, each with the reason."""
        varied = {factor.path for factor in self.factors(base)}
        left = [factor for factor in factors_of(base) if factor.path not in varied]
        return [{"path": factor.path, "reason": self._reason(factor)} for factor in left]

    def _reason(self, factor: Factor) -> str:
        if self.numbers:
            return "not asked for"
        return "shapes the people" if factor.shapes_world else "is certain"
