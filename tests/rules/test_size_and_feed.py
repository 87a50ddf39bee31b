"""Size, room in the feed and posting frequency: published figures, directions, neutrality, the same bits compiled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.feed import effect_of_frequency, share_shown, spent_elsewhere
from simulator.rules.size import by_size, rolled_over

SIZES = st.floats(100.0, 4e8)
COUNTS = st.floats(0.0, 1000.0)
SHARES = st.floats(0.0, 1.0)


def total(followers: float, strength: float = 1.0) -> float:
    """Engagements of an account on the published curve with the roll-over."""
    return followers * rolled_over(0.035 * (followers / 1e4) ** -0.19, followers, 985_000.0, 1.6, strength)


def test_total_engagement_peaks_at_a_million_followers_and_falls_to_both_sides_alike() -> None:
    sizes = np.geomspace(1e5, 1e7, 20_001)
    assert 1.0e6 == pytest.approx(sizes[np.argmax([total(size) for size in sizes])], rel=0.005)
    assert 0.31 == pytest.approx(total(1e7) / total(1e6), abs=0.005)
    assert 0.31 == pytest.approx(total(1e5) / total(1e6), abs=0.005)


@given(SIZES, st.floats(0.0, 1.0), st.floats(1e4, 1e7), st.floats(0.0, 3.0))
def test_without_strength_or_exponent_size_changes_no_bit(size: float, rate: float, turning: float, p: float) -> None:
    assert rate == rolled_over(rate, size, turning, p, 0.0)
    assert rate == by_size(rate, size, 0.0)


@given(COUNTS, COUNTS, COUNTS, SHARES)
def test_more_arrivals_never_show_more_of_a_post(slots: float, few: float, more: float, crowding: float) -> None:
    low, high = sorted([few, more])
    assert 1.0 >= share_shown(slots, low, crowding) >= share_shown(slots, high, crowding) >= 0.0
    assert 1.0 == share_shown(slots, high, 0.0)


@pytest.mark.parametrize("posts", [2, 3, 6])
def test_beyond_the_room_reach_falls_with_one_over_the_posts(posts: int) -> None:
    assert pytest.approx(2 / posts) == share_shown(2.0, float(posts), 1.0)


@given(st.floats(0.01, 1000.0), st.floats(0.01, 1000.0))
def test_the_best_frequency_is_five_a_week_and_equally_far_is_equally_bad(factor: float, penalty: float) -> None:
    assert 1.0 == effect_of_frequency(5.0, 5.0, penalty) == effect_of_frequency(5.0 * factor, 5.0, 0.0)
    assert 1.0 >= effect_of_frequency(5.0 * factor, 5.0, 0.1)


@given(st.floats(0.01, 100.0))
def test_half_as_often_is_as_bad_as_twice_as_often(factor: float) -> None:
    assert effect_of_frequency(5.0 * factor, 5.0, 0.1) == pytest.approx(
        effect_of_frequency(5.0 / factor, 5.0, 0.1), rel=1e-9
    )


def test_a_tenfold_load_divides_the_odds_of_ordering_by_ten_to_the_exponent() -> None:
    assert np.log(10**-0.25) == pytest.approx(spent_elsewhere(10.0, -0.25))
    assert 0.0 == spent_elsewhere(1.0, -0.25) == spent_elsewhere(7.0, 0.0)


@kernel
def _compiled(a: float, b: float, c: float) -> tuple[float, float, float, float, float]:
    return (
        rolled_over(a, b, c, 1.6, 0.7), by_size(a, b, -0.3), share_shown(a, b, 0.5), effect_of_frequency(a, b, 0.2),
        spent_elsewhere(a, -0.4),
    )  # fmt: skip


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_python_and_compiled_code_give_the_same_bits(a: float, b: float, c: float) -> None:
    assert _compiled(a, b, c) == _compiled.py_func(a, b, c)  # type: ignore[attr-defined]
