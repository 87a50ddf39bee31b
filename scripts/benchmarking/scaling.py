"""Cost against size, and two threads against one."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarking.clock import Unmeasured, clocked, repeated
from benchmarking.effort import Effort
from benchmarking.loads import Load, W, load
from simulator.engines.play import Scratch

LEAST_MS = 0.3  # runs shorter than this say nothing about followers
CONTROL = bytes(4_000_000)


def measure_sizes(w: Load, effort: Effort) -> dict[str, Any]:
    """Milliseconds per run of W with ever more followers, and the slope of CPU time in logarithms."""
    rows = [_measure_size(w if size == w.world.size else load(W, size), effort) for size in effort.sizes]
    slope, fitted = slope_of([(row["followers"], row["cpu_ms"]) for row in rows])
    return {
        "slope": slope,
        "details": {
            "sizes": rows,
            "slope_fitted_on": fitted,
            "slope_between_sizes": [
                log(b["cpu_ms"] / a["cpu_ms"]) / log(b["followers"] / a["followers"]) for a, b in pairwise(rows)
            ],
        },
    }


def slope_of(costs: Sequence[tuple[int, float]]) -> tuple[float, list[int]]:
    """Least-squares slope of (followers, milliseconds) in logarithms, and the numbers of followers it was fitted on."""
    fitted = [(followers, ms) for followers, ms in costs if ms >= LEAST_MS]
    if len(fitted) < 2:
        raise Unmeasured(f"slope: fewer than two sizes take {LEAST_MS} ms")
    x, y = np.log(np.array(fitted, float)).T
    return float(np.polyfit(x, y, 1)[0]), [followers for followers, _ in fitted]


def _measure_size(w: Load, effort: Effort) -> dict[str, Any]:
    scratch = Scratch()
    w.play(1, scratch)
    started = time.perf_counter()
    encounters = w.play(1, scratch).tally.impressions
    seconds = time.perf_counter() - started
    runs = max(3, min(10 * effort.runs, int(effort.seconds / seconds)))
    timing = repeated(lambda run: w.play(run, scratch), runs)
    return {"followers": w.world.size, "encounters": encounters, **timing._asdict()}


def measure_threads(w: Load, effort: Effort, ms: float) -> dict[str, Any]:
    """The same runs by one thread and by two, in turns: the median ratio of wall times.

    Beside it the same ratio for threads that share nothing: what the machine has to give while others use it.
    """
    runs = 2 * max(1, round(effort.seconds / (2e-3 * ms)))
    scratches = [Scratch(), Scratch()]
    hashes = 2 * max(1, round(0.5 * effort.seconds / _seconds_of(_hash_block)))

    def play(thread: int, run: int) -> None:
        w.play(run, scratches[thread])

    def control(_thread: int, _run: int) -> None:
        _hash_block()

    _in_threads(play, 2, 2)
    turns, alone = [], []
    for _ in range(effort.rounds):
        turns.append((_in_threads(play, 1, runs), _in_threads(play, 2, runs)))
        alone.append((_in_threads(control, 1, hashes), _in_threads(control, 2, hashes)))
    return {
        "thread_speedup": median(one.wall / two.wall for one, two in turns),
        "details": {
            "threads": {
                "runs": runs,
                "rounds": effort.rounds,
                "speedup_sharing_nothing": median(one.wall / two.wall for one, two in alone),
                "speedups": [one.wall / two.wall for one, two in turns],
                "cpu_inflation": median(two.cpu / one.cpu for one, two in turns),  # what threads cost each other
            }
        },
    }


class Spent(NamedTuple):
    """Seconds until all threads were done, and their CPU seconds together."""

    wall: float
    cpu: float


def _in_threads(work: Callable[[int, int], None], threads: int, runs: int) -> Spent:
    """Call `work(thread, run)` for all runs, equally many by each thread."""
    share, cpu = runs // threads, [0.0] * threads
    ready = threading.Barrier(threads + 1)

    def live(thread: int) -> None:
        ready.wait()
        before = time.thread_time()
        for run in range(thread * share + 1, (thread + 1) * share + 1):
            work(thread, run)
        cpu[thread] = time.thread_time() - before

    team = [threading.Thread(target=live, args=(thread,)) for thread in range(threads)]
    for member in team:
        member.start()
    ready.wait()
    started = time.perf_counter()
    for member in team:
        member.join()
    return Spent(time.perf_counter() - started, sum(cpu))


def _hash_block() -> None:
    hashlib.sha256(CONTROL)  # runs without Python's lock


def _seconds_of(call: Callable[[], None]) -> float:
    call()
    return 1e-3 * clocked(call)[0]
