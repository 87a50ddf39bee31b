"""One world serves all arms: what a scenario's people and audiences depend on, and what they don't."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import ONE, Campaign, within

from simulator.scenario.draws import Draws
from simulator.world.build import build_world, real_share, topic_focus
from simulator.world.world import World

A = "{key: a, followers: 2000, posts: 1, pay: {kind: flat_fee, amount: 100}}"
B = "{key: b, followers: 1000, topic: food, posts: 2, pay: {kind: flat_fee, amount: 100}}"
C = "{key: c, followers: 1500, focus: 0.2, real_share: 0.9, posts: 2, pay: {kind: flat_fee, amount: 100}}"


def audience(world: World, name: str) -> tuple[np.ndarray, np.ndarray]:
    edges = world.audiences.edges(world.creator(name))
    return world.audiences.person[edges], world.audiences.trust[edges]


def same(one: World, other: World) -> bool:
    """Whether two worlds have the same people with the same peers."""
    pairs = zip((*one.people, *one.network), (*other.people, *other.network), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_a_world_does_not_depend_on_arms_hires_fees_or_their_order(campaign: Campaign) -> None:
    few = build_world(*campaign(f"\narms: {{one: {{hire: [{A}]}}}}\n"), 0)
    text = f"\narms: {{all: {{hire: [{B}, {C}, {A}]}}, one: {{hire: [{A.replace('100', '70')}]}}}}\n"
    many = build_world(*campaign(text), 0)
    assert same(few, many)
    assert all(np.array_equal(a, b) for a, b in zip(audience(few, "a#1"), audience(many, "a#1"), strict=True))
    assert ("a#1", "b#1", "c#1") == many.audiences.names


def test_worlds_differ_and_come_back(campaign: Campaign) -> None:
    case = campaign()
    first, second = build_world(*case, 0), build_world(*case, 1)
    assert same(first, build_world(*case, 0))
    assert not same(first, second)
    assert not np.array_equal(first.people.affinity, second.people.affinity)
    assert not same(first, build_world(*campaign(ONE, "seed=8"), 0))


def test_an_audience_is_as_large_as_its_real_share_says(campaign: Campaign) -> None:
    """Over 60 worlds, in each of which the typical real share is another: 0.773 on average, or as stated."""
    scenario, plan = campaign(f"\narms: {{all: {{hire: [{A}, {C}]}}}}\n")
    typical = (0.60 + 4 * 0.78 + 0.92) / 6  # PERT of the smallest row
    for creator, expected in zip(plan.creators, (typical, 0.9), strict=True):
        shares, excess, variance = [], 0.0, 0.0
        for number in range(60):
            wanted = creator.followers * real_share(scenario, Draws(scenario.seed, number, 0), creator)
            size = audience(build_world(scenario, plan, number), creator.name)[0].size
            shares.append(size / creator.followers)
            excess += size - wanted
            variance += wanted * (1 - wanted / 3000)
        assert within(expected, shares)
        assert abs(excess) < 4 * variance**0.5


def test_what_is_stated_replaces_what_is_typical(campaign: Campaign) -> None:
    scenario, plan = campaign(f"\narms: {{all: {{hire: [{A}, {C}]}}}}\n")
    a, c = plan.creators
    draws = Draws(scenario.seed, 0, 0)
    assert (0.9, 0.2) == (real_share(scenario, draws, c), topic_focus(scenario, draws, c))
    assert 0.75 == topic_focus(scenario, draws, a)  # the row of 3,162 followers
    assert 0.60 <= real_share(scenario, draws, a) <= 0.92


def test_a_stranger_is_no_creator(campaign: Campaign) -> None:
    world = build_world(*campaign(), 0)
    with pytest.raises(ValueError, match="not in the audiences"):
        world.creator("nobody#1")
