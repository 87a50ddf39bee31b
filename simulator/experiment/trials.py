"""An experiment over several versions: trial t (from 1) is one run of one version, all its arms.

Everything that plays runs plays trials: in parallel, in parts, resumed, with failures kept. The table of trials is
that of runs, with the trial as `run`; the run whose people and luck it has is `Trials.run` of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulator.errors import InputProblems, Problem
from simulator.experiment.basket import Basket, Keeper
from simulator.experiment.design import world_of
from simulator.experiment.executors import Team
from simulator.experiment.halt import Halt
from simulator.experiment.runner import Players
from simulator.experiment.versions import Versions
from simulator.experiment.worker import Job
from simulator.results.metrics import Table
from simulator.results.outcome import Outcome
from simulator.results.tables import runs_table, schema
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario

MOST_TRIALS: Final = 2_000_000
Numbers = NDArray[np.int64]
Content = dict[Table, pa.Table]


def check_size(trials: int) -> None:
    """Raise InputProblems if so many trials are too many."""
    if trials > MOST_TRIALS:
        message = f"{trials:,} trials are more than {MOST_TRIALS:,}"
        raise InputProblems([Problem("", message, "ask for fewer points or fewer runs")])


@dataclass(frozen=True)
class Trials:
    """Which version, from 0, each trial is of, and whose run's people and luck it has, from 1. Both [trial]."""

    versions: Versions
    version: Numbers
    run: Numbers

    def __len__(self) -> int:
        return len(self.version)

    @classmethod
    def crossed(cls, versions: Versions, runs: int) -> Trials:
        """Every version in runs 1 to `runs`, version by version. Raises InputProblems if there are too many."""
        check_size(len(versions) * runs)
        each = np.arange(1, runs + 1, dtype=np.int64)
        return cls(versions, np.repeat(np.arange(len(versions), dtype=np.int64), runs), np.tile(each, len(versions)))


@dataclass(frozen=True)
class TrialJob(Job[Content]):
    """Trials as a worker plays them."""

    trials: Trials

    def todo(self, runs: int, done: Collection[int]) -> dict[int, list[int]]:
        """Trials by the number of their world: worlds of one market come after those of the one before."""
        finished, found = set(done), dict[int, list[int]]()
        for trial in range(1, runs + 1):
            if trial not in finished:
                found.setdefault(self._place(trial), []).append(trial)
        return found

    def build(self, world: int, build_world: Callable[..., Any]) -> Any:
        market, number = divmod(world, self.scenario.worlds)
        version = self.trials.versions.markets[market]
        return build_world(version.scenario, version.plan, number)

    def part(self, run: int) -> tuple[Scenario, tuple[ArmPlan, ...], int]:
        version = self.trials.versions.version(int(self.trials.version[run - 1]))
        return version.scenario, version.plan.arms, int(self.trials.run[run - 1])

    def _place(self, trial: int) -> int:
        market = self.trials.versions.market(int(self.trials.version[trial - 1]))
        return market * self.scenario.worlds + world_of(int(self.trials.run[trial - 1]), self.scenario.worlds)


@dataclass(frozen=True)
class TrialTables:
    """What makes of outcomes the table of trials, without drawn numbers: versions draw different ones."""

    trials: Trials

    def __call__(self, outcomes: Sequence[Outcome]) -> Content:
        """The table of runs, alone."""
        by_version: dict[int, list[Outcome]] = {}
        for outcome in outcomes:
            by_version.setdefault(int(self.trials.version[outcome.run - 1]), []).append(outcome)
        columns = schema("runs").names
        made = [runs_table(own, self._budgets(number)).select(columns) for number, own in by_version.items()]
        return {"runs": pa.concat_tables(made)}

    def _budgets(self, version: int) -> Mapping[str, int | None]:
        return {arm.name: arm.budget for arm in self.trials.versions.version(version).plan.arms}


def job_of(trials: Trials, engine: str) -> TrialJob:
    """The job that plays these trials."""
    first = trials.versions.markets[0]
    return TrialJob(first.scenario, first.plan, engine, TrialTables(trials), trials)


def play_trials(
    job: TrialJob,
    team: Team,
    keeper: Keeper,
    *,
    done: Collection[int] = (),
    most_worlds: int | None = None,
    halt: Halt | None = None,
    on_progress: Callable[[int], None] = lambda _: None,
    whole: bool = False,
) -> None:
    """Play all trials but those done, and keep them in parts; `on_progress` is told how many are in.

    Ends early once `halt` is due, or, if all trials are needed (`whole`), once one has failed. Raises as `Players.play`
    does.
    """
    finished, basket = len(set(done)), Basket(keeper)
    players = Players(job, team, most_worlds=most_worlds, halt=halt)
    try:
        with closing(players.play(runs=len(job.trials), done=done)) as arriving:
            for played in arriving:
                basket.put(played)
                finished += len(played.runs) + len(played.failures)
                on_progress(finished)
                if whole and played.failures:
                    return
    finally:
        basket.empty()
