"""GraphML, read by NetworkX: ties, whether they have a direction, and the interests that nodes may carry as `topic`."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import ParseError

import numpy as np

from simulator.errors import BadQuantity
from simulator.scenario.edge_list import Ties


class GraphML(NamedTuple):
    """What a GraphML file says; a node without `topic` has an empty one."""

    ties: Ties
    directed: bool
    topics: list[str]


def read_graphml(text: str, name: str) -> GraphML:
    """The graph of a text. `name` is the file's, for messages. Raises BadQuantity."""
    import networkx as nx

    try:
        graph = nx.parse_graphml(text)
    except ParseError as error:
        line, column = error.position
        message = f"line {line} of {name} is not XML (column {column + 1}: {str(error).partition(':')[0]})"
        raise BadQuantity(message, "write it anew as GraphML, or give an edge list", "file") from None
    except (nx.NetworkXError, KeyError, ValueError, TypeError, AttributeError) as error:
        message = f"{name} is not GraphML ({str(error)[:80] or type(error).__name__})"
        raise BadQuantity(message, "write it anew as GraphML, or give an edge list", "file") from None
    labels = [str(node) for node in graph]
    position = {label: number for number, label in enumerate(labels)}
    ends = np.array([(position[str(one)], position[str(other)]) for one, other in graph.edges()], np.int64)
    ends = ends.reshape(-1, 2)
    topics = [str(found).strip() for _, found in graph.nodes(data="topic", default="")]
    return GraphML(Ties(labels, ends[:, 0], ends[:, 1]), graph.is_directed(), topics)
