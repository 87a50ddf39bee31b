"""Worlds on a given graph: its ties in every world, ranks by out-degree, interests where they are stated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from campaigns import Campaign, within
from markets import BRAND, TOPICS, market
from scipy import stats

from simulator.dice import PERSON, inner_unit, throw
from simulator.engines.play import play, warm_up
from simulator.engines.room import Room
from simulator.world.build import build_world, recipe_of
from simulator.world.graph import from_networkx, to_networkx
from simulator.world.people import UNKNOWN, Known, build_people
from simulator.world.world import World

PEOPLE = 1200
ARMS = "arms: {one: {hire: [{followers: 900, posts: 2, pay: {kind: flat_fee, amount: equal_share}}]}}\n"
HEAD = """
version: 1
brand: {topic: beauty, handling_cost: 5}
product: {price: 80, margin: 0.5, baseline_orders_per_day: 2}
population: {topics: {beauty: 0.3, food: 0.2, other: 0.5}, network: {file: graph.graphml}}
days: 14
settle: 20
budget: 1000
seed: 7
behavior: {reproduction: 0.9, share_given_engaged: 0.3, peer_engagement: 0.3}
platform: {name: instagram, reach_rate: 0.6}
"""


@pytest.fixture
def graph() -> nx.Graph:
    """Hubs, loners and a few ties to nobody else."""
    graph = nx.barabasi_albert_graph(PEOPLE, 3, seed=4)
    graph.remove_edges_from([edge for edge in graph.edges() if sum(edge) % 5 == 0])
    return graph


@pytest.fixture
def build(campaign: Campaign, tmp_path: Path):
    """A world on a graph."""

    def built(graph: nx.Graph, number: int = 0, *settings: str) -> World:
        nx.write_graphml(graph, tmp_path / "graph.graphml")
        return build_world(*campaign(ARMS, *settings, head=HEAD), number)

    return built


def rows(world: World) -> list[list[int]]:
    offsets, peers = world.network
    return [peers[offsets[who] : offsets[who + 1]].tolist() for who in range(world.size)]


def test_the_ties_are_the_graph_in_every_world_and_the_people_are_not(graph: nx.Graph, build) -> None:
    worlds = [build(graph, number) for number in (0, 1)]
    for world in worlds:
        assert [sorted(graph[who]) for who in range(PEOPLE)] == rows(world)
    assert not np.array_equal(worlds[0].people.topic, worlds[1].people.topic)
    assert not np.array_equal(worlds[0].people.susceptibility, worlds[1].people.susceptibility)


def test_a_smaller_plan_takes_the_first_people_and_a_larger_one_is_refused(
    graph: nx.Graph, build, campaign: Campaign
) -> None:
    build(graph)
    scenario, plan = campaign(ARMS, head=HEAD)
    village = build_world(scenario, replace(plan, population=200), 0)
    assert [sorted(graph.subgraph(range(200))[who]) for who in range(200)] == rows(village)
    assert 200 == village.people.topic.size
    warm_up(scenario, plan)  # plays in such a village
    with pytest.raises(ValueError, match="1,201 people cannot be made of the 1,200"):
        build_world(scenario, replace(plan, population=1201), 0)


def test_ranks_ascend_with_the_audience_and_equals_come_in_the_order_of_the_dice(graph: nx.Graph, build) -> None:
    worlds = [build(graph, number) for number in (0, 1)]
    degree = np.array([graph.degree(who) for who in range(PEOPLE)])
    for number, world in enumerate(worlds):
        drawn = np.array([inner_unit(throw(7, number, who, 0, 0, PERSON, 0)[3]) for who in range(PEOPLE)])
        order = np.argsort(world.people.rank)
        assert np.all(np.diff(degree[order]) >= 0)
        assert np.array_equal(np.sort(drawn).astype(np.float32), world.people.rank[order])
        alike = np.flatnonzero(degree == 3)
        assert np.array_equal(np.argsort(drawn[alike]), np.argsort(world.people.rank[alike]))
    assert not np.array_equal(worlds[0].people.rank, worlds[1].people.rank)


def test_susceptibility_falls_with_the_audience_as_the_correlation_says() -> None:
    """The correlation with the normal score of the rank, which now is the rank of a given audience."""
    size = 100_000
    audience = np.arange(size)[::-1].copy()
    people = build_people(
        3, 0, size, topic_shares=TOPICS, brand_topic=BRAND, topic_affinity_share=0.5, influence_correlation=-0.4,
        known=Known(np.full(size, UNKNOWN, np.uint8), audience),
    )  # fmt: skip
    assert within(0.0, people.susceptibility.astype(float))
    assert within(1.0, people.susceptibility.astype(float) ** 2)
    score = stats.norm.ppf((audience + 0.5) / size)
    found = np.corrcoef(people.susceptibility, score)[0, 1]
    assert abs(found - -0.4) < 4 * (1 - 0.4**2) / np.sqrt(size)


def test_what_is_not_known_is_drawn_as_ever() -> None:
    size = 2000
    known = Known(np.full(size, UNKNOWN, np.uint8), np.empty(0, np.int64))
    people = build_people(
        3, 0, size, topic_shares=TOPICS, brand_topic=BRAND, topic_affinity_share=0.5, influence_correlation=-0.3,
        known=known,
    )  # fmt: skip
    assert all(np.array_equal(one, other) for one, other in zip(people, market(size), strict=True))


def test_stated_interests_are_kept_and_make_up_the_shares(graph: nx.Graph, build) -> None:
    """400 for beauty and 200 for food are stated; of the other 600, 30% and 20% are expected."""
    nx.set_node_attributes(graph, {who: "beauty" if who % 3 else "food" for who in range(600)}, "topic")
    world = build(graph)
    assert [1 if who % 3 == 0 else 0 for who in range(600)] == world.people.topic[:600].tolist()
    assert (400 + 0.3 * 600) / PEOPLE == pytest.approx(world.topic_share)
    drawn = np.bincount(world.people.topic[600:], minlength=3)
    assert stats.chisquare(drawn, np.array([0.3, 0.2, 0.5]) * 600).pvalue > 1e-4


def test_other_ties_or_other_interests_are_another_recipe(graph: nx.Graph, build, campaign: Campaign) -> None:
    def digest(*settings: str) -> str:
        return recipe_of(*campaign(ARMS, *settings, head=HEAD), 0).digest()

    build(graph)
    plain = digest()
    nx.set_node_attributes(graph, {0: "beauty"}, "topic")
    build(graph)
    stated = digest()
    graph.nodes[0]["topic"] = "food"
    build(graph)
    other = digest()
    graph.remove_edge(*next(iter(graph.edges())))
    build(graph)
    assert 4 == len({plain, stated, other, digest()})


def test_reproduction_is_divided_by_the_audience_of_those_whom_shares_reach(graph: nx.Graph, build) -> None:
    """Whoever has many ties is reached as often: the mean degree at the end of an edge, E[d²] / E[d]."""
    degree = np.array([graph.degree(who) for who in range(PEOPLE)], float)
    assert (degree**2).sum() / degree.sum() == pytest.approx(build(graph).mean_peers)
    away = nx.DiGraph([(0, 1), (0, 2), (0, 3), (1, 2)])
    away.add_nodes_from(range(PEOPLE))
    assert (1 + 0 + 0 + 0) / 4 == build(away).mean_peers


def test_engines_agree_on_a_given_graph(graph: nx.Graph, build, campaign: Campaign) -> None:
    world = build(graph)
    scenario, plan = campaign(ARMS, head=HEAD)
    again = from_networkx(to_networkx(world))
    tallies = [
        play(scenario, each, plan.arms[1], run, engine, Room()).tally
        for each, engine in ((world, "compiled"), (world, "mesa"), (again, "compiled"))
        for run in (1, 2)
    ]
    assert tallies[:2] == tallies[2:4] == tallies[4:]
    assert all(tally.engagements_word_of_mouth > 0 for tally in tallies)
