"""Feeds, load, posting frequency, decay and roll-over by size, as scenarios switch them on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import NEUTRAL, Campaign, within
from hires import hire, outcomes, village
from scipy.special import expit
from scipy.stats import weibull_min

from simulator.campaign.accounts import organic_engagement_rate
from simulator.campaign.brief import Brief, brief_run
from simulator.scenario.draws import Draws

STRICT = ("mechanisms.feed.crowding=1", "mechanisms.feed.slots=2")


def brief_of(campaign: Campaign, hires: str, *settings: str) -> Brief:
    """The brief of one arm, in which nothing varies."""
    scenario, plan = campaign(f"\narms: {{one: {{hire: [{hires}]}}}}\n", *NEUTRAL, *settings)
    return brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1))


def reaches(brief: Brief) -> list[float]:
    return [post.reach for post in brief.posts]


def same_day(posts: int) -> str:
    return hire("a", 2000, posts="[" + ", ".join(["{day: 3}"] * posts) + "]")


def test_reach_of_a_post_falls_with_one_over_the_days_posts_beyond_the_room(campaign: Campaign) -> None:
    alone = reaches(brief_of(campaign, same_day(1)))[0]
    found = [reaches(brief_of(campaign, same_day(n), *STRICT, "mechanisms.feed.other_posts=7")) for n in (1, 2, 5)]
    for number, posts in zip((1, 2, 5), found, strict=True):
        assert posts == pytest.approx([alone * min(1.0, 2.0 / (number + 1.0))] * number, rel=1e-12)


def test_own_posts_of_a_creator_count_as_arrivals(campaign: Campaign) -> None:
    alone = reaches(brief_of(campaign, same_day(1)))[0]
    busy = hire("a", 2000, "posts_per_week: 21")
    assert [alone / 2] == pytest.approx(reaches(brief_of(campaign, busy, *STRICT)), rel=1e-12)
    assert [alone] == reaches(brief_of(campaign, busy))


def test_more_ad_load_never_raises_reach_or_orders(campaign: Campaign) -> None:
    found = []
    for load in (0.5, 1.0, 1.5, 3.0):
        brief = brief_of(
            campaign, hire("a", 2000), *STRICT, f"mechanisms.feed.load={load}", "mechanisms.feed.load_on_order=-0.5"
        )
        found.append((brief.posts[0].reach, brief.posts[0].organic.order, brief.posts[0].shared.order))
    for more, less in zip(found[1:], found[:-1], strict=True):
        assert all(a <= b for a, b in zip(more, less, strict=True))
    assert found[3][0] == pytest.approx(found[1][0] / 3)
    assert found[3][1] == pytest.approx(found[1][1] - 0.5 * math.log(3.0))


def test_a_load_of_one_is_the_load_of_the_published_rates(campaign: Campaign) -> None:
    plain = brief_of(campaign, hire("a", 2000))
    assert plain.posts == brief_of(campaign, hire("a", 2000), *STRICT, "mechanisms.feed.load_on_order=-1").posts


def test_frequency_moves_engagement_of_typical_accounts_and_no_stated_rate(campaign: Campaign) -> None:
    on = ("mechanisms.posting_rate.penalty=0.2",)
    best, rare, stated, stated_rare = (
        float(expit(brief_of(campaign, hire("a", 2000, more), *on).posts[0].organic.engage))
        for more in ("", "posts_per_week: 1", "engagement_rate: 0.05", "engagement_rate: 0.05, posts_per_week: 1")
    )
    assert rare == pytest.approx(best * math.exp(-0.2 * math.log(5) ** 2))
    assert stated == stated_rare


def test_goldilocks_acts_on_the_curve_of_every_run(campaign: Campaign) -> None:
    scenario, _ = campaign(
        "\narms: {}\n", "mechanisms.goldilocks.strength=1", "mechanisms.goldilocks.turning_point=985000"
    )
    plain, _ = campaign("\narms: {}\n")
    for run in (1, 2):
        draws = Draws(scenario.seed, 0, run)
        for size in (10_000, 985_000, 10_000_000):
            fall = 1 + (size / 985_000) ** 1.6
            expected = organic_engagement_rate(plain, draws, size) / fall
            assert organic_engagement_rate(scenario, draws, size) == pytest.approx(expected)


def test_each_author_has_a_decay_of_its_own(campaign: Campaign) -> None:
    two = f"{hire('a', 1000)}, {hire('b', 100_000)}"
    small, large = brief_of(
        campaign, two, "mechanisms.decay_by_size.exponent=-0.5", "population.size=300000"
    ).seen_by_age
    for curve, scale in ((small, 2.8 * math.sqrt(10)), (large, 2.8 / math.sqrt(10))):
        cdf = weibull_min.cdf(24 * np.arange(1, 31), 0.22, scale=scale)
        assert list(curve) == pytest.approx(list(cdf / cdf[-1]))
    assert all(a < b for a, b in zip(small[:-1], large[:-1], strict=True))


def test_views_of_the_first_week_are_those_of_the_author_s_curve(campaign: Campaign) -> None:
    """Played: the share of views after day 7 meets the curve of a small and of a large account."""
    settings = ("mechanisms.decay_by_size.exponent=-0.5", "platform.decay_scale_hours=50", "platform.decay_shape=0.5")
    for size in (500, 2000):
        scenario, plan = campaign(
            f"\narms: {{one: {{hire: [{hire('a', size, 'reach_rate: 0.5')}]}}}}\n",
            *NEUTRAL,
            *settings,
            "behavior.share_given_engaged=0",
        )
        scale = 50 * (size / 10_000) ** -0.5
        late = 1.0 - weibull_min.cdf(24 * 8, 0.5, scale=scale) / weibull_min.cdf(24 * 30, 0.5, scale=scale)
        views = np.array([outcome.daily[:, 0] for outcome in outcomes(scenario, plan, 1, 60)])
        shares = views[:, 8:].sum(axis=1) / views.sum(axis=1)
        assert within(late, shares)


RIGHTS = "mechanisms.contract_terms.license_fee=0"
OFF = {
    "feed": "crowding: 0, load: 1, load_on_order: -1, slots: 1.75",
    "posting_rate": "penalty: 0, optimum: 3, usual: 9",
    "goldilocks": "strength: 0, turning_point: 700",
    "decay_by_size": "exponent: 0",
    "amplification": "quality: 0, click_ratio: 1",
    "reuse": "conversion_odds: 1",
    "sales_rep": "close_rate: 1, cost_per_day: 1",
}


@pytest.mark.parametrize(("name", "numbers"), OFF.items())
def test_on_at_neutral_numbers_a_mechanism_leaves_every_brief_as_it_was(
    campaign: Campaign, name: str, numbers: str
) -> None:
    """Posts, decay, contacts and costs, in a campaign with everything that some mechanism of these acts on."""
    busy = "posts_per_week: 20, usage_rights: 30, boost: 50, reuse: 2"
    text = f"\narms: {{one: {{hire: [{hire('a', 2000, busy, posts='3')}], paid_social: {{spend: 50}}}}}}\n"
    owned = "brand.owned_channels={followers: 900, visitors_per_day: 60, visitor_conversion: 0.1}"
    briefs = []
    for settings in ((), (f"mechanisms.{name}={{{numbers}}}",)):
        scenario, plan = campaign(text, owned, RIGHTS, *settings)
        world = village(scenario, plan)
        briefs.append([brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, run)) for run in (1, 2, 3)])
    assert briefs[0] == briefs[1]
    assert 3 == len(briefs[0][0].contacts)
