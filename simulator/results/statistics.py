"""Means, ratios, tails and probabilities of runs, each with the error that the simulation itself leaves.

Runs of one world share its people, and runs of one draw its numbers, so they may be alike: `likeness` tells what that
does to an error. What is no mean is turned into one: a ratio and the mean of a tail by what each run adds to them
(delta method, influence), a percentile by the share of runs below it. docs/statistics.md says how well intervals hold.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.results.estimate import Estimate, multiple
from simulator.results.likeness import Groups, Values, likeness

__all__ = [
    "TAIL", "Estimate", "Values", "Worlds", "best_shares", "conditional_value_at_risk", "mean", "quantiles",
    "ratio_of_means", "share", "share_bounds", "tail_mean", "value_at_risk",
]  # fmt: skip

Worlds = Groups  # of each run, or [worlds, draws] where runs share drawn numbers
TAIL: Final = 0.05
FEWEST_IN_TAIL: Final = 10  # runs, for the interval of a tail to hold
FEWEST_DRAWS_IN_TAIL: Final = 5


def mean(values: Values, worlds: Worlds) -> Estimate:
    """Mean of the runs; `worlds` holds the world of each, or their worlds and their draws."""
    center = float(np.mean(values))
    if len(values) < 2:
        return Estimate(center, None)
    scatter = likeness(worlds).scatter(values - center)
    return Estimate(center, math.sqrt(scatter.squared), scatter.freedom, scatter.skewness)


def ratio_of_means(numerator: Values, denominator: Values, worlds: Worlds) -> Estimate | None:
    """Mean of one over mean of the other, its error by the delta method; none unless the denominator is above 0."""
    scale = float(np.mean(denominator))
    if not scale > 0.0:
        return None
    value = float(np.mean(numerator)) / scale
    return _moved(mean((numerator - value * denominator) / scale, worlds), value)


def _moved(influence: Estimate, value: float) -> Estimate:
    """A figure whose error is that of a mean."""
    return Estimate(value, influence.error, influence.freedom, influence.skewness)


def share(flags: NDArray[Any], worlds: Worlds) -> Estimate:
    """A probability from flags or shares per run. Its error is never below the weight of a single run."""
    found = mean(np.asarray(flags, dtype=np.float64), worlds)
    if found.error is None:
        return found
    error = max(found.error, 1.0 / len(flags))
    alone = likeness(worlds).independent
    return Estimate(found.value, error, found.freedom, bounds=share_bounds(found.value, error, found.freedom, alone))


def share_bounds(value: float, error: float, freedom: float, alone: float) -> tuple[float, float]:
    """95% interval of a probability (Wilson 1927), for as many independent runs as have the same error.

    A probability of 0 or 1 shows no error; then there are no more independent runs than draws, which stand `alone`.
    """
    spread = value * (1.0 - value)
    runs = spread / error**2 if spread > 0.0 else alone
    weight = multiple(freedom) ** 2 / runs
    center = (value + 0.5 * weight) / (1.0 + weight)
    half = math.sqrt(weight * spread + 0.25 * weight * weight) / (1.0 + weight)
    return max(0.0, center - half), min(1.0, center + half)


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


def conditional_value_at_risk(values: Values, worlds: Worlds, tail: float = TAIL) -> Estimate:
    """Mean of the worst `tail` of the runs, with the error that their shortfall below its border leaves.

    None known of it unless ten runs, and five draws, are in the tail; nor where the tail holds one value alone, as with
    runs that sold nothing: what is worse than that has not been seen.
    """
    value = tail_mean(values, tail)
    ordered = np.sort(values)
    border = ordered[math.ceil(tail * len(values)) - 1]
    if _few_in_tail(worlds, tail) or ordered[0] == border < ordered[-1]:
        return Estimate(value, None)
    return _moved(mean(-np.maximum(border - values, 0.0) / tail, worlds), value)


def value_at_risk(values: Values, worlds: Worlds, tail: float = TAIL) -> Estimate:
    """The value below which `tail` of the runs lie; the interval's ends are runs, as many ranks off as the share errs.

    None known of it unless ten runs, and five draws, are in the tail. An end beyond all runs is infinite.
    """
    ordered = np.sort(values)
    value = float(np.quantile(ordered, tail))
    below = mean((values <= value).astype(np.float64), worlds)
    if _few_in_tail(worlds, tail) or below.error is None:
        return Estimate(value, None)
    far = multiple(below.freedom) * max(below.error, 1.0 / len(values))
    first, last = math.floor((tail - far) * len(values)), math.ceil((tail + far) * len(values))
    low = float(ordered[first - 1]) if first >= 1 else -math.inf
    high = float(ordered[last - 1]) if last <= len(values) else math.inf
    error = (high - low) / (2.0 * multiple(below.freedom))
    return Estimate(value, error if math.isfinite(error) else None, below.freedom, bounds=(low, high))


def _few_in_tail(worlds: Worlds, tail: float) -> bool:
    known = likeness(worlds)
    return tail * known.runs < FEWEST_IN_TAIL or tail * known.independent < FEWEST_DRAWS_IN_TAIL


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
