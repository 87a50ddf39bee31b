"""Clocks. The machine may be shared, so everything is a median, and what is compared takes turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from typing import Any, NamedTuple

Call = Callable[[], Any]


class Timing(NamedTuple):
    """Medians over some calls. CPU time is that of the whole process: a library may start threads of its own."""

    wall_ms: float
    cpu_ms: float
    calls: int


class Unmeasured(Exception):
    """Something cannot be measured here; the message says why."""


def clocked(call: Call) -> tuple[float, float]:
    """Wall and CPU milliseconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu)


def repeated(call: Callable[[int], Any], times: int) -> Timing:
    """Medians of `call(1)`, `call(2)`, …, after an uncounted first one."""
    call(1)
    return _medians([clocked(partial(call, run)) for run in range(1, times + 1)])


def taking_turns(calls: Mapping[str, tuple[Call, int]], rounds: int) -> dict[str, Timing]:
    """Medians of several calls that take turns: in each round, each is called as often as stated beside it."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for call, _ in calls.values():
        call()
    for _ in range(rounds):
        for name, (call, times) in calls.items():
            spent[name] += [clocked(call) for _ in range(times)]
    return {name: _medians(both) for name, both in spent.items()}


def _medians(spent: list[tuple[float, float]]) -> Timing:
    return Timing(median(wall for wall, _ in spent), median(cpu for _, cpu in spent), len(spent))
