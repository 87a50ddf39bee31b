"""A peer network from a file, an edge list or GraphML, plain or gzipped: compressed rows over people.

An edge leads the way of a share: from who shares to who sees it. An undirected tie goes both ways. Ties to oneself and
repetitions are dropped. People are numbered by label, integers ascending if all are integers, else by code points: the
order of a file's lines changes nothing. Every function raises BadQuantity; its `field` is a place within the network.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.errors import BadQuantity
from simulator.scenario.edge_list import INTEGER, Ties, read_edge_list
from simulator.scenario.graphml import read_graphml
from simulator.scenario.samples import table_file, text_lines
from simulator.scenario.schema import Network

MOST_PEOPLE: Final = 10_000_000
MOST_GRAPHML: Final = 50_000_000  # bytes
SUFFIXES: Final = (".csv", ".tsv", ".txt", ".edges", ".edgelist", ".graphml")
ENDINGS: Final = (*SUFFIXES, *(f"{suffix}.gz" for suffix in SUFFIXES))


class PeerGraph(NamedTuple):
    """Row i, `peers[offsets[i]:offsets[i + 1]]`, lists in ascending order the people who see the shares of person i."""

    offsets: NDArray[np.int64]
    peers: NDArray[np.int32]
    interests: tuple[str, ...]  # that people have by the file, in code-point order
    interest: NDArray[np.int32]  # of each person, an index into `interests`; −1: the file says none
    digest: str  # of all of this: equal graphs have equal digests, whatever file they come from

    @property
    def size(self) -> int:
        """People."""
        return self.offsets.size - 1


def graph_of(network: Network) -> PeerGraph:
    """The graph that a network of kind `file` names."""
    if not network.file:
        raise BadQuantity("no graph file is named", "add --set population.network.file=PATH, or network: {file: PATH}")
    path = table_file(network.file, Path(), ENDINGS, "edge lists or GraphML files")
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        return _read(path, content, directed=network.directed)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        message = f"{path.name} cannot be read as a graph ({error})"
        raise BadQuantity(message, "give an edge list or GraphML in UTF-8, plain or gzipped", "file") from None


@lru_cache(maxsize=4)
def _read(path: Path, _content: str, *, directed: bool | None) -> PeerGraph:
    """The graph of a file; read once while its content stays the same."""
    ties, directed, topics = _ties(path, directed=directed)
    if len(ties.labels) > MOST_PEOPLE:
        message = f"{path.name} has {len(ties.labels):,} people; the most is {MOST_PEOPLE:,}"
        raise BadQuantity(message, "keep a part of the graph", "file")
    order = _in_order(ties.labels)
    offsets, peers = _rows(ties, order, directed=directed)
    if not peers.size:
        raise BadQuantity(f"{path.name} ties no two people", "write one tie per line, such as 17,42", "file")
    interests = tuple(sorted(set(topics) - {""}))
    codes = {topic: code for code, topic in enumerate(interests)}
    interest = np.full(order.size, -1, np.int32)
    if topics:
        interest[order] = [codes.get(topic, -1) for topic in topics]
    return PeerGraph(offsets, peers, interests, interest, _digest(offsets, peers, interests, interest))


def _ties(path: Path, *, directed: bool | None) -> tuple[Ties, bool, list[str]]:
    """Ties as the file has them, whether they have a direction, and interests if it states any."""
    lines = text_lines(path)
    before: list[str] = []
    for line in lines:
        before.append(line)
        if line.strip():
            break
    if not (before and before[-1].lstrip().startswith("<")):
        return read_edge_list(chain(before, lines), path.name), bool(directed), []
    found = read_graphml(_whole(chain(before, lines), path.name), path.name)
    if directed and not found.directed:
        remedy = "leave directed out, or give a graph with directed edges"
        raise BadQuantity(f"is true, but {path.name} has undirected edges", remedy, "directed")
    return found.ties, found.directed if directed is None else directed, found.topics


def _whole(lines: Iterable[str], name: str) -> str:
    """All of a GraphML file, which is read at once and so takes many times its size in memory."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size > MOST_GRAPHML:
            raise BadQuantity(f"{name} is GraphML of more than {MOST_GRAPHML:,} bytes", "give an edge list", "file")
    return "".join(kept)


def _in_order(labels: list[str]) -> NDArray[np.int64]:
    """Number of the person behind each label."""
    if all(map(INTEGER.fullmatch, labels)):
        ranked = sorted(range(len(labels)), key=lambda place: (int(labels[place]), labels[place]))
    else:
        ranked = sorted(range(len(labels)), key=labels.__getitem__)
    order = np.empty(len(labels), np.int64)
    order[ranked] = np.arange(len(labels))
    return order


def _rows(ties: Ties, order: NDArray[np.int64], *, directed: bool) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Compressed rows of ties between ordered people, each once and none to oneself."""
    size, source, target = order.size, order[ties.source], order[ties.target]
    if not directed:
        source, target = np.concatenate((source, target)), np.concatenate((target, source))
    cells = np.unique((source * size + target)[source != target])
    return np.searchsorted(cells, np.arange(size + 1) * size).astype(np.int64), (cells % max(size, 1)).astype(np.int32)


def _digest(
    offsets: NDArray[np.int64], peers: NDArray[np.int32], interests: tuple[str, ...], interest: NDArray[np.int32]
) -> str:
    digest = hashlib.sha256(json.dumps([offsets.size - 1, peers.size, interests]).encode())
    for column, kind in ((offsets, "<i8"), (peers, "<i4"), (interest, "<i4")):
        digest.update(column.astype(kind).tobytes())
    return digest.hexdigest()
