"""A number of the model: its value or distribution, unit, plausible range, where it varies, source and grade.

Distributions give quantiles only. One uniform quantile per number and run makes draws independent of each other and
monotone in their parameters; the quantiles are computed with our own arithmetic, the same on every machine.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, Literal

from simulator.arithmetic import beta_quantile, exp_, log_, normal_quantile, sqrt_
from simulator.errors import BadQuantity

Grade = Literal["measured", "derived", "assumed", "your own"]
Varies = Literal["once", "platform", "world", "influencer", "post", "person"]
GRADES: Final = ("measured", "derived", "assumed", "your own")
VARIES: Final = ("once", "platform", "world", "influencer", "post", "person")
NORMAL_P95: Final = 1.6448536269514722

# Hard bounds by unit: no value of a distribution may lie outside. None is unbounded.
BOUNDS: Final[dict[str, tuple[float | None, float | None]]] = {
    "probability": (0.0, 1.0),
    "share": (0.0, 1.0),
    "correlation": (-1.0, 1.0),
    "money": (0.0, None),
    "odds ratio": (1e-6, None),
    "ratio": (0.0, None),
    "exponent": (None, None),
    "log-sd": (0.0, 5.0),
    "days": (0.0, 3650.0),
    "hours": (1e-6, None),
    "count": (0.0, None),
    "per day": (0.0, None),
    "trust": (0.0, 1.0),
    "per log followers": (None, None),
}


@dataclass(frozen=True)
class Fixed:
    """One value, known."""

    value: float
    kind = "fixed"

    def quantile(self, p: float) -> float:
        return self.value

    def mean(self) -> float:
        return self.value

    def support(self) -> tuple[float, float]:
        return self.value, self.value

    def __str__(self) -> str:
        return f"{self.value:g}"


@dataclass(frozen=True)
class Uniform:
    """Equally likely between low and high."""

    low: float
    high: float
    kind = "uniform"

    def __post_init__(self) -> None:
        _ascending(self, self.low, self.high)

    def quantile(self, p: float) -> float:
        return self.low + p * (self.high - self.low)

    def mean(self) -> float:
        return 0.5 * (self.low + self.high)

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def __str__(self) -> str:
        return f"uniform({self.low:g}, {self.high:g})"


@dataclass(frozen=True)
class Triangular:
    """Between low and high, most likely at mode."""

    low: float
    mode: float
    high: float
    kind = "triangular"

    def __post_init__(self) -> None:
        _ascending(self, self.low, self.mode, self.high)

    def quantile(self, p: float) -> float:
        width = self.high - self.low
        if width == 0.0:
            return self.mode
        split = (self.mode - self.low) / width
        if p < split:
            return self.low + sqrt_(p * width * (self.mode - self.low))
        return self.high - sqrt_((1.0 - p) * width * (self.high - self.mode))

    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3.0

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def __str__(self) -> str:
        return f"triangular({self.low:g}, {self.mode:g}, {self.high:g})"


@dataclass(frozen=True)
class Pert:
    """Beta-shaped between low and high, most likely at mode; mean (low + 4 mode + high) / 6."""

    low: float
    mode: float
    high: float
    kind = "pert"

    def __post_init__(self) -> None:
        _ascending(self, self.low, self.mode, self.high)

    def quantile(self, p: float) -> float:
        width = self.high - self.low
        if width == 0.0:
            return self.mode
        a = 1.0 + 4.0 * (self.mode - self.low) / width
        b = 1.0 + 4.0 * (self.high - self.mode) / width
        return self.low + width * beta_quantile(a, b, p)

    def mean(self) -> float:
        return (self.low + 4.0 * self.mode + self.high) / 6.0

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def __str__(self) -> str:
        return f"pert({self.low:g}, {self.mode:g}, {self.high:g})"


@dataclass(frozen=True)
class Normal:
    """Normal with a mean and a standard deviation."""

    center: float
    sd: float
    kind = "normal"

    def __post_init__(self) -> None:
        _positive_spread(self, self.sd)

    def quantile(self, p: float) -> float:
        return self.center + self.sd * normal_quantile(p)

    def mean(self) -> float:
        return self.center

    def support(self) -> tuple[float, float]:
        return -math.inf, math.inf

    def __str__(self) -> str:
        return f"normal({self.center:g}, sd {self.sd:g})"


@dataclass(frozen=True)
class LogNormal:
    """Lognormal with a median and the standard deviation of the logarithm."""

    median: float
    sd: float
    kind = "lognormal"

    def __post_init__(self) -> None:
        if not self.median > 0.0:
            raise BadQuantity(f"lognormal median {self.median:g} is not positive", "give a median above 0")
        _positive_spread(self, self.sd)

    def quantile(self, p: float) -> float:
        return self.median * exp_(self.sd * normal_quantile(p))

    def mean(self) -> float:
        return self.median * exp_(0.5 * self.sd * self.sd)

    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def __str__(self) -> str:
        return f"lognormal(median {self.median:g}, sd {self.sd:g})"


@dataclass(frozen=True)
class Beta:
    """Beta with shapes a and b, on [0, 1]."""

    a: float
    b: float
    kind = "beta"

    def __post_init__(self) -> None:
        if not (self.a > 0.0 and self.b > 0.0):
            raise BadQuantity(f"beta shapes {self.a:g} and {self.b:g} are not both positive", "give shapes above 0")

    def quantile(self, p: float) -> float:
        return beta_quantile(self.a, self.b, p)

    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def __str__(self) -> str:
        return f"beta({self.a:g}, {self.b:g})"


@dataclass(frozen=True)
class Empirical:
    """Equally likely values of a sample, sorted ascending."""

    values: tuple[float, ...]
    kind = "empirical"

    def __post_init__(self) -> None:
        if not self.values:
            raise BadQuantity("empirical distribution without values", "name a column that holds numbers")
        object.__setattr__(self, "values", tuple(sorted(self.values)))

    def quantile(self, p: float) -> float:
        return self.values[min(int(p * len(self.values)), len(self.values) - 1)]

    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    def support(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]

    def __str__(self) -> str:
        return f"empirical({len(self.values)} values, {self.values[0]:g} to {self.values[-1]:g})"


Distribution = Fixed | Uniform | Triangular | Pert | Normal | LogNormal | Beta | Empirical


def normal_from_interval(p05: float, p95: float) -> Normal:
    """The normal whose 5th and 95th percentiles are given."""
    _ascending_interval(p05, p95)
    return Normal(0.5 * (p05 + p95), (p95 - p05) / (2.0 * NORMAL_P95))


def lognormal_from_interval(p05: float, p95: float) -> LogNormal:
    """The lognormal whose 5th and 95th percentiles are given."""
    _ascending_interval(p05, p95)
    if not p05 > 0.0:
        raise BadQuantity(f"p05 {p05:g} of a lognormal is not positive", "give a p05 above 0")
    return LogNormal(sqrt_(p05 * p95), (log_(p95) - log_(p05)) / (2.0 * NORMAL_P95))


def uniform_from_interval(p05: float, p95: float) -> Uniform:
    """The uniform whose 5th and 95th percentiles are given."""
    _ascending_interval(p05, p95)
    margin = (p95 - p05) / 18.0
    return Uniform(p05 - margin, p95 + margin)


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
        return self.distribution.quantile(quantile)

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
        return self._between(followers, [row.quantile(quantile) for row in self._neighbors(followers)])

    def mean(self, followers: float) -> float:
        """Mean over ignorance for an account of that size."""
        return self._between(followers, [row.mean() for row in self._neighbors(followers)])

    def _left(self, followers: float) -> int:
        return min(max(bisect_right(self.followers, followers) - 1, 0), max(len(self.rows) - 2, 0))

    def _neighbors(self, followers: float) -> tuple[Distribution, ...]:
        left = self._left(followers)
        return self.rows[left : left + 2]

    def _between(self, followers: float, values: list[float]) -> float:
        if len(values) == 1:
            return values[0]
        left = self._left(followers)
        low, high = log_(self.followers[left]), log_(self.followers[left + 1])
        weight = min(max((log_(max(followers, 1.0)) - low) / (high - low), 0.0), 1.0)
        return values[0] + weight * (values[1] - values[0])


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
    if math.isnan(low) or math.isnan(high) or (isinstance(distribution, Fixed) and math.isinf(low)):
        raise BadQuantity("is not a finite number", "give a finite number")
    if lowest is not None and low < lowest:
        raise BadQuantity(f"{low:g} lies below {lowest:g}, the least a {unit} can be", f"give at least {lowest:g}")
    if highest is not None and high > highest:
        raise BadQuantity(f"{high:g} lies above {highest:g}, the most a {unit} can be", f"give at most {highest:g}")


def _ascending(distribution: object, *values: float) -> None:
    if any(math.isnan(value) or math.isinf(value) for value in values):
        raise BadQuantity("has a parameter that is not a finite number", "give finite numbers")
    if list(values) != sorted(values):
        kind = type(distribution).__name__.lower()
        raise BadQuantity(
            f"{kind} parameters {', '.join(f'{v:g}' for v in values)} do not ascend",
            f"write {kind}: [{', '.join(f'{v:g}' for v in sorted(values))}]",
        )


def _ascending_interval(p05: float, p95: float) -> None:
    if not p05 < p95:
        raise BadQuantity(f"p05 {p05:g} is not below p95 {p95:g}", "give p05 below p95")


def _positive_spread(distribution: object, sd: float) -> None:
    if not (sd >= 0.0 and math.isfinite(sd)):
        raise BadQuantity(
            f"{type(distribution).__name__.lower()} standard deviation {sd:g} is not 0 or more", "give an sd of 0 or more"
        )
