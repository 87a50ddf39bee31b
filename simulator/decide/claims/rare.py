"""What rare scandals take: told from runs in which they are frequent, weighed back to how rare they are.

In some thousand runs at the assumed hazard hardly any campaign would see a scandal. So they are played at a much higher
one, beside the same runs without any. A run's loss weighs as much as its number of scandals is likelier at the assumed
hazard than at the one played; an arm's authors are of one size, so nothing else counts. The mean is then that at the
assumed hazard (importance sampling). What is left out: at a high hazard the first scandal comes a little earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.decide.claims.observable import Look
from simulator.decide.claims.runs import Runs
from simulator.results.statistics import Values

Array = NDArray[Any]
MONTH: Final = 30.0  # days, for which a hazard holds


@dataclass(frozen=True)
class Danger:
    """One arm's authors, all of one size: how often they disgrace themselves, and how often in the runs."""

    authors: int
    per_month: float  # as assumed
    played: float  # per month, in the scenario's file
    horizon: int  # days

    @property
    def chance(self) -> float:
        """Of one author in one campaign."""
        return _within(self.per_month, self.horizon)

    @property
    def of_any(self) -> float:
        """Chance that a campaign sees a scandal."""
        return float(1.0 - (1.0 - self.chance) ** self.authors)

    def likelihood(self, scandals: Array) -> Array:
        """How much likelier so many scandals are than in the runs that were played."""
        often = _within(self.played, self.horizon)
        struck = (self.chance / often) ** scandals
        return np.asarray(struck * ((1.0 - self.chance) / (1.0 - often)) ** (self.authors - scandals))


def expected_loss(metric: str, place: str, without: str, danger: Danger) -> Look:
    """What scandals take from a metric on average over all campaigns; nearly all of which see none."""
    return lambda runs: _weighed(runs, place, danger, _loss(runs, metric, place, without))


def loss_when_it_happens(metric: str, place: str, without: str, danger: Danger) -> Look:
    """The same, over campaigns with a scandal."""
    expected = expected_loss(metric, place, without, danger)
    return lambda runs: expected(runs) / danger.of_any


def tail_loss(metric: str, place: str, without: str, danger: Danger, tail: float) -> Look:
    """By how much scandals lower a metric's mean over the worst `tail` of each draw's campaigns.

    That mean is the highest value of q - E max(q - x, 0) / tail over all q, and the tail's border attains it. The
    maximum is flat, so what a rare loss does to the mean is what it does to this expectation at the border without
    scandals, up to the square of its chance. That compares runs with the same runs without, luck and all.
    """

    def loss(runs: Runs) -> Values:
        calm = runs.column(metric, f"{place} @ {without}")
        border = np.quantile(calm, tail, axis=-1, method="hazen", keepdims=True)
        below = np.maximum(border - runs.column(metric, place), 0.0) - np.maximum(border - calm, 0.0)
        return _weighed(runs, place, danger, below / tail)

    return loss


def _loss(runs: Runs, metric: str, place: str, without: str) -> Values:
    return runs.column(metric, f"{place} @ {without}") - runs.column(metric, place)


def _weighed(runs: Runs, place: str, danger: Danger, loss: Array) -> Values:
    found: Values = danger.likelihood(runs.column("scandals", place)) * loss
    return found


def _within(per_month: float, days: int) -> float:
    return float(1.0 - (1.0 - per_month) ** (days / MONTH))
