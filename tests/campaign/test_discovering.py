"""Recommendation feeds: how many strangers, who they are, and the same bytes from both engines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from campaigns import NEUTRAL, Campaign, within
from hires import hire, outcomes
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.brief import brief_run
from simulator.compiled import kernel
from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.rules.discovery import chances_of_strangers
from simulator.scenario.draws import Draws
from simulator.world.build import build_world

STATED = "reach_rate: 0.3, engagement_rate: 0.06, click_rate: 0.1, conversion_rate: 0.3"
LIVELY = (
    "platform.nonfollower_reach=2.5", "platform.decay_scale_hours=300", "platform.decay_shape=1",
    "behavior.share_given_engaged=0.3", "behavior.reproduction=0.9", "behavior.wear_on_engage=0.5",
    "behavior.trust_step=0.3", "settle=1",
)  # fmt: skip


def one(more: str = STATED, posts: str = "1", key: str = "a", topic: str = "beauty") -> str:
    return f"\narms: {{one: {{hire: [{hire(key, 800, more + ', topic: ' + topic, posts=posts)}]}}}}\n"


@given(st.floats(0, 500), st.integers(0, 1000), st.integers(0, 1000), st.floats(0, 1))
def test_strangers_expected_are_those_wanted_as_far_as_there_are_any(
    views: float, interested: int, others: int, targeting: float
) -> None:
    inside, outside = chances_of_strangers(views, interested, others, targeting)
    assert 0.0 <= inside <= 1.0
    assert 0.0 <= outside <= 1.0
    if others >= views:
        shown = inside * interested + outside * others
        assert shown == pytest.approx(views, rel=1e-9, abs=1e-9)


def test_untargeted_everybody_has_the_same_chance_and_fully_targeted_only_the_interested() -> None:
    assert (0.1, 0.1) == pytest.approx(chances_of_strangers(100.0, 300, 700, 0.0))
    assert (1 / 3, 0.0) == pytest.approx(chances_of_strangers(100.0, 300, 700, 1.0))


@kernel
def _compiled(views: float, interested: int, others: int, targeting: float) -> tuple[float, float]:
    return chances_of_strangers(views, interested, others, targeting)


@given(st.floats(0, 500), st.integers(0, 1000), st.integers(0, 1000), st.floats(0, 1))
def test_chances_have_the_same_bits_compiled(views: float, interested: int, others: int, targeting: float) -> None:
    arguments = views, interested, others, targeting
    assert chances_of_strangers(*arguments) == _compiled(*arguments)


@pytest.mark.parametrize("ratio", [0.5, 3.0])
def test_views_of_strangers_are_the_stated_multiple_of_views_of_followers(campaign: Campaign, ratio: float) -> None:
    scenario, plan = campaign(one(), *NEUTRAL, f"platform.nonfollower_reach={ratio}", "platform.activity_correlation=0")
    found = [outcome.tally for outcome in outcomes(scenario, plan, 1, 300)]
    assert within(ratio * 0.3 * 800, [tally.impressions_discovered for tally in found])
    assert all(tally.impressions == tally.reach_audience + tally.impressions_discovered for tally in found)
    assert all(tally.reach == tally.impressions for tally in found)  # one post, nobody shares: each once


def test_strangers_respond_at_the_stated_rates(campaign: Campaign) -> None:
    scenario, plan = campaign(
        one(), *NEUTRAL, "platform.nonfollower_reach=2", "product.baseline_orders_per_day=0", "settle=300"
    )
    found = [outcome.tally for outcome in outcomes(scenario, plan, 1, 300)]
    shown = np.array([tally.impressions_discovered for tally in found])
    engaged = np.array([tally.engagements_discovered for tally in found])
    orders = np.array([tally.orders_discovered for tally in found])
    assert within(0.0, engaged - 0.2 * shown)  # 0.06 / 0.3
    assert within(0.0, orders - 0.03 * shown)  # 0.1 clicks x 0.3 orders, no halo


def test_targeting_chooses_people_with_the_author_s_topic(campaign: Campaign) -> None:
    """Told by fit: the more strangers care for the brand's topic, the more of them click."""
    clicks = []
    for targeting in (0.0, 1.0):
        scenario, plan = campaign(
            one(),
            *NEUTRAL,
            "platform.nonfollower_reach=1",
            f"platform.nonfollower_targeting={targeting}",
            "behavior.fit_on_click=2",
        )
        clicks.append(np.array([outcome.tally.clicks for outcome in outcomes(scenario, plan, 1, 200)]))
    difference = clicks[1] - clicks[0]
    assert difference.mean() > 4 * difference.std(ddof=1) / np.sqrt(len(difference))


def test_no_recommendation_is_the_same_bytes_as_never_having_heard_of_it(campaign: Campaign) -> None:
    scenario, plan = campaign(one(), "platform.nonfollower_reach=0", "platform.nonfollower_targeting=0.1")
    plain, same = campaign(one())
    for run in (1, 2, 3):
        world = build_world(scenario, plan, 0)
        ours = play(scenario, world, plan.arms[1], run, "compiled", Room())
        theirs = play(plain, world, same.arms[1], run, "compiled", Room())
        assert replace(ours.tally) == theirs.tally
        assert np.array_equal(ours.daily, theirs.daily)
        brief = brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, run))
        assert all(post.discovery is None for post in brief.posts)


@pytest.mark.parametrize("run", [1, 2, 3, 4])
def test_both_engines_show_the_same_posts_to_the_same_strangers(campaign: Campaign, run: int) -> None:
    """Cascades that start among strangers, wear-out across channels, several posts and authors of two topics."""
    text = (
        f"\narms: {{two: {{hire: [{hire('a', 800, STATED, posts='3')}, "
        f"{hire('b', 500, STATED + ', topic: food, tracking: code', posts='2')}]}}}}\n"
    )
    scenario, plan = campaign(text, *LIVELY)
    world = build_world(scenario, plan, 0)
    compiled, mesa = (play(scenario, world, plan.arms[1], run, engine, Room()) for engine in ("compiled", "mesa"))
    assert mesa.tally == compiled.tally
    assert mesa.influencers == compiled.influencers
    assert np.array_equal(mesa.daily, compiled.daily)
    tally = compiled.tally
    assert min(tally.engagements_discovered, tally.engagements_word_of_mouth, tally.orders_discovered) > 0
