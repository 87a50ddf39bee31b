"""The best choice against each of the others: how far apart they are, and what would tell them apart.

Differences below the zone of indifference count as equal. The intervals hold for all rivals of the best together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate, multiple
from simulator.results.statistics import Values, mean
from simulator.results.variance import NETWORK, parts_of
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

PART_OF_BUDGET: Final = 0.01  # that nobody decides by
MARGIN: Final = 0.9  # of the way to a decision that the interval may take, since the gap will move as well
CENTS: Final = 100


def indifference_of(scenario: Scenario, plan: Plan) -> float:
    """Money below which a difference counts as equal: the scenario's, or 1% of the largest budget, or nothing."""
    if scenario.indifference is not None:
        return scenario.indifference
    return PART_OF_BUDGET * max((arm.budget for arm in plan.arms if arm.budget is not None), default=0) / CENTS


def ranked(arms: Sequence[ArmRuns]) -> list[ArmRuns]:
    """By expected profit, best first; equals by name."""
    return sorted(arms, key=lambda arm: (-arm.expected_profit.value, arm.name))


@dataclass(frozen=True)
class Rival:
    """A choice behind the best, and the gap between them, run by run."""

    best: ArmRuns
    arm: ArmRuns
    zone: float
    rivals: int  # in all, for whom the intervals hold together

    @cached_property
    def differences(self) -> Values:
        return self.best.profit - self.arm.profit

    @cached_property
    def gap(self) -> Estimate:
        return mean(self.differences, self.best.alike)

    @property
    def is_equal(self) -> bool:
        """Whether the gap surely lies within the zone."""
        low, high = self.gap.interval(self.rivals)
        return low is not None and high is not None and max(abs(low), abs(high)) <= self.zone

    @property
    def is_settled(self) -> bool:
        """Whether this choice is surely not better by more than the zone."""
        low, _ = self.gap.interval(self.rivals)
        return self.is_equal or (low is not None and low > -self.zone)

    @cached_property
    def runs_needed(self) -> float:
        """Runs in all after which the gap would be settled if it stays as it is; infinite if worlds make its error."""
        if self.gap.error is None:
            return math.inf
        squared, by_worlds = self.gap.error**2, self._error_of_worlds
        allowed = (MARGIN * (self.gap.value + self.zone) / multiple(self.gap.freedom, self.rivals)) ** 2
        if not allowed > by_worlds:
            return math.inf
        return len(self.differences) * max((squared - by_worlds) / (allowed - by_worlds), 1.0)

    @property
    def needs_worlds(self) -> bool:
        """Whether it is the worlds, and not the runs, that are too few."""
        return math.isinf(self.runs_needed) and self._error_of_worlds > 0.0 and self.gap.value + self.zone > 0.0

    @cached_property
    def _error_of_worlds(self) -> float:
        """The part of the squared error that no run can lower; nothing unless worlds clearly differ."""
        network = parts_of(self.differences, self.best).get(NETWORK)
        if network is None or network.variance.error is None or network.variance.value < network.variance.error:
            return 0.0
        _, runs = np.unique(self.best.world, return_counts=True)
        return network.variance.value * float(np.sum((runs / np.sum(runs)) ** 2))
