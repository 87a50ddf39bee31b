"""All measurements, in order, as one object: the contract's keys, the machine, notes, details."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from benchmarking.clock import Unmeasured
from benchmarking.commands import measure_commands
from benchmarking.contest import measure_simple
from benchmarking.effort import Effort
from benchmarking.engine import measure_mesa, measure_small_runs, measure_w, measure_worlds
from benchmarking.loads import W_SIMPLE, W, load
from benchmarking.machine import machine
from benchmarking.memory import measure_memory
from benchmarking.scaling import measure_sizes, measure_threads
from simulator.engines.play import warm_up

VERSION: Final = 1
KEYS: Final = (
    "w_ms", "w_simple_ms", "c_floor_ms", "mesa_us_per_encounter", "thread_speedup", "slope",
    "bytes_per_follower_thread", "world_s_per_million", "small_run_overhead_ms", "help_s", "cached_start_s",
    "engines_equal", "encounters", "engagements", "orders",
)  # fmt: skip


WORLDS_ON_DISK: Final = "SIMULATOR_WORLDS_GB"  # 0: worlds are built, not found


def measure(effort: Effort, say: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Measure everything. A key that could not be measured is none, and a note says why."""
    with _environment(WORLDS_ON_DISK, "0"):
        return _measure(effort, say)


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _measure(effort: Effort, say: Callable[[str], None]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "version": VERSION,
        "machine": machine(),
        **dict.fromkeys(KEYS),
        "notes": [],
        "details": {},
    }

    def add(what: str, section: Callable[[], dict[str, Any]]) -> None:
        say(what)
        try:
            part = section()
        except Unmeasured as reason:
            part = {"notes": [str(reason)]}
        result["notes"] += part.pop("notes", [])
        result["details"] |= part.pop("details", {})
        assert part.keys() <= set(KEYS), f"no key of the contract: {part.keys() - set(KEYS)}"
        result.update(part)

    w = load(W, effort.followers)
    say("compiled code, from the cache or anew")
    warm_up(w.scenario, w.plan)
    memory, scratch = measure_memory(w)  # first: the peak is the whole process's
    add("memory of W", lambda: memory)
    add("W", lambda: measure_w(w, scratch, effort))
    add("one thread and two", lambda: measure_threads(w, effort, result["w_ms"]))
    add("cost against size", lambda: measure_sizes(w, effort))
    add("small runs", lambda: measure_small_runs(effort))
    add("the Mesa form", lambda: measure_mesa(effort, result["details"]["w"]["us_per_encounter"]))
    add("worlds", lambda: measure_worlds(effort))
    add("commands", lambda: measure_commands(effort))
    add("W-simple, C and peers", lambda: measure_simple(load(W_SIMPLE, effort.followers), effort))
    return result
