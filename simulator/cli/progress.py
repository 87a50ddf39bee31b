"""How far a long command is, on stderr: a bar with the time left on a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from simulator.experiment.record import Progress

SECONDS_BETWEEN_LINES: Final = 10.0
Report = Callable[[Progress], None]


@contextmanager
def progress() -> Iterator[Report]:
    """What to call with each `Progress`."""
    if sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("runs", total=None)
        yield lambda state: bar.update(task, total=state.runs, completed=state.finished)


def _lines() -> Report:
    pace, last = Pace(), time.monotonic()

    def report(state: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        left = pace.left(state, now)
        if now - last >= SECONDS_BETWEEN_LINES and state.finished < state.runs:
            last = now
            print(f"{state.finished:,} of {state.runs:,} runs{_told(left)}", file=sys.stderr)

    return report


def _told(left: float | None) -> str:
    if left is None:
        return ""
    return f", about {left:.0f} s left" if left < 100 else f", about {left / 60:.0f} min left"


class Pace:
    """How fast runs come in. What comes before the first (compiling, starting) is not waited for again."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def left(self, state: Progress, now: float) -> float | None:
        """Seconds until all runs are in, by the clock that tells `now`; none before a second lot of runs has come."""
        if self._first is None:
            self._first = now, state.finished
        since, before = self._first
        if state.finished == before:
            return None
        return (now - since) * (state.runs - state.finished) / (state.finished - before)
