"""Points of the unit cube, by the designs that explore it: grid, Latin hypercube, Sobol', Morris."""

from __future__ import annotations

import sys
import warnings
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.decide.choices import Design
from simulator.errors import InputProblems, Problem

STEPS: Final = {1: 9, 2: 6}  # of a grid, by the numbers varied
MANY_STEPS: Final = 3
DEFAULT_POINTS: Final = 32
LEVELS: Final = 8  # of a Morris design
MOST_POINTS: Final = 2_000
Points = NDArray[np.float64]


def check_design(design: str) -> None:
    """Raise InputProblems where a design needs a package that is missing."""
    if design == "morris":
        check_salib("another --design does without")


def check_salib(otherwise: str) -> None:
    """Raise InputProblems where SALib is not installed."""
    if find_spec("SALib") is None:
        remedy = f"install it with {sys.executable} -m pip install SALib; {otherwise}"
        raise InputProblems([Problem("", "Morris designs and Sobol' indices need the package SALib", remedy)])


def sampled(design: Design, numbers: int, points: int | None, seed: int) -> Points:
    """About `points` points [point, number] within 0 to 1. Raises InputProblems if there are too many or few.

    A grid has as many steps on each axis as fit into `points`; a Morris design takes trajectories of numbers + 1.
    """
    if points is not None and not 2 <= points <= MOST_POINTS:
        raise InputProblems([Problem("--points", f"{points} is not from 2 to {MOST_POINTS:,}", "ask for 32, say")])
    if design == "grid":
        return grid(numbers, _steps(numbers, points))
    wanted = points or DEFAULT_POINTS
    if design == "morris":
        return trajectories(numbers, max(2, -(-wanted // (numbers + 1))), seed)
    from scipy.stats import qmc  # slow to load

    sampler = {"latin_hypercube": qmc.LatinHypercube, "sobol": qmc.Sobol}[design](numbers, rng=seed)
    with warnings.catch_warnings():  # any number of points will do, though a power of two balances best
        warnings.filterwarnings("ignore", message="The balance properties of Sobol' points")
        found: Points = sampler.random(wanted)
    return found


def grid(numbers: int, steps: int) -> Points:
    """All combinations of evenly spaced steps, both ends included; the last number goes fastest."""
    axis = np.linspace(0.0, 1.0, steps)
    return np.stack(np.meshgrid(*[axis] * numbers, indexing="ij"), axis=-1).reshape(-1, numbers)


def trajectories(numbers: int, count: int, seed: int) -> Points:
    """Morris trajectories, each of numbers + 1 points that differ in one number from the one before."""
    from SALib.sample import morris  # an extra

    found: Points = morris.sample(unit_cube(numbers), count, num_levels=LEVELS, seed=seed)
    return found


def unit_cube(numbers: int) -> dict[str, Any]:
    """What SALib calls a problem: so many numbers from 0 to 1. Their names don't matter to it."""
    return {"num_vars": numbers, "names": [str(k) for k in range(numbers)], "bounds": [[0.0, 1.0]] * numbers}


def _steps(numbers: int, points: int | None) -> int:
    steps = STEPS.get(numbers, MANY_STEPS) if points is None else int(points ** (1.0 / numbers) + 1e-9)
    if steps < 2 or steps**numbers > MOST_POINTS:
        message = f"a grid of {numbers} numbers needs {2**numbers:,} points or more, and takes {MOST_POINTS:,} at most"
        raise InputProblems([Problem("--points", message, "choose --design latin_hypercube")])
    return steps
