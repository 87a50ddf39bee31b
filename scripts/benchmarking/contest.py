"""W-simple by us, by C, and by other tools, taking turns. Everybody's counts are checked."""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarking.clock import Call, Timing, taking_turns
from benchmarking.effort import Effort
from benchmarking.engine import work_of
from benchmarking.floor import Floor, compiler
from benchmarking.job import Job, comparable, job_of
from benchmarking.loads import W_SIMPLE, Load, load
from benchmarking.peers import NumPyVectorized, deviations, missing
from benchmarking.peers_frames import MesaFramesConcise, MesaFramesNative
from benchmarking.peers_mesa import MesaEvents, MesaEveryDay
from simulator.engines.play import Scratch

PEERS: tuple[Any, ...] = (NumPyVectorized, MesaFramesConcise, MesaFramesNative, MesaEvents, MesaEveryDay)
OURS, FLOOR = "ours", "C"
EQUAL_RUNS = (1, 2, 3)  # whose counts in C must be ours
LARGEST_DEVIATION = 5.0  # standard errors


def measure_simple(simple: Load, effort: Effort) -> dict[str, Any]:
    """All on one load, except peers that are too slow for it: those get fewer followers, and time is scaled up.

    Ratios are of CPU time: on a shared machine wall time favors short calls, which nobody interrupts.
    """
    notes: list[str] = []
    scratch, numbers = Scratch(), count(1)
    calls: dict[str, tuple[Call, int]] = {OURS: (lambda: simple.play(next(numbers), scratch), 3)}
    with tempfile.TemporaryDirectory() as folder:
        if compiler() is None:
            notes.append("c_floor_ms: no C compiler (cc, gcc or clang) on the path")
        else:
            floor = Floor(Path(folder))
            _demand_equal_counts(simple, scratch, floor)
            calls[FLOOR] = (floor.prepare(job_of(simple, 1)), 5)
        peers = _invite(simple, effort, notes)
        calls |= {peer.name: (partial(_checked, peer), 1) for peer in peers}
        times = taking_turns(calls, effort.rounds)
    for peer in peers:
        getattr(peer, "close", lambda: None)()
    ours, in_c = times[OURS], times.get(FLOOR)
    return {
        "w_simple_ms": ours.wall_ms,
        "c_floor_ms": in_c.wall_ms if in_c else None,
        "notes": notes,
        "details": {
            "w_simple": {**ours._asdict(), **work_of(simple.play(1, scratch))},
            "c_floor": in_c._asdict() if in_c else None,
            "ratio_to_c_floor": ours.cpu_ms / in_c.cpu_ms if in_c else None,
            "peers": [_result(peer, times[peer.name], simple.world.size, ours) for peer in peers],
        },
    }


def _invite(simple: Load, effort: Effort, notes: list[str]) -> list[Any]:
    """The peers whose packages are installed."""
    all_of_them = job_of(simple, 1)
    fewer: Job = all_of_them
    if effort.peer_followers not in {None, simple.world.size}:
        fewer = job_of(load(W_SIMPLE, effort.peer_followers), 1)
    invited = []
    for peer in PEERS:
        module = missing(peer)
        if module:
            notes.append(f"peer {peer.name}: {module} is not installed")
        else:
            invited.append(peer(fewer if peer.slow else all_of_them))
    return invited


def _checked(peer: Any) -> None:
    counts = peer.play()
    distance = deviations(peer.job, counts)
    assert distance <= LARGEST_DEVIATION, f"{peer.name} plays another job: {counts}, expected {peer.job.expected()}"


def _demand_equal_counts(simple: Load, scratch: Scratch, floor: Floor) -> None:
    for run in EQUAL_RUNS:
        ours = comparable(simple.play(run, scratch))
        theirs = floor.prepare(job_of(simple, run))()
        assert ours == {name: theirs[name] for name in ours}, f"C counts {theirs} in run {run}, we {ours}"


def _result(peer: Any, timing: Timing, followers: int, ours: Timing) -> dict[str, Any]:
    """What a peer took, and its ratio to ours; scaled linearly to the followers of W-simple where it played fewer."""
    larger = followers / peer.job.followers
    return {
        "name": peer.name,
        "followers": peer.job.followers,
        **timing._asdict(),
        "scaled_cpu_ms": timing.cpu_ms * larger,
        "ratio": timing.cpu_ms * larger / ours.cpu_ms,
        "ratio_of_wall_times": timing.wall_ms * larger / ours.wall_ms,
    }
