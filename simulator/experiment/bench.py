"""The work bench that workers share: which world to build next, which batch to play, when a world can go.

A worker prefers a batch of a world that stands, then building the next world, then waiting for one that another worker
builds. So every world is being built or played by somebody, or about to be: no more exist than there are workers.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from simulator.experiment.design import Batch, batch_size


@dataclass(frozen=True)
class Build:
    """The task of building a world; give it back with `Bench.put`."""

    world: int


@dataclass(frozen=True)
class Play:
    """The task of playing a batch in a world that stands; say when it is done with `Bench.finish`.

    It does not hold the world, which `Bench.world` lends: a waiting worker must not keep one alive.
    """

    batch: Batch


@dataclass
class _Site:
    """A world under way: none until built, its runs not handed out yet, and its batches being played."""

    runs: list[int]
    world: Any = None
    playing: int = 0


@dataclass
class Bench:
    """All work of one experiment. `todo` holds the runs by world; every method may be called from any thread."""

    todo: dict[int, list[int]]
    workers: int
    chunk_size: int | None = None
    _sites: dict[int, _Site] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _started: float = field(default_factory=time.monotonic)
    _seconds: float = 0.0
    _runs_played: int = 0
    _stopped: bool = False

    @property
    def stopped(self) -> bool:
        return self._stopped

    def take(self) -> Build | Play | None:
        """The next task of a worker; none when nothing is left for it. Waits while worlds are being built."""
        with self._changed:
            while not self._stopped:
                for number, site in self._sites.items():
                    if site.world is not None and site.runs:
                        return self._hand_out(number, site)
                if self.todo:
                    number = next(iter(self.todo))
                    self._sites[number] = _Site(self.todo.pop(number))
                    return Build(number)
                if not self.todo and not any(site.runs for site in self._sites.values()):
                    return None
                self._changed.wait()
            return None

    def put(self, task: Build, world: Any) -> None:
        """Hand in a world that was built."""
        with self._changed:
            self._sites[task.world].world = world
            self._changed.notify_all()

    def world(self, task: Play) -> Any:
        """The world of a batch."""
        return self._sites[task.batch.world].world

    def finish(self, task: Play, seconds: float) -> None:
        """Report a batch as played. The last one of a world lets the world go."""
        with self._changed:
            self._seconds += seconds
            self._runs_played += len(task.batch.runs)
            site = self._sites[task.batch.world]
            site.playing -= 1
            if not site.runs and not site.playing:
                del self._sites[task.batch.world]
            self._changed.notify_all()

    def stop(self) -> None:
        """Hand out nothing more; whoever waits goes home."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _hand_out(self, number: int, site: _Site) -> Play:
        size = self.chunk_size or batch_size(
            waiting=len(site.runs),
            workers=self.workers,
            seconds_per_run=self._seconds / self._runs_played if self._runs_played else None,
            elapsed=time.monotonic() - self._started,
        )
        runs, site.runs = site.runs[:size], site.runs[size:]
        site.playing += 1
        return Play(Batch(number, tuple(runs)))
