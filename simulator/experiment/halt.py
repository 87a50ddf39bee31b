"""Why an experiment ends before its last run: somebody asked, or the time is up. Workers look at it between runs."""

from __future__ import annotations

import threading
import time
from typing import Literal

Reason = Literal["interrupted", "time limit"]


class Halt:
    """Asked for once; the first reason stays. The clock of `time_limit` (seconds) starts with the first run."""

    def __init__(self, time_limit: float | None = None) -> None:
        self.event = threading.Event()
        self.reason: Reason | None = None
        self.playing = True  # until it is over, and what is left is to write the answer
        self._limit, self._started = time_limit, None if time_limit else 0.0

    @property
    def is_timed(self) -> bool:
        """Whether there is a time limit."""
        return self._limit is not None

    def ask(self, reason: Reason) -> None:
        """Stop as soon as may be."""
        if self.reason is None:
            self.reason = reason
        self.event.set()

    def began(self, seconds_ago: float) -> None:
        """The first run began so many seconds ago; later calls change nothing."""
        if self._started is None:
            self._started = time.monotonic() - seconds_ago

    def due(self) -> bool:
        """Whether to stop now."""
        if self._limit is not None and self._started is not None and time.monotonic() - self._started >= self._limit:
            self.ask("time limit")
        return self.event.is_set()
