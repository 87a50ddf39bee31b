"""Distributions of a single number. They give quantiles only, computed with our own arithmetic.

One uniform quantile per number and run makes draws independent of each other and monotone in their parameters, and
the same on every machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.arithmetic import compiled_beta_quantile, exp_, normal_quantile, sqrt_
from simulator.errors import BadQuantity


@dataclass(frozen=True)
class Fixed:
    """One value, known."""

    value: float
    kind = "fixed"

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise BadQuantity(f"{self.value:.7g} is not a finite number", "give a finite number")

    def quantile(self, p: float) -> float:
        return self.value

    def mean(self) -> float:
        return self.value

    def support(self) -> tuple[float, float]:
        return self.value, self.value

    def __str__(self) -> str:
        return f"{self.value:.7g}"


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
        return f"uniform({self.low:.7g}, {self.high:.7g})"


@dataclass(frozen=True)
class _Peaked:
    """Between low and high, most likely at mode."""

    low: float
    mode: float
    high: float
    kind = "peaked"

    def __post_init__(self) -> None:
        _ascending(self, self.low, self.mode, self.high)

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def __str__(self) -> str:
        return f"{self.kind}({self.low:.7g}, {self.mode:.7g}, {self.high:.7g})"


class Triangular(_Peaked):
    """Straight lines from low up to mode and down to high."""

    kind = "triangular"

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


class Pert(_Peaked):
    """Beta-shaped between low and high, most likely at mode; mean (low + 4 mode + high) / 6."""

    kind = "pert"

    def quantile(self, p: float) -> float:
        width = self.high - self.low
        if width == 0.0:
            return self.mode
        a = 1.0 + 4.0 * (self.mode - self.low) / width
        b = 1.0 + 4.0 * (self.high - self.mode) / width
        return self.low + width * compiled_beta_quantile(a, b, p)

    def mean(self) -> float:
        return (self.low + 4.0 * self.mode + self.high) / 6.0


@dataclass(frozen=True)
class Normal:
    """Normal with a mean and a standard deviation."""

    center: float
    sd: float
    kind = "normal"

    def __post_init__(self) -> None:
        _positive_spread(self, self.center, self.sd)

    def quantile(self, p: float) -> float:
        return self.center + self.sd * normal_quantile(p)

    def mean(self) -> float:
        return self.center

    def support(self) -> tuple[float, float]:
        return -math.inf, math.inf

    def __str__(self) -> str:
        return f"normal({self.center:.7g}, sd {self.sd:.7g})"


@dataclass(frozen=True)
class LogNormal:
    """Lognormal with a median and the standard deviation of the logarithm."""

    median: float
    sd: float
    kind = "lognormal"

    def __post_init__(self) -> None:
        _positive_spread(self, self.median, self.sd)
        if not self.median > 0.0:
            raise BadQuantity(f"lognormal median {self.median:.7g} is not positive", "give a median above 0")

    def quantile(self, p: float) -> float:
        return self.median * exp_(self.sd * normal_quantile(p))

    def mean(self) -> float:
        return self.median * exp_(0.5 * self.sd * self.sd)

    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def __str__(self) -> str:
        return f"lognormal(median {self.median:.7g}, sd {self.sd:.7g})"


@dataclass(frozen=True)
class Beta:
    """Beta with shapes a and b, on [0, 1]."""

    a: float
    b: float
    kind = "beta"

    def __post_init__(self) -> None:
        _finite(self.a, self.b)
        if not (self.a > 0.0 and self.b > 0.0):
            raise BadQuantity(f"beta shapes {self.a:.7g} and {self.b:.7g} are not both positive", "give shapes above 0")

    def quantile(self, p: float) -> float:
        return compiled_beta_quantile(self.a, self.b, p)

    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def __str__(self) -> str:
        return f"beta({self.a:.7g}, {self.b:.7g})"


@dataclass(frozen=True)
class Empirical:
    """Equally likely values of a sample, sorted ascending."""

    values: tuple[float, ...]
    kind = "empirical"

    def __post_init__(self) -> None:
        if not self.values:
            raise BadQuantity("empirical distribution without values", "name a column that holds numbers")
        _finite(*self.values)
        object.__setattr__(self, "values", tuple(sorted(self.values)))

    def quantile(self, p: float) -> float:
        return self.values[min(int(p * len(self.values)), len(self.values) - 1)]

    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    def support(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]

    def __str__(self) -> str:
        return f"empirical({len(self.values)} values, {self.values[0]:.7g} to {self.values[-1]:.7g})"


Distribution = Fixed | Uniform | Triangular | Pert | Normal | LogNormal | Beta | Empirical


def _finite(*values: float) -> None:
    if not all(math.isfinite(value) for value in values):
        raise BadQuantity("has a parameter that is not a finite number", "give finite numbers")


def _ascending(distribution: Uniform | _Peaked, *values: float) -> None:
    _finite(*values)
    if list(values) != sorted(values):
        raise BadQuantity(
            f"{distribution.kind} parameters {', '.join(f'{value:.7g}' for value in values)} do not ascend",
            f"write {distribution.kind}: [{', '.join(f'{value:.7g}' for value in sorted(values))}]",
        )


def _positive_spread(distribution: Normal | LogNormal, center: float, sd: float) -> None:
    _finite(center, sd)
    if sd < 0.0:
        raise BadQuantity(f"{distribution.kind} standard deviation {sd:.7g} is negative", "give an sd of 0 or more")
