"""Means, ratios, tails and probabilities of runs, each with the error that the simulation itself leaves.

Runs of one world share its people, so they may be alike. The variance behind every error is the larger of the
variance over all runs and the mean square between worlds (their means' spread times the runs per world): the first
is right when worlds don't matter, the second when they do. Taking the larger errs on the side of caution.
Runs of one draw share its numbers, and are treated alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Worlds = NDArray[np.integer[Any]]  # [run], or [way, run] where runs are alike in several ways: by world, by draw
TAIL: Final = 0.05


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error. The error is none where it cannot be told, as with a single run."""

    value: float
    error: float | None

    def as_dict(self) -> dict[str, float | None]:
        return {"value": self.value, "error": self.error}


def mean(values: Values, worlds: Worlds) -> Estimate:
    """Mean of the runs; `worlds` holds the world of each, or their worlds and their draws."""
    center = float(np.mean(values))
    if len(values) < 2:
        return Estimate(center, None)
    total = float(np.var(values, ddof=1))
    ways = [max(total, _between(values, groups)) for groups in np.atleast_2d(worlds)]
    return Estimate(center, math.sqrt((sum(ways) - (len(ways) - 1) * total) / len(values)))


def _between(values: Values, groups: Worlds) -> float:
    """Mean square between groups; 0 for a single one, which cannot tell."""
    _, place, runs = np.unique(groups, return_inverse=True, return_counts=True)
    if len(runs) < 2:
        return 0.0
    means = np.bincount(place, weights=values) / runs
    return float(np.sum(runs * (means - np.mean(values)) ** 2) / (len(runs) - 1))


def ratio_of_means(numerator: Values, denominator: Values, worlds: Worlds) -> Estimate | None:
    """Mean of one over mean of the other, its error by the delta method; none unless the denominator is above 0."""
    scale = float(np.mean(denominator))
    if not scale > 0.0:
        return None
    value = float(np.mean(numerator)) / scale
    return Estimate(value, mean((numerator - value * denominator) / scale, worlds).error)


def share(flags: NDArray[Any], worlds: Worlds) -> Estimate:
    """A probability from flags or shares per run. Its error is never below the weight of a single run."""
    estimate = mean(np.asarray(flags, dtype=np.float64), worlds)
    return Estimate(estimate.value, None if estimate.error is None else max(estimate.error, 1.0 / len(flags)))


def best_shares(profits: Values) -> Values:
    """For profits [choice, run]: 1 where a choice is the best of its run; ties split it equally."""
    best = profits == np.max(profits, axis=0)
    shares: Values = best / np.sum(best, axis=0)
    return shares


def tail_mean(values: Values, tail: float = TAIL) -> float:
    """Mean of the worst `tail` of the runs (conditional value at risk); a run on the border counts in part."""
    ordered = np.sort(values)
    weight = tail * len(ordered)
    whole = int(weight)
    part = weight - whole
    return float((np.sum(ordered[:whole]) + part * ordered[whole]) / weight)


def quantiles(values: Values) -> dict[str, float | None]:
    """5th, 50th and 95th percentile. Infinite values take part; a percentile that is infinite is none."""
    if not len(values):
        return {"p05": None, "p50": None, "p95": None}
    ordered = np.sort(values)
    found = {}
    for name, p in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        place = p * (len(ordered) - 1)
        low, high = float(ordered[math.floor(place)]), float(ordered[math.ceil(place)])
        value = low if low == high else low + (place - math.floor(place)) * (high - low)
        found[name] = value if math.isfinite(value) else None
    return found
