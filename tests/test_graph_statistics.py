"""The figures by which networks are compared, on graphs whose figures are known."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from graph_statistics import clustering_and_transitivity, statistics, tail_exponent, undirected
from scipy.special import zeta


@pytest.mark.parametrize(
    "graph",
    [nx.karate_club_graph(), nx.barabasi_albert_graph(300, 4, seed=1), nx.watts_strogatz_graph(200, 6, 0.1, seed=2)],
)
def test_clustering_and_transitivity_are_those_of_networkx(graph: nx.Graph) -> None:
    expected = nx.average_clustering(graph), nx.transitivity(graph)
    assert expected == pytest.approx(clustering_and_transitivity(graph))


@pytest.mark.parametrize("exponent", [2.0, 2.6])
def test_the_tail_of_a_zipf_sample_has_its_exponent(exponent: float) -> None:
    """Standard error of maximum likelihood: about (exponent − 1) / √n of the tail, which has 1,000 or more."""
    degrees = np.arange(1, 1_000_000)
    below = np.cumsum(degrees**-exponent) / zeta(exponent)
    sample = 1.0 + np.searchsorted(below, (np.arange(4_000) + 0.5) / 4_000)
    assert abs(tail_exponent(sample) - exponent) < 4 * (exponent - 1) / np.sqrt(1_000)


def test_a_row_holds_what_a_small_graph_shows() -> None:
    """A triangle with a tail: degrees 2, 2, 3, 1; one of three pairs at the third person is tied."""
    graph = undirected([0, 1, 2, 2, 3], [1, 2, 0, 3, 3])
    nx.set_node_attributes(graph, {0: "a", 1: "a", 2: "b", 3: "b"}, "side")
    row = statistics("small", graph, "side")
    assert (4, 4, 2.0) == (row.nodes, row.edges, row.mean_degree)
    assert (1 + 1 + 1 / 3 + 0) / 4 == pytest.approx(row.clustering)
    assert 3 / 5 == pytest.approx(row.transitivity)
    assert (4 + 4 + 9 + 1) / 4 / 4 == pytest.approx(row.reach_bias)
    assert row.homophily is not None
    assert ("side", 0.0) == (row.homophily[0], pytest.approx(row.homophily[1], abs=1e-12))
