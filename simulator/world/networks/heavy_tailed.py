"""Own audiences with a truncated power law; like-minded picks with a given chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import log_, power_
from simulator.compiled import kernel, rule
from simulator.dice import PEERS, inner_unit, pick, throw
from simulator.world.network import PeerNetwork


@rule
def truncated_pareto(p: float, exponent: float, least: float, most: float) -> float:
    """Quantile of a power law with density ~ x^-exponent between `least` and `most`."""
    tail = exponent - 1.0
    return least * power_(1.0 - p * (1.0 - power_(least / most, tail)), -1.0 / tail)


def truncated_pareto_mean(exponent: float, least: float, most: float) -> float:
    """Mean of the truncated power law, for exponents above 1."""
    ratio = least / most
    if abs(exponent - 2.0) < 1e-9:
        return least * -log_(ratio) / (1.0 - ratio)
    tail = exponent - 1.0
    return least * tail / (tail - 1.0) * (1.0 - power_(ratio, tail - 1.0)) / (1.0 - power_(ratio, tail))


def least_audience(exponent: float, mean: float, most: float) -> float:
    """Lower end at which the truncated power law has the mean wanted, by bisection."""
    if mean >= most:
        return most
    low, high = 1e-9, mean
    for _ in range(100):
        middle = 0.5 * (low + high)
        if truncated_pareto_mean(exponent, middle, most) < mean:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def build(
    seed: int, world: int, topic: NDArray[np.uint8], rank: NDArray[np.float32], topics: int, numbers: dict[str, float]
) -> PeerNetwork:
    """Own audiences with a truncated power law in the order of `rank`; like-minded picks with chance `homophily`.

    `numbers`: exponent, mean_peers, most_peers, homophily. Nobody sees themselves, and no tie counts twice.
    """
    size = topic.size
    most = min(numbers["most_peers"], max(1.0, size / 4.0))
    mean = min(numbers["mean_peers"], most)
    least = least_audience(numbers["exponent"], mean, most) if mean > 0.0 else 0.0
    members = np.argsort(topic, kind="stable").astype(np.int32)
    starts = np.searchsorted(topic[members], np.arange(topics + 1)).astype(np.int64)
    wanted = np.zeros(size + 1, np.int64)
    if mean > 0.0:
        _draw_degrees(seed, world, rank, numbers["exponent"], least, most, wanted)
    room = np.cumsum(wanted)
    peers = np.empty(int(room[-1]), np.int32)
    offsets = np.zeros(size + 1, np.int64)
    _draw_peers(seed, world, topic, members, starts, numbers["homophily"], room, peers, offsets)
    return PeerNetwork(offsets, peers[: offsets[-1]].copy())


@kernel
def _draw_degrees(seed: int, world: int, rank: Any, exponent: float, least: float, most: float, wanted: Any) -> None:
    # The fraction of a peer is settled by a word of its own, so that small audiences keep the right mean.
    for who in range(rank.size):
        size = truncated_pareto(float(rank[who]), exponent, least, most)
        whole = int(size)
        word = throw(seed, world, who, 0, 0, PEERS, 0)[0]
        wanted[who + 1] = whole + (1 if inner_unit(word) < size - whole else 0)


@kernel
def _draw_peers(
    seed: int, world: int, topic: Any, members: Any, starts: Any, homophily: float, room: Any, peers: Any, offsets: Any
) -> None:
    size = topic.size
    filled = 0
    for who in range(size):
        begin = filled
        first = starts[topic[who]]
        alike = starts[topic[who] + 1] - first
        for j in range(room[who + 1] - room[who]):
            words = throw(seed, world, who, 0, 0, PEERS, 1 + (j >> 1))
            like_minded, choice = (words[0], words[1]) if j & 1 == 0 else (words[2], words[3])
            if inner_unit(like_minded) < homophily:
                other = members[first + pick(choice, alike)]
            else:
                other = pick(choice, size)
            if other != who:
                peers[filled] = other
                filled += 1
        row = peers[begin:filled]
        row.sort()
        kept = begin
        for position in range(begin, filled):
            if position == begin or peers[position] != peers[position - 1]:
                peers[kept] = peers[position]
                kept += 1
        filled = kept
        offsets[who + 1] = filled
