"""Overlapping circles of like-minded people, heavy-tailed own audiences: friends of friends are often friends.

People stand in several rings, each in a random order in which those of one interest keep together. A person's circle in
a ring is who stands nearest, to both sides. Neighbors' circles overlap with it, so ties close triangles, in a large
world as in a small one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import sqrt_
from simulator.compiled import kernel
from simulator.dice import CIRCLE, PEERS, inner_unit, pick, throw
from simulator.world.network import PeerNetwork
from simulator.world.networks.heavy_tailed import least_audience, truncated_pareto


def build(
    seed: int, world: int, topic: NDArray[np.uint8], rank: NDArray[np.float32], topics: int, numbers: dict[str, float]
) -> PeerNetwork:
    """Own audiences as in `heavy_tailed`; the share `closeness` of them from the own circles, the rest picked as there.

    `numbers`: exponent, mean_peers, most_peers, homophily, closeness, circles.
    """
    size = topic.size
    room = _room(seed, world, rank, numbers)
    members = np.argsort(topic, kind="stable").astype(np.int32)
    starts = np.searchsorted(topic[members], np.arange(topics + 1)).astype(np.int64)
    rings = np.empty((max(1, int(numbers["circles"] + 0.5)), size), np.int32)
    place = np.empty_like(rings)
    angle = np.empty(size)
    for number, ring in enumerate(rings):
        _draw_places(seed, world, number, topic, starts, numbers["homophily"], angle)
        ring[:] = np.argsort(angle, kind="stable")
        place[number, ring] = np.arange(size, dtype=np.int32)
    peers = np.empty(int(room[-1]), np.int32)
    offsets = np.zeros(size + 1, np.int64)
    _draw_peers(
        seed, world, topic, members, starts, numbers["homophily"], numbers["closeness"], rings, place,
        room, peers, offsets,
    )  # fmt: skip
    return PeerNetwork(offsets, peers[: offsets[-1]].copy())


def _room(seed: int, world: int, rank: NDArray[np.float32], numbers: dict[str, float]) -> NDArray[np.int64]:
    """Where each row would start if no pick were lost: audiences in the order of `rank`, as in `heavy_tailed`."""
    most = min(numbers["most_peers"], max(1.0, rank.size / 4.0))
    mean = min(numbers["mean_peers"], most)
    room = np.zeros(rank.size + 1, np.int64)
    if mean > 0.0:
        least = least_audience(numbers["exponent"], mean, most)
        _draw_room(seed, world, rank, numbers["exponent"], least, most, room)
    return room


@kernel
def _draw_room(seed: int, world: int, rank: Any, exponent: float, least: float, most: float, room: Any) -> None:
    for who in range(rank.size):
        size = truncated_pareto(float(rank[who]), exponent, least, most)
        whole = int(size)
        word = throw(seed, world, who, 0, 0, PEERS, 0)[0]
        room[who + 1] = room[who] + whole + (1 if inner_unit(word) < size - whole else 0)


@kernel
def _draw_places(seed: int, world: int, ring: int, topic: Any, starts: Any, homophily: float, angle: Any) -> None:
    # Who stands by interest stands among all of that interest. Two neighbors both do with the chance `homophily`; for
    # any others the topic's share decides, as it does among peers picked in `heavy_tailed`.
    by_interest = sqrt_(homophily)
    for who in range(topic.size):
        words = throw(seed, world, who, ring, 0, CIRCLE, 0)
        if inner_unit(words[0]) < by_interest:
            first = starts[topic[who]]
            angle[who] = first + inner_unit(words[1]) * (starts[topic[who] + 1] - first)
        else:
            angle[who] = inner_unit(words[1]) * topic.size


@kernel
def _draw_peers(
    seed: int,
    world: int,
    topic: Any,
    members: Any,
    starts: Any,
    homophily: float,
    closeness: float,
    rings: Any,
    place: Any,
    room: Any,
    peers: Any,
    offsets: Any,
) -> None:
    size = topic.size
    circles = rings.shape[0]
    filled = 0
    for who in range(size):
        begin = filled
        wanted = room[who + 1] - room[who]
        exact = closeness * wanted
        close = int(exact)
        if inner_unit(throw(seed, world, who, 0, 0, PEERS, 0)[1]) < exact - close:
            close += 1
        for j in range(close):  # the nearest of each ring in turn, on alternate sides
            ring, step = j % circles, j // circles
            away = (step >> 1) + 1 if step & 1 == 0 else -(step >> 1) - 1
            other = rings[ring, (place[ring, who] + away) % size]
            if other != who:
                peers[filled] = other
                filled += 1
        first = starts[topic[who]]
        alike = starts[topic[who] + 1] - first
        for j in range(wanted - close):
            words = throw(seed, world, who, 0, 0, PEERS, 1 + (j >> 1))
            like_minded, choice = (words[0], words[1]) if j & 1 == 0 else (words[2], words[3])
            if inner_unit(like_minded) < homophily:
                other = members[first + pick(choice, alike)]
            else:
                other = pick(choice, size)
            if other != who:
                peers[filled] = other
                filled += 1
        filled = _distinct(peers, begin, filled)
        offsets[who + 1] = filled


@kernel
def _distinct(peers: Any, begin: int, end: int) -> int:
    """Sort a row and drop repetitions; return its end."""
    peers[begin:end].sort()
    kept = begin
    for position in range(begin, end):
        if position == begin or peers[position] != peers[position - 1]:
            peers[kept] = peers[position]
            kept += 1
    return kept
