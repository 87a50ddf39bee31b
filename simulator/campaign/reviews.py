"""The stock of reviews: what the product has, what hired creators deliver, and what buyers write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.rules.reviews import review_shift
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


@dataclass(frozen=True)
class ReviewStock:
    """Reviews of people, whatever an agent stands for."""

    at_start: float
    delivered: tuple[tuple[int, int], ...]  # (day, reviews) of each creator hired to write some, from the first post on
    per_log: float  # log-odds of ordering per log(1 + reviews)

    def after(self, day: int, written: int) -> float:
        """The stock on a day, when buyers have written so many by then."""
        return self.at_start + written + sum(reviews for due, reviews in self.delivered if due <= day)


def review_stock(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> ReviewStock:
    """The stock an arm starts with and is promised in one run."""
    reviews = scenario.mechanisms.reviews
    return ReviewStock(
        at_start=draws.number(reviews.at_start),
        delivered=tuple((a.published[0][1], a.reviews) for a in authors if a.reviews and a.published),
        per_log=draws.number(reviews.per_log),
    )


def order_shift(stock: ReviewStock, day: int, written: int) -> float:
    """What reviews add on a day to the log-odds of ordering, after a click or without one, for everybody.

    `written` are people's reviews up to yesterday, so the order of people within a day changes nothing.
    """
    return review_shift(stock.after(day, written), stock.at_start, stock.per_log)
