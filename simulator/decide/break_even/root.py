"""The root of a difference that is only known with an error, and the interval that it surely lies in.

Sample average approximation: with common random numbers the mean over a fixed set of runs is an ordinary function of
the number varied, so its root is found as that of any function, by a scan and then Brent's method. The interval is by
inversion: all values at which the 95% interval of the difference holds zero. At the true root that happens in 95% of
studies, so the interval holds it as often, whatever the form of the difference (Fieller 1954, J. R. Statist. Soc. B 16,
175, for the straight line; Shapiro, Dentcheva and Ruszczynski 2009, Lectures on Stochastic Programming, ch. 5). Both
ends are moved outward by as much as the search leaves open, so that it holds the root even with hardly any noise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from simulator.results.estimate import Estimate

SCAN: Final = 9  # places at which the difference is looked at first
CLOSE: Final = 2e-4  # of the range: how well roots and ends are found
Difference = Callable[[float], Estimate]


@dataclass(frozen=True)
class Look:
    """The difference at one value."""

    at: float
    difference: Estimate

    @property
    def low(self) -> float:
        end = self.difference.interval()[0]
        return -math.inf if end is None else end

    @property
    def high(self) -> float:
        end = self.difference.interval()[1]
        return math.inf if end is None else end

    @property
    def holds_zero(self) -> bool:
        """Whether nothing is said about which plan is better here."""
        return self.low <= 0.0 <= self.high

    @property
    def mean(self) -> float:
        return self.difference.value


@dataclass(frozen=True)
class Crossing:
    """A value at which the difference is zero, and the interval around it; an end is none if it lies beyond the range.

    `rises`: above it the first plan is the better one.
    """

    value: float
    low: float | None
    high: float | None
    rises: bool


@dataclass(frozen=True)
class Roots:
    """All crossings in a range, lowest first, and everything that was looked at, by value."""

    crossings: tuple[Crossing, ...]
    looks: tuple[Look, ...]


def roots(difference: Difference, low: float, high: float, *, scan: int = SCAN) -> Roots:
    """Crossings of zero between two values. Each value is asked for once.

    A difference that crosses zero twice between two neighbors of the scan is not seen to do so.
    """
    search = _Search(difference, low, high)
    for place in range(scan):
        search.look(low + (high - low) * place / (scan - 1))
    return Roots(tuple(search.crossings()), tuple(search.known()))


class _Search:
    """Looks at a difference, each value once."""

    def __init__(self, difference: Difference, low: float, high: float) -> None:
        self._difference, self._low, self._high = difference, low, high
        self._close = CLOSE * (high - low)
        self._looks: dict[float, Look] = {}

    def look(self, at: float) -> Look:
        if at not in self._looks:
            self._looks[at] = Look(at, self._difference(at))
        return self._looks[at]

    def known(self) -> list[Look]:
        return [self._looks[at] for at in sorted(self._looks)]

    def crossings(self) -> Iterable[Crossing]:
        for left, right in _brackets(self.known()):
            rises = right.mean > left.mean
            value = self._zero(left.at, right.at, lambda look: look.mean)
            yield Crossing(value, self._end(value, -1), self._end(value, 1), rises)

    def _end(self, value: float, side: int) -> float | None:
        """Where, going from the root to one side, the interval of the difference leaves zero; none if nowhere."""
        inside = value
        for look in self.known() if side > 0 else reversed(self.known()):
            if (look.at - value) * side <= 0:
                continue
            if not look.holds_zero:
                edge = _above_zero if look.mean > 0.0 else _below_zero
                end = self._zero(min(inside, look.at), max(inside, look.at), edge) + side * self._close
                return min(max(end, self._low), self._high)
            inside = look.at
        return None

    def _zero(self, low: float, high: float, curve: Callable[[Look], float]) -> float:
        """Where a curve crosses zero between two values at whose ends it has different signs."""
        from scipy.optimize import brentq  # slow to load

        ends = [curve(self.look(end)) for end in (low, high)]
        if not (math.isfinite(ends[0]) and math.isfinite(ends[1])) or not ends[0] * ends[1] < 0.0:
            return low if abs(ends[0]) <= abs(ends[1]) else high
        return float(brentq(lambda at: curve(self.look(at)), low, high, xtol=self._close, rtol=1e-9))


def _brackets(looks: list[Look]) -> Iterable[tuple[Look, Look]]:
    """Neighbors between which the mean changes its sign; a mean of exactly zero belongs to what comes before it."""
    signed = [look for look in looks if look.mean != 0.0]
    return [(left, right) for left, right in pairwise(signed) if left.mean * right.mean < 0.0]


def _above_zero(look: Look) -> float:
    """How far all of the interval lies above zero; negative if it does not."""
    return look.low


def _below_zero(look: Look) -> float:
    return -look.high
