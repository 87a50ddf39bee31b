"""Discounts in cents, lost tracking by size, bought engagement by account, and the price list of engagements."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import Campaign
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.brief import Brief, brief_run
from simulator.campaign.measurement import MediaValue
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world

PAY = "pay: {kind: flat_fee, amount: 10}"


def briefs(scenario: Scenario, plan: Plan, runs: int) -> list[Brief]:
    world = build_world(scenario, plan, 0)
    return [brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, run)) for run in range(1, runs + 1)]


def hires(*more: str) -> str:
    return f"\narms: {{a: {{hire: [{', '.join(f'{{posts: 1, {PAY}, {text}}}' for text in more)}]}}}}\n"


def test_a_discount_is_whole_cents_off_the_price_and_makes_ordering_likelier(campaign: Campaign) -> None:
    """19.99 at 15% off is 3.00 less, halves up; at an elasticity of -2 the odds rise by 0.85^-2."""
    text = hires("followers: 2000, tracking: code, discount: 0.15", "followers: 1000")
    (plain,) = briefs(*campaign(text, "product.price=19.99"), 1)
    (with_code,) = briefs(*campaign(text, "product.price=19.99", "mechanisms.price_response.elasticity=-2"), 1)
    assert {0, 300} == {terms.discount for terms in with_code.terms}
    for post, before in zip(with_code.posts, plain.posts, strict=True):
        shift = -2 * math.log(0.85) if with_code.terms[post.author].discount else 0.0
        for facts, old in ((post.organic, before.organic), (post.shared, before.shared)):
            assert facts.order == pytest.approx(old.order + shift, rel=1e-14)
            assert facts.view_through == pytest.approx(old.view_through + shift, rel=1e-14)
            assert facts._replace(order=0.0, view_through=0.0) == old._replace(order=0.0, view_through=0.0)


def test_tracking_is_lost_by_size(campaign: Campaign) -> None:
    text = (
        hires("followers: 1000", "followers: 2000")
        + "mechanisms: {tracking_loss: {share: {rows: {1000: 0.1, 2000: 0.3}}}}\n"
    )
    (brief,) = briefs(*campaign(text), 1)
    assert [0.1, 0.3] == [terms.tracking_loss for terms in brief.terms]


def test_accounts_buy_engagement_at_the_prevalence_of_their_size(campaign: Campaign) -> None:
    mechanism = "mechanisms: {bought_engagement: {prevalence: {rows: {1000: 0.2, 2000: 0.7}}, per_real: 0.5}}\n"
    text = hires("followers: 1000", "followers: 2000") + mechanism
    found = np.array([[terms.bought_per_real for terms in brief.terms] for brief in briefs(*campaign(text), 400)])
    assert {0.0, 0.5} == set(found.ravel().tolist())
    for column, prevalence in zip(found.T, (0.2, 0.7), strict=True):
        assert abs((column > 0).mean() - prevalence) < 4 * math.sqrt(prevalence * (1 - prevalence) / 400)


@given(st.integers(0, 10**7), st.integers(0, 10**6), st.integers(0, 10**6))
def test_media_value_is_each_kind_at_its_price(likes: int, comments: int, shares: int) -> None:
    assert 14 * likes + 50 * comments + 100 * shares == MediaValue(0.14, 0.5, 1.0).of(likes, comments, shares)
