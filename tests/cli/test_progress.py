"""The time left is told from how fast runs come in, not from what went before them."""

from __future__ import annotations

import pytest

from simulator.cli.progress import Pace
from simulator.experiment.record import Progress


def test_before_a_second_lot_of_runs_nobody_knows() -> None:
    pace = Pace()
    assert pace.left(Progress(1, 100, 100), 60.0) is None
    assert pace.left(Progress(1, 100, 100), 70.0) is None


def test_what_came_before_the_first_runs_is_not_waited_for_again() -> None:
    pace = Pace()
    pace.left(Progress(10, 100, 100), 60.0)  # a minute of compiling, and ten runs
    assert pytest.approx(8.0) == pace.left(Progress(20, 100, 100), 61.0)
    assert pytest.approx(5.0) == pace.left(Progress(60, 100, 100), 66.25)


def test_runs_of_an_earlier_call_don_t_make_this_one_look_fast() -> None:
    pace = Pace()
    pace.left(Progress(90, 100, 20), 3.0)
    assert pytest.approx(4.0) == pace.left(Progress(95, 100, 20), 7.0)
