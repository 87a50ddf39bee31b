"""Scandals: when an author falls into disgrace, what its name is worth then, and what falls back on the brand."""

from __future__ import annotations

from typing import Final

from simulator.arithmetic import exp_, log_
from simulator.compiled import rule

HALF: Final = 0.69314718055994530942  # natural logarithm of 2


@rule
def scandal_day(die: float, per_month: float, horizon: int) -> int:
    """The day of an author's first scandal at a constant hazard, or `horizon` if there is none before it.

    Inverse of the cumulative distribution, with a die in (0, 1).
    """
    survived = 1.0 - per_month  # a month
    if survived >= 1.0:
        return horizon
    if survived <= 0.0:
        return 0
    days = 30.0 * log_(1.0 - die) / log_(survived)
    return int(min(days, float(horizon)))


@rule
def demand_lost(days: int, exposed: float, loss: float, half_life: float) -> float:
    """Share of the brand's demand that a scandal costs some days later.

    `exposed` is the author's part in all that people saw of the campaign; where the author is its only face, the whole
    loss falls on the brand.
    """
    if half_life <= 0.0:
        return 0.0
    return loss * exposed * exp_(-HALF * days / half_life)
