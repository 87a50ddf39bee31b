"""What a graph is like: degrees, clustering, assortativity and tail, by NetworkX and SciPy, not by the simulator.

All graphs are taken as undirected and without ties to oneself, so that real and generated ones compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import zeta

FEWEST_IN_TAIL = 100
FAVORITES = 20  # artists that stand for an interest


@dataclass(frozen=True)
class Statistics:
    """One row of the table; none where a graph has no such thing."""

    name: str
    nodes: int
    edges: int
    mean_degree: float
    clustering: float
    transitivity: float
    degree_assortativity: float
    homophily: tuple[str, float] | None
    tail: float
    reach_bias: float  # mean degree of who stands at the end of an edge, over the mean degree


def statistics(name: str, graph: nx.Graph, attribute: str = "") -> Statistics:
    """All figures of one graph."""
    degrees = np.array([degree for _, degree in graph.degree()], float)
    return Statistics(
        name,
        graph.number_of_nodes(),
        graph.number_of_edges(),
        float(degrees.mean()),
        *clustering_and_transitivity(graph),
        nx.degree_assortativity_coefficient(graph),
        (attribute, homophily(graph, attribute)) if attribute else None,
        tail_exponent(degrees),
        float((degrees**2).mean() / degrees.mean() ** 2),
    )


def clustering_and_transitivity(graph: nx.Graph) -> tuple[float, float]:
    """Mean over people of how many pairs of their friends are friends (0 for fewer than two), and over all pairs."""
    degree = dict(graph.degree())
    ordered = nx.Graph()  # small degrees first, so that no hub's friends are compared over and over
    ordered.add_nodes_from(sorted(degree, key=lambda node: degree[node]))
    ordered.add_edges_from(graph.edges())
    closed = nx.triangles(ordered)
    pairs = {node: count * (count - 1) // 2 for node, count in degree.items()}
    shares = [closed[node] / pairs[node] if pairs[node] else 0.0 for node in degree]
    return sum(shares) / len(shares), sum(closed.values()) / sum(pairs.values())


def homophily(graph: nx.Graph, attribute: str) -> float:
    """Assortativity by an attribute, among those who have it."""
    known = graph.subgraph([node for node, value in graph.nodes(data=attribute) if value is not None])
    return float(nx.attribute_assortativity_coefficient(known, attribute))


def tail_exponent(degrees: np.ndarray) -> float:
    """Exponent of the tail by maximum likelihood, from where a power law fits best (Clauset, Shalizi, Newman 2009)."""
    best = (np.inf, np.nan)
    for start in np.unique(degrees[degrees > 0]).astype(int):
        tail = degrees[degrees >= start]
        if tail.size < FEWEST_IN_TAIL:
            break
        logs = float(np.log(tail).sum())

        def loss(exponent: float, logs: float = logs, start: int = start, count: int = tail.size) -> float:
            return exponent * logs + count * float(np.log(zeta(exponent, start)))

        exponent = minimize_scalar(loss, bounds=(1.05, 8.0), method="bounded").x
        values = np.unique(tail)
        fitted = 1.0 - zeta(exponent, values + 1) / zeta(exponent, start)
        found = np.searchsorted(np.sort(tail), values, side="right") / tail.size
        best = min(best, (float(np.abs(fitted - found).max()), float(exponent)))
    return best[1]


def undirected(source: Any, target: Any, nodes: Any = ()) -> nx.Graph:
    """The simple graph of ties, whichever way they lead."""
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(zip(source, target, strict=True))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def table(path: Path, **how: Any) -> nx.Graph:
    """The graph of a table's first two columns."""
    rows = pd.read_csv(path, usecols=[0, 1], **how)
    return undirected(rows.iloc[:, 0].tolist(), rows.iloc[:, 1].tolist())


def twitch(folder: Path, language: str) -> nx.Graph:
    """Friendships among streamers of one language, with `partner` and `mature`."""
    graph = table(folder / f"{language}_edges.csv.gz")
    facts = pd.read_csv(folder / f"{language}_target.csv.gz").set_index("new_id")
    for name in ("partner", "mature"):
        nx.set_node_attributes(graph, facts[name].to_dict(), name)
    return graph


def lastfm_asia(folder: Path) -> nx.Graph:
    """Friendships among users of a music site, with `country`."""
    graph = table(folder / "lastfm_edges.csv.gz")
    nx.set_node_attributes(
        graph, pd.read_csv(folder / "lastfm_target.csv.gz").set_index("id")["target"].to_dict(), "country"
    )
    return graph


def hetrec(folder: Path) -> nx.Graph:
    """Friendships among users of a music site; `favorite` is who they play most of the most played artists."""
    graph = table(folder / "user_friends.tsv.gz", sep="\t", skiprows=2, header=None)
    plays = pd.read_csv(folder / "user_artists.tsv.gz", sep="\t", skiprows=2, names=["user", "artist", "plays"])
    most = plays.groupby("artist")["plays"].sum().nlargest(FAVORITES).index
    chosen = plays[plays["artist"].isin(most)].sort_values("plays").groupby("user")["artist"].last()
    nx.set_node_attributes(graph, chosen.to_dict(), "favorite")
    return graph
