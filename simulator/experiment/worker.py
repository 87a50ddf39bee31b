"""What a worker does with a batch: find or build its world, play every arm of every run, hand over what was asked for.

A run that fails is a finding of its own: it is handed over with its traceback, and the others go on. What the machine
does (no memory, no disk) is no finding, and ends the batch.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, NamedTuple, TypeVar

from simulator.errors import RuleError, SimulatorError
from simulator.experiment.design import Batch, runs_by_world
from simulator.results.failures import Failure
from simulator.results.outcome import Outcome
from simulator.scenario.offers import ArmPlan, Plan
from simulator.scenario.schema import Scenario

Content = TypeVar("Content")
TROUBLE: Final = (MemoryError, OSError)  # of the machine, not of a run


class Machinery(NamedTuple):
    """What a worker calls: the builder of worlds, the engine, and its scratch memory of one thread."""

    build_world: Callable[..., Any]
    play: Callable[..., Outcome]
    scratch: Callable[[], Any]


def machinery() -> Machinery:
    """The real one; imported on first use, because compiled code loads slowly."""
    from simulator.engines.play import Scratch, play
    from simulator.world.build import build_world

    return Machinery(build_world, play, Scratch)


@dataclass(frozen=True)
class Job(Generic[Content]):
    """What is to be played, the same for all batches. `pack` makes of outcomes what is handed over."""

    scenario: Scenario
    plan: Plan
    engine: str
    pack: Callable[[Sequence[Outcome]], Content]

    def todo(self, runs: int, done: Collection[int]) -> dict[int, list[int]]:
        """The runs still to play, 1 to `runs` without those done, by the number of their world."""
        return runs_by_world(runs, self.scenario.worlds, done)

    def build(self, world: int, build_world: Callable[..., Any]) -> Any:
        """One of the worlds."""
        return build_world(self.scenario, self.plan, world)

    def part(self, run: int) -> tuple[Scenario, tuple[ArmPlan, ...], int]:
        """What is played as a run: the scenario, the arms, and the number that its dice are keyed by."""
        return self.scenario, self.plan.arms, run


@dataclass(frozen=True)
class Played(Generic[Content]):
    """What became of a batch: the packed outcomes of `runs`, all arms of each, and the runs that failed.

    Neither may hold all of the batch, if it was stopped. `seconds` is what playing took, building a world not counted.
    """

    world: int
    runs: tuple[int, ...]
    content: Content | None  # none without runs
    failures: tuple[Failure, ...]
    seconds: float


@dataclass
class _Place:
    """One world of a workshop, built by whoever comes first."""

    world: Any = None
    users: int = 0
    building: threading.Lock = field(default_factory=threading.Lock)


class Workshop(Generic[Content]):
    """The worlds and the scratch memory of one job in one process; its threads share it.

    It holds at most `most_worlds` worlds, or as many as there are threads that need different ones.
    """

    def __init__(self, job: Job[Content], *, most_worlds: int = 1, stopped: Callable[[], bool] = bool) -> None:
        self.job, self.most_worlds, self.stopped = job, most_worlds, stopped
        self._machine = machinery()
        self._own = threading.local()
        self._places: dict[int, _Place] = {}  # the least recently used first
        self._changing = threading.Lock()

    def play(self, batch: Batch) -> Played[Content]:
        """Play a batch, up to the run in which the workshop is stopped."""
        place = self._enter(batch.world)
        try:
            return self._played(batch, self._built(place, batch.world))
        finally:
            with self._changing:
                place.users -= 1

    def _played(self, batch: Batch, world: Any) -> Played[Content]:
        started, runs, outcomes, failures = time.monotonic(), [], [], []
        for run in batch.runs:
            if self.stopped():
                break
            found = self._run(world, run)
            if isinstance(found, Failure):
                failures.append(found)
            else:
                runs.append(run)
                outcomes += found
        content = self.job.pack(outcomes) if outcomes else None
        return Played(batch.world, tuple(runs), content, tuple(failures), time.monotonic() - started)

    def _run(self, world: Any, run: int) -> list[Outcome] | Failure:
        """All arms of a run; one that fails takes the run with it, since arms are compared run by run."""
        outcomes = []
        scenario, arms, dice = self.job.part(run)
        for arm in arms:
            try:
                found = self._machine.play(scenario, world, arm, dice, self.job.engine, self._scratch())
                outcomes.append(found if dice == run else replace(found, run=run))
            except TROUBLE:
                raise
            except Exception as error:  # whatever a rule raises is kept with its traceback
                if isinstance(error, SimulatorError) and not isinstance(error, RuleError):
                    raise
                self._own.scratch = None  # may be left in any state
                told = "".join(traceback.format_exception(error))
                return Failure(run, arm.name, type(error).__name__, str(error), told)
        return outcomes

    def _scratch(self) -> Any:
        if getattr(self._own, "scratch", None) is None:
            self._own.scratch = self._machine.scratch()
        return self._own.scratch

    def _enter(self, number: int) -> _Place:
        """The place of a world, kept from now on; idle worlds make room for a new one."""
        with self._changing:
            place = self._places.pop(number, None)
            if place is None:
                idle = [other for other, at in self._places.items() if not at.users]
                for other in idle[: max(0, len(self._places) + 1 - self.most_worlds)]:
                    del self._places[other]
                place = _Place()
            self._places[number] = place
            place.users += 1
            return place

    def _built(self, place: _Place, number: int) -> Any:
        with place.building:
            if place.world is None:
                place.world = self.job.build(number, self._machine.build_world)
            return place.world
