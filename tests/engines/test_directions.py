"""Directions that theory gives for whole campaigns: portfolios, goals and sizes."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import NEUTRAL, Campaign

from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.world.build import build_world

PAY = "pay: {kind: flat_fee, amount: 1}"
SIZES = (1, 4, 16)
PORTFOLIOS = "\narms:\n" + "".join(
    f"  of {n}: {{hire: [{{key: a, followers: 1500, count: {n}, posts: 1, {PAY}}}]}}\n" for n in SIZES
)


def engagements(campaign: Campaign, *settings: str, runs: int = 500) -> np.ndarray:
    """Engagements of each portfolio in each run: float64[portfolios, runs]."""
    scenario, plan = campaign(PORTFOLIOS, *NEUTRAL, "population.size=30000", "budget=5000", *settings)
    world, room = build_world(scenario, plan, 0), Room()
    return np.array(
        [
            [play(scenario, world, arm, run, "compiled", room).tally.engagements for run in range(1, runs + 1)]
            for arm in plan.arms[1:]
        ],
        float,
    )


def squared_spread(values: np.ndarray) -> tuple[float, float]:
    """Squared coefficient of variation of runs, and its standard error by leaving out tenths of them."""
    found = values.var(ddof=1) / values.mean() ** 2
    parts = [np.delete(values, np.s_[k::10]) for k in range(10)]
    left = np.array([part.var(ddof=1) / part.mean() ** 2 for part in parts])
    return float(found), float(np.sqrt(0.9 * ((left - left.mean()) ** 2).sum()))


def test_spread_falls_with_the_root_of_the_number_while_luck_is_the_accounts_own(campaign: Campaign) -> None:
    own = engagements(campaign, "platform.post_reach_sd=0.6", "platform.engagement_account_sd=0.6")
    (one, error_of_one), (many, error_of_many) = (squared_spread(own[k]) for k in (0, 2))
    assert abs(one - 16 * many) < 4 * np.hypot(error_of_one, 16 * error_of_many)


def test_no_number_of_accounts_spreads_what_all_of_them_share(campaign: Campaign) -> None:
    """The level of a year is common: the squared spread ends at that of the level, e^(sd²) − 1 for small rates."""
    settings = (
        "platform.post_reach_sd=0.6",
        "platform.engagement_level_sd=0.6",
        "platform.engagement_rate_at_10k=0.005",
    )
    shared = engagements(campaign, *settings)
    spreads = [squared_spread(shared[k]) for k in range(3)]
    floor = np.exp(0.6**2) - 1.0
    for (value, error), n in zip(spreads, SIZES, strict=True):
        assert value > floor - 4 * error, n
    assert spreads[2][0] > 0.5 * spreads[0][0]  # of independent luck, a sixteenth would be left


GOALS = """
version: 1
name: each size at market prices
extends: presets/claimed
brand: {topic: beauty}
product: {price: 80}
population: {size: 4000000, people_per_agent: 200}
worlds: 4
budget: 10000
arms:
  micros: {hire: [{key: micro, followers: 31623, count: max, posts: 1, pay: {kind: flat_fee, amount: market}}]}
  macros: {hire: [{key: macro, followers: 707107, count: max, posts: 1, pay: {kind: flat_fee, amount: market}}]}
"""


@pytest.mark.parametrize(("goal", "better"), [("reach", "macros"), ("orders", "micros")])
def test_awareness_and_sales_rank_sizes_differently_as_claimed(campaign: Campaign, goal: str, better: str) -> None:
    scenario, plan = campaign("", "platform.engagement_account_sd=0", "platform.post_reach_sd=0", head=GOALS)
    room, leads = Room(), []
    for world in (build_world(scenario, plan, number) for number in range(4)):
        for run in range(world.index + 1, 161, 4):
            found = {
                arm.name: getattr(play(scenario, world, arm, run, "compiled", room).tally, goal)
                for arm in plan.arms[1:]
            }
            leads.append(found["macros"] - found["micros"])
    mean, error = np.mean(leads), np.std(leads, ddof=1) / np.sqrt(len(leads))
    assert better == ("macros" if mean > 0 else "micros")
    assert abs(mean) > 3 * error
