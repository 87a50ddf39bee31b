"""Which runs there are, in which worlds, and in which batches they are played.

Run r lives in world (r - 1) mod worlds, so any number of runs is balanced over worlds and more runs contain fewer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from simulator.results.outcome import Outcome

LEAST_SECONDS: Final = 1.0  # of one batch; handing one over costs milliseconds
BATCHES_PER_DOUBLING: Final = 100  # long experiments get larger batches, so that files stay few


@dataclass(frozen=True)
class Batch:
    """Some runs of one world, all arms of each, as one worker plays them."""

    world: int
    runs: tuple[int, ...]


@dataclass(frozen=True)
class Played:
    """A batch and its outcomes: for each run, all arms in the plan's order. `seconds` is what playing took."""

    batch: Batch
    outcomes: tuple[Outcome, ...]
    seconds: float


def world_of(run: int, worlds: int) -> int:
    """World of a run; runs count from 1."""
    return (run - 1) % worlds


def runs_by_world(runs: int, worlds: int, done: Collection[int] = ()) -> dict[int, list[int]]:
    """The runs still to play, 1 to `runs` without those done, by world; worlds with nothing to play are left out."""
    finished = set(done)
    todo: dict[int, list[int]] = {}
    for run in range(1, runs + 1):
        if run not in finished:
            todo.setdefault(world_of(run, worlds), []).append(run)
    return todo


def batch_size(*, waiting: int, workers: int, seconds_per_run: float | None, elapsed: float) -> int:
    """Runs of the next batch of a world with `waiting` runs: long enough to be worth it, small enough to share.

    The first batch is a single run, which tells how long one takes. Sizes change no result.
    """
    if seconds_per_run is None:
        return 1
    worthwhile = max(LEAST_SECONDS, elapsed / BATCHES_PER_DOUBLING) / max(seconds_per_run, 1e-6)
    fair = -(-waiting // workers)
    return max(1, min(int(worthwhile), max(fair, int(0.2 * worthwhile)), waiting))
