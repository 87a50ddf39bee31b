"""What an analysis starts from: a scenario file, what is laid over it, and the two choices that are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from simulator.errors import InputProblems, Problem
from simulator.experiment.versions import Version
from simulator.results.arms import ArmRuns
from simulator.results.rivals import ranked
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.problems import did_you_mean

LONGEST_LABEL: Final = 200  # bytes: file systems take 255


@dataclass(frozen=True)
class Question:
    """A scenario file with settings of the form `path=value` over it."""

    file: Path
    settings: tuple[str, ...] = ()
    allow_custom_rules: bool = True

    def version(self, *settings: str) -> Version:
        """The question with more settings, read once. Raises InputProblems."""
        return _version(self, settings)

    def label(self) -> str:
        """The scenario's name and its settings, as a folder may be called that nobody named."""
        told = ", ".join([self.version().scenario.name, *self.settings])
        safe = "".join("_" if character in "/\\" or not character.isprintable() else character for character in told)
        return safe.strip(". ").encode()[:LONGEST_LABEL].decode(errors="ignore") or "scenario"


@lru_cache(maxsize=512)
def _version(question: Question, settings: tuple[str, ...]) -> Version:
    scenario, plan = load_campaign(
        question.file, (*question.settings, *settings), allow_custom_rules=question.allow_custom_rules
    )
    return Version(scenario, plan)


def check_between(between: tuple[str, str] | None, plan: Plan) -> None:
    """Raise InputProblems unless both choices are arms of the plan, and two."""
    known = [arm.name for arm in plan.arms]
    problems = [
        Problem("--between", f"{name[:80]!r} is no arm", did_you_mean(name, known))
        for name in between or ()
        if name not in known
    ]
    if between is not None and between[0] == between[1]:
        problems.append(Problem("--between", f"{between[0]!r} stands on both sides", "name two arms"))
    if problems:
        raise InputProblems(problems)


def weighed(between: tuple[str, str] | None, arms: list[ArmRuns], about: str | None = None) -> tuple[str, str]:
    """The two choices: those named, or one (`about`) and its best rival, or the best two by expected profit."""
    if between is not None:
        return between
    best = ranked(arms)
    first, second = best[:2]
    if about is not None and about not in (first.name, second.name):
        first, second = next(arm for arm in best if arm.name == about), first
    return first.name, second.name


def arm_of(path: str, plan: Plan) -> str | None:
    """The plan that a number belongs to; none if it is everybody's. Names of plans may hold dots."""
    return max((arm.name for arm in plan.arms if path.startswith(f"arms.{arm.name}.")), key=len, default=None)
