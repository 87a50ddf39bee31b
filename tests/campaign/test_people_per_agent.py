"""One agent for several people: the same means, exact scaling of counts and of money that comes from counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest
from campaigns import NEUTRAL, Campaign
from hires import hire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.results.thinning import excess_variance
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world

Loaded = tuple[Scenario, Plan]
STATED = "reach_rate: 0.3, engagement_rate: 0.06, click_rate: 0.1, conversion_rate: 0.3, real_share: 0.75"
TWO = f"{hire('a', 16_000, STATED, posts='2', amount='300')}, {hire('b', 9600, STATED, amount='200')}"
BOTH = f"\narms: {{both: {{hire: [{TWO}], paid_social: {{spend: 300}}}}}}\n"
# Rates that do not depend on followers, so that an account may be any number of times as large.
FLAT = (
    "platform.topic_focus=0.5", "platform.trust_prior=0.5", "platform.reach_rate=0.3", "platform.real_share=0.75",
    "platform.click_rate=0.1", "platform.conversion_rate=0.3", "platform.engagement_slope=0",
)  # fmt: skip
PAID = {
    "cost_fees",
    "cost_product",
    "cost_handling",
    "cost_boost",
    "hired",
    "unaffordable",
    "posts",
    "market_fee",
    "effort",
}


def outcomes(loaded: Loaded, runs: int, worlds: int = 1, arm: int = 1, engine: str = "compiled") -> list[list[Outcome]]:
    """Runs by world, each run played once."""
    scenario, plan = loaded
    room, found = Room(), []
    for number in range(worlds):
        world = build_world(scenario, plan, number)
        mine = range(number * runs + 1, (number + 1) * runs + 1)
        found.append([play(scenario, world, plan.arms[arm], run, engine, room) for run in mine])  # type: ignore[arg-type]
    return found


def numbers(tally: Tally | InfluencerTally) -> dict[str, float]:
    values = {item.name: getattr(tally, item.name) for item in fields(tally)}
    return {name: value for name, value in values.items() if not isinstance(value, str)}


def at(campaign: Campaign, times: int, each: int, *more: str) -> Loaded:
    """A campaign `times` as large in a market `times` as large, with `each` people per agent."""
    hires = ", ".join(hire(key, size * times, posts=posts) for key, size, posts in (("a", 900, "2"), ("b", 600, "1")))
    return campaign(
        f"\narms: {{both: {{hire: [{hires}], paid_social: {{spend: {40 * times}}}}}}}\n",
        f"population.size={2000 * times}", f"population.people_per_agent={each}", "budget=1000000",
        f"product.baseline_orders_per_day={4 * times}", *FLAT, *more,
    )  # fmt: skip


@pytest.mark.parametrize("times", [2, 8, 1024])
def test_a_market_times_as_large_with_as_many_people_per_agent_counts_exactly_so_many_times(
    campaign: Campaign, times: int
) -> None:
    """Agents cannot know for how many they stand: each count and each cent of revenue is a multiple, to the unit."""
    ones, many = (outcomes(at(campaign, size, size), 3)[0] for size in (1, times))
    for one, all_of_them in zip(ones, many, strict=True):
        assert one.tally.orders_word_of_mouth >= 0
        assert 0 < one.tally.attributed_orders < one.tally.orders
        pairs = [(one.tally, all_of_them.tally), *zip(one.influencers, all_of_them.influencers, strict=True)]
        for small, large in pairs:
            found = numbers(large)
            assert {k: v * times for k, v in numbers(small).items() if k not in PAID} == {
                k: v for k, v in found.items() if k not in PAID
            }
        assert np.array_equal(one.daily * times, all_of_them.daily)
        assert len(DAILY) == all_of_them.daily.shape[1]


def test_what_the_brand_spends_does_not_depend_on_people_per_agent(campaign: Campaign) -> None:
    spent = {"cost_fees", "cost_product", "cost_handling", "cost_boost", "hired", "follower_posts", "population"}
    one, sixteen = (outcomes(campaign(BOTH, "population.size=48000", f"population.people_per_agent={k}"), 1)[0][0]
                    for k in (1, 16))  # fmt: skip
    assert {k: v for k, v in numbers(one.tally).items() if k in spent} == {
        k: v for k, v in numbers(sixteen.tally).items() if k in spent
    }
    assert (50_000, 1_000, 30_000, 48_000) == (
        sixteen.tally.cost_fees, sixteen.tally.cost_handling, sixteen.tally.cost_boost, sixteen.tally.population,
    )  # fmt: skip
    assert [row.market_fee for row in one.influencers] == [row.market_fee for row in sixteen.influencers]


MEANS: dict[str, Callable[[Tally], float]] = {
    "reach": lambda t: t.reach,
    "impressions": lambda t: t.impressions,
    "audience": lambda t: t.audiences,
    "union": lambda t: t.audience_union,
    "engagements": lambda t: t.engagements,
    "by peers": lambda t: t.engagements_word_of_mouth,
    "clicks": lambda t: t.clicks,
    "orders": lambda t: t.orders,
    "tracked": lambda t: t.attributed_orders,
    "contribution": lambda t: t.contribution,
    "trust": lambda t: t.trust_sum / t.audiences,
}


def test_means_agree_whatever_one_agent_stands_for(campaign: Campaign) -> None:
    """1, 4 and 16 people per agent, over worlds: every mean within four standard errors of the next."""
    worlds, runs = 10, 12
    found = {}
    for each in (1, 4, 16):
        loaded = campaign(BOTH, "population.size=48000", f"population.people_per_agent={each}", "behavior.halo=2")
        played = outcomes(loaded, runs, worlds)
        found[each] = {name: np.array([np.mean([of(o.tally) for o in world]) for world in played])
                       for name, of in MEANS.items()}  # fmt: skip
    for fine, coarse in ((1, 4), (1, 16), (4, 16)):
        for name in MEANS:
            a, b = found[fine][name], found[coarse][name]
            error = math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / worlds)
            assert abs(a.mean() - b.mean()) <= 4 * error + 1e-9, (name, fine, coarse)


def test_thinning_adds_its_share_of_the_mean_to_the_variance(campaign: Campaign) -> None:
    """Without shocks of the run: the variance of a count is its mean, times the people per agent."""
    runs, variance, mean = 500, {}, {}
    for each in (1, 8):
        loaded = campaign(
            f"\narms: {{one: {{hire: [{hire('a', 16_000, STATED)}]}}}}\n", "population.size=24000",
            f"population.people_per_agent={each}", "product.baseline_orders_per_day=0", "behavior.halo=2",
            "behavior.click_odds_if_engaged=1", "behavior.peer_engagement=0.1", "settle=300", *NEUTRAL,
        )  # fmt: skip
        played = outcomes(loaded, runs)[0]
        for name in ("orders", "engagements"):
            counts = np.array([getattr(o.tally, name) for o in played], float)
            variance[name, each], mean[name, each] = counts.var(ddof=1), counts
    for name in ("orders", "engagements"):
        added = variance[name, 8] - variance[name, 1]
        error = math.sqrt(2 / runs) * math.hypot(variance[name, 8], variance[name, 1])
        assert abs(added - excess_variance(mean[name, 8], 8)) < 4 * error, name
        assert added > 8 * error  # it is there


def test_baseline_demand_is_that_of_the_people(campaign: Campaign) -> None:
    """Poisson in agents: mean per day × days, variance times the people per agent."""
    loaded = campaign(BOTH, "population.size=48000", "population.people_per_agent=16",
                      "product.baseline_orders_per_day=20")  # fmt: skip
    orders = np.array([o.tally.orders for o in outcomes(loaded, 300, arm=0)[0]], float)
    expected = 20 * 34
    assert abs(orders.mean() - expected) < 4 * math.sqrt(16 * expected / orders.size)
    assert abs(orders.var(ddof=1) / (16 * expected) - 1) < 4 * math.sqrt(2 / orders.size)
    assert not np.any(orders % 16)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 40), st.integers(1, 3000))
def test_ads_show_what_the_money_buys_but_for_a_part_of_one_agent(campaign: Campaign, each: int, spend: int) -> None:
    loaded = campaign(
        f"\narms: {{ads: {{paid_social: {{spend: {spend}}}}}}}\n", "population.size=4000", "budget=5000",
        "platform.ad_cost_per_thousand=8", f"population.people_per_agent={each}",
    )  # fmt: skip
    tally = outcomes(loaded, 1)[0][0].tally
    assert 0 <= int(spend * 1000 / 8) - tally.impressions < each
    assert 100 * spend == tally.cost_boost


def test_both_engines_agree_where_agents_stand_for_several_people(campaign: Campaign) -> None:
    lively = ("behavior.reproduction=0.9", "behavior.share_given_engaged=0.3", "behavior.peer_engagement=0.3")
    loaded = at(campaign, 16, 16, *lively)
    for arm in (0, 1):
        (compiled,), (mesa,) = (outcomes(loaded, 3, arm=arm, engine=engine) for engine in ("compiled", "mesa"))
        for one, other in zip(compiled, mesa, strict=True):
            assert one.tally == other.tally
            assert one.influencers == other.influencers
            assert np.array_equal(one.daily, other.daily)


def test_stated_rates_are_divided_by_people_not_agents(campaign: Campaign) -> None:
    """Engagements per nominal follower stay at the stated rate."""
    loaded = campaign(
        f"\narms: {{one: {{hire: [{hire('a', 32_000, STATED)}]}}}}\n", "population.size=60000",
        "population.people_per_agent=16", *NEUTRAL,
    )  # fmt: skip
    rates = np.array([o.tally.engagements / 32_000 for o in outcomes(loaded, 200)[0]])
    assert abs(rates.mean() - 0.06) < 4 * rates.std(ddof=1) / math.sqrt(rates.size)
    assert 0.01 > 4 * rates.std(ddof=1) / math.sqrt(rates.size)


def test_a_plan_knows_its_agents(campaign: Campaign) -> None:
    _, plan = campaign(BOTH, "population.size=48001", "population.people_per_agent=16")
    assert (3001, 48_016) == (plan.agents, plan.population)  # whole agents
    assert 48_016 == replace(plan, people_per_agent=1).agents
