"""What can go wrong, in words a user can act on: the place, the value, the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SimulatorError(Exception):
    """Base of every error the simulator raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input file: where, what, and what to do about it.

    `line` and `column` count from 1; 0 means that the place is not in a file (a `--set`, an argument).
    """

    path: str
    message: str
    suggestion: str | None = None
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: " if self.file else ""
        where = f"{self.path}: " if self.path else ""
        remedy = f"; {self.suggestion}" if self.suggestion else ""
        return f"{place}{where}{self.message}{remedy}"


class InputProblems(SimulatorError):
    """Everything wrong with the input, at once."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputProblems], tuple[tuple[Problem, ...]]]:
        """As a worker process hands it over."""
        return type(self), (self.problems,)


class BadQuantity(SimulatorError):
    """A number or distribution that cannot be: `field` is the place within it ("" for the whole)."""

    exit_code = 2

    def __init__(self, message: str, suggestion: str | None = None, field: str = "") -> None:
        self.message, self.suggestion, self.field = message, suggestion, field
        super().__init__(message if suggestion is None else f"{message}; {suggestion}")


class RuleError(SimulatorError):
    """A rule left its range (a probability outside [0, 1], or not a number), or one of the scenario's own failed."""


class OtherRules(SimulatorError):
    """A process is asked to play by other rules than those that are compiled in it."""


class ResultsError(SimulatorError):
    """A results folder that is missing, foreign, incomplete or cannot be written."""

    exit_code = 2


class DiskTrouble(ResultsError):
    """A disk that is full or fails while results are written: no fault of the input."""

    exit_code = 1


class MachineTrouble(SimulatorError):
    """What stops an experiment and is no fault of its runs: a worker that died, a cluster out of reach."""


class RunFailed(SimulatorError):
    """A run that raised, where all runs are needed."""

    def __init__(self, run: int, arm: str, message: str) -> None:
        super().__init__(f"run {run} of {arm!r} failed: {message}")
