"""Traits of people against the moments and correlations they are drawn to have."""

from __future__ import annotations

import math

import numpy as np
import pytest
from campaigns import within
from hypothesis import given
from hypothesis import strategies as st
from markets import BRAND, TOPICS, market
from scipy import stats

from simulator.world.people import ACTIVITY_CLASSES, ACTIVITY_ROWS, activity_table, affinity_terms, build_people

PEOPLE = 200_000
LEVEL = 1e-4  # keys are fixed: a test always passes or always fails


@given(st.floats(0.001, 0.999), st.floats(0.0, 1.0))
def test_affinity_terms_have_mean_zero_and_variance_one(topic_share: float, explained: float) -> None:
    matched, unmatched, spread = affinity_terms(topic_share, explained)
    between = topic_share * matched**2 + (1 - topic_share) * unmatched**2
    assert topic_share * matched + (1 - topic_share) * unmatched == pytest.approx(0.0, abs=1e-12)
    assert between == pytest.approx(explained, abs=1e-12)
    assert between + spread**2 == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("explained", [0.2, 0.5, 0.8])
def test_affinity_has_mean_zero_variance_one_and_the_share_explained_by_topic(explained: float) -> None:
    people = market(PEOPLE, explained=explained)
    affinity = people.affinity.astype(float)
    matched = people.topic == BRAND
    assert within(0.0, affinity)
    assert within(1.0, affinity**2)
    share = matched.mean()
    between = share * affinity[matched].mean() ** 2 + (1 - share) * affinity[~matched].mean() ** 2
    error = 2 * math.sqrt(explained) * (1 - explained) / math.sqrt(PEOPLE)  # of a squared correlation
    # The realized share of the topic moves the variance between, too: by its own error over share and rest.
    error += explained * math.sqrt(TOPICS[BRAND] * (1 - TOPICS[BRAND]) / PEOPLE) / TOPICS[BRAND]
    assert abs(between - explained) < 4 * error


def test_affinity_within_a_topic_is_normal() -> None:
    people = market(20_000)
    matched, _, spread = affinity_terms(TOPICS[BRAND], 0.5)
    sample = people.affinity[people.topic == BRAND]
    assert stats.kstest(sample, stats.norm(matched, spread).cdf).pvalue > LEVEL


@pytest.mark.parametrize("correlation", [-0.6, -0.3, 0.0])
def test_susceptibility_is_standard_and_correlates_with_the_normal_score_of_rank(correlation: float) -> None:
    people = market(PEOPLE, correlation=correlation)
    susceptibility, rank = people.susceptibility.astype(float), people.rank.astype(float)
    assert within(0.0, susceptibility)
    assert within(1.0, susceptibility**2)
    found = np.corrcoef(susceptibility, stats.norm.ppf(rank))[0, 1]
    assert abs(found - correlation) < 4 * (1 - correlation**2) / math.sqrt(PEOPLE)
    ranked = stats.spearmanr(susceptibility, rank).statistic  # Pearson 1907: of bivariate normals
    assert abs(ranked - 6 / math.pi * math.asin(correlation / 2)) < 4 * 1.07 / math.sqrt(PEOPLE)


def test_topics_have_their_shares_and_other_traits_are_uniform_and_unrelated() -> None:
    people = market(PEOPLE)
    counts = np.bincount(people.topic, minlength=len(TOPICS))
    assert stats.chisquare(counts, np.array(TOPICS) * PEOPLE).pvalue > LEVEL
    assert stats.chisquare(np.bincount(people.activity, minlength=ACTIVITY_CLASSES)).pvalue > LEVEL
    assert stats.kstest(people.rank, "uniform").pvalue > LEVEL
    for one, other in (("activity", "affinity"), ("activity", "rank"), ("affinity", "rank"), ("topic", "activity")):
        found = np.corrcoef(getattr(people, one), getattr(people, other))[0, 1]
        assert abs(found) < 4 / math.sqrt(PEOPLE), (one, other)


def test_a_market_of_one_topic_has_affinity_all_the_same() -> None:
    people = build_people(
        3, 0, 50_000, topic_shares=(1.0,), brand_topic=0, topic_affinity_share=0.5, influence_correlation=0.0
    )
    assert within(0.0, people.affinity)
    assert within(1.0, people.affinity.astype(float) ** 2)


def test_a_person_is_the_same_in_a_larger_market() -> None:
    small, large = market(1000), market(5000)
    for few, many in zip(small, large, strict=True):
        assert np.array_equal(few, many[:1000])


def test_another_world_or_seed_is_other_people() -> None:
    base, world, seed = market(1000), market(1000, world=1), market(1000, seed=4)
    for k, column in enumerate(base):
        assert np.array_equal(column, market(1000)[k])
        assert not np.array_equal(column, world[k])
        assert not np.array_equal(column, seed[k])


REACHES = (np.arange(ACTIVITY_ROWS) / (ACTIVITY_ROWS - 1)) ** 2
ROWS = [row for row in range(ACTIVITY_ROWS) if 0.02 < REACHES[row] < 0.98]


def beta_of(reach: float, correlation: float) -> stats.rv_continuous:
    return stats.beta(reach * (1 / correlation - 1), (1 - reach) * (1 / correlation - 1))


@pytest.mark.parametrize("correlation", [0.1, 0.3, 0.5])
def test_classes_of_activity_are_slices_of_the_beta_distribution(correlation: float) -> None:
    """Mean, intra-class correlation, and each class between the quantiles that bound its slice."""
    table = activity_table(correlation)
    for row in ROWS:
        reach = REACHES[row]
        assert table[row].mean() == pytest.approx(reach, abs=1e-10)
        # 256 slices lose the variance within them: less than a hundredth from a reach of 2% up.
        assert table[row].var() == pytest.approx(correlation * reach * (1 - reach), rel=0.01)
        edges = beta_of(reach, correlation).ppf(np.arange(ACTIVITY_CLASSES + 1) / ACTIVITY_CLASSES)
        assert np.all(table[row] >= edges[:-1] - 1e-9)
        assert np.all(table[row] <= edges[1:] + 1e-9)


def test_a_class_holds_the_mean_of_its_slice() -> None:
    """By Gauss and Legendre over the quantiles of the slice."""
    x, w = np.polynomial.legendre.leggauss(20)
    table = activity_table(0.3)
    for row in (12, 24, 34):
        beta = beta_of(REACHES[row], 0.3)
        for activity in (60, 128, 200):
            inside = (activity + 0.5 * (x + 1.0)) / ACTIVITY_CLASSES
            assert table[row, activity] == pytest.approx(0.5 * float(w @ beta.ppf(inside)), rel=1e-8)


def test_nobody_sees_a_post_without_reach_and_everybody_one_of_full_reach() -> None:
    table = activity_table(0.3)
    assert {0.0} == set(table[0].tolist())
    assert {1.0} == set(table[-1].tolist())
