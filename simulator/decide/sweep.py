"""A scenario at many values of its numbers: what each plan brings at each of them, all in the same runs.

Every point has the same people, the same luck and the same draws of all that is not varied, so that what differs from
point to point is due to what is varied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.decide.cautions import cautions
from simulator.decide.ensemble import Ensemble, Stage, identity_of, played
from simulator.decide.question import Question
from simulator.decide.sampling import Points
from simulator.decide.saving import analysis_name
from simulator.decide.varied import Varied, values_at
from simulator.errors import InputProblems, Problem
from simulator.experiment.trials import Trials
from simulator.experiment.versions import Listed, Version
from simulator.results.arms import ArmRuns, metric_estimate
from simulator.results.estimate import Estimate
from simulator.results.metrics import metrics_of
from simulator.results.rivals import ranked
from simulator.results.statistics import best_shares, share

VERSION: Final = 1
SHOWN: Final = ("cost", "reach", "engagements", "incremental_orders", "profit", "roi", "iroas", "cpe", "cpa")


@dataclass(frozen=True)
class Sweep:
    """What every arm brings at every point. `figures` is tidy: a row per point, arm and metric."""

    varied: tuple[Varied, ...]
    points: tuple[tuple[float, ...], ...]
    figures: pd.DataFrame
    runs: pa.Table  # a row per point, arm and run
    summary: dict[str, Any]

    def tables(self) -> dict[str, pa.Table]:
        """What is kept beside the summary."""
        figures = pa.Table.from_pandas(self.figures, preserve_index=False).replace_schema_metadata(None)
        return {"figures": figures, "runs": self.runs}


def sweep(question: Question, varied: Sequence[Varied], design: Points, runs: int, stage: Stage) -> Sweep:
    """Play the points of a design (fractions [point, number]), `runs` runs each. Raises InputProblems."""
    points = values_at(varied, design)
    trials = Trials.crossed(versions_at(question, varied, points), runs)
    ensemble = played(trials, stage, sweep_name(varied))
    figures = [
        {**named(varied, point), **figure}
        for number, point in enumerate(points)
        for figure in _figures(ensemble.arms(number))
    ]
    return Sweep(
        tuple(varied),
        tuple(points),
        pd.DataFrame(figures),
        _runs(ensemble, varied, points),
        _summary(ensemble, varied, points, runs),
    )


def sweep_name(varied: Sequence[Varied]) -> str:
    """The analysis's name."""
    return analysis_name("sweep", [each.path for each in varied])


def named(varied: Sequence[Varied], point: Sequence[float]) -> dict[str, float]:
    """A point's values by path."""
    return {each.path: value for each, value in zip(varied, point, strict=True)}


def versions_at(question: Question, varied: Sequence[Varied], points: Sequence[Sequence[float]]) -> Listed:
    """The question at these points. Raises InputProblems that name the points."""
    versions: list[Version] = []
    faulty: dict[Problem, list[str]] = {}
    for point in points:
        settings = [each.setting(value) for each, value in zip(varied, point, strict=True)]
        try:
            versions.append(question.version(*settings))
        except InputProblems as error:
            for problem in error.problems:
                faulty.setdefault(problem, []).append(", ".join(settings))
    if faulty:
        raise InputProblems([_told(problem, places, len(points)) for problem, places in faulty.items()])
    return Listed(versions)


def _told(problem: Problem, places: Sequence[str], points: int) -> Problem:
    """A problem once, with the first point that has it; what is wrong at every point has nothing to do with them."""
    if len(places) == points > 1:
        return problem
    others = len(places) - 1
    more = f" and {others:,} other point{'s' * (others > 1)}" if others else ""
    suggestion = "; ".join(filter(None, (problem.suggestion, "or vary less far")))
    return replace(problem, message=f"{problem.message} (at {places[0]}{more})", suggestion=suggestion)


def _figures(arms: Sequence[ArmRuns]) -> Iterator[dict[str, Any]]:
    """All metrics of all arms of a point, and how likely each is best."""
    shares = best_shares(np.array([arm.profit for arm in arms]))
    for arm, best in zip(arms, shares, strict=True):
        yield _row(arm, "p_best", "share", share(best, arm.alike))
        for metric in metrics_of("runs"):
            estimate = metric_estimate(metric, arm)
            if estimate is not None:
                yield _row(arm, metric.name, metric.unit, estimate)


def _row(arm: ArmRuns, metric: str, unit: str, estimate: Estimate) -> dict[str, Any]:
    return {"arm": arm.name, "metric": metric, "unit": unit, **estimate.as_dict()}


def _runs(ensemble: Ensemble, varied: Sequence[Varied], points: Sequence[Sequence[float]]) -> pa.Table:
    """The trials with the values of their points, by point, arm and run."""
    table, trials = ensemble.table, ensemble.trials
    number = table["run"].to_numpy() - 1
    point = trials.version[number]
    values = np.array(points)
    columns: dict[str, Any] = {"point": pa.array(point + 1, type=pa.int32())}
    columns |= {each.path: pa.array(values[point, k]) for k, each in enumerate(varied)}
    columns |= {name: table[name] for name in table.column_names}
    columns["run"] = pa.array(trials.run[number], type=pa.int32())
    return pa.table(columns).sort_by([(key, "ascending") for key in ("point", "arm", "run")])


def _summary(
    ensemble: Ensemble, varied: Sequence[Varied], points: Sequence[Sequence[float]], runs: int
) -> dict[str, Any]:
    scenario = ensemble.trials.versions.version(0).scenario
    return {
        "version": VERSION,
        "kind": "sweep",
        "name": scenario.name,
        "hash": identity_of(ensemble.trials),
        "currency": scenario.currency,
        "runs": runs,
        "worlds": scenario.worlds,
        "people": ensemble.trials.versions.version(0).plan.population,
        "failed": len(ensemble.failures),
        "vary": [each.as_dict() for each in varied],
        "notes": cautions(each.path for each in varied),
        "arms": [arm.name for arm in ensemble.arms(0)],
        "points": [_point(ensemble.arms(number), named(varied, point)) for number, point in enumerate(points)],
    }


def _point(arms: Sequence[ArmRuns], values: dict[str, float]) -> dict[str, Any]:
    shares = best_shares(np.array([arm.profit for arm in arms]))
    by_name = {metric.name: metric for metric in metrics_of("runs")}
    found: dict[str, dict[str, Any]] = {}
    for arm, best in zip(arms, shares, strict=True):
        estimates = {name: metric_estimate(by_name[name], arm) for name in SHOWN}
        figures = {name: None if each is None else each.as_dict() for name, each in estimates.items()}
        found[arm.name] = {**figures, "p_best": share(best, arm.alike).as_dict()}
    return {"values": values, "arms": found, "best": ranked(arms)[0].name}
