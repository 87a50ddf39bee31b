"""Which runs are alike, and what that does to the error of their mean.

Runs of one world share its people, runs of one draw share its numbers: neither are independent. The variance of a mean
is put together from components: that between worlds, that between draws, and the rest.

- Alike in one way: the groups are the independent replicates. The error is that of a random-effects mean: the mean
  square between groups over the runs, with one degree of freedom less than groups (exact for groups of equal size).
- Alike in two ways, which cross: components by the method of moments from the sums of squares between worlds, between
  draws and in total (Henderson's first method, unbiased for groups of any size), with Satterthwaite's degrees of
  freedom: twice the squared variance over the variance of its estimate. That follows from the angles between the two
  ways of grouping, and holds if groups have about equal sizes.

The error of a mean of skewed runs is skewed: its third moment is that of the sums over draws, or over runs where each
has a draw of its own. Worlds are too few to tell theirs, and runs that avoid each other have hardly any.

Sources: Henderson 1953, Biometrics 9, 226; Satterthwaite 1946, Biometrics Bulletin 2, 110.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
# [run]; [way, run] where runs are alike in two ways, by world and by draw; or a single row [1, run]: groups in which
# runs may also avoid each other, as in the lanes of a design.
Groups = NDArray[np.integer[Any]]
MOST_ANGLES: Final = 500  # more groups than these have more degrees of freedom than matter
SINGULAR: Final = 1e-9


class Scatter(NamedTuple):
    """What is known of the error of a mean."""

    squared: float  # its variance
    freedom: float
    skewness: float


@dataclass(frozen=True)
class Way:
    """One way in which runs are alike: the place of each run's group, and the runs of each group."""

    place: NDArray[np.intp]
    runs: Values

    @property
    def groups(self) -> int:
        return len(self.runs)

    @property
    def usual(self) -> float:
        """Runs in the group of a run, on average over runs."""
        return float(self.runs @ self.runs / self.runs.sum())

    def between(self, deviations: Values) -> float:
        """Sum of squares between groups, of deviations from the mean of all."""
        sums = self.sums(deviations)
        return float(np.sum(sums * sums / self.runs))

    def sums(self, deviations: Values) -> Values:
        """Sums over the groups."""
        found: Values = np.bincount(self.place, weights=deviations).astype(np.float64)
        return found


@dataclass(frozen=True)
class Likeness:
    """How runs are alike."""

    runs: int
    error: Callable[[Values], tuple[float, float]]  # squared, and its degrees of freedom, of deviations from the mean
    draws: Way | None  # none where each run has its own
    skews: bool = True

    @property
    def independent(self) -> int:
        """How many groups nobody shares numbers with, at most."""
        return self.runs if self.draws is None else self.draws.groups

    def scatter(self, deviations: Values) -> Scatter:
        """What is known of the error of the mean, by the runs' deviations from it. Raises for less than two runs."""
        squared, freedom = self.error(deviations)
        return Scatter(squared, freedom, self._skewness(deviations, squared) if self.skews else 0.0)

    def _skewness(self, deviations: Values, squared: float) -> float:
        """Third moment of the mean over its variance, which is hardly below that of independent draws."""
        sums = deviations if self.draws is None else self.draws.sums(deviations)
        squares = sums * sums
        variance = max(squared, float(np.sum(squares)) / self.runs**2)
        return float(squares @ sums) / self.runs**3 / variance**1.5 if variance > 0.0 else 0.0


def likeness(groups: Groups) -> Likeness:
    """The likeness of runs in these groups: worked out once for one and the same array."""
    return _likeness(_Same(groups))


@dataclass(frozen=True, eq=False)
class _Same:
    """An array as a key: the very object."""

    groups: Groups

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.groups is other.groups

    def __hash__(self) -> int:
        return id(self.groups)


@lru_cache(maxsize=8)
def _likeness(same: _Same) -> Likeness:
    rows = np.atleast_2d(same.groups)
    runs = rows.shape[1]
    ways = [way for row in rows if (way := _way(row)).groups > 1]
    if len(ways) > 1:  # groups of single runs tell nothing beside others
        ways = [way for way in ways if way.groups < runs] or ways[:1]
    if len(ways) > 1 and (crossed := _crossed(ways[0], ways[1])) is not None:
        return Likeness(runs, crossed.error, crossed.other)
    return Likeness(runs, _one_way(ways, runs), None, skews=same.groups.shape[:-1] != (1,))


def _way(row: NDArray[Any]) -> Way:
    _, place, counts = np.unique(row, return_inverse=True, return_counts=True)
    return Way(place, counts.astype(np.float64))


def _one_way(ways: list[Way], runs: int) -> Callable[[Values], tuple[float, float]]:
    """Of several ways that cannot be told apart, the one with the fewest groups; without any, runs are independent."""
    if not ways:
        return lambda deviations: (float(deviations @ deviations) / (runs - 1) / runs, runs - 1.0)
    way = min(ways, key=lambda way: way.groups)
    freedom = way.groups - 1.0
    return lambda deviations: (way.between(deviations) / freedom / runs, freedom)


@dataclass(frozen=True)
class Crossed:
    """Two ways of grouping that cross."""

    one: Way
    other: Way
    moments: Values  # [component, sum of squares]: what components follow from the sums
    parts: Values  # of each component in the variance of the mean
    overlap: Values | None  # squared cosines of the angles between both ways; none where there are too many

    def error(self, deviations: Values) -> tuple[float, float]:
        """Squared error of the mean and its degrees of freedom.

        No less than the smaller mean square: a negative component must not eat the error up.
        """
        total = float(deviations @ deviations)
        squares = self.one.between(deviations), self.other.between(deviations), total
        components = self.moments @ np.array(squares)
        least = min(squares[0] / (self.one.groups - 1), squares[1] / (self.other.groups - 1)) / len(deviations)
        return max(float(self.parts @ components), least), self.freedom(np.maximum(components, 0.0))

    def freedom(self, components: Values) -> float:
        """Satterthwaite's degrees of freedom, for components that are not negative."""
        fewest = min(self.one.groups, self.other.groups) - 1.0
        variance = float(self.parts @ components)
        if self.overlap is None or not variance > 0.0:
            return fewest
        return max(1.0, variance * variance / self._scatter(components, self.overlap))

    def _scatter(self, components: Values, overlap: Values) -> float:
        """Half the variance of the squared error: the trace of (QV)², where the error is y'Qy and V is y's covariance.

        Q and V are sums of the projections on both ways' groups and of the identity. The projections split space into
        planes, in each of which they are known by their angle, and into what only one of them or none reaches.
        """
        runs = float(self.one.runs.sum())
        in_one, in_other, everywhere = (self.parts @ self.moments).tolist()
        by_one, by_other, rest = (components * np.array([self.one.usual, self.other.usual, 1.0])).tolist()
        trace = _trace(overlap, (in_one, in_other, everywhere), (by_one, by_other, rest))
        shared = min(self.one.groups, self.other.groups)
        trace += (self.one.groups - shared) * ((in_one + everywhere) * (by_one + rest)) ** 2
        trace += (self.other.groups - shared) * ((in_other + everywhere) * (by_other + rest)) ** 2
        left = max(runs + 1 - self.one.groups - self.other.groups, 0.0)
        return trace + left * (everywhere * rest) ** 2


def _trace(overlap: Values, error: tuple[float, float, float], covariance: tuple[float, float, float]) -> float:
    """Trace of (QV)² over all planes; both matrices by their weights of the two projections and the identity."""
    (q11, q12, q22), (v11, v12, v22) = (
        (one + other * overlap + all_, other * np.sqrt(overlap * (1.0 - overlap)), other * (1.0 - overlap) + all_)
        for one, other, all_ in (error, covariance)
    )
    first, second = q11 * v11 + q12 * v12, q12 * v12 + q22 * v22
    mixed = (q11 * v12 + q12 * v22) * (q12 * v11 + q22 * v12)
    return float(first @ first + second @ second + 2.0 * np.sum(mixed))


def _crossed(one: Way, other: Way) -> Crossed | None:
    """Two ways as a pair; none where runs are too few to tell them apart."""
    runs = float(one.runs.sum())
    cells, counts = np.unique(one.place * other.groups + other.place, return_counts=True)
    rows, columns = cells // other.groups, cells % other.groups
    seen = np.array([np.sum(counts**2 / one.runs[rows]), np.sum(counts**2 / other.runs[columns])])
    moments = np.array(
        [
            [runs - one.usual, seen[0] - other.usual, one.groups - 1.0],
            [seen[1] - one.usual, runs - other.usual, other.groups - 1.0],
            [runs - one.usual, runs - other.usual, runs - 1.0],
        ]
    )
    if np.linalg.cond(moments / runs) > 1.0 / SINGULAR:
        return None
    parts = np.array([one.usual, other.usual, 1.0]) / runs
    weights = counts / np.sqrt(one.runs[rows] * other.runs[columns])
    return Crossed(
        one, other, np.linalg.inv(moments), parts, _overlap(weights, rows, columns, (one.groups, other.groups))
    )


def _overlap(weights: Values, rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Values | None:
    """Squared canonical correlations of two ways of grouping, without that of the mean."""
    if min(shape) > MOST_ANGLES:
        return None
    from scipy.sparse import csr_array  # slow to load

    table = csr_array((weights, (rows, columns)), shape=shape)
    square = table @ table.T if shape[0] <= shape[1] else table.T @ table
    found: Values = np.clip(np.linalg.eigvalsh(square.toarray())[:-1], 0.0, 1.0)
    return found
