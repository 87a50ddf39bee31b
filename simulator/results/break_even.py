"""Where an arm stops paying: the fee to walk away from, and the halo it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from simulator.quantity import Quantity
from simulator.results.arms import HALO, OTHER_COSTS, ArmRuns, HireRuns, fee_to_market
from simulator.results.statistics import Values, ratio_of_means
from simulator.results.wording import money


def walk_away_fees(arm: ArmRuns) -> list[dict[str, Any]]:
    """Per hire the fee of one creator at which the hire earns its cost, its other costs as they are.

    What the campaign earns, less the part of its ads, is split over hires by their tracked orders (by clicks if orders
    of some hire are not tracked, by creators if there are none), and so is what it costs as a whole; the hire's own
    costs go off, and the rest is shared by its creators. The split is taken as known.
    """
    weights = _weights(arm.hires)
    whole = arm.earned * (1 - ad_part(arm)) - _shared_cost(arm)
    return [
        _walk_away(arm, hire, whole * weight / sum(weights)) for hire, weight in zip(arm.hires, weights, strict=True)
    ]


def _weights(hires: Sequence[HireRuns]) -> list[float]:
    """What each hire's part of the earnings goes by."""
    by = "clicks" if any(hire.is_untracked for hire in hires) else "attributed_orders"
    found = [float(np.sum(hire.sums[by])) for hire in hires]
    return found if sum(found) > 0 else [float(np.sum(hire.creators)) for hire in hires]


def _shared_cost(arm: ArmRuns) -> Values:
    """What no hire and no ad costs: the fee of a platform, and handling those who refused."""
    own = sum(hire.sums[name] for hire in arm.hires for name in ("cost_fees", *OTHER_COSTS))
    return arm.columns["cost"] - arm.columns["cost_boost"] - own


def ad_part(arm: ArmRuns) -> float:
    """The part of what the arm earns that its ads bring.

    An order through an ad is tracked and brings no untracked one, so this is their tracked orders over all orders that
    the campaign caused; shares of the tracked orders would take the hires' halo for the ads'.
    """
    caused = arm.mean("incremental_orders")
    return min(1.0, arm.ad_orders / caused) if caused > 0 else 0.0


def _walk_away(arm: ArmRuns, hire: HireRuns, earned: Values) -> dict[str, Any]:
    left = earned - sum(hire.sums[name] for name in OTHER_COSTS)
    fee = ratio_of_means(left, hire.creators, arm.alike)
    now = ratio_of_means(hire.sums["cost_fees"], hire.creators, arm.alike)
    result = ratio_of_means(hire.sums["cost_bonus"] + hire.sums["cost_commission"], hire.creators, arm.alike)
    unpaid = "not even without a fee: its other costs are more than it brings"
    return {
        "hire": hire.name,
        "creators": float(np.mean(hire.creators)),
        "fee": fee and fee.value,
        "error": fee and fee.error,
        "low": fee and fee.low,
        "high": fee and fee.high,
        "fee_now": now and now.value,
        "result_now": result and result.value,
        "fee_to_market": fee_to_market([hire]),
        "reason": unpaid if fee is not None and fee.value < 0 else None,
    }


def dear_hires(arm: ArmRuns, currency: str) -> Iterator[str]:
    """Hires beside others whose fee is surely above what they bring: the plan earns more without them."""
    if len(arm.hires) < 2:
        return
    for fee in walk_away_fees(arm):
        now = fee["fee_now"] or 0.0
        if fee["high"] is not None and fee["high"] < now:
            more = money(fee["creators"] * (now - fee["fee"]), currency)
            paid = f"is worth a fee of {money(fee['fee'], currency)} and is paid {money(now, currency)}"
            why = "is not worth its other costs even without a fee" if fee["fee"] < 0 else paid
            yield (
                f"{arm.name} would earn about {more} more without {fee['hire']}, the others hired and paid as now: "
                f"there, a creator {why}."
            )


def halo_needed(arm: ArmRuns, halo: Quantity) -> dict[str, Any]:
    """Orders without a click per order that follows one: how many there are, and how many the arm needs to pay.

    What hires earn grows as 1 + halo, what ads earn does not. `needed` is none, with a reason, where no halo would do.
    """
    now = arm.mean(HALO) if HALO in arm.columns else halo.value
    by_ads = ad_part(arm) * float(np.mean(arm.earned))
    by_hires = float(np.mean(arm.earned)) - by_ads
    reason = None
    if not arm.hires:
        reason = "it hires nobody"
    elif not by_hires > 0:
        reason = "the orders of its hires earn nothing"
    return {
        "now": now,
        "needed": None if reason else (1 + now) * (arm.mean("cost") - by_ads) / by_hires - 1,
        "reason": reason,
        "grade": halo.grade,
        "low": halo.low,
        "high": halo.high,
    }
