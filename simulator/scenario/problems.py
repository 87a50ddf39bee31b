"""Everything wrong with the input, gathered until all of it can be said at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from typing import Final

from simulator.errors import InputProblems, Problem

MOST_PROBLEMS: Final = 100  # nobody reads more at once
MOST_WORDS: Final = 200  # among which a close one is looked for
LONGEST: Final = 400  # characters of a place, a message or a remedy


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
        self.take([Problem(path, message, suggestion, place.file, place.line, place.column)])

    def take(self, problems: Iterable[Problem]) -> None:
        """Add problems, shortened to what people read. Raises InputProblems once there are more than anybody mends."""
        for problem in map(_readable, problems):
            if problem in self.found:
                continue
            self.found.append(problem)
            if len(self.found) >= MOST_PROBLEMS:
                self.stop()

    def stop(self) -> None:
        """Raise InputProblems if anything was found, in the order of the file."""
        found = sorted(self.found, key=lambda problem: (problem.file, problem.line, problem.column))
        if len(found) >= MOST_PROBLEMS:
            message, remedy = f"has {MOST_PROBLEMS} problems, and may have more", "mend these first"
            found.append(Problem("", message, remedy, found[-1].file))
        if found:
            raise InputProblems(found)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """The closest known word, or the choice there is."""
    words = [str(candidate) for candidate in islice(known, MOST_WORDS)]
    folded = {candidate.casefold(): candidate for candidate in words}
    close = get_close_matches(str(word)[:80].casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean {folded[close[0]]!r}?"
    return f"choose from {', '.join(words)}" if words else "none exists"


def _readable(problem: Problem) -> Problem:
    """The same with long texts cut short: what a file holds is repeated no further than needed to find it."""
    suggestion = None if problem.suggestion is None else shortened(problem.suggestion)
    return replace(problem, path=shortened(problem.path), message=shortened(problem.message), suggestion=suggestion)


def shortened(text: str, length: int = LONGEST) -> str:
    """A text of at most so many characters, and a mark where it was cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def child(path: str, key: object) -> str:
    """The path of a part: `arms.one macro.hire.0`."""
    return f"{path}.{key}" if path else str(key)
