"""Where an arm stops paying: the fee to walk away from, and the halo it needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.quantity import Quantity
from simulator.results.arms import ArmRuns, HireRuns
from simulator.results.statistics import ratio_of_means


def walk_away_fees(arm: ArmRuns) -> list[dict[str, Any]]:
    """Per hire the fee of one creator at which the arm's expected profit is zero, its other costs as they are.

    What the campaign earns, less paid media, is split over hires by their tracked orders (by creators if there are
    none); handling and samples go off, and the rest is shared by the hire's creators. The split is taken as known.
    """
    tracked = [float(np.sum(hire.sums["attributed_orders"])) for hire in arm.hires]
    weights = tracked if sum(tracked) > 0 else [float(np.sum(hire.creators)) for hire in arm.hires]
    return [_walk_away(arm, hire, weight / sum(weights)) for hire, weight in zip(arm.hires, weights, strict=True)]


def _walk_away(arm: ArmRuns, hire: HireRuns, part: float) -> dict[str, Any]:
    left = (arm.earned - arm.columns["cost_boost"]) * part - hire.sums["cost_handling"] - hire.sums["cost_product"]
    fee = ratio_of_means(left, hire.creators, arm.worlds)
    now = ratio_of_means(hire.sums["cost_fees"], hire.creators, arm.worlds)
    market = ratio_of_means(hire.sums["cost_fees"], hire.sums["market_fee"], arm.worlds)
    unpaid = "not even for free: handling and samples cost more than it brings"
    return {
        "hire": hire.name,
        "creators": float(np.mean(hire.creators)),
        "fee": fee and fee.value,
        "error": fee and fee.error,
        "fee_now": now and now.value,
        "fee_to_market": market and market.value,
        "reason": unpaid if fee is not None and fee.value < 0 else None,
    }


def halo_needed(arm: ArmRuns, halo: Quantity) -> dict[str, Any]:
    """Untracked orders per tracked one: how many the arm has, and how many it needs to pay its cost.

    Both are none, with a reason, where nothing is tracked or what orders earn cannot be told.
    """
    tracked, caused = arm.mean("attributed_orders"), arm.mean("incremental_orders")
    earned = float(np.mean(arm.earned))
    reason = None
    if not tracked > 0:
        reason = "no order was tracked"
    elif not (caused > 0 and earned > 0):
        reason = "its orders earn nothing"
    return {
        "now": None if reason else caused / tracked - 1,
        "needed": None if reason else arm.mean("cost") * caused / (earned * tracked) - 1,
        "reason": reason,
        "grade": halo.grade,
        "low": halo.low,
        "high": halo.high,
    }
