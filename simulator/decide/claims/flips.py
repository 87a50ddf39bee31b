"""Which uncertain number an effect's sign hangs on, and at which value it flips.

Each number is tried by a straight line through the draws' effects, on its own scale and, where positive, on its
logarithm. Effects are in units of their own noise, so that all draws weigh alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from simulator.decide.claims.probability import effects
from simulator.results.statistics import Values

FEWEST: Final = 20  # draws: a line through fewer fits too easily
CLEAR: Final = 3.5  # standard errors of a slope: with some thirty numbers tried, chance seldom gives one so steep


class Flip(NamedTuple):
    """The number that explains most of an effect: of those at whose value the sign flips, else of all."""

    parameter: str
    value: float | None  # where the sign flips; None if nowhere in the drawn range
    explains: float  # share of the variance of the draws' effects


class _Line(NamedTuple):
    explains: float
    crosses_at: float  # NaN if nowhere
    clear: bool


def flip_of(values: Values, worlds: int, parameters: Mapping[str, Values]) -> Flip | None:
    """What the sign of the effects [draw, replicate] hangs on; none if no number makes a difference that is clear.

    `parameters` holds each number's value in each draw.
    """
    found = effects(values, worlds).means
    flips = [
        Flip(name, line.crosses_at if _within(line.crosses_at, drawn) else None, line.explains)
        for name, drawn in parameters.items()
        for line in _lines(drawn, found)
        if line.clear
    ]
    return max(flips, key=lambda flip: (flip.value is not None, flip.explains), default=None)


def _within(value: float, drawn: Values) -> bool:
    return bool(np.min(drawn) <= value <= np.max(drawn))


def _lines(drawn: Values, effect: Values) -> Iterator[_Line]:
    if len(drawn) < FEWEST or not np.ptp(drawn) > 0.0 or not np.ptp(effect) > 0.0:
        return
    yield _line(drawn, effect)
    if np.min(drawn) > 0.0:
        line = _line(np.log(drawn), effect)
        yield line._replace(crosses_at=math.exp(min(line.crosses_at, 700.0)))


def _line(x: Values, y: Values) -> _Line:
    """Least squares: what it explains, where it is zero, and whether its slope is told from none."""
    away = x - np.mean(x)
    slope = float(np.sum(away * y) / np.sum(away**2))
    explains = slope**2 * float(np.sum(away**2) / np.sum((y - np.mean(y)) ** 2))
    crosses_at = float(np.mean(x) - np.mean(y) / slope) if slope else math.nan
    steepness = math.sqrt(explains * (len(x) - 2) / max(1.0 - explains, 1e-12))
    return _Line(explains, crosses_at, steepness > CLEAR)
