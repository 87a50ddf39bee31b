"""The time left is told from how fast runs come in, not from what went before them."""

from __future__ import annotations

import pytest

from simulator.cli.progress import Pace
from simulator.experiment.record import Progress


def test_until_two_lots_of_runs_have_come_the_time_left_is_that_of_the_first() -> None:
    assert 90.0 == Pace(5.0).left(Progress(10, 100, 100), 15.0)


def test_what_came_before_the_first_runs_is_not_waited_for_again() -> None:
    pace = Pace(0.0)
    pace.left(Progress(10, 100, 100), 60.0)  # a minute of compiling, and ten runs
    assert pytest.approx(8.0) == pace.left(Progress(20, 100, 100), 61.0)
    assert pytest.approx(5.0) == pace.left(Progress(60, 100, 100), 66.25)


def test_runs_of_an_earlier_call_don_t_make_this_one_look_fast() -> None:
    assert 9.0 == Pace(0.0).left(Progress(91, 100, 10), 1.0)
    pace = Pace(0.0)
    pace.left(Progress(90, 100, 20), 3.0)
    assert pytest.approx(4.0) == pace.left(Progress(95, 100, 20), 7.0)
