"""The market of a graph: its people are all there are, whatever the creators need."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import BadQuantity
from simulator.scenario.creators import NOWHERE
from simulator.scenario.peer_graph import PeerGraph, graph_of
from simulator.scenario.problems import Problems, child, did_you_mean
from simulator.scenario.schema import Scenario

HERE = "population.network"


def graph_people(scenario: Scenario, problems: Problems) -> tuple[int, str] | None:
    """How many people the network's graph has, and that in words; none if it cannot be read, with the reason said."""
    network = scenario.population.network
    try:
        graph = graph_of(network)
    except BadQuantity as error:
        problems.add(NOWHERE, child(HERE, error.field) if error.field else HERE, error.message, error.suggestion)
        return None
    file = Path(str(network.file)).name
    _check(scenario, graph, file, problems)
    return graph.size, f"graph: {graph.size:,} people and {graph.peers.size:,} ties of {file}"


def _check(scenario: Scenario, graph: PeerGraph, file: str, problems: Problems) -> None:
    """What a scenario says of its people must be true of the graph's."""
    population = scenario.population
    if population.size not in ("auto", graph.size):
        message = f"{population.size:,} people are stated, but {file} has {graph.size:,}"
        problems.add(NOWHERE, "population.size", message, f"write size: auto, or {graph.size}")
    if population.people_per_agent > 1:
        message = f"{population.people_per_agent:,} people cannot be one: those of {file} know each other one by one"
        problems.add(NOWHERE, "population.people_per_agent", message, "remove it, or choose a generated network")
    if strange := [topic for topic in graph.interests if topic not in population.topics]:
        more = f" (and {len(strange) - 1} more)" if len(strange) > 1 else ""
        message = f"{strange[0][:60]!r}{more} of {file} is not among the people's topics"
        problems.add(NOWHERE, f"{HERE}.file", message, did_you_mean(strange[0], population.topics))
