"""Play what a results folder still lacks, keep each batch as it finishes, and write the answer when the last is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pyarrow as pa

from simulator.experiment.design import Played
from simulator.experiment.runner import simulate
from simulator.results.manifest import Request, manifest
from simulator.results.metrics import Table
from simulator.results.store import Saved, Store
from simulator.results.summary import summarize
from simulator.results.tables import daily_table, influencers_table, runs_table
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario


class Progress(NamedTuple):
    """How far the experiment is: runs finished, runs asked for, and how many of them this call had to play."""

    finished: int
    runs: int
    to_play: int


def record(
    scenario: Scenario,
    plan: Plan,
    store: Store,
    request: Request,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Saved:
    """Fill the store up to `scenario.runs` and complete it. Whatever stops this, finished parts stay."""
    started = datetime.now(UTC)
    done = {run for run in store.finished() if run <= scenario.runs}
    to_play = scenario.runs - len(done)

    def note() -> None:
        state = manifest(scenario, plan, request, daily=store.daily, finished=len(done), started=started)
        store.write_manifest(state | {"state": "partial"})

    note()
    try:
        for played in simulate(
            scenario, plan, runs=scenario.runs, engine=request.engine, executor=request.executor, done=done
        ):
            _keep(store, plan, played)
            done.update(played.batch.runs)
            on_progress(Progress(len(done), scenario.runs, to_play))
    finally:
        note()
    store.merge([arm.name for arm in plan.arms], scenario.runs)
    summary = summarize(scenario, plan, store.read("runs"), store.read("influencers"), request)
    final = manifest(scenario, plan, request, daily=store.daily, finished=len(done), started=started)
    return store.complete(final, summary)


def _keep(store: Store, plan: Plan, played: Played) -> None:
    tables: dict[Table, pa.Table] = {
        "runs": runs_table(played.outcomes, {arm.name: arm.budget for arm in plan.arms}),
        "influencers": influencers_table(played.outcomes),
    }
    if store.daily:
        tables["daily"] = daily_table(played.outcomes)
    store.add(tables)
