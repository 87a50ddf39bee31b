"""Errors say the same after a worker process has handed them over."""

from __future__ import annotations

import pickle

from simulator.errors import InputProblems, Problem


def test_problems_stay_whole_between_processes() -> None:
    error = InputProblems([Problem("a", "is missing", "add it", "x.yaml", 1, 2), Problem("b", "is wrong")])
    again = pickle.loads(pickle.dumps(error))
    assert (error.problems, str(error)) == (again.problems, str(again))
