"""Who sees a post, and when: reach by activity class, and the curve by which a post collects its views."""

from __future__ import annotations

from typing import Any

from simulator.arithmetic import exp_, power_
from simulator.compiled import rule


@rule
def views_by(hours: float, shape: float, scale: float) -> float:
    """Share of all views a post has collected after some hours: a Weibull curve (scale in hours)."""
    return 1.0 - exp_(-power_(hours / scale, shape))


@rule
def share_seen_by_age(age: int, lifetime: int, shape: float, scale: float) -> float:
    """Share of a post's views that came by the end of day `age` (0: publication), out of its whole lifetime."""
    return views_by(24.0 * (age + 1), shape, scale) / views_by(24.0 * lifetime, shape, scale)


@rule
def chance_of_class(table: Any, activity: int, reach: float) -> float:
    """Probability that a person of an activity class sees a post that reaches a share `reach` of its audience.

    `table` [rows, classes] holds the chances for reaches (row / (rows - 1))²; between two rows the chance is linear,
    which keeps the mean over classes exactly at `reach`.
    """
    last = table.shape[0] - 1
    left = 0
    while left < last - 1 and reach >= row_reach(left + 1, last):
        left = left + 1
    low = row_reach(left, last)
    high = row_reach(left + 1, last)
    weight = (reach - low) / (high - low)
    lower = float(table[left, activity])
    return lower + weight * (float(table[left + 1, activity]) - lower)


@rule
def row_reach(row: int, last: int) -> float:
    """Reach of a row of the activity table: squares, so that low reaches lie dense."""
    return (row / last) * (row / last)


@rule
def age_when_seen(die: float, chance: float, seen_by_age: Any) -> int:
    """Age in days at which a post is seen, or -1 for never; `seen_by_age` ends with 1."""
    if die >= chance:
        return -1
    age = 0
    for earlier in range(seen_by_age.size - 1):
        age = age + (1 if die >= chance * float(seen_by_age[earlier]) else 0)
    return age
