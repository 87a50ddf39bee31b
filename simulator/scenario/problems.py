"""Everything wrong with the input, gathered until all of it can be said at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from simulator.errors import InputProblems, Problem


@dataclass(frozen=True)
class Place:
    """Where something stands. Line and column count from 1; 0 means outside any file."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Problems:
    """A growing list of problems, each said once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, path: str, message: str, suggestion: str | None = None) -> None:
        problem = Problem(path, message, suggestion, place.file, place.line, place.column)
        if problem not in self.found:
            self.found.append(problem)

    def stop(self) -> None:
        """Raise InputProblems if anything was found, in the order of the file."""
        if self.found:
            raise InputProblems(sorted(self.found, key=lambda problem: (problem.file, problem.line, problem.column)))


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """The closest known word, or the choice there is."""
    words = [str(candidate) for candidate in known]
    folded = {candidate.casefold(): candidate for candidate in words}
    close = get_close_matches(str(word)[:80].casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean {folded[close[0]]!r}?"
    return f"choose from {', '.join(words)}" if words else "none exists"


def child(path: str, key: object) -> str:
    """The path of a part: `arms.one macro.hire.0`."""
    return f"{path}.{key}" if path else str(key)
