"""Own audiences with a truncated power law; like-minded picks with a given chance."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import log_, power_
from simulator.compiled import inlined, kernel, rule
from simulator.dice import PEERS, inner_unit, pick, throw
from simulator.world.network import PeerNetwork

SHORT: Final = 24  # rows up to this length are sorted by insertion alone


@rule
def truncated_pareto(p: float, exponent: float, least: float, most: float) -> float:
    """Quantile of a power law with density ~ x^-exponent between `least` and `most`."""
    depth, power = pareto_terms(exponent, least, most)
    return least * power_(1.0 - p * depth, power)


@rule
def pareto_terms(exponent: float, least: float, most: float) -> tuple[float, float]:
    """Terms (d, e) of the quantile: least × (1 − p·d)^e."""
    tail = exponent - 1.0
    return 1.0 - power_(least / most, tail), -1.0 / tail


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
    offsets = np.zeros(size + 1, np.int64)
    if mean <= 0.0:
        return PeerNetwork(offsets, np.empty(0, np.int32))
    exponent = numbers["exponent"]
    longest = _draw_degrees(seed, world, rank, exponent, least_audience(exponent, mean, most), most, offsets)
    starts, members = np.zeros(topics + 2, np.int64), np.empty(size, np.int32)
    _group(topic, starts, members)
    peers = np.empty(int(offsets[-1]), np.int32)
    places, spare = np.empty(longest + 1, np.int32), np.empty(longest, np.int32)
    _draw_peers(seed, world, topic, members, starts, numbers["homophily"], offsets, peers, places, spare)
    peers.resize(int(offsets[-1]), refcheck=False)  # gives back the end; a copy would double the largest column
    return PeerNetwork(offsets, peers)


@kernel
def _draw_degrees(seed: int, world: int, rank: Any, exponent: float, least: float, most: float, offsets: Any) -> int:
    """Fill the starts of rows as long as the audiences wanted; return the longest."""
    # The fraction of a peer is settled by a word of its own, so that small audiences keep the right mean.
    longest = 0
    depth, power = pareto_terms(exponent, least, most)
    for who in range(rank.size):
        size = least * power_(1.0 - float(rank[who]) * depth, power)
        whole = int(size)
        word = throw(seed, world, who, 0, 0, PEERS, 0)[0]
        wanted = whole + (1 if inner_unit(word) < size - whole else 0)
        longest = max(longest, wanted)
        offsets[who + 1] = offsets[who] + wanted
    return longest


@kernel
def _group(topic: Any, starts: Any, members: Any) -> None:
    """People by main interest, in ascending order: those of topic t are `members[starts[t]:starts[t + 1]]`."""
    for who in range(topic.size):
        starts[topic[who] + 2] += 1
    for number in range(2, starts.size):
        starts[number] += starts[number - 1]
    for who in range(topic.size):
        place = starts[topic[who] + 1]
        members[place] = who
        starts[topic[who] + 1] = place + 1


@kernel
def _draw_peers(
    seed: int,
    world: int,
    topic: Any,
    members: Any,
    starts: Any,
    homophily: float,
    offsets: Any,
    peers: Any,
    places: Any,
    spare: Any,
) -> None:
    """Fill the rows that `offsets` leaves room for, in place; then `offsets` says where they really start."""
    size = topic.size
    filled = offsets[0]  # not 0: for a literal, Numba would compile what it is handed to once more
    end = offsets[0]
    for who in range(size):
        begin = filled
        wanted = offsets[who + 1] - end
        end = offsets[who + 1]
        first = starts[topic[who]]
        alike = starts[topic[who] + 1] - first
        for pair in range((wanted + 1) >> 1):
            word0, word1, word2, word3 = throw(seed, world, who, 0, 0, PEERS, 1 + pair)
            other = members[first + pick(word1, alike)] if inner_unit(word0) < homophily else pick(word1, size)
            peers[filled] = other
            filled += 1 if other != who else 0
            if 2 * pair + 1 < wanted:
                other = members[first + pick(word3, alike)] if inner_unit(word2) < homophily else pick(word3, size)
                peers[filled] = other
                filled += 1 if other != who else 0
        if filled - begin > SHORT:
            _spread(peers, begin, filled, size, places, spare)
        _sort(peers, begin, filled)
        filled = _drop_repetitions(peers, begin, filled)
        offsets[who + 1] = filled


@inlined
def _spread(peers: Any, begin: int, end: int, size: int, places: Any, spare: Any) -> None:
    """Bring each of many peers near its place in one pass: they are spread evenly over all people."""
    count = end - begin
    scale = count / size
    for place in range(count + 1):
        places[place] = 0
    for position in range(begin, end):
        places[int(peers[position] * scale) + 1] += 1
    for place in range(count):
        places[place + 1] += places[place]
    for position in range(begin, end):
        near = int(peers[position] * scale)
        spare[places[near]] = peers[position]
        places[near] += 1
    for position in range(count):
        peers[begin + position] = spare[position]


@inlined
def _sort(peers: Any, begin: int, end: int) -> None:
    """Sort by insertion: for few, or for many that are nearly sorted."""
    for position in range(begin + 1, end):
        peer = peers[position]
        free = position
        while free > begin and peers[free - 1] > peer:
            peers[free] = peers[free - 1]
            free -= 1
        peers[free] = peer


@inlined
def _drop_repetitions(peers: Any, begin: int, end: int) -> int:
    """Keep one of equal neighbors, and return where the rest ends."""
    kept = begin
    for position in range(begin, end):
        if position == begin or peers[position] != peers[position - 1]:
            peers[kept] = peers[position]
            kept += 1
    return kept
