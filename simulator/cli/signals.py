"""Ctrl-C, and the signal by which clusters end a job: the first asks to stop, the second leaves at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from simulator.experiment.halt import Halt

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED: Final = 130


@contextmanager
def stopping(halt: Halt) -> Iterator[None]:
    """Let signals ask `halt` to stop. Only the main thread hears signals; elsewhere nothing changes."""
    heard = 0

    def hear(_signal: int, _frame: FrameType | None) -> None:
        nonlocal heard
        heard += 1
        if heard > 1:
            leave(INTERRUPTED)
        if not halt.playing:  # the answer is being written: parts hold all that is finished
            raise KeyboardInterrupt
        print("\nStopping: what is finished is kept. Once more to leave at once.", file=sys.stderr, flush=True)
        halt.ask("interrupted")

    try:
        before = [signal.signal(each, hear) for each in SIGNALS]
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        for each, handler in zip(SIGNALS, before, strict=True):
            signal.signal(each, handler)


def leave(status: int) -> NoReturn:
    """End the process without waiting for threads that still build or play."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
