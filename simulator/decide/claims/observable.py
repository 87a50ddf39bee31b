"""What a row looks at, put together from words that read like the claim: difference("profit", "micros", "macro").

An observable gives one value per run, [draw, replicate], above zero where the articles are right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.decide.claims.runs import Runs, of_each_draw
from simulator.results.statistics import Values, tail_mean

Look = Callable[[Runs], Values]


@dataclass(frozen=True)
class Observable:
    """A figure with its name and unit, and what the claim says about it."""

    name: str
    unit: str
    values: Look
    stated: Literal["above 0", "equal to 0"] = "above 0"


def level(metric: str, place: str) -> Look:
    """A metric of one arm."""
    return lambda runs: runs.column(metric, place)


def difference(metric: str, more: str, less: str) -> Look:
    """A metric of one arm less that of another, run by run."""
    return lambda runs: runs.column(metric, more) - runs.column(metric, less)


def ratio(top: str, bottom: str, place: str, bottom_place: str | None = None) -> Look:
    """Mean of one metric over mean of another, within each draw; the other may be that of another arm."""
    below = bottom_place or place
    return lambda runs: of_each_draw(_ratio, runs.column(top, place), runs.column(bottom, below))


def ratio_difference(top: str, bottom: str, more: str, less: str) -> Look:
    """`ratio` of one arm less that of another."""
    return minus(ratio(top, bottom, more), ratio(top, bottom, less))


def log_ratio(metric: str, more: str, less: str) -> Look:
    """Logarithm of how many times larger a metric's mean is in one arm than in another."""
    return lambda runs: of_each_draw(_log_ratio, runs.column(metric, more), runs.column(metric, less))


def log_of(more: Look, less: Look) -> Look:
    """Logarithm of how many times larger one look's mean is than another's, within each draw."""
    return lambda runs: of_each_draw(_log_ratio, more(runs), less(runs))


def log_ratio_of_ratios(top: str, bottom: str, more: str, less: str) -> Look:
    """Logarithm of how many times larger `ratio` is in one arm than in another."""
    return lambda runs: of_each_draw(
        lambda a, b, c, d: _log_quotient(_means(a) * _means(d), _means(b) * _means(c)),
        *(runs.column(metric, place) for place in (more, less) for metric in (top, bottom)),
    )


def log_ratio_of_spreads(metric: str, more: str, less: str) -> Look:
    """Logarithm of how many times larger a metric's spread over luck, relative to its mean, is in one arm."""
    return lambda runs: of_each_draw(_log_ratio_of_variations, runs.column(metric, more), runs.column(metric, less))


def tail_difference(metric: str, more: str, less: str, tail: float) -> Look:
    """Mean of a metric over the worst `tail` of each draw's replicates, of one arm less that of another."""

    def worst(values: NDArray[Any]) -> NDArray[Any]:
        return np.apply_along_axis(lambda luck: tail_mean(luck, tail), -1, values)

    return minus(_statistic(worst, metric, more), _statistic(worst, metric, less))


def correlation(one: str, other: str, place: str) -> Look:
    """Correlation of two columns over the influencers of an arm, run by run."""
    return lambda runs: _correlation(runs.influencers(one, place), runs.influencers(other, place))


def chance_above(metric: str, bound: float, place: str) -> Look:
    """How often a metric lies above a bound, luck and ignorance together; an undefined one does not."""
    return lambda runs: np.asarray(np.nan_to_num(runs.column(metric, place), nan=-np.inf) > bound, np.float64)


def share_of_small(metric: str, place: str, *, largest: int) -> Look:
    """Share of a metric's sum over an arm's influencers that comes from all but the `largest` ones by followers."""

    def share(runs: Runs) -> Values:
        sizes, values = runs.influencers("followers", place), runs.influencers(metric, place)
        rank = np.argsort(np.argsort(-sizes, axis=-1, kind="stable"), axis=-1)
        total = values.sum(axis=-1)
        found: Values = np.where(rank >= largest, values, 0.0).sum(axis=-1) / np.where(total > 0.0, total, np.nan)
        return found

    return share


def minus(more: Look, less: Look | float) -> Look:
    """One look less another, or less a number."""
    return lambda runs: more(runs) - (less if isinstance(less, float) else less(runs))


def negative(look: Look) -> Look:
    """The look with its sign turned: for claims that something is less."""
    return lambda runs: -look(runs)


def _statistic(statistic: Callable[[NDArray[Any]], NDArray[Any]], metric: str, place: str) -> Look:
    return lambda runs: of_each_draw(statistic, runs.column(metric, place))


def _means(values: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(values.mean(axis=-1))


def _ratio(top: NDArray[Any], bottom: NDArray[Any]) -> NDArray[Any]:
    below = _means(bottom)
    return np.asarray(_means(top) / np.where(below > 0.0, below, np.nan))


def _log_ratio(more: NDArray[Any], less: NDArray[Any]) -> NDArray[Any]:
    return _log_quotient(_means(more), _means(less))


def _log_ratio_of_variations(more: NDArray[Any], less: NDArray[Any]) -> NDArray[Any]:
    spread, other = (values.std(axis=-1, ddof=1) for values in (more, less))
    return _log_quotient(spread * _means(less), other * _means(more))


def _log_quotient(above: NDArray[Any], below: NDArray[Any]) -> NDArray[Any]:
    """NaN unless both are above zero."""
    both = (above > 0.0) & (below > 0.0)
    return np.asarray(np.log(np.where(both, above, np.nan) / np.where(both, below, np.nan)))


def _correlation(one: Values, other: Values) -> Values:
    """Along the last axis; NaN where one of them does not vary."""
    a, b = (values - values.mean(axis=-1, keepdims=True) for values in (one, other))
    scale = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    found: Values = (a * b).sum(axis=-1) / np.where(scale > 0.0, scale, np.nan)
    return found
