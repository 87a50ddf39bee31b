"""Play every run of every arm. Outcomes depend on the scenario alone: not on executor, threads, batches or arm order.

Worlds are read-only and shared by all threads; the compiled engine and the builder of worlds release Python's lock.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from simulator.errors import InputProblems, Problem
from simulator.experiment.bench import Bench, Build, Play
from simulator.experiment.design import Played, runs_by_world
from simulator.results.outcome import Outcome
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario


class Machinery(NamedTuple):
    """What the runner calls: the builder of worlds, the engine, and its scratch memory of one thread."""

    build_world: Callable[..., Any]
    play: Callable[..., Outcome]
    scratch: Callable[[], Any]


def machinery() -> Machinery:
    """The real one; imported on first use, because compiled code loads slowly."""
    from simulator.engines.play import Scratch, play
    from simulator.world.build import build_world

    return Machinery(build_world, play, Scratch)


def workers_of(executor: str) -> int | None:
    """Threads that an executor asks for; none for `serial`. Raises InputProblems for one that does not exist."""
    kind, _, count = executor.partition(":")
    if executor == "serial":
        return None
    if kind == "local" and not count:
        return os.cpu_count() or 1
    if kind == "local" and count.isdigit() and int(count) > 0:
        return int(count)
    remedy = "use local, local:N with N of 1 or more, or serial"
    raise InputProblems([Problem("--executor", f"{executor!r} is not an executor", remedy)])


def simulate(
    scenario: Scenario,
    plan: Plan,
    *,
    runs: int,
    engine: str = "compiled",
    executor: str = "local",
    chunk_size: int | None = None,
    done: Collection[int] = (),
) -> Iterator[Played]:
    """Play runs 1 to `runs` without those `done`, all arms of each; batches come as they finish, in any order.

    Closing the iterator, or Ctrl-C, stops after the run that each worker is at. An error of a worker is raised here.
    """
    threads = workers_of(executor)
    bench = Bench(runs_by_world(runs, scenario.worlds, done), threads or 1, chunk_size)
    worker = _Worker(scenario, plan, engine, bench, machinery())
    return worker.work() if threads is None else _in_threads(worker, threads)


@dataclass(frozen=True)
class _Worker:
    """One who works at the bench until nothing is left; several threads may be the same worker."""

    scenario: Scenario
    plan: Plan
    engine: str
    bench: Bench
    machine: Machinery

    def work(self) -> Iterator[Played]:
        scratch = self.machine.scratch()
        while (task := self.bench.take()) is not None:
            if isinstance(task, Build):
                self.bench.put(task, self.machine.build_world(self.scenario, self.plan, task.world))
            elif (played := self._play(task, scratch)) is not None:
                self.bench.finish(task, played.seconds)
                yield played

    def _play(self, task: Play, scratch: Any) -> Played | None:
        """A batch's outcomes, or none if the bench was stopped meanwhile."""
        world, started = self.bench.world(task), time.monotonic()
        outcomes: list[Outcome] = []
        for run in task.batch.runs:
            outcomes += [
                self.machine.play(self.scenario, world, arm, run, self.engine, scratch) for arm in self.plan.arms
            ]
            if self.bench.stopped:
                return None
        return Played(task.batch, tuple(outcomes), time.monotonic() - started)


def _in_threads(worker: _Worker, threads: int) -> Iterator[Played]:
    """What several threads play, handed over through a short queue so that memory stays flat."""
    inbox: queue.Queue[Played | BaseException | None] = queue.Queue(maxsize=2 * threads)

    def live() -> None:
        try:
            for played in worker.work():
                inbox.put(played)
            inbox.put(None)
        except BaseException as error:  # noqa: BLE001  (handed to the caller's thread, which raises it)
            inbox.put(error)

    team = [threading.Thread(target=live, daemon=True) for _ in range(threads)]
    for thread in team:
        thread.start()
    working = threads
    try:
        while working:
            item = inbox.get()
            if isinstance(item, BaseException):
                raise item
            if item is None:
                working -= 1
            else:
                yield item
    finally:
        worker.bench.stop()
        _send_home(team, inbox)


def _send_home(team: list[threading.Thread], inbox: queue.Queue[Any]) -> None:
    """Wait for threads to end; emptying the queue frees those that wait to hand something over."""
    for thread in team:
        while thread.is_alive():
            with suppress(queue.Empty):
                inbox.get(timeout=0.02)
            thread.join(timeout=0.02)
