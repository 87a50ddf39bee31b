"""Baseline demand: who would buy on which day without any campaign. The same people in every arm."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import exp_
from simulator.compiled import kernel, rule
from simulator.dice import BASELINE, BUYER, inner_unit, pick, throw

LARGEST_STEP = 500.0  # e^-500 is still a normal double; larger means are summed in steps


@rule
def poisson_quantile(p: float, mean: float) -> int:
    """Smallest count whose cumulative Poisson probability reaches p; 0 < p < 1, mean at most 500."""
    count = 0
    chance = exp_(-mean)
    below = chance
    while below < p and count < 5000:
        count += 1
        chance = chance * mean / count
        below = below + chance
    return count


def baseline_buyers(
    seed: int, world: int, run: int, horizon: int, per_day: float | NDArray[np.float64], people: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Buyers of each day in compressed rows: offsets int64[horizon + 1] and people int32, in the order of the dice.

    `per_day` is expected on each day. Who buys at a lower rate buys at a higher one as well.
    """
    offsets, rates = np.zeros(horizon + 1, np.int64), np.zeros(horizon) + per_day
    if not np.any(rates > 0.0):
        return offsets, np.empty(0, np.int32)
    _count_buyers(seed, world, run, rates, offsets)
    who = np.empty(int(offsets[-1]), np.int32)
    _pick_buyers(seed, world, run, people, offsets, who)
    return offsets, who


@kernel
def _count_buyers(seed: int, world: int, run: int, per_day: Any, offsets: Any) -> None:
    for day in range(offsets.size - 1):
        left = per_day[day]
        part = 0
        count = 0
        while left > 0.0:
            mean = min(left, LARGEST_STEP)
            count += poisson_quantile(inner_unit(throw(seed, world, day, part, run, BASELINE, 0)[0]), mean)
            left -= mean
            part += 1
        offsets[day + 1] = offsets[day] + count


@kernel
def _pick_buyers(seed: int, world: int, run: int, people: int, offsets: Any, who: Any) -> None:
    for day in range(offsets.size - 1):
        for position in range(offsets[day], offsets[day + 1]):
            who[position] = pick(throw(seed, world, position - offsets[day], 0, run, BUYER, day)[0], people)
