"""The simulator as a function of the unit cube: where each uncertain number lies in its spread, and whose luck it is.

Luck is one more number: it says which of very many runs, with their people, is played. So the shares of the variance
add luck and network to the numbers nobody knows, and a die that matters more than all of them shows.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from simulator.decide.ensemble import Ensemble, Stage, identity_of, played
from simulator.decide.question import weighed
from simulator.decide.sampling import Points, trajectories
from simulator.decide.sensitivity.indices import Effect, Sobol, effects, sobol_indices, sobol_points
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.experiment.trials import Trials, check_size
from simulator.experiment.versions import AtFractions, Listed, Version

VERSION: Final = 1
LUCK: Final = "luck"
RUNS_OF_LUCK: Final = 2**20  # so many that no two rows of a design share one
INSIDE: Final = 1e-6  # quantiles of 0 and 1 may be infinite
MIDDLE_SHARE: Final = 0.95  # of its spread that a number is moved through, step by step
FIRST_RUNS: Final = 64  # to find the two best arms


def sobol(base: Version, inquiry: Inquiry, stage: Stage) -> dict[str, Any]:
    """Sobol' indices of the difference between two arms, and of which of them is better."""
    factors, (rows, _), metric = inquiry.factors(base), inquiry.size, inquiry.metric
    first, second = inquiry.between or _best_two(base, stage)
    names, seed = [*(factor.path for factor in factors), LUCK], base.scenario.seed
    check_size(rows * (len(names) + 2))
    points = sobol_points(len(names), rows, seed)
    trials = Trials(
        AtFractions(base, tuple(names[:-1]), np.clip(points[:, :-1], INSIDE, 1.0 - INSIDE)),
        np.arange(len(points), dtype=np.int64),
        1 + np.minimum(points[:, -1] * RUNS_OF_LUCK, RUNS_OF_LUCK - 1).astype(np.int64),
    )
    ensemble = played(trials, stage, inquiry.name, whole=True)
    gaps = _gaps(ensemble, first, second, metric)
    of_gap = sobol_indices(names, gaps, seed)
    of_better = sobol_indices(names, (gaps > 0) + 0.5 * (gaps == 0), seed)
    facts = {factor.path: factor.as_dict() for factor in factors}
    found = [
        {**facts.get(each.name, _LUCK_AS_DICT), **_shares(each), "decision": _shares(better)}
        for each, better in zip(of_gap, of_better, strict=True)
    ]
    return {
        **_head(base, trials, ensemble, "sobol", (first, second), metric),
        "points": rows,
        "sd": float(np.std(gaps)),
        "p_better": float(np.mean((gaps > 0) + 0.5 * (gaps == 0))),
        "rows": sorted(found, key=lambda row: (-row["total"]["value"], row["path"])),
    }


def morris(base: Version, inquiry: Inquiry, stage: Stage) -> dict[str, Any]:
    """Elementary effects on the difference between two arms; each trajectory has runs of its own."""
    factors, (count, runs), metric = inquiry.factors(base), inquiry.size, inquiry.metric
    first, second = inquiry.between or _best_two(base, stage)
    names, seed = [factor.path for factor in factors], base.scenario.seed
    check_size(count * (len(names) + 1) * runs)
    points = trajectories(len(names), count, seed)
    luck = np.repeat(np.arange(count, dtype=np.int64) * runs, len(names) + 1)  # before the first run of each point
    trials = Trials(
        AtFractions(base, tuple(names), 0.5 + MIDDLE_SHARE * (points - 0.5)),
        np.repeat(np.arange(len(points), dtype=np.int64), runs),
        (luck[:, np.newaxis] + np.arange(1, runs + 1)).ravel(),
    )
    ensemble = played(trials, stage, inquiry.name, whole=True)
    gaps = _gaps(ensemble, first, second, metric).reshape(len(points), runs).mean(axis=1)
    facts = {factor.path: factor.as_dict() for factor in factors}
    found = [{**facts[each.name], **_effect(each)} for each in effects(names, points, gaps, seed)]
    return {
        **_head(base, trials, ensemble, "morris", (first, second), metric),
        "trajectories": count,
        "runs": runs,
        "rows": sorted(found, key=lambda row: (-row["mu_star"], row["path"])),
    }


_LUCK_AS_DICT: Final = {
    "path": LUCK,
    "meaning": "all else that differs from run to run: dice, people, numbers not varied here",
    "grade": "luck",
    "unit": "",
}


def _best_two(base: Version, stage: Stage) -> tuple[str, str]:
    """The two best arms by a few runs as they come."""
    trials = Trials.crossed(Listed([base]), FIRST_RUNS)
    in_memory = Stage(stage.team, stage.engine, None, stage.halt)
    return weighed(None, played(trials, in_memory, "first").arms(0))


def _gaps(ensemble: Ensemble, first: str, second: str, metric: str) -> Points:
    """The difference of each trial."""
    gaps: Points = ensemble.in_order(first, metric) - ensemble.in_order(second, metric)
    return gaps


def _head(
    base: Version, trials: Trials, ensemble: Ensemble, kind: str, arms: tuple[str, str], metric: str
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "kind": kind,
        "name": base.scenario.name,
        "hash": identity_of(trials),
        "currency": base.scenario.currency,
        "trials": len(trials),
        "failed": len(ensemble.failures),
        "metric": metric,
        "arms": list(arms),
    }


def _shares(found: Sobol) -> dict[str, Any]:
    return {"first": found.first.as_dict(), "total": found.total.as_dict()}


def _effect(found: Effect) -> dict[str, Any]:
    size = found.size.as_dict()
    return {
        "mu": found.mean,
        "mu_star": size["value"],
        "mu_star_low": size["low"],
        "mu_star_high": size["high"],
        "sigma": found.spread,
    }
