"""A world survives the way to a NetworkX graph and back, to the last bit."""

from __future__ import annotations

import numpy as np
from campaigns import Campaign

from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.world.build import build_world
from simulator.world.graph import from_networkx, to_networkx


def test_a_world_survives_networkx(campaign: Campaign) -> None:
    scenario, plan = campaign()
    world = build_world(scenario, plan, 0)
    again = from_networkx(to_networkx(world))
    for before, after in zip(
        (*world.people, *world.network, *world.audiences[1:], world.activity),
        (*again.people, *again.network, *again.audiences[1:], again.activity),
        strict=True,
    ):
        assert before.dtype == after.dtype
        assert np.array_equal(before, after)
    assert world.audiences.names == again.audiences.names


def test_a_campaign_on_the_returned_world_is_the_same(campaign: Campaign) -> None:
    scenario, plan = campaign()
    world = build_world(scenario, plan, 0)
    again = from_networkx(to_networkx(world))
    first, second = (play(scenario, w, plan.arms[1], 1, "compiled", Room()).tally for w in (world, again))
    assert first == second


def test_edges_of_the_graph_lead_the_way_of_a_post(campaign: Campaign) -> None:
    scenario, plan = campaign()
    world = build_world(scenario, plan, 0)
    graph = to_networkx(world)
    name = world.audiences.names[0]
    assert sorted(graph.successors(name)) == world.audiences.person.tolist()
    assert world.network.peers.size + world.audiences.person.size == graph.number_of_edges()
