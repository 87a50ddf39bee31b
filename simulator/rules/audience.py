"""How an audience changes while a campaign runs: growth with time, loss with every ad, bonus of a young platform."""

from __future__ import annotations

from simulator.arithmetic import exp_, log_
from simulator.compiled import rule


@rule
def audience_left(day: int, earlier_posts: int, per_month: float, loss_per_post: float) -> float:
    """Followers at a day relative to the start, after so many sponsored posts of this campaign."""
    kept = 1.0
    for _ in range(earlier_posts):
        kept = kept * (1.0 - loss_per_post)
    return grown(day, per_month) * kept


@rule
def grown(day: int, per_month: float) -> float:
    """Size of what grows by a part of itself in 30 days, relative to the start: exactly 1 on day 0 and where none."""
    if day == 0 or per_month == 0.0:
        return 1.0
    return exp_(log_(1.0 + per_month) * day / 30.0) if per_month > -1.0 else 0.0


@rule
def reach_with_bonus(reach: float, present: float, bonus: float) -> float:
    """Reach of a post whose author is on the young platform with a probability `present`."""
    return min(1.0, reach * (1.0 + present * bonus))
