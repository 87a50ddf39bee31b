"""What the spread over runs is made of: luck, the network of people, and ignorance of the numbers.

Two runs of one world share its people: what they have in common is the network. Two runs of one draw share its
numbers: what they have in common is ignorance. The rest is luck. Each part is the mean product of the deviations of
two such runs, over all pairs that share nothing else; so parts are unbiased whatever their distributions, and may come
out below zero where they are nothing. The errors of these means are found like those of any other mean.

A draw of a single run cannot tell luck from ignorance; `replicates: 2` can.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.results.arms import ArmRuns
from simulator.results.paired import COMPARED
from simulator.results.statistics import Estimate, Values, Worlds, mean, ratio_of_means

NETWORK: Final = "network"
IGNORANCE: Final = "ignorance"
LUCK: Final = "luck"
NOT_APART: Final = "luck and ignorance"
REMEDY: Final = "luck and ignorance are not told apart where each run draws its own numbers; replicates: 2 would"
LEAST_REST: Final = 0.05  # of the variance that is no network, in a divisor
FEWEST: Final = 8  # runs; fewer tell nothing about their spread


@dataclass(frozen=True)
class Part:
    """One source of the spread: its variance, and its share of the whole."""

    variance: Estimate
    share: Estimate

    def as_dict(self) -> dict[str, Any]:
        """Share and standard deviation with their errors; a share below zero is chance, and its deviation 0."""
        size = math.sqrt(max(self.variance.value, 0.0))
        error = self.variance.error
        return {
            "share": self.share.value,
            "share_error": self.share.error,
            "sd": size,
            "sd_error": None if error is None else math.sqrt(size * size + error) - size,
        }


def parts_of(values: Values, arm: ArmRuns) -> dict[str, Part]:
    """Parts of the variance of a figure over the arm's runs by name; empty where it never varies or runs are few.

    NaN marks runs without the figure.
    """
    defined = ~np.isnan(values)
    if np.sum(defined) < FEWEST:
        return {}
    everywhere = bool(defined.all())
    alike = arm.alike if everywhere else arm.alike[..., defined]
    world = arm.world[defined]
    draw = None if arm.draw is None else arm.draw[defined]
    deviations = values[defined] - np.mean(values[defined])
    center = mean(deviations, alike)
    if not np.any(deviations) or center.error is None:
        return {}
    found = _parts(_products(deviations, world, draw), deviations**2, center.error**2, alike)
    return _cautious(found, len(np.unique(world)))


def _products(deviations: Values, world: Worlds, draw: Worlds | None) -> dict[str, Values]:
    """Each run's product with the runs that share nothing but its world, or its draw; their means are the parts."""
    several = len(np.unique(world)) > 1
    if draw is None:
        nobody = np.arange(len(deviations))
        return {NETWORK: _shared(deviations, world, nobody)} if several else {}
    both = world * (np.int64(np.max(draw)) + 1) + draw if several else np.arange(len(deviations))
    candidates = {NETWORK: (world, both)} if several else {}
    found = {name: _shared(deviations, *groups) for name, groups in (candidates | {IGNORANCE: (draw, both)}).items()}
    return {name: products for name, products in found.items() if np.isfinite(products).all()}


def _shared(deviations: Values, groups: Worlds, apart_from: NDArray[Any]) -> Values:
    """Products with the others of the same group that are in another cell; NaN where nobody has any."""
    sums, counts = _sums(deviations, groups)
    own, own_counts = _sums(deviations, apart_from)
    others = float(np.mean(counts - own_counts))
    return deviations * (sums - own) / others if others > 0.0 else np.full(len(deviations), np.nan)


def _sums(deviations: Values, groups: NDArray[Any]) -> tuple[Values, Values]:
    _, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    sums: Values = np.bincount(place, weights=deviations).astype(np.float64)
    return sums[place], counts[place].astype(np.float64)


def _parts(products: dict[str, Values], squares: Values, lost: float, alike: Worlds) -> dict[str, Part]:
    """Parts from products; deviations from the runs' own mean have lost the variance of that mean everywhere."""
    left = squares - sum(products.values())
    named = {**products, (LUCK if IGNORANCE in products else NOT_APART): left}
    total = float(np.mean(squares)) + lost
    found = {}
    for name, values in named.items():
        variance, part = mean(values, alike), ratio_of_means(values, squares, alike)
        given_back = lost if name in products else lost * (1 - len(products))
        assert part is not None
        whole = variance.value + given_back
        found[name] = Part(Estimate(whole, variance.error), Estimate(whole / total, part.error))
    return found


def _cautious(parts: dict[str, Part], worlds: int) -> dict[str, Part]:
    """The network's part with the jackknife's wider error: few worlds hardly show how much they scatter.

    The other shares get what that adds to the error of the whole that they are shares of.
    """
    if NETWORK not in parts:
        return parts
    network = parts[NETWORK]
    wider = worlds / (worlds - 2) if worlds > 2 else None
    found = {NETWORK: Part(_wider(network.variance, wider), _wider(network.share, wider))}
    rest = max(1.0 - network.share.value, LEAST_REST)
    missing = None
    if wider is not None and network.share.error is not None:
        missing = network.share.error * math.sqrt(wider * wider - 1.0) / rest
    return found | {name: _with(part, missing) for name, part in parts.items() if name != NETWORK}


def _with(part: Part, missing: float | None) -> Part:
    """A part whose share also errs as the whole does, by a `missing` share of it."""
    share = part.share
    if share.error is None or missing is None:
        return Part(part.variance, Estimate(share.value, None))
    return Part(part.variance, Estimate(share.value, math.hypot(share.error, share.value * missing)))


def _wider(estimate: Estimate, times: float | None) -> Estimate:
    error = estimate.error
    return Estimate(estimate.value, None if error is None or times is None else times * error)


def spreads(ranked: Sequence[ArmRuns]) -> dict[str, Any]:
    """The spread of each headline metric of every campaign, and of the best choice's profit less each rival's.

    Figures that never vary are left out. `ranked` arms: best first.
    """
    found = [
        spread
        for metric in COMPARED
        for arm in ranked
        if arm.is_campaign and (spread := _spread(metric, arm.columns[metric], arm)) is not None
    ]
    best, *rivals = ranked
    for rival in rivals:
        gap = _spread("profit", best.profit - rival.profit, best)
        if gap is not None and best.is_campaign and rival.is_campaign:  # else the profit itself
            found.append(gap | {"less": rival.name})
    apart = any(IGNORANCE in spread["parts"] for spread in found)
    return {"remedy": None if apart or not found else REMEDY, "spreads": found}


def _spread(metric: str, values: Values, arm: ArmRuns) -> dict[str, Any] | None:
    parts = parts_of(values, arm)
    if not parts:
        return None
    size = float(np.std(values[~np.isnan(values)], ddof=1))
    told = {name: part.as_dict() for name, part in parts.items()}
    return {"metric": metric, "arm": arm.name, "less": None, "sd": size, "parts": told}
