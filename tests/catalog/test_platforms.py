"""Platforms against the published figures their numbers come from, and what each leaves to the scenario."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import Campaign

from simulator.campaign.accounts import organic_engagement_rate, typical_account, typical_reach
from simulator.campaign.brief import decay
from simulator.errors import InputProblems
from simulator.rules.attention import views_by
from simulator.scenario.draws import Draws

# Share of all views after so many hours: CampaignDeus (Instagram, YouTube), Takumi 2016, Kwak et al. 2010.
PUBLISHED_DECAY = {
    "instagram": ((24, 0.80, 0.01), (120, 0.90, 0.01), (1, 0.50, 0.06)),
    "youtube": ((24, 0.60, 0.01), (120, 0.75, 0.01), (8, 0.50, 0.01)),
    "x": ((1, 0.50, 0.01), (24, 0.75, 0.01)),
}
STATED = {
    "tiktok": ("reach_rate", "click_rate", "price_at_10k"),
    "youtube": ("click_rate",),
    "x": ("reach_rate", "click_rate", "price_at_10k"),
}
BARE = "version: 1\nname: p\nbrand: {topic: beauty}\nproduct: {price: 80}\narms: {}\n"


def on(campaign: Campaign, name: str, *settings: str):
    stated = [f"platform.{key}=0.05" for key in STATED.get(name, ())]
    return campaign(f"platform: {name}\n", *stated, *settings, head=BARE)[0]


@pytest.mark.parametrize(("name", "figures"), PUBLISHED_DECAY.items())
def test_views_come_as_published(
    campaign: Campaign, name: str, figures: tuple[tuple[float, float, float], ...]
) -> None:
    platform = on(campaign, name).platform
    for hours, share, tolerance in figures:
        found = views_by(hours, platform.decay_shape.value, platform.decay_scale_hours.value)
        assert share == pytest.approx(found, abs=tolerance), hours


def test_on_youtube_a_video_lives_long_enough_for_the_published_shares(campaign: Campaign) -> None:
    curve = decay(on(campaign, "youtube"), Draws(1, 0, 1), 10_000)
    assert 365 == len(curve)
    assert (0.60, 0.75) == pytest.approx((curve[0], curve[4]), abs=0.015)


@pytest.mark.parametrize("name", STATED)
def test_a_level_nobody_has_published_must_be_stated(campaign: Campaign, name: str) -> None:
    with pytest.raises(InputProblems) as caught:
        campaign(f"platform: {name}\n", head=BARE)
    found = {problem.path: problem for problem in caught.value.problems}
    assert {f"platform.{key}" for key in STATED[name]} == set(found)
    for problem in found.values():
        assert "is missing (" in problem.message
        assert "give a number" in (problem.suggestion or "")


def test_on_tiktok_views_grow_with_followers_to_the_power_of_a_tenth(campaign: Campaign) -> None:
    scenario, sizes = on(campaign, "tiktok"), np.array([3e3, 1e4, 1e5, 1e6, 1e7])
    for run in (1, 2, 3):
        draws = Draws(scenario.seed, 0, run)
        ratio = [1.0 + draws.curve(scenario.platform.nonfollower_reach, size) for size in sizes]
        views = sizes * [typical_reach(scenario, draws, size) for size in sizes] * np.array(ratio)
        assert np.diff(np.log(views)) / np.diff(np.log(sizes)) == pytest.approx([0.1] * 4)
        assert min(ratio) > 2.0  # most views are of strangers


def test_on_tiktok_engagement_per_view_is_as_published_at_every_size(campaign: Campaign) -> None:
    """4.7 to 10.1% whatever the size; per follower it falls as reach does."""
    scenario = on(campaign, "tiktok")
    for run in range(1, 50):
        draws = Draws(scenario.seed, 0, run)
        for size in (2_000, 20_000, 200_000, 2_000_000):
            per_view = organic_engagement_rate(scenario, draws, size) / typical_reach(scenario, draws, size)
            assert 0.047 <= per_view <= 0.101


def test_on_tiktok_nobody_is_reached_with_more_than_certainty(campaign: Campaign) -> None:
    scenario = on(campaign, "tiktok", "platform.reach_rate=0.2")
    assert 1.0 == typical_reach(scenario, Draws(1, 0, 1), 1_000)


def test_on_x_a_sponsored_post_of_10_000_followers_engages_a_twentieth_of_a_percent(campaign: Campaign) -> None:
    scenario = on(campaign, "x", "behavior.sponsored_ratio=0.8", "platform.real_share=1")
    assert 0.0005 == pytest.approx(typical_account(scenario, Draws(1, 0, 1), 10_000).engaged)


def test_youtube_prices_meet_both_ends_of_the_survey(campaign: Campaign) -> None:
    platform = on(campaign, "youtube").platform
    for size, price in ((1_581, 315), (1_581_000, 3_857)):
        assert price == pytest.approx(
            platform.price_at_10k.value * (size / 1e4) ** platform.price_exponent.value, rel=0.03
        )
