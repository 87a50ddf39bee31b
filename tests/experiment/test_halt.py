"""An experiment stops for the first reason, and its clock starts with the first run."""

from __future__ import annotations

import time

from simulator.experiment.halt import Halt


def test_nothing_stops_unless_it_is_asked_to() -> None:
    halt = Halt()
    halt.began(1e6)
    assert (False, None, False) == (halt.due(), halt.reason, halt.is_timed)


def test_the_first_reason_stays() -> None:
    halt = Halt(0.001)
    halt.ask("interrupted")
    halt.began(5.0)
    assert (True, "interrupted") == (halt.due(), halt.reason)


def test_the_clock_starts_with_the_first_run() -> None:
    halt = Halt(0.05)
    time.sleep(0.06)
    assert not halt.due()
    halt.began(0.04)
    halt.began(100.0)  # a later word changes nothing
    assert not halt.due()
    time.sleep(0.02)
    assert (True, "time limit") == (halt.due(), halt.reason)
