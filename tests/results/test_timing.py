"""Half-lives and late shares against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.results.timing import half_life, share_after

DAYS = st.lists(st.floats(0.0, 1e6), min_size=1, max_size=60).map(np.array)


@pytest.mark.parametrize(("daily", "expected"), [([4.0], 0.5), ([1.0, 1.0], 1.0), ([0, 0, 2, 2], 3.0), ([3, 1], 2 / 3)])
def test_half_has_come_where_it_has_come(daily: list[float], expected: float) -> None:
    assert expected == pytest.approx(half_life(np.array(daily)))


def test_an_exponential_decay_has_its_own_half_life() -> None:
    """Days are finite: within a tenth of a day of the theory for a half-life of ten."""
    assert 10.0 == pytest.approx(half_life(0.5 ** (np.arange(200) / 10.0)), abs=0.1)


def test_what_comes_after_day_seven_leaves_out_days_zero_to_seven() -> None:
    assert 0.2 == share_after(np.ones(10))
    assert 0.0 == share_after(np.ones(8))


def test_nothing_has_neither() -> None:
    assert half_life(np.zeros(5)) is None is share_after(np.zeros(5))


@given(DAYS, st.integers(0, 60))
def test_half_of_it_lies_before_the_half_life_and_later_days_hold_less(daily: np.ndarray, day: int) -> None:
    if daily.sum() > 0:
        found = half_life(daily)
        assert found is not None
        assert daily[: int(found)].sum() <= daily.sum() / 2 * (1 + 1e-9)
        assert share_after(daily, day) >= share_after(daily, day + 1)  # type: ignore[operator]
