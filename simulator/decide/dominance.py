"""Whether one choice's profits beat another's whatever one fears: stochastic dominance of first and second order.

First order: at every threshold, the one is at most as likely to earn less. Whoever prefers more money prefers it.
Second order: below every threshold, the one falls short by at most as much on average. Whoever also dislikes risk
prefers it. With F and G the distributions of A and B, the gaps G(x) - F(x), and their integral up to x, must be
nowhere below zero. Each is a mean over the paired runs, so its error is that of any other mean (`statistics.mean`).

Five findings, since a simulation can show some things and not others:

- `dominates`: non-dominance is refuted over the middle 90% of all profits: at each threshold the 95% interval of the
  gap lies above zero. An intersection-union test needs no correction for many thresholds (Davidson, Duclos 2013,
  Econometric Reviews 32, 84; beyond some thresholds nothing can be shown, because both distributions end there).
  What nobody decides by, the zone of indifference, is forgiven where gaps are money, if one gap surely lies above
  zero: at the thresholds of second order. The means must show it too, since a rare great profit counts for them; and
  first order is shown only if second order is, which it implies.
- `may dominate`: it surely lies above somewhere, and nowhere surely below, tails and means included; intervals hold
  for all of them and both orders together (Bonferroni). Dominance is not refuted, its opposite is (Barrett, Donald
  2003, Econometrica 71, 71).
- `neither`: the curves cross, beyond simulation error.
- `untold`: nothing can be told. `equal`: both earn the same in every run.

A gap that fewer than ten runs make tells nothing: the interval of so rare a thing does not hold. Beside the finding
stands the violation: the part of the area between both curves that speaks against the one which is ahead (Leshno,
Levy 2002, Management Science 48, 1074): 0 where nothing does, a half where both are even.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final, Literal

import numpy as np

from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate
from simulator.results.statistics import Values, Worlds, mean, ratio_of_means

Finding = Literal["dominates", "may dominate", "neither", "untold", "equal"]
ORDERS: Final = (1, 2)
MIDDLE: Final = np.linspace(0.05, 0.95, 19)  # quantiles of both together, at which curves are compared
TAILS: Final = (0.005, 0.01, 0.025, 0.975, 0.99, 0.995)  # where a crossing may show, and dominance need not
RARER: Final = {1: "less often", 2: "by less on average"}
OFTENER: Final = {1: "more often", 2: "by more"}
FEWEST_APART: Final = 10  # runs that make a gap, for its interval to hold


@dataclass(frozen=True)
class Dominance:
    """What is known of two choices and one order. `ahead` is the one that dominates or may do so; else none."""

    arm: str
    other: str
    order: int
    finding: Finding
    ahead: str | None
    violation: Estimate | None  # of the dominance of `ahead`, or of the first where none is; none without an area

    @property
    def sentence(self) -> str:
        """The finding in plain words."""
        behind = self.other if self.ahead == self.arm else self.arm
        two = f"{self.arm} and {self.other}"
        less = "earns less than" if self.order == 1 else "falls short of"
        return {
            "dominates": f"{self.ahead} dominates {behind}: it surely {less} any amount {RARER[self.order]}, "
            "in the middle 90% of profits",
            "may dominate": f"{self.ahead} may dominate {behind}: it surely {less} some amount {RARER[self.order]}, "
            f"and surely {less} none {OFTENER[self.order]}",
            "neither": f"neither of {two} dominates: each surely {less} some amount {RARER[self.order]}",
            "untold": f"whether one of {two} dominates cannot be told",
            "equal": f"{two} earn the same in every run",
        }[self.finding]

    def as_dict(self) -> dict[str, Any]:
        named = {"arm": self.arm, "other": self.other, "order": self.order}
        found = {"finding": self.finding, "ahead": self.ahead, "sentence": self.sentence}
        return {**named, **found, "violation": self.violation and self.violation.as_dict()}


def all_dominances(arms: Sequence[ArmRuns], zone: float = 0.0) -> list[Dominance]:
    """Every two choices by both orders; `zone` is the money below which differences do not count."""
    return [found for one, other in combinations(arms, 2) for found in dominances(one, other, zone)]


def dominances(one: ArmRuns, other: ArmRuns, zone: float = 0.0) -> tuple[Dominance, Dominance]:
    """What the paired runs say of two choices' profits, by first and by second order.

    The orders agree: dominance of first order implies that of second, so it is shown only if that is shown too; and
    who surely falls short somewhere surely is more likely to earn less somewhere.
    """
    a, b, alike = one.profit, other.profit, one.alike
    if not np.any(a != b):
        return _told(one, other, 1, "equal", 0), _told(one, other, 2, "equal", 0)
    means = _Gap(mean(a - b, alike), len(a), zone)  # the whole area between the curves
    first, second = (list(_gaps(a, b, order, alike, MIDDLE, zone)) for order in ORDERS)
    apart = [*second, *_gaps(a, b, 2, alike, TAILS, zone)]
    every = [*first, *_gaps(a, b, 1, alike, TAILS, zone), *apart]
    by_first = _found(means, [*first, *second], every, len(every))
    by_second = _found(means, second, apart, len(every))
    return _told(one, other, 1, *by_first), _told(one, other, 2, *by_second)


def _told(one: ArmRuns, other: ArmRuns, order: int, finding: Finding, sign: int) -> Dominance:
    ahead = {1: one.name, -1: other.name, 0: None}[sign]
    better, worse = (other, one) if sign < 0 else (one, other)
    violation = violated(better.profit, worse.profit, order, one.alike)
    return Dominance(one.name, other.name, order, finding, ahead, violation)


@dataclass(frozen=True)
class _Gap:
    """The curves' gap at a threshold; above zero speaks for the first choice."""

    estimate: Estimate
    apart: int  # runs that make it
    zone: float = 0.0  # what is forgiven

    def ends(self, sign: int, together: int = 1) -> tuple[float, float]:
        """The interval as seen by the first choice (sign 1) or the second (-1); without limits where it is unknown."""
        low, high = self.estimate.interval(together)
        if low is None or high is None or self.apart < FEWEST_APART:
            return -np.inf, np.inf
        return (low, high) if sign > 0 else (-high, -low)


def _gaps(a: Values, b: Values, order: int, alike: Worlds, places: Iterable[float], zone: float) -> Iterator[_Gap]:
    """The gaps at these quantiles of both together. Of second order there is none yet at the lowest profit of all."""
    both = np.concatenate([a, b])
    for threshold in np.unique(np.quantile(both, list(places))):
        each = _below(threshold, b, order) - _below(threshold, a, order)
        if order == 1 or threshold > np.min(both):
            yield _Gap(mean(each, alike), int(np.count_nonzero(each)), zone if order > 1 else 0.0)


def _found(means: _Gap, needed: Sequence[_Gap], every: Sequence[_Gap], together: int) -> tuple[Finding, int]:
    """The finding, and whether the first (1), the second (-1) or none (0) is ahead: of the means, of the gaps that
    dominance needs, and of `every` one that speaks for or against it. So many intervals hold `together`, and with the
    means: these have half of the 5% for themselves, since often nothing else tells.
    """
    above, below = (
        means.ends(sign, 2)[0] > 0.0 or any(gap.ends(sign, 2 * together)[0] > 0.0 for gap in every) for sign in (1, -1)
    )
    if above and below:
        return "neither", 0
    if not (above or below):
        return "untold", 0
    sign = 1 if above else -1
    return "dominates" if all(gap.ends(sign)[0] > -gap.zone for gap in (means, *needed)) else "may dominate", sign


def _below(threshold: float, profits: Values, order: int) -> Values:
    """Of each run: whether it earns no more than a threshold, or how much less."""
    if order == 1:
        return (profits <= threshold).astype(np.float64)
    return np.maximum(threshold - profits, 0.0)


def violated(a: Values, b: Values, order: int, alike: Worlds) -> Estimate | None:
    """The part of the area between both curves where the first does not lie above. None where the curves are the same.

    Its error takes the thresholds where that is so as known; there is none if they are all or no thresholds.
    """
    edges = np.unique(np.concatenate([a, b]))
    widths = np.diff(edges)
    lower = np.searchsorted(np.sort(b), edges[:-1], side="right") / len(b)
    gap = lower - np.searchsorted(np.sort(a), edges[:-1], side="right") / len(a)
    if order > 1:  # in the middle of each stretch, on which the integral is straight
        gap = np.cumsum(gap * widths) - 0.5 * gap * widths
    against = _area(edges, widths * (gap < 0.0), a, order) - _area(edges, widths * (gap < 0.0), b, order)
    in_favor = _area(edges, widths * (gap > 0.0), b, order) - _area(edges, widths * (gap > 0.0), a, order)
    found = ratio_of_means(against, against + in_favor, alike)
    if found is None or not (against.any() and in_favor.any()):
        return found and Estimate(found.value, None)
    low, high = found.interval()
    bounds = None if low is None or high is None else (max(low, 0.0), min(high, 1.0))
    return replace(found, bounds=bounds)


def _area(edges: Values, widths: Values, profits: Values, order: int) -> Values:
    """What each run adds to the area below a curve over some stretches, whose `widths` are 0 elsewhere."""
    place = np.searchsorted(edges, profits)  # every profit is an edge
    if order == 1:
        return np.append(np.cumsum(widths[::-1])[::-1], 0.0)[place]
    middles = 0.5 * (edges[1:] + edges[:-1])
    moments = np.append(np.cumsum((widths * middles)[::-1])[::-1], 0.0)[place]
    found: Values = moments - profits * np.append(np.cumsum(widths[::-1])[::-1], 0.0)[place]
    return found
