"""Where a world's peer network comes from: a generator with its numbers, or the graph of a file, taken as it is.

A graph is the same in every world. Who its people are is drawn anew, but for interests that the file states and the
rank of the own audience, which follows the ties.
"""

from __future__ import annotations

import numpy as np

from simulator.scenario.draws import Draws
from simulator.scenario.peer_graph import graph_of
from simulator.scenario.schema import Network
from simulator.world.network import Given, PeerNetwork
from simulator.world.networks import generator
from simulator.world.people import NOTHING, UNKNOWN, Known, People
from simulator.world.recipe import Ties


def ties_of(network: Network, topics: tuple[str, ...], size: int, draws: Draws) -> Ties:
    """The ties of one world of `size` people, resolved. Raises BadQuantity if a file cannot be read."""
    if not network.from_file:
        numbers = tuple((name, draws.number(network.numbers[name])) for name in sorted(network.numbers))
        return Ties(network.kind, numbers)
    graph = graph_of(network)
    codes = np.array([*(topics.index(name) for name in graph.interests), UNKNOWN], np.uint8)
    digest = "-".join((graph.digest, *topics)) if graph.interests else graph.digest
    given = Given(PeerNetwork(graph.offsets, graph.peers), codes[graph.interest])
    return Ties(network.kind, graph=digest, given=given if size == graph.size else _village(given, size))


def _village(given: Given, size: int) -> Given:
    """The first `size` people of a graph and their ties among each other."""
    offsets, peers = given.network
    if size >= offsets.size:
        raise ValueError(f"a world of {size:,} people cannot be made of the {offsets.size - 1:,} of the graph")
    rows = np.repeat(np.arange(size), np.diff(offsets[: size + 1]))
    inside = peers[: offsets[size]] < size
    fewer = np.searchsorted(rows[inside], np.arange(size + 1)).astype(np.int64)
    return Given(PeerNetwork(fewer, peers[: offsets[size]][inside]), given.topic[:size])


def known_by(ties: Ties) -> Known:
    """What ties tell of people before any dice."""
    return Known(ties.given.topic, np.diff(ties.given.network.offsets)) if ties.given else NOTHING


def shares_with(ties: Ties, stated: tuple[float, ...]) -> tuple[float, ...]:
    """Expected shares of main interest: as stated, but for people whose interest is given."""
    if ties.given is None or np.all(ties.given.topic == UNKNOWN):
        return stated
    counts = np.bincount(ties.given.topic, minlength=UNKNOWN + 1)
    size, open_ones = ties.given.topic.size, int(counts[UNKNOWN])
    return tuple((int(counts[code]) + open_ones * share) / size for code, share in enumerate(stated))


def build_peers(seed: int, world: int, people: People, topics: int, ties: Ties) -> PeerNetwork:
    """The peer network of one world: what is given, or what the generator makes of its numbers."""
    if ties.given is not None:
        return ties.given.network
    built: PeerNetwork = generator(ties.kind)(seed, world, people.topic, people.rank, topics, dict(ties.numbers))
    return built


def mean_audience(ties: Ties, network: PeerNetwork) -> float:
    """Mean number of peers of a person whom a share reaches: what `reproduction` is divided by.

    A generator lets nobody be reached more often for a large audience of their own, so it is the mean over people. In a
    given graph those with many ties are reached more often, and pass on more: their audiences count as often.
    """
    audience = np.diff(network.offsets)
    if ties.given is None or not network.peers.size:
        return network.peers.size / audience.size
    return int(audience[network.peers].sum()) / network.peers.size
