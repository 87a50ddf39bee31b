"""A number of the model: its value or distribution, unit, plausible range, where it varies, source and grade."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from simulator.arithmetic import log_
from simulator.distributions import Distribution, Fixed, LogNormal, Normal
from simulator.errors import BadQuantity

Grade = Literal["measured", "derived", "assumed", "your own"]
Varies = Literal["once", "platform", "world", "influencer", "post", "person"]
GRADES: Final = ("measured", "derived", "assumed", "your own")
VARIES: Final = ("once", "platform", "world", "influencer", "post", "person")

# Hard bounds by unit: no value of a distribution may lie outside.
BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "probability": (0.0, 1.0),
    "share": (0.0, 1.0),
    "share of followers": (0.001, 1.0),  # an audience without real people has no rates
    "correlation": (-1.0, 1.0),
    "intra-class correlation": (0.0, 0.65),  # beyond, people are all or nothing and quantiles of a beta lose digits
    "money": (0.0, 1e12),
    "odds ratio": (1e-6, 1e6),
    "ratio": (0.0, 1e6),
    "exponent": (-5.0, 5.0),
    "tail exponent": (1.01, 10.0),  # a power law has a mean above 1 only
    "shape": (0.01, 10.0),
    "log-sd": (0.0, 5.0),
    "days": (0.0, 3650.0),
    "hours": (1e-6, 1e5),
    "count": (0.0, 1e12),
    "per day": (0.0, 1e9),
    "trust": (0.0, 1.0),
    "per log followers": (-100.0, 100.0),
    "standard deviations": (-10.0, 10.0),
    "relative change": (-1.0, 10.0),
    "per squared log": (0.0, 100.0),
    "per week": (0.01, 10_000.0),
}


@dataclass(frozen=True)
class Quantity:
    """A number of the model with everything one must know to judge it.

    `low` and `high` are the plausible range from the source; hard bounds follow from the unit.
    """

    path: str
    distribution: Distribution
    unit: str
    varies: Varies = "once"
    low: float | None = None
    high: float | None = None
    source: str = ""
    date: str = ""
    grade: Grade = "assumed"
    meaning: str = ""
    default: str = field(default="", compare=False)  # what a scenario replaced, as text

    def __post_init__(self) -> None:
        check_bounds(self.distribution, self.unit)

    @property
    def uncertain(self) -> bool:
        return not isinstance(self.distribution, Fixed)

    def at(self, quantile: float) -> float:
        return within(self.unit, self.distribution.quantile(quantile))

    def mean(self) -> float:
        return self.distribution.mean()

    @property
    def value(self) -> float:
        """The value of a fixed number, the mean of an uncertain one."""
        return self.distribution.mean()


@dataclass(frozen=True)
class Curve:
    """A number that changes smoothly with an account's followers: rows joined linearly in log followers.

    Outside its rows a curve stays level. One quantile serves all sizes: a row states ignorance, not variety.
    """

    path: str
    followers: tuple[float, ...]
    rows: tuple[Distribution, ...]
    unit: str
    varies: Varies = "once"
    source: str = ""
    date: str = ""
    grade: Grade = "assumed"
    meaning: str = ""
    default: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.rows or len(self.rows) != len(self.followers):
            raise BadQuantity("a curve needs one row per follower count", "write rows: {10000: 0.2}")
        if any(not count > 0.0 for count in self.followers) or sorted(set(self.followers)) != list(self.followers):
            raise BadQuantity("follower counts of a curve must be positive and ascending", "sort the rows")
        for row in self.rows:
            check_bounds(row, self.unit)

    @property
    def uncertain(self) -> bool:
        return any(not isinstance(row, Fixed) for row in self.rows)

    def at(self, followers: float, quantile: float) -> float:
        """Value for an account of that size at a quantile of the row's ignorance."""
        return self.joined(followers, lambda row: self.row_at(row, quantile))

    def row_at(self, row: Distribution, quantile: float) -> float:
        """A row's value at a quantile of its ignorance."""
        return within(self.unit, row.quantile(quantile))

    def mean(self, followers: float) -> float:
        """Mean over ignorance for an account of that size."""
        return self.joined(followers, lambda row: row.mean())

    def joined(self, followers: float, value: Callable[[Distribution], float]) -> float:
        """The rows' values, joined at an account of that size."""
        left, weight = _place(self.followers, followers)
        low = value(self.rows[left])
        if len(self.rows) == 1:
            return low
        return low + weight * (value(self.rows[left + 1]) - low)


@lru_cache(maxsize=1 << 14)
def _place(sizes: tuple[float, ...], followers: float) -> tuple[int, float]:
    """The row to the left of an account of that size, and the weight of the one to its right."""
    left = min(max(bisect_right(sizes, followers) - 1, 0), max(len(sizes) - 2, 0))
    if len(sizes) == 1:
        return left, 0.0
    low, high = log_(sizes[left]), log_(sizes[left + 1])
    return left, min(max((log_(max(followers, 1.0)) - low) / (high - low), 0.0), 1.0)


def within(unit: str, value: float) -> float:
    """The value, or the hard bound of its unit that it lies beyond: far tails may reach there."""
    lowest, highest = BOUNDS[unit]
    return min(max(value, lowest), highest)


def check_bounds(distribution: Distribution, unit: str) -> None:
    """Refuse a distribution that can leave the hard bounds of its unit. Raises BadQuantity."""
    if unit not in BOUNDS:
        raise BadQuantity(f"unit {unit!r} is unknown", f"use one of {', '.join(BOUNDS)}")
    lowest, highest = BOUNDS[unit]
    low, high = distribution.support()
    if isinstance(distribution, Normal):  # unbounded by form; four standard deviations must stay inside
        low, high = distribution.center - 4 * distribution.sd, distribution.center + 4 * distribution.sd
    if isinstance(distribution, LogNormal):
        high = distribution.quantile(0.99997)
    if low < lowest:
        raise BadQuantity(f"{low:.7g} lies below {lowest:.7g}, the least for {unit}", f"give at least {lowest:.7g}")
    if high > highest:
        raise BadQuantity(f"{high:.7g} lies above {highest:.7g}, the most for {unit}", f"give at most {highest:.7g}")
