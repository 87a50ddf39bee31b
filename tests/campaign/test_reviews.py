"""The stock of reviews: what is delivered when, and what it adds to the log-odds of ordering."""

from __future__ import annotations

import math

import pytest
from campaigns import Campaign

from simulator.campaign.brief import brief_run
from simulator.campaign.reviews import ReviewStock, order_shift
from simulator.scenario.draws import Draws
from simulator.world.build import build_world


def test_reviews_are_delivered_with_the_first_post_and_count_from_then_on() -> None:
    stock = ReviewStock(20.0, ((0, 3), (5, 4)), 0.2)
    assert [23.0, 23.0, 27.0, 29.0] == [stock.after(0, 0), stock.after(4, 0), stock.after(5, 0), stock.after(9, 2)]


def test_the_shift_is_the_logarithm_of_what_was_gained() -> None:
    stock = ReviewStock(20.0, ((0, 3),), 0.2)
    assert order_shift(stock, 0, 6) == pytest.approx(0.2 * math.log(30 / 21), rel=1e-14)


@pytest.mark.parametrize("day", [0, 7])
def test_nothing_gained_and_no_effect_shift_nothing(day: int) -> None:
    assert (
        0.0 == order_shift(ReviewStock(20.0, (), 0.7), day, 0) == order_shift(ReviewStock(0.0, ((0, 9),), 0.0), day, 9)
    )


def test_hired_creators_deliver_their_reviews(campaign: Campaign) -> None:
    pay = "pay: {kind: flat_fee, amount: 10}"
    scenario, plan = campaign(
        f"\narms: {{a: {{hire: [{{followers: 2000, posts: [{{day: 3}}, {{day: 9}}], reviews: 4, {pay}}}, "
        f"{{followers: 1000, posts: 1, {pay}}}]}}}}\nmechanisms: {{reviews: {{at_start: 11, per_log: 0.3}}}}\n"
    )
    brief = brief_run(scenario, build_world(scenario, plan, 0), plan.arms[1], Draws(scenario.seed, 0, 1))
    assert ReviewStock(11.0, ((3, 4),), 0.3) == brief.reviews
