"""Variance-based and elementary-effects sensitivity of any function of the unit cube: sample, evaluate, analyze.

Sobol' indices by pick-freeze (Saltelli et al. 2010, Computer Physics Communications 181, 259; total effects by Jansen
1999), elementary effects by Morris (1991, Technometrics 33, 161) with the mean of absolute effects of Campolongo et al.
(2007). Both through SALib. Intervals: bootstrap of the sample's rows, 95%.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.decide.sampling import LEVELS, unit_cube

LEVEL: Final = 0.95
RESAMPLES: Final = 400
Points = NDArray[np.float64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Index:
    """A share of the variance with its 95% interval."""

    value: float
    half_width: float

    def as_dict(self) -> dict[str, float]:
        low, high = self.value - self.half_width, self.value + self.half_width
        return {"value": self.value, "low": low, "high": high}


@dataclass(frozen=True)
class Sobol:
    """Of one number: what the variance loses if it alone is known (first), and what is left if all others are."""

    name: str
    first: Index
    total: Index


@dataclass(frozen=True)
class Effect:
    """Of one number: mean effect of moving it, mean size of the effect with its interval, and how it varies."""

    name: str
    mean: float
    size: Index
    spread: float


def sobol_points(numbers: int, rows: int, seed: int) -> Points:
    """Points [rows · (numbers + 2), number] of a pick-freeze design; `rows` is a power of two."""
    from SALib.sample import sobol

    found: Points = sobol.sample(unit_cube(numbers), rows, calc_second_order=False, seed=seed)
    return found


def sobol_indices(names: Sequence[str], values: Values, seed: int) -> list[Sobol]:
    """Indices from the function's values at `sobol_points`. A function that never varies has none: all are 0."""
    from SALib.analyze import sobol

    if not float(np.ptp(values)) > 0.0:
        return [Sobol(name, Index(0.0, 0.0), Index(0.0, 0.0)) for name in names]
    with warnings.catch_warnings():  # a resample of a rare event may be constant: its shares are 0
        warnings.filterwarnings("ignore", message="Constant values encountered")
        found = sobol.analyze(
            unit_cube(len(names)),
            values,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=LEVEL,
            seed=seed,
        )
    columns = (found[key] for key in ("S1", "S1_conf", "ST", "ST_conf"))
    return [
        Sobol(name, Index(float(first), float(wide)), Index(float(total), float(broad)))
        for name, first, wide, total, broad in zip(names, *columns, strict=True)
    ]


def effects(names: Sequence[str], points: Points, values: Values, seed: int) -> list[Effect]:
    """Elementary effects from the function's values at the points of `trajectories`."""
    from SALib.analyze import morris

    found = morris.analyze(
        unit_cube(len(names)),
        points,
        values,
        num_levels=LEVELS,
        num_resamples=RESAMPLES,
        conf_level=LEVEL,
        seed=seed,
    )
    columns = (found[key] for key in ("mu", "mu_star", "mu_star_conf", "sigma"))
    return [
        Effect(name, float(mu), Index(float(size), float(wide)), float(spread))
        for name, mu, size, wide, spread in zip(names, *columns, strict=True)
    ]
