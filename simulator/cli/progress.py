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
    started = last = time.monotonic()

    def report(state: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_LINES and state.finished < state.runs:
            last = now
            print(f"{state.finished:,} of {state.runs:,} runs, {_left(state, now - started)} left", file=sys.stderr)

    return report


def _left(state: Progress, elapsed: float) -> str:
    """Time left in words, from how long this call's runs took."""
    waiting = state.runs - state.finished
    seconds = elapsed * waiting / max(state.to_play - waiting, 1)
    return f"about {seconds:.0f} s" if seconds < 100 else f"about {seconds / 60:.0f} min"
