"""Plans in waves: the best of the waves before go on, in both engines alike, for the same money."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import Campaign
from lively import played

from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.errors import InputProblems
from simulator.results.outcome import Outcome
from simulator.world.build import build_world

POSTS = "posts: [{day: 0}, {day: 5}, {day: 10}]"
PAY = "pay: {kind: flat_fee, amount: 30}"
HIRE = f"hire: [{{key: a, followers: 700, count: 7, {POSTS}, {PAY}}}]"
PLANS = f"""
arms:
  all: {{{HIRE}}}
  best: {{{HIRE}, waves: {{keep: 3, by: engagements}}}}
"""


def outcomes(campaign: Campaign, runs: int, *settings: str) -> dict[str, list[Outcome]]:
    scenario, plan = campaign(PLANS, *settings)
    world, room = build_world(scenario, plan, 0), Room()
    return {
        arm.name: [play(scenario, world, arm, run, "compiled", room) for run in range(1, runs + 1)]
        for arm in plan.arms[1:]
    }


def test_a_plan_in_waves_has_as_many_posts_for_the_same_money(campaign: Campaign) -> None:
    found = outcomes(campaign, 10)
    for plain, chosen in zip(found["all"], found["best"], strict=True):
        for outcome in (plain, chosen):
            assert 21 == sum(author.posts for author in outcome.influencers)
            assert 21_000 == outcome.tally.cost_fees == sum(author.cost_fees for author in outcome.influencers)
        assert [3] * 7 == [author.posts for author in plain.influencers]
        assert all(author.posts * 1000 == author.cost_fees for author in chosen.influencers)


def test_who_did_best_so_far_goes_on(campaign: Campaign) -> None:
    """With accounts that differ a lot and posts that do not, the best of the first wave stay the best."""
    still = ("platform.engagement_account_sd=2", "platform.post_reach_sd=0", "platform.reach_rate=0.7")
    for plain, chosen in zip(*outcomes(campaign, 10, *still).values(), strict=True):
        by_engagements = sorted(plain.influencers, key=lambda author: -author.engagements)
        posts = {author.influencer: author.posts for author in chosen.influencers}
        assert 7 == posts[by_engagements[0].influencer]  # 1, and 3 in each of two waves, for the best of seven
        assert 1 == posts[by_engagements[-1].influencer]


def test_choosing_raises_engagement_where_accounts_differ_more_than_posts(campaign: Campaign) -> None:
    found = outcomes(campaign, 60, "platform.engagement_account_sd=1", "platform.post_reach_sd=0.2")
    gains = np.array(
        [b.tally.engagements - a.tally.engagements for a, b in zip(found["all"], found["best"], strict=True)], float
    )
    assert gains.mean() > 4 * gains.std(ddof=1) / np.sqrt(gains.size)


def test_both_engines_choose_alike(campaign: Campaign, tmp_path) -> None:
    scenario, plan = campaign(PLANS, "platform.reach_rate=0.5")
    assert played(tmp_path / "compiled", scenario, plan, 4) == played(tmp_path / "mesa", scenario, plan, 4, "mesa")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("waves.keep=7", "keeps 7 of 7 creators"),
        ("waves.keep=1", "needs 7 days for the posts of a wave; there are 5"),
        ("hire.0.posts=1", "has one wave"),
        ("hire.0.pay.amount={uniform: [10, 40], varies: influencer}", "pays fees that differ or are drawn"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_with_its_place(campaign: Campaign, change: str, message: str) -> None:
    with pytest.raises(InputProblems, match=message):
        campaign(PLANS, f"arms.best.{change}")


@pytest.mark.parametrize("name", ["outreach", "no_shows", "dropout", "reciprocity"])
def test_waves_are_refused_where_other_posts_appear_than_planned(campaign: Campaign, name: str) -> None:
    with pytest.raises(InputProblems, match=f"cannot be played with {name}"):
        campaign(PLANS, f"mechanisms.{name}=on")
    campaign(PLANS, f"mechanisms.{name}=off")


def test_waves_without_creators_are_refused(campaign: Campaign) -> None:
    with pytest.raises(InputProblems, match="the arm hires no creators"):
        campaign("arms: {ads: {paid_social: {spend: 50}, waves: {keep: 1, by: clicks}}}\n")


def test_who_brought_most_tracked_orders_needs_tracking(campaign: Campaign) -> None:
    by_orders = "arms.best.waves.by=attributed_orders"
    campaign(PLANS, by_orders)
    with pytest.raises(InputProblems, match="looks at tracked orders, but no hire is tracked"):
        campaign(PLANS, by_orders, "arms.best.hire.0.tracking=none", "arms.all.hire.0.tracking=none")
