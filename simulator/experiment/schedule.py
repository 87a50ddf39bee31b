"""Which batch is played next: worlds are opened one after the other, and no more at once than there are workers.

A worker that is free gets a batch of an open world; the first batch of a world is a single run, since it waits for the
world to be built, and while nobody knows how long a run takes. What is scheduled changes no result, only the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.experiment.design import Batch, batch_size


@dataclass
class _World:
    """A world whose runs are being handed out; `ready` once a batch of it came back."""

    runs: list[int]
    playing: int = 0
    ready: bool = False


@dataclass
class Schedule:
    """The runs still to hand out, by world. `chunk_size` fixes the size of batches, which is otherwise adapted."""

    todo: dict[int, list[int]]
    workers: int
    chunk_size: int | None = None
    _open: dict[int, _World] = field(default_factory=dict)
    _seconds: float = 0.0
    _runs_played: int = 0

    def next(self) -> Batch | None:
        """The next batch; none while there is nothing to hand out."""
        ready = [(number, world) for number, world in self._open.items() if world.runs and world.ready]
        if not ready and self.todo and len(self._open) < self.workers:
            number = next(iter(self.todo))
            self._open[number] = _World(self.todo.pop(number))
            return self._hand_out(number, self._open[number], first=True)
        waiting = ready or [(number, world) for number, world in self._open.items() if world.runs]
        if not waiting:
            return None
        number, world = min(waiting, key=lambda each: each[1].playing)
        return self._hand_out(number, world)

    def returned(self, batch: Batch, *, runs: int, seconds: float) -> None:
        """Report a batch as played: how many of its runs, in how long. A world without any more runs is closed."""
        self._seconds += seconds
        self._runs_played += runs
        world = self._open[batch.world]
        world.playing -= 1
        world.ready = True
        if not world.runs and not world.playing:
            del self._open[batch.world]

    def _hand_out(self, number: int, world: _World, *, first: bool = False) -> Batch:
        known = self._seconds / self._runs_played if self._runs_played and not first else None
        size = self.chunk_size or batch_size(
            waiting=len(world.runs),
            workers=self.workers,
            seconds_per_run=known,
        )
        runs, world.runs = world.runs[:size], world.runs[size:]
        world.playing += 1
        return Batch(number, tuple(runs))
