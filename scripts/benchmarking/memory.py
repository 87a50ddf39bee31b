"""Memory: what the process holds at its peak, and what one more thread needs beyond the world."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarking.loads import Load
from simulator.engines.play import Scratch


def measure_memory(w: Load) -> tuple[dict[str, Any], Scratch]:
    """Bytes per follower of a thread's scratch after two runs of W. Call it first: the peak is the process's."""
    before, scratch = resident_bytes(), Scratch()
    for run in (1, 2):
        w.play(run, scratch)
    grown = None if before is None else resident_bytes() - before  # type: ignore[operator]
    own, followers = bytes_of(scratch, beyond=w.world), w.world.audiences.person.size
    details = {
        "peak_resident_mb": peak_resident_bytes() / 1e6,
        "scratch_mb": own / 1e6,
        "resident_growth_bytes_per_follower": None if grown is None else grown / followers,
        "arrays": {
            name: size / followers for name, size in _parts(scratch, w.world).items() if size >= followers / 100
        },
    }
    return {"bytes_per_follower_thread": own / followers, "details": {"memory": details}}, scratch


def bytes_of(thing: Any, *, beyond: Any = None) -> int:
    """Bytes of all arrays that hang on something, each counted once, without those that hang on `beyond`."""
    known = {id(owner) for owner in owners(beyond)}
    return sum(owner.nbytes for owner in {id(o): o for o in owners(thing)}.values() if id(owner) not in known)


def _parts(scratch: Scratch, world: Any) -> dict[str, int]:
    return {name: bytes_of(part, beyond=world) for name, part in vars(scratch).items()}


def owners(thing: Any, _seen: set[int] | None = None) -> Iterator[NDArray[Any]]:
    """The arrays that own the memory that something refers to: through tuples, lists, dicts and objects."""
    seen = set() if _seen is None else _seen
    if id(thing) in seen or isinstance(thing, type | str | bytes | int | float):
        return
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        while isinstance(thing.base, np.ndarray):
            thing = thing.base
        yield thing
        return
    if isinstance(thing, dict):
        parts = list(thing.values())
    elif isinstance(thing, tuple | list):
        parts = list(thing)
    else:
        slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        parts = [*getattr(thing, "__dict__", {}).values(), *(getattr(thing, name, None) for name in slots)]
    for part in parts:
        yield from owners(part, seen)


def resident_bytes() -> int | None:
    """Resident memory of this process now, where the system tells."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123  (a system's file)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None


def peak_resident_bytes() -> int:
    """The most that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
