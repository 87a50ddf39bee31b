"""A world as a NetworkX graph, and back: for small worlds, for the Mesa form, and for everybody else's tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.results.wording import visible
from simulator.world.audiences import FIXED_POINT, Audiences
from simulator.world.network import PeerNetwork
from simulator.world.people import People
from simulator.world.world import World

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(world: World) -> nx.DiGraph[Any]:
    """The world as a directed graph: people 0…n−1, creators by name.

    Edges lead the way of a post: creator → follower (attribute `trust`), person → peer.
    """
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph(
        index=world.index,
        activity_table=world.activity,
        topic_share=world.topic_share,
        mean_peers=world.mean_peers,
    )
    people = world.people
    for who in range(world.size):
        graph.add_node(
            who,
            kind="person",
            topic=int(people.topic[who]),
            activity=int(people.activity[who]),
            affinity=float(people.affinity[who]),
            rank=float(people.rank[who]),
            susceptibility=float(people.susceptibility[who]),
        )
    offsets, peers = world.network
    for who in range(world.size):
        graph.add_edges_from((who, int(peer)) for peer in peers[offsets[who] : offsets[who + 1]])
    for number, name in enumerate(world.audiences.names):
        graph.add_node(
            name,
            kind="creator",
            trust_prior=float(world.audiences.trust_prior[number]),
            brand_share=float(world.audiences.brand_share[number]),
        )
        edges = world.audiences.edges(number)
        followers, trust = world.audiences.person[edges], world.audiences.trust[edges]
        graph.add_edges_from((name, int(who), {"trust": float(tie)}) for who, tie in zip(followers, trust, strict=True))
    return graph


def write_graphml(
    world: World,
    path: Path,
    topics: Sequence[str],
    facts: Mapping[str, str | int],
    *,
    people_only: bool = False,
) -> tuple[int, int]:
    """Write the world as GraphML, with `facts` of it as a whole; how many nodes and edges it has.

    Interests stand by name and edges say their kind, `follow` or `peer`. With `people_only` influencers and who follows
    them are left out: a network that a scenario can name.
    """
    import networkx as nx

    graph = to_networkx(world)
    graph.graph = {**facts, "world": world.index, "people_per_agent": world.people_per_agent}
    if people_only:
        graph.remove_nodes_from(world.audiences.names)
    for _, data in graph.nodes(data=True):
        if data["kind"] == "person":
            data["topic"] = visible(topics[data["topic"]])
    for source, _, data in graph.edges(data=True):
        data["kind"] = "peer" if isinstance(source, int) else "follow"
    graph = nx.relabel_nodes(graph, {name: visible(name) for name in graph if isinstance(name, str)}, copy=False)
    nx.write_graphml_xml(graph, path, encoding="utf-8", prettyprint=True)
    return graph.number_of_nodes(), graph.number_of_edges()


def from_networkx(graph: nx.DiGraph[Any]) -> World:
    """The world of a graph with the nodes, edges and attributes that `to_networkx` writes."""
    size = sum(1 for _, data in graph.nodes(data=True) if data["kind"] == "person")
    facts = graph.graph
    return World(
        index=facts["index"],
        size=size,
        people=People(
            topic=_column(graph, size, "topic", np.uint8),
            activity=_column(graph, size, "activity", np.uint8),
            affinity=_column(graph, size, "affinity", np.float32),
            rank=_column(graph, size, "rank", np.float32),
            susceptibility=_column(graph, size, "susceptibility", np.float32),
        ),
        audiences=_audiences(graph),
        network=peers_from_networkx(graph, size),
        activity=facts["activity_table"],
        topic_share=facts["topic_share"],
        mean_peers=facts["mean_peers"],
    )


def _column(graph: nx.DiGraph[Any], size: int, name: str, kind: type) -> NDArray[Any]:
    return np.array([graph.nodes[who][name] for who in range(size)], kind)


def _audiences(graph: nx.DiGraph[Any]) -> Audiences:
    """The follow edges of all creators, in the order of their nodes."""
    creators = [(name, data) for name, data in graph.nodes(data=True) if data["kind"] == "creator"]
    rows = [sorted((who, tie["trust"]) for who, tie in graph[name].items()) for name, _ in creators]
    offsets = np.zeros(len(rows) + 1, np.int64)
    offsets[1:] = np.cumsum([len(row) for row in rows])
    return Audiences(
        names=tuple(name for name, _ in creators),
        offsets=offsets,
        person=np.array([who for row in rows for who, _ in row], np.int32),
        trust=np.array([trust for row in rows for _, trust in row], np.float32),
        trust_prior=np.array([data["trust_prior"] for _, data in creators], np.float64),
        trust_sum=np.array([sum(int(trust * FIXED_POINT) for _, trust in row) for row in rows], np.int64),
        brand_share=np.array([data["brand_share"] for _, data in creators], np.float64),
    )


def peers_from_networkx(graph: nx.DiGraph[Any], size: int) -> PeerNetwork:
    """The peer network of a graph whose people are the nodes 0…size−1."""
    rows = [sorted(peer for peer in graph.successors(who) if isinstance(peer, int)) for who in range(size)]
    offsets = np.zeros(size + 1, np.int64)
    offsets[1:] = np.cumsum([len(row) for row in rows])
    return PeerNetwork(offsets, np.array([peer for row in rows for peer in row], np.int32))
