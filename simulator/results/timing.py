"""When a campaign works: how soon half of it has happened, and what comes late. Reads columns of the daily table."""

from __future__ import annotations

import numpy as np

from simulator.results.statistics import Values

WEEK = 7  # days, of which the first is day 0


def half_life(daily: Values) -> float | None:
    """Days until half of a column's total has come, the day itself in proportion; none without a total.

    `daily` holds one value per day, or the difference of two plans; of a difference, days that lose are taken as such.
    """
    so_far = np.cumsum(np.asarray(daily, float))
    if not so_far.size or so_far[-1] <= 0.0:
        return None
    half = so_far[-1] / 2.0
    day = int(np.argmax(so_far >= half))
    before = float(so_far[day - 1]) if day else 0.0
    return day + (half - before) / (float(so_far[day]) - before)


def share_after(daily: Values, day: int = WEEK) -> float | None:
    """Share of a column's total that comes after a day; none without a total."""
    values = np.asarray(daily, float)
    total = float(values.sum())
    return float(values[day + 1 :].sum()) / total if total > 0.0 else None
