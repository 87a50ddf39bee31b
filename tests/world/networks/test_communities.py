"""Circles: valid rows, degrees as in `heavy_tailed`, like-minded shares of theory, clustering in worlds of any size."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from campaigns import within
from graph_statistics import clustering_and_transitivity
from markets import TOPICS, market

from simulator.world.network import PeerNetwork
from simulator.world.networks import heavy_tailed
from simulator.world.networks.communities import _room, build
from simulator.world.people import People

PEOPLE = 20_000
NUMBERS = {
    "exponent": 2.0, "mean_peers": 10.0, "most_peers": 10_000.0, "homophily": 0.45, "closeness": 0.75, "circles": 2.0,
}  # fmt: skip


def network(people: People, world: int = 0, **numbers: float) -> PeerNetwork:
    return build(3, world, people.topic, people.rank, len(TOPICS), {**NUMBERS, **numbers})


def owners(net: PeerNetwork) -> np.ndarray:
    """Whose peer each entry is."""
    return np.repeat(np.arange(net.offsets.size - 1), np.diff(net.offsets))


def clustering(net: PeerNetwork) -> float:
    """Mean share of a person's ties that are tied to each other, by NetworkX."""
    graph = nx.Graph(zip(owners(net).tolist(), net.peers.tolist(), strict=True))
    graph.add_nodes_from(range(net.offsets.size - 1))
    return clustering_and_transitivity(graph)[0]


@pytest.fixture(scope="module")
def people() -> People:
    return market(PEOPLE)


@pytest.mark.parametrize("circles", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("size", [1, 2, 5, 300])
def test_rows_ascend_without_oneself_and_without_repetition(size: int, circles: float) -> None:
    net = network(market(size), circles=circles)
    who = owners(net)
    same_row = who[1:] == who[:-1]
    assert np.all(net.peers[1:][same_row] > net.peers[:-1][same_row])
    assert not np.any(net.peers == who)
    assert np.all((net.peers >= 0) & (net.peers < size))
    assert (size + 1, net.peers.size) == (net.offsets.size, net.offsets[-1])


def test_audiences_are_as_large_as_wished_but_for_repetitions(people: People) -> None:
    """Circles repeat nobody within one ring; what is lost is a pick that two rings or chance share."""
    wanted = np.diff(_room(3, 0, people.rank, NUMBERS))
    for closeness, circles, most in ((1.0, 1.0, 0.0), (1.0, 2.0, 0.05), (0.75, 2.0, 0.05)):
        degrees = np.diff(network(people, closeness=closeness, circles=circles).offsets)
        assert np.all(degrees <= wanted)
        assert np.mean(wanted[wanted < 100] - degrees[wanted < 100]) <= most


def test_without_closeness_it_is_heavy_tailed(people: People) -> None:
    one = network(people, closeness=0.0)
    other = heavy_tailed.build(3, 0, people.topic, people.rank, len(TOPICS), NUMBERS)
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("closeness", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("homophily", [0.0, 0.45, 1.0])
def test_the_share_of_like_minded_peers_does_not_depend_on_closeness(closeness: float, homophily: float) -> None:
    """homophily + (1 − homophily) × the topic's share, over worlds: neighbors in a ring are no independent picks."""
    found = []
    for world in range(24):
        people = market(2000, world=world)
        net = network(people, world, closeness=closeness, homophily=homophily, exponent=3.0, most_peers=40.0)
        who = owners(net)
        shares = np.bincount(people.topic, minlength=len(TOPICS)) / 2000
        expected = homophily + (1 - homophily) * shares[people.topic[who]]
        found.append(float(np.mean(expected - (people.topic[who] == people.topic[net.peers]))))
    slack = 0.005  # at most: borders between interests, oneself among the like-minded, repetitions
    assert abs(np.mean(found)) < 4 * np.std(found, ddof=1) / math.sqrt(24) + slack


def test_ties_to_the_nearest_of_one_ring_close_triangles_as_a_lattice_does() -> None:
    """All have 2k = 8 ties to the nearest of a ring: 3 (2k − 2) / (4 (2k − 1)) of a person's ties are tied."""
    people = market(5000)
    net = network(people, exponent=3.0, mean_peers=8.0, most_peers=8.0, closeness=1.0, circles=1.0)
    assert np.all(np.diff(net.offsets) == 8)
    assert 3 * 6 / (4 * 7) == pytest.approx(clustering(net))


def test_clustering_is_that_of_friendship_graphs_in_worlds_of_any_size() -> None:
    """Real ones have 0.17 to 0.61 (docs/networks.md); picks without circles lose theirs as the world grows."""
    sizes = (4_000, 30_000)
    close = [clustering(network(market(size), size)) for size in sizes]
    apart = [clustering(network(market(size), size, closeness=0.0)) for size in sizes]
    assert all(0.17 < each < 0.61 for each in close)
    assert abs(close[0] - close[1]) < 0.03
    assert apart[1] < 0.8 * apart[0] < 0.08


def test_a_circle_is_the_same_for_all_who_share_it(people: People) -> None:
    """With everybody's audience as large, ties within circles are mutual; others hardly ever are."""
    for closeness, low, high in ((1.0, 1.0, 1.0), (0.0, 0.0, 0.01)):
        net = network(people, exponent=3.0, mean_peers=8.0, most_peers=8.0, closeness=closeness, circles=2.0)
        ties = set(zip(owners(net).tolist(), net.peers.tolist(), strict=True))
        mutual = np.mean([(other, one) in ties for one, other in ties])
        assert low <= mutual <= high


def test_the_same_dice_build_the_same_network_and_others_another() -> None:
    people = market(3000)
    base, again, other = network(people), network(people), network(people, world=1)
    assert all(np.array_equal(a, b) for a, b in zip(base, again, strict=True))
    assert not np.array_equal(base.peers, other.peers)


def test_half_of_an_odd_peer_falls_on_the_circles_half_of_the_time(people: People) -> None:
    """Of one peer each, the share `closeness` stands next to the person in the first ring."""
    net = network(people, mean_peers=1.0, most_peers=1.0, closeness=0.3, homophily=0.0)
    assert np.all(np.diff(net.offsets) <= 1)
    ring = network(people, mean_peers=1.0, most_peers=1.0, closeness=1.0, homophily=0.0)
    whole = np.flatnonzero((np.diff(net.offsets) == 1) & (np.diff(ring.offsets) == 1))
    same = net.peers[net.offsets[whole]] == ring.peers[ring.offsets[whole]]
    assert within(0.3, same)
