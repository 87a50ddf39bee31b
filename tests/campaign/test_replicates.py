"""Runs of one draw share the level of engagement, and nothing that is luck."""

from __future__ import annotations

import pytest
from campaigns import NEUTRAL, Campaign

from simulator.campaign.brief import Brief, brief_run
from simulator.scenario.draws import draws_of
from simulator.world.build import build_world


def briefs(campaign: Campaign, *settings: str) -> list[Brief]:
    """Runs 1 to 4 of one plan in one world, two runs to a draw."""
    scenario, plan = campaign(*CASE, *NEUTRAL, "replicates=2", *settings)
    world = build_world(scenario, plan, 0)
    return [brief_run(scenario, world, plan.arms[1], draws_of(scenario, 0, run)) for run in (1, 2, 3, 4)]


CASE = ("arms:\n  one: {hire: [{followers: 2000, posts: 1, pay: {kind: flat_fee, amount: equal_share}}]}\n",)


def test_the_level_of_engagement_belongs_to_the_draw(campaign: Campaign) -> None:
    one, again, other, other_again = (
        b.posts[0].organic.engage for b in briefs(campaign, "platform.engagement_level_sd=0.6")
    )
    assert one == again != other == other_again


@pytest.mark.parametrize("shock", ["engagement_account_sd", "post_reach_sd"])
def test_shocks_of_accounts_and_posts_belong_to_the_run(campaign: Campaign, shock: str) -> None:
    found = {
        (b.posts[0].organic.engage, b.posts[0].reach)
        for b in briefs(campaign, f"platform.{shock}=0.6", "platform.reach_rate=0.2")
    }
    assert 4 == len(found)
