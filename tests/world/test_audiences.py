"""Audiences against binomial counts, closed forms of overlap, and the triangular spread of trust."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import within
from hypothesis import given
from hypothesis import strategies as st
from markets import BRAND, TOPICS, market
from scipy import stats

from simulator.dice import Decision, identity, inner_unit, throw
from simulator.world.audiences import (
    FIXED_POINT,
    THROWN_AT_ONCE,
    Audiences,
    AudienceWish,
    _throw_many,
    build_audiences,
    topic_chances,
)

PEOPLE = 100_000


def wish(name: str, followers: float, *, topic: int = BRAND, focus: float = 0.5, prior: float = 0.5) -> AudienceWish:
    return AudienceWish(name, identity(name), followers, topic, focus, prior, topic_ceiling=0.8)


def audiences(*wishes: AudienceWish, world: int = 0, spread: float = 0.2, size: int = PEOPLE) -> Audiences:
    topic = market(size, world=world).topic
    return build_audiences(
        3, world, topic, topic_shares=TOPICS, brand_topic=BRAND, trust_spread=spread, wishes=wishes
    )  # fmt: skip


def within_binomial(expected: float, count: float, trials: float) -> bool:
    """Whether a count lies within four standard errors of its expectation."""
    chance = expected / trials
    return abs(count - expected) <= 4 * math.sqrt(trials * chance * (1 - chance))


@pytest.mark.parametrize("focus", [0.0, 0.25, 0.75, 1.0])
def test_an_audience_has_its_size_and_its_share_of_the_topic(focus: float) -> None:
    """Of the followers, focus + (1 − focus) × the topic's share have it as main interest."""
    sizes, shares = [], []
    for world in range(6):
        found = audiences(wish("a", 9_000, focus=focus), world=world)
        sizes.append(found.person.size)
        shares.append(found.brand_share[0] * found.person.size)
    assert within_binomial(6 * 9_000, sum(sizes), 6 * PEOPLE)
    share = focus + (1 - focus) * TOPICS[BRAND]
    assert within_binomial(share * sum(sizes), sum(shares), sum(sizes))


def test_another_topic_follows_its_creator_and_leaves_the_brands_its_part() -> None:
    found = audiences(wish("a", 9_000, topic=3, focus=0.6))
    topics = market(PEOPLE).topic[found.person]
    size = topics.size
    assert within_binomial(size * (0.6 + 0.4 * TOPICS[3]), np.count_nonzero(topics == 3), size)
    assert within_binomial(size * 0.4 * TOPICS[BRAND], found.brand_share[0] * size, size)


@given(st.floats(1.0, 1e6), st.floats(0.0, 1.0), st.floats(0.01, 0.99), st.integers(1_000, 10_000_000))
def test_chances_give_the_expected_audience_wherever_the_market_is_large_enough(
    followers: float, focus: float, share: float, size: int
) -> None:
    inside, outside = topic_chances(wish("a", followers, focus=focus), size, share)
    assert 0.0 <= inside <= 0.8
    assert 0.0 <= outside <= 1.0
    expected = size * (share * inside + (1 - share) * outside)
    if outside < 1.0:
        assert expected == pytest.approx(followers, rel=1e-9)
    else:
        assert expected <= followers


def test_where_the_topic_runs_out_others_follow_instead() -> None:
    """20,000 care for the topic, 25,000 would be wanted: 80% of them come, and the size is kept."""
    found = audiences(wish("a", 30_000, focus=0.8))
    topic = market(PEOPLE).topic
    fans, inside = np.count_nonzero(topic == BRAND), np.count_nonzero(topic[found.person] == BRAND)
    assert within_binomial(0.8 * fans, inside, fans)
    assert within_binomial(30_000, found.person.size, PEOPLE)


def test_rows_ascend_without_repetition() -> None:
    found = audiences(wish("a", 9_000), wish("b", 20_000, focus=0.1))
    for creator in (0, 1):
        assert np.all(np.diff(found.person[found.edges(creator)]) > 0)
    assert found.offsets[-1] == found.person.size == found.trust.size


def test_overlap_of_independent_audiences_has_its_closed_form() -> None:
    """Of N people of a topic, N × (1 − Π(1 − chance)) follow at least one of five creators."""
    wishes = [wish(f"a#{k}", 5_000 + 4_000 * k, topic=k % 3, focus=0.3 * (k % 4)) for k in range(5)]
    counts = np.bincount(market(PEOPLE).topic, minlength=len(TOPICS))
    chances = np.array([topic_chances(w, PEOPLE, TOPICS[w.topic]) for w in wishes])
    mean = variance = 0.0
    for topic, people in enumerate(counts):
        follows = np.where([w.topic == topic for w in wishes], chances[:, 0], chances[:, 1])
        any_of = 1.0 - np.prod(1.0 - follows)
        mean += people * any_of
        variance += people * any_of * (1.0 - any_of)
    union = np.unique(audiences(*wishes).person).size
    assert abs(union - mean) <= 4 * math.sqrt(variance)


def test_a_creator_more_leaves_the_audiences_of_the_others() -> None:
    a, b, c = wish("a", 4_000), wish("b", 6_000, topic=0), wish("c", 9_000)
    few, many = audiences(a, c), audiences(a, b, c)
    for before, after in ((0, 0), (1, 2)):
        assert np.array_equal(few.person[few.edges(before)], many.person[many.edges(after)])
        assert np.array_equal(few.trust[few.edges(before)], many.trust[many.edges(after)])
        assert few.trust_sum[before] == many.trust_sum[after]


def test_audiences_of_equal_creators_differ() -> None:
    found = audiences(wish("a", 4_000), wish("b", 4_000))
    shared = np.intersect1d(found.person[found.edges(0)], found.person[found.edges(1)]).size
    assert 0 < shared < 2_000


def test_followers_of_a_creator_and_trust_have_other_dice_in_other_worlds() -> None:
    one, other = audiences(wish("a", 4_000)), audiences(wish("a", 4_000), world=1)
    assert not np.array_equal(one.person, other.person)
    again = audiences(wish("a", 4_000))
    assert np.array_equal(one.person, again.person)
    assert np.array_equal(one.trust, again.trust)


@pytest.mark.parametrize(("prior", "spread"), [(0.5, 0.2), (0.3, 0.05), (0.6, 0.35)])
def test_trust_is_triangular_around_its_prior(prior: float, spread: float) -> None:
    """Mean at the prior, variance spread² / 6."""
    trust = audiences(wish("a", 20_000, prior=prior), spread=spread).trust.astype(float)
    assert within(prior, trust)
    assert within(spread**2 / 6, (trust - prior) ** 2)
    assert stats.kstest(trust, stats.triang(0.5, prior - spread, 2 * spread).cdf).pvalue > 1e-4


def test_trust_stays_between_none_and_all() -> None:
    """Around a prior of 0.9 a spread of 0.4 is cut at 1: half the square of what lies above of the triangle."""
    trust = audiences(wish("a", 20_000, prior=0.9), spread=0.4).trust
    assert 0.0 <= trust.min() <= trust.max() == 1.0
    assert within(0.5 * 0.75**2, trust == 1.0)


def test_the_sum_of_trust_is_exact_in_fixed_point() -> None:
    found = audiences(wish("a", 20_000), wish("b", 3_000, prior=0.4))
    for creator in (0, 1):
        trust = found.trust[found.edges(creator)].astype(float)
        assert found.trust_sum[creator] == sum(int(value * FIXED_POINT) for value in trust)


def test_nobody_follows_nobody() -> None:
    found = audiences()
    assert (0, 1) == (found.person.size, found.offsets.size)


@pytest.mark.parametrize("first", [0, 1, 255, 2_500_000, 2**32 - THROWN_AT_ONCE])
@pytest.mark.parametrize(("seed", "world", "about"), [(0, 0, 0), (3, 1, 12345), (2**32 - 1, 2**32 - 2, 2**32 - 1)])
def test_dice_thrown_at_once_are_the_dice_thrown_singly(seed: int, world: int, about: int, first: int) -> None:
    words = np.empty(4 * THROWN_AT_ONCE, np.uint32)
    _throw_many(seed, world, first, about, words)
    expected = [throw(seed, world, first + i, about, 0, Decision.FOLLOWS, 0) for i in range(THROWN_AT_ONCE)]
    assert expected == [tuple(block) for block in words.reshape(4, THROWN_AT_ONCE).T.tolist()]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 1023, 1024, 1025, 2050])
@pytest.mark.parametrize(("share", "focus"), [(0.0, 0.5), (0.002, 0.9), (0.05, 1.0), (0.4, 0.2), (1.0, 0.0)])
def test_who_follows_is_told_by_the_own_die(size: int, share: float, focus: float) -> None:
    a = wish("a", share * size, focus=focus)
    topic = market(size).topic
    inside, outside = topic_chances(a, size, TOPICS[BRAND])
    expected = []
    for who in range(size):
        word = throw(3, 0, who >> 2, a.about, 0, Decision.FOLLOWS, 0)[who & 3]
        if inner_unit(word) < (inside if topic[who] == BRAND else outside):
            expected.append(who)
    assert expected == audiences(a, size=size).person.tolist()
