"""Play what a results folder still lacks, keep it as it comes in, and write the answer when enough is in.

Enough is the number of runs asked for, or a stated precision. An experiment that may end before (a precision, a time
limit) is played in rounds that visit all worlds alike, and looks at its answer after each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, count
from typing import Any, Final, NamedTuple

import pyarrow as pa

from simulator.errors import ResultsError, RunFailed, SimulatorError
from simulator.experiment.basket import Basket
from simulator.experiment.design import rounds
from simulator.experiment.executors import Team
from simulator.experiment.halt import Halt
from simulator.experiment.memory import free_bytes, need_of, refuse_if_too_large, worlds_that_fit
from simulator.experiment.runner import Players
from simulator.experiment.stopping import FIRST_LOOK, Look, Precision, Stopped
from simulator.experiment.worker import Job
from simulator.results.failures import Failure, failures_summary
from simulator.results.manifest import Request, manifest
from simulator.results.metrics import Table
from simulator.results.store import FAILURES, Saved, Store
from simulator.results.summary import summarize
from simulator.results.tables import TablesOf
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

HERE: Final = ("serial", "local", "processes")  # executors that work in this machine's memory
Content = dict[Table, pa.Table]


class Progress(NamedTuple):
    """How far the experiment is: runs finished, runs asked for, and how many of them this call had to play."""

    finished: int
    runs: int
    to_play: int


@dataclass(frozen=True)
class Orders:
    """How an experiment is played: by whom, until when. `scenario.runs` are the most runs."""

    team: Team
    precision: Precision | None = None
    halt: Halt = field(default_factory=Halt)
    chunk_size: int | None = None
    most_worlds: int | None = None

    @property
    def in_rounds(self) -> bool:
        """Whether the experiment may end before its last run, by plan."""
        return self.precision is not None or self.halt.is_timed


def orders_for(
    scenario: Scenario,
    plan: Plan,
    team: Team,
    request: Request,
    *,
    precision: Precision | None,
    time_limit: float | None,
) -> Orders:
    """Orders that fit into the memory of this machine. Raises InputProblems if nothing fits."""
    orders = Orders(team, precision, Halt(time_limit))
    free = free_bytes()
    if free is not None and request.executor.partition(":")[0] in HERE:
        refuse_if_too_large(scenario, plan, request.engine, request.executor, team.workers, free)
        share = free if team.shares_memory else free / team.workers
        at_once = team.workers if team.shares_memory else 1
        most = worlds_that_fit(need_of(scenario, plan, request.engine), at_once, scenario.worlds, share)
        return replace(orders, most_worlds=most if orders.in_rounds or not team.shares_memory else team.workers)
    return replace(orders, most_worlds=scenario.worlds)


def record(
    scenario: Scenario,
    plan: Plan,
    store: Store,
    request: Request,
    orders: Orders,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Saved | None:
    """Fill the store and write the answer; none if somebody interrupted. Whatever stops this, finished parts stay.

    Raises RunFailed if every run failed.
    """
    return _Recording(scenario, plan, store, request, orders, on_progress).play()


@dataclass
class _Recording:
    """One call of `record`."""

    scenario: Scenario
    plan: Plan
    store: Store
    request: Request
    orders: Orders
    on_progress: Callable[[Progress], None]
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    done: set[int] = field(default_factory=set)

    def play(self) -> Saved | None:
        self.done = set(self.store.ledger().done)
        self._note()
        try:
            stopped = self._until_enough()
        finally:
            self.orders.halt.playing = False
            self._note()
        return None if stopped.reason == "interrupted" else self._answer(stopped)

    def _until_enough(self) -> Stopped:
        """Play round after round, and say why the last one was the last. No finished run is given up for fewer."""
        halt, players = self.orders.halt, self._players()
        asked = max(self.scenario.runs, self._without_gap())
        for runs in self._rounds(asked):
            self._play_up_to(runs, players)
            if halt.reason == "interrupted":
                return Stopped(halt.reason, asked)
            whole = self._without_gap() >= runs
            look = self._look() if whole or halt.reason is not None else None
            if whole and look is not None and look.is_met:
                return Stopped("precision", runs, look)
            if whole and runs == asked:
                return Stopped("all runs", asked, look)
            if halt.reason is not None:
                return Stopped(halt.reason, asked, look)
        raise AssertionError("the last round holds all runs")

    def _without_gap(self) -> int:
        """How many of the first runs are all done."""
        return next(run for run in count(1) if run not in self.done) - 1

    def _rounds(self, asked: int) -> Iterator[int]:
        """The rounds still to play; what is there already is looked at as a whole."""
        if not self.orders.in_rounds:
            return iter([asked])
        held = self._without_gap()
        found = rounds(asked, whole=self.scenario.worlds * self.scenario.replicates)
        return chain([held] if held >= FIRST_LOOK else [], (runs for runs in found if runs > held or runs == asked))

    def _players(self) -> Players[Content]:
        budgets = {arm.name: arm.budget for arm in self.plan.arms}
        job: Job[Content] = Job(self.scenario, self.plan, self.request.engine, TablesOf(budgets, self.store.tables))
        return Players(job, self.orders.team, most_worlds=self.orders.most_worlds, halt=self.orders.halt)

    def _play_up_to(self, runs: int, players: Players[Content]) -> None:
        to_play = max(runs - len(self.done), 0)
        basket = Basket(self.store)
        try:
            with closing(players.play(runs=runs, done=self.done, chunk_size=self.orders.chunk_size)) as arriving:
                for played in arriving:
                    basket.put(played)
                    self.done.update(played.runs, (failure.run for failure in played.failures))
                    self.on_progress(Progress(len(self.done), runs, to_play))
        finally:
            basket.empty()

    def _look(self) -> Look | None:
        """How precise the answer of all that is finished would be, where that was asked for."""
        precision = self.orders.precision
        return None if precision is None else precision.look(self.store.read_parts("runs"))

    def _note(self) -> None:
        """Say in the manifest how far it is."""
        state = self._manifest(self.scenario, len(self.done))
        self.store.write_manifest(state | {"state": "partial"})

    def _manifest(self, scenario: Scenario, finished: int) -> dict[str, Any]:
        return manifest(
            scenario, self.plan, self.request, daily=self.store.daily, finished=finished, started=self.started
        )

    def _answer(self, stopped: Stopped) -> Saved:
        """Merge what is there, and write the answer that rests on it."""
        ledger, target = self.store.ledger(), set(range(1, stopped.runs + 1))
        finished, failures = ledger.finished & target, [each for each in ledger.failures if each.run in target]
        if not finished:
            self.store.write_failures(failures)
            raise _nothing(failures, stopped)
        self.store.merge([arm.name for arm in self.plan.arms], stopped.runs, without=target - finished)
        played = self.scenario.model_copy(update={"runs": len(finished)})
        summary = summarize(played, self.plan, self.store.read("runs"), self.store.read("influencers"), self.request)
        summary |= {"stopped": stopped.as_dict(len(finished)), "failed": failures_summary(failures)}
        asked = self.scenario.model_copy(update={"runs": stopped.runs})
        final = self._manifest(asked, len(ledger.done & target))
        final["counts"]["failed"] = len(failures)
        return self.store.conclude(final, summary)


def _nothing(failures: Sequence[Failure], stopped: Stopped) -> SimulatorError:
    """The error of an experiment without a single run to answer from."""
    if failures:
        first = failures[0]
        others = f"so did all {len(failures):,} runs played; tracebacks: {FAILURES}" if len(failures) > 1 else FAILURES
        return RunFailed(first.run, first.arm, f"{first.error}: {first.message} ({others})")
    return ResultsError(f"no run was finished when the {stopped.reason} came; allow more time")
