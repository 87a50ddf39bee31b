"""Judges several rows at a time: each worker is a process with a stage of its own, since much of a short run is Python.

A row's runs depend on its scenario alone, so it comes out the same wherever it is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

from simulator.decide.claims.judge import Judged, Verdicts, judge
from simulator.decide.claims.play import PRESETS, Stage
from simulator.decide.claims.row import Claim, scenario_folder
from simulator.decide.claims.rows import all_rows
from simulator.experiment.executors import threads_of
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario


def judge_all(
    rows: Sequence[Claim],
    *,
    executor: str = "local",
    most_draws: int | None = None,
    before: Callable[[Scenario, Plan], None] = lambda *_: None,
) -> Iterator[Verdicts]:
    """Verdicts in the order of the rows. `before` is called once, with a scenario, before anything is played.

    A single row, or `serial`, is judged in this process.
    """
    workers = min(threads_of(executor) or 1, len(rows))
    if workers <= 1:
        stage = Stage(executor, before=before)
        yield from (judge(row, stage, most_draws) for row in rows)
        return
    before(*load_campaign(scenario_folder() / f"{rows[0].id}.yaml", preset=f"presets/{PRESETS[0]}"))
    known = {row.id: row for row in rows}
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for name, presets in pool.map(partial(_judged, most_draws=most_draws), known):
            yield Verdicts(known[name], presets)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@cache
def _stage() -> Stage:
    """The stage of this worker: scenarios that rows share are played once."""
    return Stage("serial")


def _judged(name: str, most_draws: int | None) -> tuple[str, Mapping[str, Judged]]:
    """A row's verdicts without the row itself, which holds functions and stays where it is."""
    row = next(row for row in all_rows() if row.id == name)
    return name, judge(row, _stage(), most_draws).presets
