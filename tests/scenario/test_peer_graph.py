"""Graphs from files against NetworkX; what makes two files the same question; every fault with its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import BadQuantity
from simulator.scenario import peer_graph
from simulator.scenario.identity import canonical, scenario_hash
from simulator.scenario.peer_graph import PeerGraph, graph_of
from simulator.scenario.schema import Network

words = st.text(alphabet="abzAZé0_.-", min_size=1, max_size=3)
integers = st.integers(-30, 300).map(str)
lists = [st.lists(st.tuples(label, label), min_size=1, max_size=40) for label in (words, integers)]
graphs = st.one_of(lists).filter(lambda ties: any(one != other for one, other in ties))


def network(file: Path | str | None, *, directed: bool | None = None) -> Network:
    return Network(kind="file", title="", numbers={}, file=None if file is None else str(file), directed=directed)


def rows(graph: PeerGraph) -> list[list[int]]:
    return [graph.peers[a:b].tolist() for a, b in zip(graph.offsets[:-1], graph.offsets[1:], strict=True)]


def in_order(labels: set[str]) -> list[str]:
    try:
        return sorted(labels, key=lambda label: (int(label), label))
    except ValueError:
        return sorted(labels)


def expected(ties: list[tuple[str, str]], *, directed: bool) -> list[list[int]]:
    """What NetworkX makes of the ties, people in the order that is promised."""
    graph = nx.DiGraph(ties) if directed else nx.Graph(ties)
    order = {label: number for number, label in enumerate(in_order(set(graph)))}
    return [sorted(order[peer] for peer in graph[who] if peer != who) for who in order]


def same(one: PeerGraph, other: PeerGraph) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@given(graphs, st.booleans())
def test_an_edge_list_is_the_graph_that_networkx_makes_of_it(tmp_path_factory, ties, directed: bool) -> None:
    file = tmp_path_factory.mktemp("graph") / "ties.csv"
    text = "source,target\n" + "".join(f"{one},{other}\n" for one, other in ties)
    file.write_text(text, encoding="utf-8")
    found = graph_of(network(file, directed=directed))
    assert expected(ties, directed=directed) == rows(found)
    assert (np.int64, np.int32) == (found.offsets.dtype, found.peers.dtype)
    file.write_text("\n".join(["source,target", *sorted(text.split("\n")[1:])]), encoding="utf-8")
    assert same(found, graph_of(network(file, directed=directed)))


@given(graphs, st.booleans())
def test_graphml_is_the_graph_that_networkx_wrote(tmp_path_factory, ties, directed: bool) -> None:
    file = tmp_path_factory.mktemp("graph") / "ties.graphml"
    nx.write_graphml(nx.DiGraph(ties) if directed else nx.Graph(ties), file)
    found = graph_of(network(file))
    assert expected(ties, directed=directed) == rows(found)
    assert ((), -1) == (found.interests, found.interest.max())


def test_ties_of_undirected_graphs_go_both_ways_and_directed_ones_lead_to_who_sees_the_share(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("10 9\n10 10\n9 7\n10 9\n")
    assert [[1], [0, 2], [1]] == rows(graph_of(network(tmp_path / "x.txt")))
    assert [[], [0], [1]] == rows(graph_of(network(tmp_path / "x.txt", directed=True)))
    nx.write_graphml(nx.DiGraph([(10, 9), (9, 7)]), tmp_path / "x.graphml")
    assert [[], [0], [1]] == rows(graph_of(network(tmp_path / "x.graphml")))
    assert [[1], [0, 2], [1]] == rows(graph_of(network(tmp_path / "x.graphml", directed=False)))


def test_interests_come_with_the_nodes_where_they_are_stated(tmp_path: Path) -> None:
    graph = nx.Graph([(2, 11), (11, 3), (3, 4)])
    graph.nodes[11]["topic"], graph.nodes[2]["topic"], graph.nodes[4]["topic"] = "food", "beauty", "food"
    nx.write_graphml(graph, tmp_path / "x.graphml")
    found = graph_of(network(tmp_path / "x.graphml"))
    assert (("beauty", "food"), [0, -1, 1, 1]) == (found.interests, found.interest.tolist())


def test_zipped_files_and_the_only_one_of_a_folder_are_the_same_graph(tmp_path: Path) -> None:
    text = b"1,2\n2,3\n"
    (tmp_path / "x.csv").write_bytes(text)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "y.edges.gz").write_bytes(gzip.compress(b"# another form\n2 3\n2 1\n"))
    (tmp_path / "folder" / "README.md").write_text("not a graph")
    one, other = (graph_of(network(tmp_path / name)) for name in ("x.csv", "folder"))
    assert same(one, other)
    assert one.digest == other.digest


def test_a_graph_is_read_again_when_its_content_changes(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for text, peers in (("1,2\n2,3\n", 4), ("1,2\n2,1\n", 2)):
        file.write_text(text)
        assert peers == graph_of(network(file)).peers.size


@pytest.mark.parametrize(
    ("content", "field", "says"),
    [
        (b"1,2\n3\n", "file", "line 2 of x.csv holds '3'"),
        (b"", "file", "is empty"),
        (b"1,1\n2,2\n", "file", "ties no two people"),
        (b"\xff\xfe1\x00", "file", "cannot be read as a graph"),
        (b"<graphml>\n<graph>\n</graphml>", "file", "line 3 of x.csv is not XML (column 3"),
        (b"<html></html>", "file", "is not GraphML"),
    ],
)
def test_what_is_no_graph_is_said(tmp_path: Path, content: bytes, field: str, says: str) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(BadQuantity) as caught:
        graph_of(network(tmp_path / "x.csv"))
    assert (field, True) == (caught.value.field, says in caught.value.message), caught.value


def test_a_broken_archive_a_crowd_and_a_contradiction_are_said(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(b"1,2\n" * 999)[:-20])
    with pytest.raises(BadQuantity, match="cannot be read as a graph"):
        graph_of(network(tmp_path / "x.csv.gz"))
    (tmp_path / "y.csv").write_text("1,2\n2,3\n3,4\n")
    monkeypatch.setattr(peer_graph, "MOST_PEOPLE", 3)
    with pytest.raises(BadQuantity, match=r"has 4 people; the most is 3; keep a part"):
        graph_of(network(tmp_path / "y.csv"))
    nx.write_graphml(nx.Graph([(1, 2)]), tmp_path / "z.graphml")
    with pytest.raises(BadQuantity, match=r"is true, but z\.graphml has undirected edges") as caught:
        graph_of(network(tmp_path / "z.graphml", directed=True))
    assert "directed" == caught.value.field


RING = "".join(f"{k},{(k + 1) % 300}\n" for k in range(300))
GRAPHED = "population: {network: {file: ring.csv}}\n"


@pytest.fixture
def small(base: str, tmp_path: Path) -> str:
    (tmp_path / "ring.csv").write_text(RING)
    return base.replace("tier: micro, count: 2, followers: 50000", "followers: 200")


def test_the_market_is_the_graph(campaign, small: str) -> None:
    for size in ("", "size: auto, ", "size: 300, "):
        _, plan = campaign(small + GRAPHED.replace("{network", "{" + size + "network"))
        assert (300, "graph: 300 people and 600 ties of ring.csv") == (plan.population, plan.population_rule)


@pytest.mark.parametrize(
    ("network", "place", "says"),
    [
        ("{kind: file}", "9:14: population.network", "no graph file is named; add --set population.network.file=PATH"),
        ("file", "9:14: population.network", "no graph file is named"),
        ("{file: rings.csv}", "9:24: population.network.file", "not found; did you mean 'ring.csv'?"),
        ("{file: 7}", "9:24: population.network.file", "is 7, not text; give text"),
        ("{file: ring.csv, directed: maybe}", "9:40: population.network.directed", "'maybe', not true or false"),
        ("{file: ring.csv, directd: true}", "9:40: population.network.directd", "did you mean 'directed'?"),
        ("{file: ring.csv, mean_peers: 3}", "9:40: population.network.mean_peers", "is unknown"),
        ("{kind: heavy_tailed, file: ring.csv}", "9:44: population.network.file", "is unknown; remove it or kind"),
        ("{file: few.csv}", "9:24: population.network.file", "3 people are fewer than the 1"),
        ("{file: few.csv}", "9:24: population.network.file", "hire smaller accounts, or give a larger graph"),
        ("{file: strange.graphml}", "9:24: population.network.file", "'bauty' (and 1 more) of strange.graphml is not"),
        ("{file: ring.csv}, people_per_agent: 3", "9:41: population.people_per_agent", "each other one by one"),
        ("{file: ring.csv}, size: 400", "9:41: population.size", "400 people are stated, but ring.csv has 300"),
    ],
)
def test_faults_are_placed_in_the_scenario(problems, small: str, tmp_path: Path, network: str, place, says) -> None:
    (tmp_path / "few.csv").write_text("1,2\n2,3\n")
    graph = nx.cycle_graph(300)
    nx.set_node_attributes(graph, {0: "bauty", 1: "zoo", 2: "food"}, "topic")
    nx.write_graphml(graph, tmp_path / "strange.graphml")
    text = f"{small}population: {{network: {network}}}\n"
    found = [str(problem).partition("case.yaml:")[2] for problem in problems(text)]
    assert any(text.startswith(f"{place}: ") and says in text for text in found), found


def test_rosters_work_in_the_world_of_a_graph_as_far_as_its_people_suffice(
    campaign, problems, small: str, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("id,f\n" + "".join(f"{k},{40 * k}\n" for k in range(1, 100)))
    roster = "count: 4, roster: {file: roster.csv, columns: {id: id, followers: f}, followers: %s}"
    text = small.replace("followers: 200", roster)
    _, plan = campaign(text % "[40, 200]" + GRAPHED)
    assert (300, {40, 80, 120, 160}) == (plan.population, {creator.followers for creator in plan.creators})
    (found,) = problems(text % "[3000, 9999]" + GRAPHED)
    assert ("population.network.file", True) == (found.path, "300 people are fewer than the" in found.message)


def test_a_fault_of_the_graph_hides_no_other(problems, small: str) -> None:
    found = problems(small.replace("80", "-80") + GRAPHED.replace("ring", "rang"))
    assert ["product.price", "population.network.file"] == [problem.path for problem in found]


def test_a_higher_kind_replaces_a_file_and_a_file_a_kind_with_its_numbers(campaign, small: str) -> None:
    stated = "population: {network: {kind: heavy_tailed, mean_peers: 5, most_peers: 100}}\n"
    scenario, plan = campaign(small + stated, f"population.network.file={_beside(campaign, small)}")
    assert ("file", {}, 300) == (scenario.population.network.kind, scenario.population.network.numbers, plan.population)
    scenario, plan = campaign(small + GRAPHED, "population.network.kind=communities")
    assert ("communities", None) == (scenario.population.network.kind, scenario.population.network.file)
    numbers = campaign(small + stated, "population.network.kind=communities")[0].population.network.numbers
    assert (5.0, 100.0, 0.75) == tuple(numbers[name].value for name in ("mean_peers", "most_peers", "closeness"))


def _beside(campaign, small: str) -> str:
    return str(campaign(small + GRAPHED)[0].population.network.file)


def test_a_question_follows_the_graph_not_its_file(campaign, small: str, tmp_path: Path) -> None:
    def hashed(file: str, content: bytes, more: str = "") -> str:
        (tmp_path / file).write_bytes(content)
        return scenario_hash(campaign(small + GRAPHED.replace("ring.csv", file + more))[0], "1")

    first = hashed("ring.csv", RING.encode())
    assert first == hashed("other.csv.gz", gzip.compress(("from,to\n" + RING).encode()))
    assert first != hashed("ring.csv", RING.replace("7,8\n", "7,9\n").encode())
    assert first != hashed("ring.csv", RING.encode(), ", directed: true")
    assert str(tmp_path) not in str(canonical(campaign(small + GRAPHED)[0]))


def test_explain_and_the_json_schema_know_a_file(campaign, small: str) -> None:
    from simulator.scenario.explain import settings
    from simulator.scenario.json_schema import file_schema

    told = settings(campaign(small + GRAPHED)[0])
    assert ("file", True) == (told["population.network.kind"], told["population.network.file"].endswith("ring.csv"))
    network = file_schema()["properties"]["population"]["properties"]["network"]["anyOf"]
    assert "file" in network[0]["enum"]
    assert {"kind", "file", "directed"} == set(network[1]["properties"])
