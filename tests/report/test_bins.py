"""Bins have round borders, zero among them, and lose no value."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.bins import MOST_BINS, compact, counts, edges, significant, ticks, window

ENDS = st.floats(-1e6, 1e6)


@given(low=ENDS, span=st.floats(1e-3, 1e6))
def test_bins_cover_their_window_with_not_many_more_than_forty(low: float, span: float) -> None:
    borders = edges(low, low + span)
    assert borders[0] <= low + 1e-9 * abs(low)
    assert borders[-1] >= low + span
    assert 2 <= len(borders) <= MOST_BINS + 3


@given(low=st.floats(-1e5, -1e-2), high=st.floats(1e-2, 1e5))
def test_zero_is_a_border_wherever_it_is_inside(low: float, high: float) -> None:
    assert 0.0 in edges(low, high)


@given(values=st.lists(st.floats(-10, 10), min_size=1, max_size=50))
def test_every_value_is_in_one_bin_or_beyond(values: list[float]) -> None:
    found, below, above = counts(np.array(values), edges(-3.0, 3.0))
    assert len(values) == found.sum() + below + above


def test_a_value_on_a_border_is_in_the_bin_above_it() -> None:
    found, below, above = counts(np.array([-1.0, 0.0, 0.0, 0.5, 1.0]), np.array([-1.0, 0.0, 1.0]))
    assert ([1.0, 3.0], 0, 1) == (list(found), below, above)


def test_a_window_leaves_out_the_long_tail_but_not_what_must_be_seen() -> None:
    values = np.append(np.arange(1000.0), [-1e6] * 10 + [1e6] * 10)
    low, high = window([values])
    assert -200.0 < low < 0.0
    assert 1000.0 < high < 1200.0
    assert (-5000.0, 5000.0) == window([values], -5000.0, 5000.0)


def test_a_window_ends_where_the_runs_end() -> None:
    assert (-1.0, 8.0) == window([np.linspace(-1.0, 8.0, 50)])
    assert (6.5, 7.5) == window([np.full(10, 7.0)])


def test_a_compact_table_has_seven_digits_and_keeps_whole_numbers_and_words() -> None:
    table = compact(pd.DataFrame({"arm": ["one"], "runs": [123456789], "share": [1 / 3]}))
    assert ("one", 123456789, 0.3333333) == tuple(table.iloc[0])


@pytest.mark.parametrize(("value", "kept"), [(0.0, 0.0), (-1234.56789, -1234.568), (1e-12 / 3, 3.333333e-13)])
def test_seven_digits_are_kept_of_any_size(value: float, kept: float) -> None:
    assert kept == significant(value)


def test_ticks_are_round_few_and_inside() -> None:
    assert [-200.0, 0.0, 200.0, 400.0] == ticks(-250.0, 480.0)
    assert [0.0, 0.1, 0.2, 0.3] == ticks(0.0, 0.39)
