"""Views over time against the published totals and scipy; views over people against the mean they must keep."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import weibull_min

from simulator.compiled import kernel
from simulator.rules.attention import age_when_seen, chance_of_class, share_seen_by_age, views_by
from simulator.world.people import ACTIVITY_CLASSES, activity_table

SHAPE, SCALE, LIFETIME = 0.22, 2.8, 30  # the default fit to 300,000 posts (CampaignDeus)


@kernel
def chances(table, reach, found):
    for activity in range(found.size):
        found[activity] = chance_of_class(table, activity, reach)


@given(st.floats(0.01, 5000.0), st.floats(0.1, 3.0), st.floats(0.1, 200.0))
def test_views_follow_the_weibull_curve(hours: float, shape: float, scale: float) -> None:
    assert views_by(hours, shape, scale) == pytest.approx(weibull_min.cdf(hours, shape, scale=scale), abs=1e-13)


@pytest.mark.parametrize(
    ("published", "hours"),
    [(0.80, 24), (0.90, 5 * 24), (0.55, 1)],
    ids=["a day (CampaignDeus)", "five days (CampaignDeus)", "an hour (the fit; Takumi 2016 says half)"],
)
def test_the_default_curve_gives_the_published_totals(published: float, hours: int) -> None:
    """The fitted curve meets them within a point; counting from the whole of 30 days adds up to three points."""
    assert abs(published - views_by(hours, SHAPE, SCALE)) <= 0.01
    assert abs(published - views_by(hours, SHAPE, SCALE) / views_by(24.0 * LIFETIME, SHAPE, SCALE)) <= 0.03


def test_the_share_seen_by_an_age_counts_from_the_whole_lifetime() -> None:
    for age in range(LIFETIME):
        expected = weibull_min.cdf(24 * (age + 1), SHAPE, scale=SCALE) / weibull_min.cdf(720, SHAPE, scale=SCALE)
        assert share_seen_by_age(age, LIFETIME, SHAPE, SCALE) == pytest.approx(expected, rel=1e-13)


def test_by_the_end_of_its_lifetime_a_post_has_all_its_views() -> None:
    assert 1.0 == share_seen_by_age(LIFETIME - 1, LIFETIME, SHAPE, SCALE)


@given(st.floats(0.0, 0.9), st.sampled_from([0.0, 0.1, 0.2, 0.3]))
def test_the_mean_chance_over_classes_is_the_reach(reach: float, correlation: float) -> None:
    found = np.empty(ACTIVITY_CLASSES)
    chances(activity_table(correlation), reach, found)
    assert found.mean() == pytest.approx(reach, abs=1e-9)
    assert 0.0 <= found.min() <= found.max() <= 1.0


@given(st.floats(0.0, 0.85), st.integers(0, ACTIVITY_CLASSES - 2))
def test_who_is_more_active_never_sees_less(reach: float, activity: int) -> None:
    table = activity_table(0.3)
    assert chance_of_class(table, activity, reach) <= chance_of_class(table, activity + 1, reach) + 1e-12


@given(st.floats(0.0, 0.85), st.floats(0.0, 0.85), st.integers(0, ACTIVITY_CLASSES - 1))
def test_more_reach_never_lowers_anyones_chance(reach: float, other: float, activity: int) -> None:
    low, high = sorted((reach, other))
    table = activity_table(0.3)
    assert chance_of_class(table, activity, low) <= chance_of_class(table, activity, high) + 1e-12


@pytest.mark.parametrize("reach", [0.0, 0.25, 1.0])
def test_without_correlation_everyone_has_the_same_chance(reach: float) -> None:
    table = activity_table(0.0)
    assert {reach} == {chance_of_class(table, activity, reach) for activity in range(ACTIVITY_CLASSES)}


@pytest.mark.parametrize("chance", [0.05, 0.37, 1.0])
def test_ages_split_views_exactly_by_the_curve(chance: float) -> None:
    """Dice at the middles of equal cells: each age takes its share of them, but for the cells on its two borders."""
    curve = np.array([share_seen_by_age(age, LIFETIME, SHAPE, SCALE) for age in range(LIFETIME)])
    dice = (np.arange(20_000) + 0.5) / 20_000
    ages = np.array([age_when_seen(die, chance, curve) for die in dice])
    counts = np.bincount(ages + 1, minlength=LIFETIME + 1)
    assert abs(counts[0] - dice.size * (1.0 - chance)) <= 1.0
    expected = chance * dice.size * np.diff(curve, prepend=0.0)
    assert np.all(np.abs(counts[1:] - expected) <= 1.0)


def test_a_lower_die_is_an_earlier_view() -> None:
    curve = np.array([0.5, 0.8, 1.0])
    ages = [age_when_seen(die, 0.6, curve) for die in np.linspace(0.0, 0.5999, 200)]
    assert all(before <= after for before, after in pairwise(ages))
    assert [0, 2, -1] == [ages[0], ages[-1], age_when_seen(0.6, 0.6, curve)]
