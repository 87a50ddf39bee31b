"""What is said of the brand, and what that does to orders: reviews help, scandals of its authors cost demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.arithmetic import log_
from simulator.campaign.reviews import order_shift
from simulator.campaign.scandals import demand_left
from simulator.campaign.situation import ORDER, VIEW_THROUGH, Situation

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


LEAST_DEMAND: Final = 1e-9  # whose log-odds still are a number


class Reputation:
    """Changes the orders of a day, and only these: what posts could sell, and what sells by itself."""

    def __init__(self, brief: Brief) -> None:
        self.scandals, self.stock = brief.scandals, brief.reviews
        self.exposed: dict[int, float] = {}  # author in disgrace: its part in what people saw of the campaign
        self.shift = 0.0  # log-odds of ordering that the posts' facts hold now

    def bear(self, situation: Situation) -> None:
        """Let the orders of the day follow from scandals so far and from reviews up to yesterday."""
        for author, day in enumerate(self.scandals.days):
            if day == situation.day:
                self.exposed[author] = _part(author, situation)
        shift = order_shift(self.stock, situation.day, situation.reviews)
        if self.exposed:
            left = demand_left(self.scandals, situation.day, self.exposed)
            situation.baseline_kept[situation.day] = left
            shift += log_(max(left, LEAST_DEMAND))
        if shift != self.shift:
            self._shift_orders(shift, situation)

    def _shift_orders(self, shift: float, situation: Situation) -> None:
        for facts in (situation.organic, situation.shared, situation.discovered):
            facts[:, [ORDER, VIEW_THROUGH]] += shift - self.shift
        self.shift = shift


def _part(author: int, situation: Situation) -> float:
    """An author's part in all that was seen of the authors' posts; before anything was seen, an equal part."""
    impressions = situation.results["impressions"]
    seen = int(impressions.sum())
    return int(impressions[author]) / seen if seen else 1.0 / impressions.size
