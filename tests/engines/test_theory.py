"""The compiled engine against theory: exact means, variances and distributions, within four standard errors."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from briefs import plain_brief
from campaigns import NEUTRAL, Campaign, within

from simulator.campaign.brief import Brief
from simulator.campaign.posts import PostBrief
from simulator.dice import identity
from simulator.engines.columns import ENGAGED_BY_PEER, REACH
from simulator.engines.play import play, play_compiled, play_mesa
from simulator.engines.room import Room
from simulator.rules.facts import Post
from simulator.rules.reference import ALWAYS, NEVER
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract, Creator
from simulator.world.audiences import Audiences
from simulator.world.build import build_world
from simulator.world.network import PeerNetwork
from simulator.world.people import People, activity_table
from simulator.world.world import World


def outcomes(scenario, plan, arm, runs, world=0):
    room, market = Room(), build_world(scenario, plan, world)
    return market, [play(scenario, market, plan.arms[arm], run, "compiled", room) for run in range(1, runs + 1)]


def test_without_modifiers_engagements_are_binomial_given_activity(campaign: Campaign) -> None:
    """Each follower engages with probability chance(activity) × rate: mean and variance are sums over followers."""
    scenario, plan = campaign(
        "\narms: {one: {hire: [{followers: 2000, posts: 1, reach_rate: 0.3, engagement_rate: 0.06, "
        "pay: {kind: flat_fee, amount: equal_share}}]}}\n",
        *NEUTRAL,
    )
    market, results = outcomes(scenario, plan, 1, 600)
    audience = market.audiences.person.size
    reach, rate = 0.3 * 2000 / audience, 0.06 / 0.3
    last = market.activity.shape[0] - 1
    grid = (np.arange(last + 1) / last) ** 2
    classes = market.people.activity[market.audiences.person]
    chance = np.array([np.interp(reach, grid, market.activity[:, k]) for k in range(256)])[classes] * rate
    engagements = np.array([o.tally.engagements for o in results])
    mean, variance = chance.sum(), (chance * (1 - chance)).sum()
    assert abs(engagements.mean() - mean) < 4 * math.sqrt(variance / engagements.size)
    assert abs(engagements.var(ddof=1) / variance - 1) < 4 * math.sqrt(2 / engagements.size)


def test_views_over_two_posts_have_the_intra_class_correlation(campaign: Campaign) -> None:
    """P(sees both) = reach² + correlation × reach × (1 − reach), for a beta activity."""
    scenario, plan = campaign(
        "\narms: {one: {hire: [{followers: 2000, posts: 2, reach_rate: 0.3, engagement_rate: 0.06, "
        "pay: {kind: flat_fee, amount: equal_share}}]}}\n",
        *NEUTRAL,
    )
    both = []
    for world in range(6):
        market, results = outcomes(scenario, plan, 1, 40, world)
        reach = 0.3 * 2000 / market.audiences.person.size
        twice = np.mean([o.tally.impressions - o.tally.reach for o in results]) / market.audiences.person.size
        both.append(twice - (reach**2 + 0.3 * reach * (1 - reach)))
    assert within(0.0, both)


def test_zero_reach_gives_zero_engagements(campaign: Campaign) -> None:
    scenario, plan = campaign(
        "\narms: {one: {hire: [{followers: 2000, posts: 3, reach_rate: 0, engagement_rate: 0, "
        "pay: {kind: flat_fee, amount: equal_share}}]}}\n"
    )
    _, results = outcomes(scenario, plan, 1, 20)
    assert all(
        (0, 0, 0, 0) == (o.tally.impressions, o.tally.engagements, o.tally.clicks, o.tally.attributed_orders)
        for o in results
    )


def test_no_campaign_gives_baseline_demand_only(campaign: Campaign) -> None:
    """Orders are Poisson with mean rate × horizon, and nothing else happens."""
    scenario, plan = campaign()
    _, results = outcomes(scenario, plan, 0, 500)
    orders = np.array([o.tally.orders for o in results])
    assert within(2 * 34, orders)
    assert abs(orders.var(ddof=1) / (2 * 34) - 1) < 4 * math.sqrt(2 / orders.size)
    assert all(o.tally.impressions == o.tally.clicks == o.tally.cost_fees == 0 for o in results)


def test_on_the_reference_audience_simulated_rates_equal_the_stated_ones(campaign: Campaign) -> None:
    """All modifiers on, shocks off: engagement, click, order and halo rates of a typical account are as stated."""
    scenario, plan = campaign(
        "\narms: {one: {hire: [{followers: 20000, posts: 1, pay: {kind: flat_fee, amount: equal_share}}]}}\n",
        "population.size=140000", "platform.engagement_slope=-0.19", "platform.engagement_level_sd=0",
        "platform.engagement_account_sd=0", "platform.post_reach_sd=0", "platform.real_share=0.75",
        "platform.reach_rate=0.25", "platform.click_rate=0.06", "platform.conversion_rate=0.2", "behavior.halo=1.5",
        "behavior.trust_on_engage=1.35", "behavior.trust_on_click=1.3", "behavior.trust_on_order=1.2",
        "behavior.fit_on_engage=1.5", "behavior.fit_on_click=1.4", "behavior.fit_on_order=1.3",
        "behavior.sponsored_ratio=0.8", "behavior.share_given_engaged=0", "behavior.click_odds_if_engaged=5",
        "product.baseline_orders_per_day=0", "behavior.order_half_life_days=0",
    )  # fmt: skip
    ratios = []  # one row per world: runs share their world's audience
    for world in range(12):
        _, results = outcomes(scenario, plan, 1, 20, world)
        views, engaged, clicks, orders = (
            sum(getattr(o.tally, name) for o in results) for name in ("impressions", "engagements", "clicks", "orders")
        )
        ratios.append((views / 20 / 20000, engaged / views, clicks / views, orders / clicks))
    views, engaged, clicked, orders = np.array(ratios).T
    stated = 0.035 * 2**-0.19 * 0.8 / 0.25
    assert within(0.25, views)
    assert within(stated, engaged)
    assert within(0.06, clicked)
    assert within(0.2 * 2.5, orders)


def people_without_traits(size: int) -> People:
    return People(
        np.zeros(size, np.uint8), np.full(size, 128, np.uint8), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32),
    )  # fmt: skip


def cascade_world(edges: list[tuple[int, int]], size: int) -> World:
    """A world whose only creator is followed by person 0 alone."""
    rows = [sorted(b for a, b in edges if a == who) for who in range(size)]
    network = PeerNetwork(
        np.cumsum([0, *map(len, rows)]).astype(np.int64), np.array([p for row in rows for p in row], np.int32)
    )
    audiences = Audiences(
        ("a#1",), np.array([0, 1]), np.zeros(1, np.int32), np.full(1, 0.5, np.float32),
        np.array([0.5]), np.zeros(1, np.int64), np.ones(1),
    )  # fmt: skip
    return World(0, size, people_without_traits(size), audiences, network, activity_table(0.3), 0.5, 1.0)


def cascade_brief(chance: float, run: int) -> Brief:
    """Person 0 surely shares; each person shown the post by a peer shares it with the chance given."""
    contract = Contract(Creator("a#1", "a", "nano", 1000, "beauty"), (0,), 0, 0, 0, 0, "utm")
    organic = Post(ALWAYS, NEVER, NEVER, NEVER, 0.0, 1.0, 0.5, 0.0)
    shared = Post(math.log(chance / (1 - chance)), NEVER, NEVER, NEVER, 0.0, 1.0, 0.5, 1.0)
    post = PostBrief(identity("a#1", "post", 1), 0, 0, 1.0, organic, shared)
    return plain_brief(1, seed=11, run=run, horizon=12, authors=(contract,), posts=(post,))


def sizes_of_cascades(world: World, chance: float, runs: int) -> np.ndarray:
    room = Room()
    return np.array(
        [play_compiled(cascade_brief(chance, run), world, room).counts.totals[ENGAGED_BY_PEER] for run in range(runs)]
    )


def chi_square_holds(observed: np.ndarray, probabilities: np.ndarray) -> bool:
    """Pearson's statistic within four standard deviations of its mean."""
    runs = observed.size
    counts = np.bincount(observed, minlength=probabilities.size)
    kept = probabilities * runs >= 5
    statistic = ((counts[kept] - runs * probabilities[kept]) ** 2 / (runs * probabilities[kept])).sum()
    freedom = kept.sum() - 1
    return bool(statistic < freedom + 4 * math.sqrt(2 * freedom))


@pytest.mark.parametrize("chance", [0.3, 0.7])
def test_cascade_on_a_line_is_truncated_geometric(chance: float) -> None:
    """P(at least k of 6 on the line engage) = chance^k."""
    world = cascade_world([(k, k + 1) for k in range(6)], 7)
    sizes = sizes_of_cascades(world, chance, 3000)
    at_least = np.append(chance ** np.arange(7), 0.0)
    assert chi_square_holds(sizes, at_least[:-1] - at_least[1:])


def test_cascade_on_a_tree_has_the_closed_form_distribution() -> None:
    """Total progeny on a binary tree of depth 3, by the recursion of generating functions."""
    edges = [(k, 2 * k + 1) for k in range(7)] + [(k, 2 * k + 2) for k in range(7)]
    chance = 0.4
    below = np.array([1.0])  # engaged people below a leaf
    for _ in range(3):
        child = np.append(0.0, chance * below)
        child[0] += 1 - chance
        below = np.convolve(child, child)
    sizes = sizes_of_cascades(cascade_world(edges, 15), chance, 4000)
    assert chi_square_holds(sizes, below)
    assert within(sum((2 * chance) ** depth for depth in (1, 2, 3)), sizes)


def test_a_share_travels_one_hop_a_day_in_both_engines() -> None:
    world = cascade_world([(k, k + 1) for k in range(20)], 21)
    brief = replace(cascade_brief(1 - 1e-12, 1), horizon=5)
    for played in (play_compiled(brief, world, Room()), play_mesa(brief, world)):
        assert 5 == played.counts.totals[REACH]  # the follower on day 0, then one peer a day


def test_draws_of_a_run_do_not_depend_on_other_numbers(campaign: Campaign) -> None:
    scenario, _ = campaign()
    fixed = scenario.behavior.model_copy(update={"halo": scenario.behavior.halo_slope})
    assert Draws(7, 0, 3).number(scenario.behavior.trust_step) == Draws(7, 0, 3).number(fixed.trust_step)


def test_with_no_time_to_settle_late_buyers_are_those_a_longer_look_would_have_seen(campaign: Campaign) -> None:
    """Without baseline demand: orders and late orders of a short horizon add up to the orders of a long one."""
    text = (
        "\narms: {one: {hire: [{followers: 2000, posts: 5, click_rate: 0.2, conversion_rate: 0.5, "
        "pay: {kind: flat_fee, amount: equal_share}}]}}\n"
    )
    # A lifetime of one day: no view falls after the posting window, only orders do.
    settings = ("product.baseline_orders_per_day=0", "platform.lifetime_days=1", *NEUTRAL)
    (_, short), (_, long) = (outcomes(*campaign(text, *settings, f"settle={settle}"), 1, 20) for settle in (0, 700))
    assert [o.tally.orders + o.tally.late_orders for o in short] == [o.tally.orders + o.tally.late_orders for o in long]
    assert any(o.tally.late_orders > 0 for o in short)
