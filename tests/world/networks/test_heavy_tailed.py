"""The peer network: valid rows, the degrees and like-minded shares of theory, and the same dice every time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import within
from hypothesis import given
from hypothesis import strategies as st
from markets import TOPICS, market
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from simulator.dice import Decision, inner_unit, pick, throw
from simulator.world.networks.heavy_tailed import (
    SHORT,
    PeerNetwork,
    _drop_repetitions,
    _sort,
    _spread,
    build,
    least_audience,
    truncated_pareto,
    truncated_pareto_mean,
)
from simulator.world.people import People

PEOPLE = 200_000
NUMBERS = {"exponent": 2.0, "mean_peers": 10.0, "most_peers": 10_000.0, "homophily": 0.45}


def network(people: People, world: int = 0, **numbers: float) -> PeerNetwork:
    return build(3, world, people.topic, people.rank, len(TOPICS), {**NUMBERS, **numbers})


def owners(net: PeerNetwork) -> np.ndarray:
    """Whose peer each entry is."""
    return np.repeat(np.arange(net.offsets.size - 1), np.diff(net.offsets))


@pytest.fixture(scope="module")
def people() -> People:
    return market(PEOPLE)


@pytest.fixture(scope="module")
def net(people: People) -> PeerNetwork:
    return network(people)


powers = st.floats(1.05, 4.0)
ends = st.tuples(st.floats(0.01, 50.0), st.floats(1.1, 1e5)).map(lambda pair: (pair[0], pair[0] * pair[1]))


@given(powers, ends, st.floats(0.0, 1.0))
def test_sizes_are_quantiles_of_the_truncated_power_law(exponent: float, ends: tuple[float, float], p: float) -> None:
    least, most = ends
    expected = stats.truncpareto.ppf(p, exponent - 1, most / least, scale=least)
    assert truncated_pareto(p, exponent, least, most) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("exponent", [1.2, 1.8, 2.0, 2.3, 3.5])
@pytest.mark.parametrize(("least", "most"), [(0.3, 40.0), (1.5, 10_000.0), (5.0, 6.0)])
def test_the_mean_of_the_truncated_power_law_is_its_integral(exponent: float, least: float, most: float) -> None:
    """With x = e^u, so that the tail is smooth."""
    bounds = (math.log(least), math.log(most))
    weight = quad(lambda u: math.exp(u * (1 - exponent)), *bounds)[0]
    expected = quad(lambda u: math.exp(u * (2 - exponent)), *bounds)[0] / weight
    assert truncated_pareto_mean(exponent, least, most) == pytest.approx(expected, rel=1e-9)


@given(powers, st.floats(0.05, 100.0), st.floats(1.01, 1e4))
def test_the_least_audience_gives_the_mean_wanted(exponent: float, mean: float, factor: float) -> None:
    most = mean * factor
    least = least_audience(exponent, mean, most)
    assert 0.0 < least <= mean
    if least > 1e-8:  # a flat power law of small mean would need less than its lower bound
        assert truncated_pareto_mean(exponent, least, most) == pytest.approx(mean, rel=1e-6)


def test_rows_ascend_without_oneself_and_without_repetition(net: PeerNetwork) -> None:
    who = owners(net)
    same_row = who[1:] == who[:-1]
    assert np.all(net.peers[1:][same_row] > net.peers[:-1][same_row])
    assert not np.any(net.peers == who)
    assert 0 <= net.peers.min() <= net.peers.max() < PEOPLE
    assert net.offsets[0] == 0
    assert net.offsets[-1] == net.peers.size


def distinct_others(draws: np.ndarray, alike: np.ndarray, homophily: float) -> np.ndarray:
    """Expected different others among independent draws, of which a share comes from the `alike` people."""
    inside = homophily / alike + (1 - homophily) / PEOPLE
    outside = (1 - homophily) / PEOPLE
    never = (alike - 1) * (1 - inside) ** draws + (PEOPLE - alike) * (1 - outside) ** draws
    return PEOPLE - 1 - never


def test_the_mean_audience_is_the_mean_wanted_less_repetitions(people: People, net: PeerNetwork) -> None:
    """Sizes average 10; given its size, a row is short by the expected repetitions and picks of oneself."""
    least = least_audience(2.0, 10.0, 10_000.0)
    sizes = least / (1.0 - people.rank.astype(float) * (1.0 - least / 10_000.0))  # the power law of exponent 2
    assert within(10.0, sizes)
    alike = np.bincount(people.topic)[people.topic].astype(float)
    whole = np.floor(sizes)
    low, high = (distinct_others(draws, alike, 0.45) for draws in (whole, whole + 1))
    expected = low + (sizes - whole) * (high - low)
    assert within(0.0, np.diff(net.offsets) - expected)


def log_likelihood(exponent: float, values: np.ndarray, counts: np.ndarray) -> float:
    """Of whole sizes: a size x falls on k with weight 1 − |x − k|, by Gauss and Legendre on each side."""
    x, w = np.polynomial.legendre.leggauss(12)
    half = 0.5 * (x + 1.0)
    everywhere = np.arange(values[0], values[-1] + 1.0)
    left = ((everywhere[:, None] - 1 + half) ** -exponent * half) @ w
    right = ((everywhere[:, None] + half) ** -exponent * (1 - half)) @ w
    chance = (left + right) / (left + right).sum()
    return float(counts @ np.log(chance[(values - values[0]).astype(int)]))


@pytest.mark.parametrize("exponent", [1.8, 2.0, 2.3])
def test_the_tail_has_its_exponent(people: People, exponent: float) -> None:
    """Maximum likelihood on audiences of 20 to 500, where repetitions are rare."""
    degrees = np.diff(network(people, exponent=exponent, homophily=0.0).offsets)
    values, counts = np.unique(degrees[(degrees >= 20) & (degrees <= 500)], return_counts=True)

    def loss(guess: float) -> float:
        return -log_likelihood(guess, values, counts)

    best = minimize_scalar(loss, bounds=(1.2, 3.5), method="bounded", options={"xatol": 1e-6}).x
    curvature = (loss(best + 0.01) - 2 * loss(best) + loss(best - 0.01)) / 0.01**2
    assert abs(best - exponent) < 4 / math.sqrt(curvature)


@pytest.mark.parametrize("homophily", [0.0, 0.45, 1.0])
def test_the_share_of_like_minded_peers(people: People, homophily: float) -> None:
    """homophily + (1 − homophily) × the topic's share, in rows short enough to be free of repetitions."""
    net = network(people, homophily=homophily)
    who = owners(net)
    short = np.diff(net.offsets)[who] <= 50
    alike = people.topic[who] == people.topic[net.peers]
    for topic in range(len(TOPICS)):
        chosen = short & (people.topic[who] == topic)
        expected = homophily + (1 - homophily) * np.mean(people.topic == topic)
        if homophily == 1.0:
            assert np.all(alike[chosen])
        else:
            assert within(expected, alike[chosen])


def test_without_peers_all_rows_are_empty(people: People) -> None:
    assert 0 == network(people, mean_peers=0.0).peers.size


def test_the_same_dice_build_the_same_network_and_others_another() -> None:
    people = market(3000)
    base, again, other = network(people), network(people), network(people, world=1)
    assert np.array_equal(base.offsets, again.offsets)
    assert np.array_equal(base.peers, again.peers)
    assert not np.array_equal(base.offsets, other.offsets)
    assert not np.array_equal(base.peers, other.peers)


def test_a_larger_audience_goes_with_a_higher_rank() -> None:
    people = market(20_000)
    degrees = np.diff(network(people, homophily=0.0).offsets)
    assert np.all(np.diff(degrees[np.argsort(people.rank)][::50]) >= -2)  # but for a lost repetition or fraction


def plain_row(people: People, who: int, homophily: float, most: float) -> list[int]:
    """The peers of one person, thrown and sorted in plain Python."""
    size = people.topic.size
    like_minded = np.flatnonzero(people.topic == people.topic[who]).tolist()
    rank = float(people.rank[who])
    wanted = truncated_pareto(rank, 2.0, least_audience(2.0, 10.0, most), most)
    fraction = inner_unit(throw(3, 0, who, 0, 0, Decision.PEERS, 0)[0])
    row = set()
    for j in range(int(wanted) + (fraction < wanted - int(wanted))):
        words = throw(3, 0, who, 0, 0, Decision.PEERS, 1 + j // 2)
        kind, choice = words[2 * (j % 2)], words[2 * (j % 2) + 1]
        alike = inner_unit(kind) < homophily
        row.add(like_minded[pick(choice, len(like_minded))] if alike else pick(choice, size))
    return sorted(row - {who})


@pytest.mark.parametrize(("size", "homophily"), [(1_500, 0.45), (1_500, 1.0), (900, 0.0), (7, 0.5), (1, 0.5)])
def test_a_row_is_what_its_dice_say(size: int, homophily: float) -> None:
    people = market(size)
    net = network(people, homophily=homophily)
    rows = [net.peers[net.offsets[who] : net.offsets[who + 1]].tolist() for who in range(size)]
    most = min(10_000.0, max(1.0, size / 4.0))
    assert [plain_row(people, who, homophily, min(most, 10_000.0)) for who in range(size)] == rows
    if size > 1_000:
        assert max(len(row) for row in rows) > 4 * SHORT  # both ways of sorting were used


@given(st.integers(1, 10_000_000).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n - 1), min_size=1))))
def test_any_peers_are_sorted_without_repetition(case: tuple[int, list[int]]) -> None:
    size, drawn = case
    peers = np.array([-1, *drawn, -2], np.int32)
    end = len(drawn) + 1
    _spread.py_func(peers, 1, end, size, np.empty(end + 1, np.int32), np.empty(end, np.int32))
    assert sorted(drawn) == sorted(peers[1:end].tolist())
    _sort.py_func(peers, 1, end)
    kept = _drop_repetitions.py_func(peers, 1, end)
    assert sorted(set(drawn)) == peers[1:kept].tolist()
    assert (-1, -2) == (peers[0], peers[-1])
