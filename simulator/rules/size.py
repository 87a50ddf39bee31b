"""What the size of an account changes besides its rates: where engagement rolls over, and how long a post lives."""

from __future__ import annotations

from simulator.arithmetic import power_
from simulator.compiled import rule


@rule
def rolled_over(rate: float, followers: float, turning_point: float, steepness: float, strength: float) -> float:
    """A rate that falls faster beyond a size: divided by 1 + strength (followers / turning point)^steepness.

    At strength 1, a turning point of 985,000 and a steepness of 1.6, a rate falling with followers^-0.19 gives a total
    engagement that is largest at one million followers.
    """
    return rate / (1.0 + strength * power_(followers / turning_point, steepness))


@rule
def by_size(value: float, followers: float, exponent: float) -> float:
    """A number known for 10,000 followers that grows with a power of them."""
    return value * power_(followers / 10_000.0, exponent)
