"""Arms against each other, run by run: all of them are played on the same numbers, people and luck."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np

from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate, multiple
from simulator.results.statistics import Values, Worlds, mean, ratio_of_means, share

COMPARED: Final = ("profit", "roi", "incremental_orders")
ALIKE: Final = 1e-12  # a variance below this share of the values' is rounding
Figure = Callable[[ArmRuns], Values]  # one value per run; NaN where a run has none


@dataclass(frozen=True)
class Pair:
    """One arm against another. What both cannot show is none: no correlation where one of them never varies."""

    difference: Estimate  # mean over runs of the first less the second
    better: Estimate  # probability that the first has more; equal runs count half
    correlation: Estimate | None
    variance_reduction: Estimate | None  # variance of the difference with independent dice over that with common ones

    def as_dict(self) -> dict[str, Any]:
        return {
            "difference": self.difference.as_dict(),
            "p_better": self.better.as_dict(),
            "correlation": self.correlation and self.correlation.as_dict(),
            "variance_reduction": self.variance_reduction and self.variance_reduction.as_dict(),
        }


def paired(one: ArmRuns, other: ArmRuns, figure: Figure) -> Pair | None:
    """Two arms by a figure, over the runs in which both have it; none if there are none."""
    a, b = figure(one), figure(other)
    both = ~np.isnan(a) & ~np.isnan(b)
    if not both.any():
        return None
    alike = one.alike if both.all() else one.alike[..., both]
    a, b = a[both], b[both]
    return Pair(
        difference=mean(a - b, alike),
        better=share((a > b) + 0.5 * (a == b), alike),
        correlation=_correlation(a, b, alike),
        variance_reduction=_variance_reduction(a, b, alike),
    )


def all_pairs(arms: Sequence[ArmRuns]) -> list[dict[str, Any]]:
    """Every two arms by every figure compared, as plain data."""
    found = []
    for one, other in combinations(arms, 2):
        for metric in COMPARED:
            pair = paired(one, other, lambda arm, metric=metric: arm.columns[metric])  # type: ignore[misc]
            if pair is not None:
                found.append({"metric": metric, "arm": one.name, "other": other.name, **pair.as_dict()})
    return found


def regret(arm: ArmRuns, best_profits: Values) -> Estimate:
    """How much more the best choice of each run earns than this one, on average; `best_profits` is per run."""
    return mean(best_profits - arm.profit, arm.alike)


def _correlation(a: Values, b: Values, alike: Worlds) -> Estimate | None:
    """Correlation over runs, its interval by Fisher's z."""
    if not (_varies(a) and _varies(b)):
        return None
    a, b = _standard(a), _standard(b)
    value = float(np.clip(np.mean(a * b), -1.0, 1.0))
    influence = mean(a * b - 0.5 * value * (a * a + b * b), alike)
    room = 1.0 - value * value
    if influence.error is None or room < ALIKE:
        return Estimate(value, influence.error)
    far = multiple(influence.freedom) * influence.error / room
    middle = math.atanh(value)
    bounds = math.tanh(middle - far), math.tanh(middle + far)
    return Estimate(value, influence.error, influence.freedom, bounds=bounds)


def _variance_reduction(a: Values, b: Values, alike: Worlds) -> Estimate | None:
    """How many times the runs independent dice would need for the same error; its interval by the logarithm."""
    apart = (a - b) - np.mean(a - b)
    together = (a - np.mean(a)) ** 2 + (b - np.mean(b)) ** 2
    if not np.mean(apart**2) > ALIKE * np.mean(a**2 + b**2):
        return None
    found = ratio_of_means(together, apart**2, alike)
    if found is None or found.error is None:
        return found
    far = math.exp(multiple(found.freedom) * found.error / found.value)
    return Estimate(found.value, found.error, found.freedom, bounds=(found.value / far, found.value * far))


def _varies(values: Values) -> bool:
    return float(np.var(values)) > ALIKE * float(np.mean(values**2))


def _standard(values: Values) -> Values:
    found: Values = (values - np.mean(values)) / np.std(values)
    return found
