"""Where to cut values into bins: round numbers, with zero on a border, so that loss and gain never share a bin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from simulator.results.statistics import Values

MOST_BINS: Final = 40
ENDS: Final = (0.05, 0.95)  # the part of the runs that a scale surely shows: money has long tails
MARGIN: Final = 0.15  # of that part, shown on each side as well
DIGITS: Final = 7  # significant ones that a figure keeps


def window(samples: Sequence[Values], *also: float) -> tuple[float, float]:
    """From the lowest to the highest value worth showing of any sample, and what must be seen `also`."""
    spans = [_worth_showing(values) for values in samples]
    low, high = min([*(span[0] for span in spans), *also]), max([*(span[1] for span in spans), *also])
    return (low, high) if low < high else (low - 0.5, low + 0.5)


def _worth_showing(values: Values) -> tuple[float, float]:
    """Nine tenths of a sample and a margin, or all of it where that is less."""
    low, high = (float(end) for end in np.quantile(values, ENDS))
    margin = MARGIN * (high - low)
    return max(float(np.min(values)), low - margin), min(float(np.max(values)), high + margin)


def edges(low: float, high: float) -> Values:
    """Borders of at most 42 bins of one round width, from at or below `low` to above `high`; zero is one if between."""
    width = _round_up((high - low) / MOST_BINS)
    first, last = math.floor(low / width), math.floor(high / width) + 1
    return width * np.arange(first, last + 1, dtype=np.float64)


def counts(values: Values, borders: Values) -> tuple[Values, int, int]:
    """How many values are in each bin, lower border included; and how many below and above all of them."""
    place = np.searchsorted(borders, values, side="right") - 1
    inside = place[(place >= 0) & (place < len(borders) - 1)]
    found = np.bincount(inside, minlength=len(borders) - 1).astype(np.float64)
    return found, int(np.sum(place < 0)), int(np.sum(place >= len(borders) - 1))


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with seven significant digits: a page carries no digits that nobody sees."""
    return table.apply(lambda column: column.map(significant) if column.dtype == np.float64 else column)


def significant(value: float) -> float:
    """A number with seven significant digits.

    >>> significant(0.1 + 0.2), significant(123456789.0)
    (0.3, 123456800.0)
    """
    return float(f"{value:.{DIGITS}g}")


def _round_up(width: float) -> float:
    power: Any = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= width * (1.0 - 1e-9))


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values between two, at most so many.

    >>> ticks(-200.0, 1900.0)
    [0.0, 500.0, 1000.0, 1500.0]
    """
    width = _round_up((high - low) / most)
    found = [significant(width * step) for step in range(math.ceil(low / width), math.floor(high / width) + 1)]
    return [value + 0.0 for value in found]
