"""How an audience changes while a campaign runs: growth with time, loss with every ad, bonus of a young platform."""

from __future__ import annotations

from simulator.arithmetic import exp_, log_
from simulator.compiled import rule


@rule
def audience_left(day: int, earlier_posts: int, per_month: float, loss_per_post: float) -> float:
    """Followers at a day relative to the start, after so many sponsored posts of this campaign."""
    grown = exp_(log_(1.0 + per_month) * day / 30.0) if per_month != 0.0 else 1.0
    kept = 1.0
    for _ in range(earlier_posts):
        kept = kept * (1.0 - loss_per_post)
    return grown * kept


@rule
def reach_with_bonus(reach: float, present: float, bonus: float) -> float:
    """Reach of a post whose author is on the young platform with a probability `present`."""
    return min(1.0, reach * (1.0 + present * bonus))
