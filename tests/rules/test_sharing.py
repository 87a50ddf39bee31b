"""Sharing: by size, and as far as people may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.sharing import share_allowed, share_by_size

share = st.floats(0.0, 1.0)
followers = st.floats(1_000.0, 1e8)
slopes = st.floats(-0.5, 0.5)


@kernel
def compiled(shares, comments, followers, slope, banned):
    return share_allowed(share_by_size(shares, comments, followers, slope), banned)


@given(share, st.floats(-0.5, 0.5))
def test_ten_times_the_followers_multiply_the_share_by_ten_to_the_slope(part: float, slope: float) -> None:
    small = 0.01 * part
    found = share_by_size(small, 0.1, 100_000.0, slope)
    assert found == pytest.approx(small * 10.0**slope)
    assert small == pytest.approx(share_by_size(small, 0.1, 10_000.0, slope))


@given(share, share, followers, slopes)
def test_comments_stay_as_many(part: float, rest: float, size: float, slope: float) -> None:
    shares, comments = 0.5 * part, 0.5 * rest
    found = share_by_size(shares, comments, size, slope)
    assert 0.0 <= found <= 1.0
    assert found + comments <= 1.0 + 1e-12


@given(share, share, followers)
def test_no_slope_and_no_ban_change_no_bit(part: float, rest: float, size: float) -> None:
    assert 0.5 * part == share_by_size(0.5 * part, 0.5 * rest, size, 0.0)
    assert part == share_allowed(part, 0.0)


@given(share, share)
def test_what_is_forbidden_is_missing(part: float, banned: float) -> None:
    assert part - part * banned == pytest.approx(share_allowed(part, banned))
    assert 0.0 == share_allowed(part, 1.0)


@given(share, share, followers, slopes, share)
def test_compiled_and_plain_agree(part: float, rest: float, size: float, slope: float, banned: float) -> None:
    plain = share_allowed(share_by_size(0.5 * part, 0.5 * rest, size, slope), banned)
    assert plain == compiled(0.5 * part, 0.5 * rest, size, slope, banned)
