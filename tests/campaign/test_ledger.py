"""Money and counts add up to the cent, and follow neither labels nor fees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from campaigns import Campaign
from hires import hire, outcomes
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engines.play import Room, play
from simulator.results.outcome import DAILY, Outcome
from simulator.scenario.draws import Draws, draws_of
from simulator.world.build import build_world

LOUD = "engagement_rate: 0.1, reach_rate: 0.6, click_rate: 0.1, conversion_rate: 0.3"
HIRES = ", ".join(
    (
        hire("a", 2000, f"{LOUD}, tracking: code", posts="2"),
        hire("b", 1500, f"{LOUD}, tracking: utm"),
        hire("c", 1000, f"{LOUD}, tracking: none", amount="{pert: [50, 100, 400]}"),
    )
)
ARMS = f"\narms: {{hires: {{hire: [{HIRES}]}}, ads: {{hire: [{HIRES}], paid_social: {{spend: 200}}}}}}\n"
SETTINGS = (
    "product.price=79.99",
    "product.margin={pert: [0.3, 0.5, 0.7]}",
    "product.sample_cost=3.33",
    "behavior.share_given_engaged=0.2",
)
RUNS = 15


@pytest.fixture
def played(campaign: Campaign) -> list[tuple[Draws, Outcome]]:
    """Runs of all arms, with their draws."""
    scenario, plan = campaign(ARMS, *SETTINGS)
    return [
        (draws_of(scenario, 0, result.run), result)
        for arm in range(len(plan.arms))
        for result in outcomes(scenario, plan, arm, RUNS)
    ]


def test_revenue_is_orders_times_price_and_contribution_its_margin(campaign: Campaign) -> None:
    scenario, plan = campaign(ARMS, *SETTINGS)
    for arm in range(len(plan.arms)):
        for result in outcomes(scenario, plan, arm, RUNS):
            tally = result.tally
            assert tally.orders * 7_999 == tally.revenue
            assert tally.attributed_orders * 7_999 == tally.attributed_revenue
            margin = draws_of(scenario, 0, result.run).number(scenario.product.margin)
            assert tally.orders * round(7_999 * margin) == tally.contribution


def test_costs_are_the_sum_of_their_parts(played: list[tuple[Draws, Outcome]]) -> None:
    for _, result in played:
        tally, rows = result.tally, result.influencers
        assert len(rows) == tally.hired
        assert sum(row.cost_fees for row in rows) == tally.cost_fees
        assert sum(row.cost_product for row in rows) == tally.cost_product == 333 * tally.hired
        assert sum(row.cost_handling for row in rows) == tally.cost_handling == 500 * tally.hired
        assert {"no campaign": 0, "hires": 0, "ads": 20_000}[result.arm] == tally.cost_boost
        assert tally.cost_fees + tally.cost_product + tally.cost_handling + tally.cost_boost <= 100_000
        assert (0 if result.arm == "no campaign" else 3) == tally.hired + tally.unaffordable


def test_rows_of_influencers_sum_to_the_run(played: list[tuple[Draws, Outcome]]) -> None:
    for _, result in played:
        tally, rows = result.tally, result.influencers
        for name in ("engagements", "engagements_word_of_mouth", "likes", "comments", "shares"):
            assert sum(getattr(row, name) for row in rows) == getattr(tally, name), name
        for name in ("clicks", "attributed_orders", "attributed_revenue", "impressions"):
            summed = sum(getattr(row, name) for row in rows)
            # Displays through peers and ads, and what ads bring, belong to no row.
            outside = getattr(tally, name) - summed
            assert outside >= 0, name
            assert outside == 0 or result.arm == "ads" or name == "impressions", name
        assert sum(row.audience for row in rows) == tally.audiences
        assert sum(row.trust_sum for row in rows) == pytest.approx(tally.trust_sum, rel=1e-12)
        assert tally.follower_posts == sum(row.followers * row.posts for row in rows)
        assert tally.likes + tally.comments + tally.shares == tally.engagements
    assert all(sum(getattr(r.tally, name) for _, r in played) > 0 for name in ("shares", "clicks", "attributed_orders"))


def test_counts_contain_one_another(played: list[tuple[Draws, Outcome]]) -> None:
    for _, result in played:
        tally = result.tally
        assert tally.reach_audience <= tally.reach <= min(tally.impressions, tally.population)
        assert tally.engager_union <= tally.engagers <= tally.engagements
        assert tally.audience_union <= tally.audiences
        assert tally.attributed_orders <= tally.orders
        assert tally.orders_word_of_mouth <= tally.orders
        for row in result.influencers:
            assert row.reach <= min(row.impressions, row.audience)


def test_days_sum_to_the_run(played: list[tuple[Draws, Outcome]]) -> None:
    for _, result in played:
        for column, name in enumerate(DAILY):
            whole = {"reach_new": "reach"}.get(name, name)  # who is reached for the first time adds up to the reach
            assert getattr(result.tally, whole) == result.daily[:, column].sum(), name


def test_an_untracked_author_is_credited_with_nothing(played: list[tuple[Draws, Outcome]]) -> None:
    for _, result in played:
        assert all(0 == row.attributed_orders for row in result.influencers if row.influencer == "c#1")


def same(one: Outcome, other: Outcome) -> bool:
    return (one.tally, one.influencers, one.parameters) == (
        other.tally,
        other.influencers,
        other.parameters,
    ) and np.array_equal(one.daily, other.daily)


@pytest.mark.parametrize("scheme", ["article_a1", "article_a2", "article_a3"])
def test_other_labels_for_tiers_change_no_outcome(campaign: Campaign, scheme: str) -> None:
    text = ARMS.replace("posts: 2", "posts: 3") + "\n"
    plain, relabeled = (outcomes(*campaign(text, *SETTINGS, f"tiers={tiers}"), 1, 5) for tiers in ("later", scheme))
    for one, other in zip(plain, relabeled, strict=True):
        labels = [row.tier for row in one.influencers]
        assert {"nano"} == set(labels)
        assert same(one, replace(other, influencers=tuple(
            replace(row, tier=label) for row, label in zip(other.influencers, labels, strict=True))))  # fmt: skip


def test_doubled_fees_change_nothing_but_the_cost(campaign: Campaign) -> None:
    scenario, plan = campaign(ARMS, *SETTINGS, "budget=100000")
    world, room, arm = build_world(scenario, plan, 0), Room(), plan.arms[1]

    @settings(max_examples=25)
    @given(st.integers(0, 1_000_000), st.integers(1, 5_000))
    def doubled(fee: int, run: int) -> None:
        cheap, dear = (
            play(
                scenario, world, replace(arm, contracts=tuple(replace(c, fee=amount) for c in arm.contracts)),
                run, "compiled", room,
            )
            for amount in (fee, 2 * fee)
        )  # fmt: skip
        assert 3 * fee == cheap.tally.cost_fees == dear.tally.cost_fees / 2
        assert same(
            cheap,
            replace(
                dear,
                tally=replace(dear.tally, cost_fees=cheap.tally.cost_fees),
                influencers=tuple(replace(row, cost_fees=fee) for row in dear.influencers),
            ),
        )

    doubled()
