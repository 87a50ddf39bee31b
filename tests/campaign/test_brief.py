"""The numbers of a run: who is hired for what, how people respond, and what does not depend on the arm."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from campaigns import Campaign, within
from hires import hire, village
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import weibull_min

from simulator.campaign.brief import brief_run, decay, draw_response
from simulator.campaign.hiring import hire_in_order
from simulator.campaign.situation import Situation
from simulator.dice import NO_WORLD, Decision, identity, throw
from simulator.distributions import Pert
from simulator.engines.model import CampaignModel
from simulator.quantity import Quantity
from simulator.scenario.draws import Draws
from simulator.scenario.money import cents
from simulator.scenario.offers import ArmPlan, Contract, Creator
from simulator.world.build import build_world

HANDLING, SAMPLE = 5_000, 9_000
FEE = Quantity("arms.a.hire.0.pay.amount", Pert(100.0, 200.0, 600.0), "money")


def quoted(count: int, budget: int | None, ads: int = 0, fee: int | Quantity = FEE) -> ArmPlan:
    """An arm of equal creators whose fees are drawn."""
    contracts = tuple(
        Contract(Creator(f"a#{k}", "a", "nano", 2000, "beauty"), (0,), fee, 25_000, 25_000, SAMPLE, "utm")
        for k in range(1, count + 1)
    )
    return ArmPlan("a", contracts, ads, HANDLING, budget, 0)


def luck_of(name: str, run: int) -> float:
    """The quantile of a creator's fee, the same in every arm: word 2 of the account's block."""
    return (throw(7, NO_WORLD, 0, identity(name), run, Decision.ACCOUNT, 0)[2] + 0.5) / 2**32


@given(
    st.lists(st.sampled_from([FEE, 15_000, 70_000]), max_size=12),
    st.integers(0, 400_000),
    st.integers(0, 50_000),
    st.integers(1, 10_000),
)
def test_the_brand_hires_in_order_while_the_money_lasts(
    asked: list[int | Quantity], budget: int, ads: int, run: int
) -> None:
    """Drawn and fixed fees alike: nobody is hired whom the money left cannot pay."""
    count, draws = len(asked), Draws(7, 0, run)
    arm = quoted(count, budget + ads, ads)
    arm = replace(
        arm, contracts=tuple(replace(contract, fee=fee) for contract, fee in zip(arm.contracts, asked, strict=True))
    )
    found = hire_in_order(arm, draws)
    hired, fees, unaffordable = found.contracts, found.fees, found.unaffordable
    expected, money = [], budget
    for contract in arm.contracts:
        price = cents(FEE.at(luck_of(contract.creator.name, run))) if contract.fee is FEE else contract.fee
        if price + SAMPLE + HANDLING <= money:
            expected.append((contract, price))
            money -= price + SAMPLE + HANDLING
    assert expected == list(zip(hired, fees, strict=True))
    assert count - len(expected) == unaffordable
    assert ads + sum(fees) + len(hired) * (SAMPLE + HANDLING) <= budget + ads


@given(st.integers(0, 12), st.integers(1, 10_000))
def test_without_a_budget_everybody_is_hired(count: int, run: int) -> None:
    found = hire_in_order(quoted(count, None), Draws(7, 0, run))
    assert (count, 0) == (len(found.contracts), found.unaffordable)
    assert all(10_000 <= fee <= 60_000 for fee in found.fees)


def test_a_fixed_fee_is_paid_as_it_stands() -> None:
    found = hire_in_order(quoted(3, 200_000, fee=30_000), Draws(7, 0, 1))
    assert (3, [30_000] * 3, 0) == (len(found.contracts), found.fees, found.unaffordable)


def test_each_influencer_asks_a_fee_of_their_own_with_the_stated_mean() -> None:
    fees = [hire_in_order(quoted(2, None), Draws(7, 0, run)).fees for run in range(1, 1001)]
    assert all(one != other for one, other in fees)
    assert within(100 * (100 + 4 * 200 + 600) / 6, [fee for pair in fees for fee in pair])


@pytest.mark.parametrize(
    ("money", "expected"),
    [(0.0, 0), (79.99, 7999), (0.005, 1), (0.0049, 0), (39.995, 4000), (1.005, 101), (1e9, 10**11)],
)
def test_money_becomes_whole_cents(money: float, expected: int) -> None:
    assert expected == cents(money)


def test_odds_ratios_become_log_odds_per_unit(campaign: Campaign) -> None:
    """Trust per tenth, everything else per one; forgetting is one over the days of wear."""
    scenario, _ = campaign()
    b = scenario.behavior
    for run in range(1, 20):
        draws = Draws(scenario.seed, 0, run)
        response = draw_response(scenario, draws)
        for name, value in response._asdict().items():
            if name.startswith(("trust_on", "fit_on", "wear_on", "susceptibility_on")):
                step = 0.1 if name.startswith("trust_on") else 1.0
                assert math.exp(value * step) == pytest.approx(draws.number(getattr(b, name)), rel=1e-12), name
        assert math.exp(response.engaged_on_click) == pytest.approx(draws.number(b.click_odds_if_engaged), rel=1e-12)
        assert response.forgetting * draws.number(b.wear_days) == pytest.approx(1.0, rel=1e-12)


def test_views_are_all_there_at_the_end_of_a_lifetime(campaign: Campaign) -> None:
    scenario, _ = campaign()
    curve = decay(scenario, Draws(scenario.seed, 0, 1), 10_000)
    total = weibull_min.cdf(720, 0.22, scale=2.8)
    assert list(curve) == pytest.approx([weibull_min.cdf(24 * k, 0.22, scale=2.8) / total for k in range(1, 31)])
    assert 1.0 == curve[-1]
    assert list(curve) == sorted(set(curve))


def test_a_creator_has_the_same_brief_in_every_arm(campaign: Campaign) -> None:
    """Alone, in company and in another order: same posts, luck and response; only the position may differ."""
    a = hire("a", 2000, posts="[{day: 0}, {day: 5}]", amount="{uniform: [50, 150]}")
    b, c = hire("b", 3000, amount="{uniform: [40, 90]}"), hire("Z", 1500, "tracking: code", amount="60")
    text = f"\narms: {{alone: {{hire: [{a}]}}, company: {{hire: [{b}, {a}, {c}]}}, mixed: {{hire: [{c}, {a}, {b}]}}}}\n"
    scenario, plan = campaign(text)
    world = build_world(scenario, plan, 0)
    for run in (1, 2, 3):
        found = []
        for arm in plan.arms[1:]:
            brief = brief_run(scenario, world, arm, Draws(scenario.seed, 0, run))
            names = [contract.creator.name for contract in brief.authors]
            assert sorted(names) == names
            author = names.index("a#1")
            posts = tuple(replace(post, author=0) for post in brief.posts if post.author == author)
            rest = replace(brief, authors=(), audience=(), tracking=(), fees=(), posts=(), terms=(), seen_by_age=())
            own = brief.terms, brief.fees, brief.tracking, brief.audience, brief.seen_by_age
            found.append((posts, *(column[author] for column in own), rest))
        assert 2 == len(found[0][0])
        assert found[0] == found[1] == found[2]


def test_posts_come_by_author_then_day_and_each_is_due_once(campaign: Campaign) -> None:
    a, b = hire("b", 2000, posts="[{day: 9}, {day: 3}]"), hire("a", 2000, posts="2")
    scenario, plan = campaign(f"\narms: {{two: {{hire: [{a}, {b}]}}}}\n")
    brief = brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1))
    assert [(0, 0), (0, 7), (1, 3), (1, 9)] == [(post.author, post.day) for post in brief.posts]
    model = CampaignModel(brief)
    due = [(day, number) for day in range(brief.horizon) for i in model.influencers for number in i.posts_due(day)]
    assert [(0, 0), (3, 2), (7, 1), (9, 3)] == due
    for day in range(3):
        model.brand.act(Situation(day, {}, 0, *np.zeros((3, 4, 10)), np.ones(60)))
        assert sum(brief.fees) == sum(model.brand.ledger.fees) == 20_000
    model.close()


def test_ads_buy_a_thousand_displays_per_price(campaign: Campaign) -> None:
    scenario, plan = campaign("\narms: {ads: {paid_social: {spend: 800}}}\n", "platform.ad_cost_per_thousand=8")
    ads = brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1)).contacts
    assert [100_000] == [contacts.number for contacts in ads]
