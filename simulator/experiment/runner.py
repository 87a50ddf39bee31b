"""Play runs on a team. Outcomes depend on the scenario alone: not on executor, workers, batches or arm order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from functools import partial
from typing import Any, Final, Generic

from simulator.errors import MachineTrouble, RunFailed, SimulatorError
from simulator.experiment.design import Batch
from simulator.experiment.executors import Team, open_team
from simulator.experiment.halt import Halt
from simulator.experiment.parcel import play_parcel, wrap
from simulator.experiment.schedule import Schedule
from simulator.experiment.worker import Content, Job, Played, Workshop
from simulator.results.outcome import Outcome
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

Task = Callable[[Batch], Played[Any]]
LOOKING: Final = 0.1  # seconds between looks at whether to stop
GRACE: Final = 1.2  # seconds that tasks under way get to end once it is to stop


def play_all(
    scenario: Scenario,
    plan: Plan,
    *,
    runs: int,
    engine: str = "compiled",
    executor: str = "local",
    done: Collection[int] = (),
    chunk_size: int | None = None,
) -> list[Outcome]:
    """The outcomes of runs 1 to `runs` without those `done`, in memory, by run; arms in the plan's order.

    Raises RunFailed with the first run that failed.
    """
    job = Job(scenario, plan, engine, list)
    outcomes: list[Outcome] = []
    with open_team(executor) as team:
        for played in simulate(job, team, runs=runs, done=done, chunk_size=chunk_size):
            for failure in played.failures:
                raise RunFailed(failure.run, failure.arm, failure.message)
            outcomes += played.content or ()
    place = {arm.name: number for number, arm in enumerate(plan.arms)}
    return sorted(outcomes, key=lambda outcome: (outcome.run, place[outcome.arm]))


def simulate(
    job: Job[Content],
    team: Team,
    *,
    runs: int,
    done: Collection[int] = (),
    chunk_size: int | None = None,
    halt: Halt | None = None,
) -> Iterator[Played[Content]]:
    """Play runs 1 to `runs` without those `done`, once: see `Players.play`."""
    return Players(job, team, halt=halt).play(runs=runs, done=done, chunk_size=chunk_size)


class Players(Generic[Content]):
    """A team with a job. It keeps its worlds from one call to the next.

    `most_worlds` is how many worlds a process may keep, by default one per worker.
    """

    def __init__(
        self, job: Job[Content], team: Team, *, most_worlds: int | None = None, halt: Halt | None = None
    ) -> None:
        self._job, self._team, self._halt = job, team, halt or Halt()
        self._closing = threading.Event()
        most = most_worlds or team.workers
        self._task: Task = (
            Workshop(job, most_worlds=most, stopped=lambda: self._halt.due() or self._closing.is_set()).play
            if team.shares_memory
            else partial(play_parcel, wrap(job, most_worlds=most))
        )

    def play(
        self, *, runs: int, done: Collection[int] = (), chunk_size: int | None = None
    ) -> Generator[Played[Content], None, None]:
        """Play runs 1 to `runs` without those `done`, all arms of each; batches come as they finish, in any order.

        Ends early once `halt` is due, after what was under way has come in or a moment has passed. Raises
        MachineTrouble if a worker or its machine fails.
        """
        team, halt = self._team, self._halt
        schedule = Schedule(self._job.todo(runs, done), team.workers, chunk_size)
        under_way: dict[Future[Any], Batch] = {}
        try:
            while not halt.due():
                while len(under_way) < team.ahead and (batch := schedule.next()) is not None:
                    under_way[_submitted(team, self._task, batch)] = batch
                if not under_way:
                    return
                yield from _arrived(under_way, schedule, halt, timeout=LOOKING)
            _recall(under_way)
            yield from _arrived(under_way, schedule, halt, timeout=0.0)
        except BaseException:
            self._closing.set()
            _recall(under_way)
            raise
        finally:
            team.busy = {future for future in under_way if not future.done()}


def _submitted(team: Team, task: Task, batch: Batch) -> Future[Any]:
    try:
        return team.executor.submit(task, batch)
    except (BrokenExecutor, RuntimeError, OSError) as error:
        raise _trouble(error) from error


def _arrived(
    under_way: dict[Future[Any], Batch], schedule: Schedule, halt: Halt, *, timeout: float
) -> Iterator[Played[Any]]:
    """What has come in; waits for the first of it, but no longer than `timeout` seconds."""
    for future in wait(under_way, timeout=timeout, return_when=FIRST_COMPLETED).done:
        batch = under_way.pop(future)
        try:
            played: Played[Any] = future.result()
        except SimulatorError:
            raise
        except Exception as error:
            raise _trouble(error) from error
        halt.began(played.seconds)
        schedule.returned(batch, runs=len(played.runs) + len(played.failures), seconds=played.seconds)
        yield played


def _recall(under_way: dict[Future[Any], Batch]) -> None:
    """Call off what has not begun, and give the rest a moment to end."""
    for future in list(under_way):
        if future.cancel():
            del under_way[future]
    wait(under_way, timeout=GRACE)


def _trouble(error: Exception) -> MachineTrouble:
    """In words what no run is to blame for."""
    told, remedy = " ".join(f"{type(error).__name__}: {error}".split())[:500], ""
    if isinstance(error, BrokenExecutor):
        told, remedy = "a worker process died, perhaps for lack of memory", " (fewer workers need less: --executor)"
    if isinstance(error, MemoryError):
        told, remedy = "a worker ran out of memory", " (fewer workers need less: --executor)"
    return MachineTrouble(f"{told}; finished runs are kept, and the same command goes on{remedy}")
