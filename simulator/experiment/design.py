"""Which runs there are, in which worlds, and in which batches they are played.

Run r lives in world (r - 1) mod worlds, so any number of runs is balanced over worlds and more runs contain fewer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

BATCH_SECONDS: Final = 1.0  # of one batch; handing one over costs milliseconds
FIRST_ROUND: Final = 2  # runs of each world
GROWTH: Final = 1.5  # of all runs, from round to round


@dataclass(frozen=True)
class Batch:
    """Some runs of one world, all arms of each, as one worker plays them."""

    world: int
    runs: tuple[int, ...]


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


def rounds(runs: int, *, whole: int) -> Iterator[int]:
    """How many runs there are after each round: ever more, `whole` of them or a multiple, up to `runs`.

    An experiment that may end early is played in rounds, each of which visits all worlds alike. They depend on nothing
    but the scenario, so where it ends does not hang on the machine.
    """
    size = FIRST_ROUND * whole
    while size < runs:
        yield size
        size = max(size + whole, int(size * GROWTH) // whole * whole)
    yield runs


def batch_size(*, waiting: int, workers: int, seconds_per_run: float | None) -> int:
    """Runs of the next batch of a world with `waiting` runs: long enough to be worth it, small enough to share.

    The first batch is a single run, which tells how long one takes. Sizes change no result.
    """
    if seconds_per_run is None:
        return 1
    worthwhile = BATCH_SECONDS / max(seconds_per_run, 1e-6)
    fair = -(-waiting // workers)
    return max(1, min(int(worthwhile), max(fair, int(0.2 * worthwhile)), waiting))
