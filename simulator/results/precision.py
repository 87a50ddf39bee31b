"""How narrow an interval is by now: what decides whether more runs are worth playing.

Two readings. `half_width` minds that runs of one world and of one draw are alike. `plain_half_width` takes runs for
independent: it cannot be deceived by the few worlds that happen to agree. An experiment may stop when both are small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from simulator.results.arms import ArmRuns, metric_estimate
from simulator.results.metrics import BY_NAME
from simulator.results.statistics import Estimate, Values, best_shares, mean, ratio_of_means, share

BEST: Final = "best"  # instead of a metric: which arm is the best choice


def half_width(metric: str, arms: Sequence[ArmRuns]) -> float:
    """Larger side of the 95% interval of a metric of the runs' table, widest over campaigns; with "best" that of
    P(best), widest over all arms.

    Infinite where no interval can be told, as with a metric that no run has. Raises KeyError for an unknown metric.
    """
    if metric == BEST:
        return max(share(shares, arm.alike).half_width for arm, shares in _shares(arms))
    found = (metric_estimate(BY_NAME[metric], arm) for arm in arms if arm.is_campaign)
    return max((_seen(estimate) for estimate in found), default=math.inf)


def plain_half_width(metric: str, arms: Sequence[ArmRuns]) -> float:
    """The same as if all runs were independent."""
    if metric == BEST:
        return max(share(shares, _alone(shares)).half_width for _, shares in _shares(arms))
    return max((_plain(metric, arm) for arm in arms if arm.is_campaign), default=math.inf)


def _seen(estimate: Estimate | None) -> float:
    """Half the width of an interval; infinite for what never happened, since its error is not seen either."""
    if estimate is None or (estimate.value == 0.0 and estimate.error == 0.0):
        return math.inf
    return estimate.half_width


def _plain(metric: str, arm: ArmRuns) -> float:
    defined = BY_NAME[metric]
    if defined.summary != "mean":
        parts = defined.computed.parts(arm.columns)
        ratio = ratio_of_means(*parts, _alone(parts[0]))
        return math.inf if ratio is None else ratio.half_width
    values = arm.columns[metric][~np.isnan(arm.columns[metric])]
    return mean(values, _alone(values)).half_width if len(values) else math.inf


def _shares(arms: Sequence[ArmRuns]) -> list[tuple[ArmRuns, Values]]:
    return list(zip(arms, best_shares(np.array([arm.profit for arm in arms])), strict=True))


def _alone(values: Values) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """One group for all runs: none are more alike than others."""
    return np.zeros(len(values), dtype=np.int64)
