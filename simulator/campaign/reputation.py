"""What is said of the brand, and what that does to orders: scandals of its authors cost it demand for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.arithmetic import log_
from simulator.campaign.scandals import demand_left
from simulator.campaign.situation import ORDER, VIEW_THROUGH, Situation

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Reputation:
    """Changes the orders of a day, and only these: what posts could sell, and what sells by itself."""

    def __init__(self, brief: Brief) -> None:
        self.scandals = brief.scandals
        self.exposed: dict[int, float] = {}  # author in disgrace: its part in what people saw of the campaign
        self.shift = 0.0  # log-odds of ordering that the posts' facts hold now

    def bear(self, situation: Situation) -> None:
        """Let the demand of the day follow from the scandals so far."""
        for author, day in enumerate(self.scandals.days):
            if day == situation.day:
                self.exposed[author] = _part(author, situation)
        if not self.exposed:
            return
        left = demand_left(self.scandals, situation.day, self.exposed)
        situation.baseline_kept[situation.day] = left
        self._shift_orders(log_(max(left, 1e-9)), situation)

    def _shift_orders(self, shift: float, situation: Situation) -> None:
        for facts in (situation.organic, situation.shared):
            facts[:, [ORDER, VIEW_THROUGH]] += shift - self.shift
        self.shift = shift


def _part(author: int, situation: Situation) -> float:
    """An author's part in all that was seen of the authors' posts; before anything was seen, an equal part."""
    seen = int(situation.impressions.sum())
    return int(situation.impressions[author]) / seen if seen else 1.0 / situation.impressions.size
