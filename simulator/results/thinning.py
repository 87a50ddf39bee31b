"""What it costs that one agent decides for several people: means stay, but counts scatter more over runs.

A count of k people by one agent each is, given the conditions of its run, close to Poisson: its variance is its mean.
With one agent for k people there are k times fewer decisions of k times the weight, and the variance is k times the
mean. So k − 1 times the mean of a count is no risk of the campaign, but of the thinned simulation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from simulator.results.arms import ArmRuns
from simulator.results.statistics import Values
from simulator.results.wording import percent

COUNTS: Final = {"incremental_orders": "orders", "engagements": "engagements"}  # and what they are called
WORTH_SAYING: Final = 0.001


def excess_variance(counts: Values, people_per_agent: int) -> float:
    """Variance over runs that comes from thinning alone."""
    return (people_per_agent - 1) * max(float(np.mean(counts)), 0.0)


def spread_overstated(counts: Values, people_per_agent: int) -> float:
    """Share by which the standard deviation over runs is too large: 0.03 for 3%.

    A count of people scatters at least like Poisson, so what is left is at least the mean.
    """
    if len(counts) < 2:
        return 0.0
    found, excess = float(np.var(counts, ddof=1)), excess_variance(counts, people_per_agent)
    least = max(float(np.mean(counts)), 0.0)
    left = max(found - excess, min(least, found))
    return math.sqrt(found / left) - 1.0 if left > 0.0 else 0.0


def overstated(arm: ArmRuns, people_per_agent: int) -> dict[str, float]:
    """By how much each count's spread is overstated."""
    return {name: spread_overstated(arm.columns[name], people_per_agent) for name in COUNTS}


def thinning_note(arms: Sequence[ArmRuns], people_per_agent: int) -> str:
    """The most that any arm's spreads are overstated by, in words."""
    campaigns = [arm for arm in arms if arm.is_campaign]
    parts = []
    for name, called in COUNTS.items():
        worst = {arm.name: spread_overstated(arm.columns[name], people_per_agent) for arm in campaigns}
        arm = max(worst, key=lambda key: worst[key], default="")
        if arm and worst[arm] >= WORTH_SAYING:
            parts.append(f"the spread of {called} is overstated by about {percent(worst[arm])} ({arm})")
    told = ", ".join(parts) or "spreads over runs are overstated by less than 0.1%"
    return f"one agent stands for {people_per_agent:,} people: {told}; means are not affected"
