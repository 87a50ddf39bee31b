"""Scandals of a campaign: who falls on which day, whose name suffers, and what the brand's demand loses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import Campaign
from hires import hire, village
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.brief import Brief, brief_run
from simulator.campaign.scandals import NO_SCANDALS, Scandals, demand_left, draw_scandals
from simulator.campaign.situation import ORDER, STANDING, VIEW_THROUGH, Situation
from simulator.engines.calendar import stretches
from simulator.engines.model import CampaignModel
from simulator.rules.facts import Post
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract, Creator

share = st.floats(0.0, 1.0)
SCANDALS = "\nmechanisms: {scandals: {hazard: 0.3, loss: 0.5, brand_loss: 0.4, half_life_days: 7}}\n"
TWO = f"\narms: {{two: {{hire: [{hire('a', 2000, posts='3')}, {hire('b', 2000, posts='2')}]}}}}\n"


@pytest.fixture
def brief(campaign: Campaign) -> Brief:
    """Two authors of five posts, none of whom has fallen yet."""
    scenario, plan = campaign(TWO + SCANDALS)
    return brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1))


def fallen(brief: Brief, *days: int, loss: float = 0.5, brand_loss: float = 0.4) -> CampaignModel:
    """The campaign with scandals on the days given."""
    object.__setattr__(brief, "scandals", Scandals(days, loss, brand_loss, half_life=7.0))
    return CampaignModel(brief)


def mornings(model: CampaignModel, seen: tuple[int, int], days: int) -> list[Situation]:
    """The situation of each day after brand and influencers have acted, with impressions as given."""
    brief = model.brief
    organic, shared = (np.array([getattr(post, name) for post in brief.posts]) for name in ("organic", "shared"))
    kept, found = np.ones(brief.horizon), []
    for day in range(days):
        situation = Situation(day, {"impressions": np.array(seen)}, 0, organic, shared, shared.copy(), kept)
        for agent in (model.brand, *model.influencers):
            agent.act(situation)
        found.append(situation._replace(organic=organic.copy(), shared=shared.copy(), baseline_kept=kept.copy()))
    model.close()
    return found


def creators(count: int) -> list[Contract]:
    return [Contract(Creator(f"a#{k}", "a", "nano", 2000, "beauty"), (0,), 0, 0, 0, 0, "utm") for k in range(count)]


@pytest.mark.parametrize("hazard", [0.05, 0.5])
def test_authors_fall_at_the_hazard_of_their_size(campaign: Campaign, hazard: float) -> None:
    """P(within the horizon) = 1 − (1 − hazard)^(days ÷ 30): binomial over authors and runs; days as stated."""
    more = f"\nmechanisms: {{scandals: {{hazard: {{rows: {{2000: {hazard}, 20000: 0.9}}}}}}}}\n"
    scenario, _ = campaign(TWO + more)
    days = [day for run in range(1, 41) for day in draw_scandals(scenario, Draws(7, 0, run), creators(50)).days]
    for until in (1, 7, scenario.horizon):
        chance, trials = 1.0 - (1.0 - hazard) ** (until / 30), len(days)
        fell = sum(day < until for day in days)
        assert abs(fell - trials * chance) < 4 * math.sqrt(trials * chance * (1 - chance))
    assert max(days) == scenario.horizon


def test_the_same_author_falls_on_the_same_day_in_every_plan(campaign: Campaign) -> None:
    scenario, _ = campaign(TWO + SCANDALS)
    for run in range(1, 20):
        draws, (a, b, c) = Draws(7, 0, run), creators(3)
        alone = [draw_scandals(scenario, draws, [contract]).days[0] for contract in (a, b, c)]
        assert tuple(alone) == draw_scandals(scenario, draws, [a, b, c]).days
        assert tuple(alone[::-1]) == draw_scandals(scenario, draws, [c, b, a]).days


def test_without_the_mechanism_nobody_falls(campaign: Campaign) -> None:
    scenario, _ = campaign(TWO)
    assert NO_SCANDALS is draw_scandals(scenario, Draws(7, 0, 1), creators(3))


def test_a_name_loses_worth_on_the_day_under_all_posts_of_its_author_only(brief: Brief) -> None:
    before = [post.organic.standing for post in brief.posts]
    days = mornings(fallen(brief, 4, brief.horizon, loss=0.25), (10, 10), 9)
    for situation in days:
        expected = [
            worth * (0.75 if post.author == 0 and situation.day >= 4 else 1.0)
            for worth, post in zip(before, brief.posts, strict=True)
        ]
        assert expected == situation.organic[:, STANDING].tolist()
        assert expected == situation.shared[:, STANDING].tolist()


def test_demand_falls_by_the_authors_part_and_recovers_with_the_half_life(brief: Brief) -> None:
    """brand_loss × part × 2^(−days ÷ half-life), in baseline demand and as odds of ordering through any post."""
    start = np.array([post.organic for post in brief.posts])
    for situation in mornings(fallen(brief, 3, brief.horizon), (30, 10), 20):
        since = situation.day - 3
        left = 1.0 - (0.4 * 0.75 * 2 ** (-since / 7) if since >= 0 else 0.0)
        assert situation.baseline_kept[situation.day] == pytest.approx(left, rel=1e-12)
        moved = situation.organic - start
        assert moved[:, [ORDER, VIEW_THROUGH]] == pytest.approx(np.full((5, 2), math.log(left)), abs=1e-9)
        others = [k for k in range(len(Post._fields)) if k not in (ORDER, VIEW_THROUGH, STANDING)]
        assert not moved[:, others].any()


def test_two_scandals_leave_what_each_leaves_of_the_rest(brief: Brief) -> None:
    days = mornings(fallen(brief, 2, 5), (10, 10), 9)
    one, other = (1.0 - 0.4 * 0.5 * 2 ** (-since / 7) for since in (6, 3))
    assert days[8].baseline_kept[8] == pytest.approx(one * other, rel=1e-12)


def test_a_scandal_on_the_first_day_falls_back_in_equal_parts(brief: Brief) -> None:
    """Nobody has seen anything yet: each of two authors is half of the campaign's face."""
    days = mornings(fallen(brief, 0, brief.horizon), (0, 0), 1)
    assert days[0].baseline_kept[0] == pytest.approx(1.0 - 0.4 / 2, rel=1e-12)
    assert days[0].organic[0, STANDING] == 0.5 * brief.posts[0].organic.standing


def test_a_scandal_after_the_horizon_changes_nothing(brief: Brief) -> None:
    start = np.array([post.organic for post in brief.posts])
    last = mornings(fallen(brief, brief.horizon, brief.horizon), (10, 10), brief.horizon)[-1]
    assert np.array_equal(start, last.organic)
    assert np.all(last.baseline_kept == 1.0)


def test_a_total_loss_leaves_odds_that_are_a_number(brief: Brief) -> None:
    days = mornings(fallen(brief, 1, brief.horizon, loss=1.0, brand_loss=1.0), (10, 0), 3)
    assert 0.0 == days[1].baseline_kept[1]
    assert np.all(np.isfinite(days[1].organic))
    assert 0.0 == days[1].organic[0, STANDING]


def test_after_a_scandal_every_day_is_decided_upon(brief: Brief) -> None:
    object.__setattr__(brief, "scandals", Scandals((5, brief.horizon), 0.5, 0.4, 7.0))
    found = list(stretches(brief))
    assert [first for first, _ in found if first >= 5] == list(range(5, brief.horizon))
    assert [stop for _, stop in found[:-1]] == [first for first, _ in found[1:]]
    assert brief.horizon == found[-1][1]


@given(share, share, share, st.integers(0, 100))
def test_what_is_left_of_demand_is_a_share_that_falls_with_the_loss(
    part: float, loss: float, more: float, since: int
) -> None:
    low, high = sorted((loss, more))
    mild, harsh = (demand_left(Scandals((0, 9), 0.5, each, 15.0), since, {0: part}) for each in (low, high))
    assert 0.0 <= harsh <= mild <= 1.0
    assert 1.0 == demand_left(Scandals((0, 9), 0.5, 0.0, 15.0), since, {0: part})
