"""Kinds, lags and credit: shares counted over a fine grid of dice, and the truth table of attribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.conversion import click_counts, code_entered, credited_author, order_lag
from simulator.rules.engagement import engagement_kind
from simulator.rules.facts import ADS, BY_CODE, BY_LINK, COMMENT, LIKE, NOBODY, SHARE, UNTRACKED, Post
from simulator.rules.sharing import share_of_peer_engagements

CELLS = 5_000
GRID = [(cell + 0.5) / CELLS for cell in range(CELLS)]  # dice in the middles of equal cells


@pytest.mark.parametrize(("comment", "share"), [(0.03, 0.009), (0.4, 0.6), (0.0, 1.0), (0.25, 0.0), (0.0, 0.0)])
def test_kinds_have_their_shares(comment: float, share: float) -> None:
    post = Post(0.0, 0.0, 0.0, 0.0, comment, share, 0.5, 0.0)
    kinds = [engagement_kind(die, post) for die in GRID]
    for kind, expected in ((SHARE, share), (COMMENT, comment), (LIKE, 1.0 - share - comment)):
        assert abs(kinds.count(kind) - expected * CELLS) <= 1.0


@pytest.mark.parametrize("half_life", [0.5, 1.0, 3.0, 10.0])
def test_the_lag_of_orders_is_geometric_with_its_half_life(half_life: float) -> None:
    """P(at least k days) = 2^(−k / half-life)."""
    lags = np.array([order_lag(die, half_life) for die in GRID])
    for days in (0, 1, 2, 3, 5, 10, 20, 40):
        assert abs(np.count_nonzero(lags >= days) - CELLS * 2.0 ** (-days / half_life)) <= 1.0


@given(st.floats(2.0**-33, 1.0 - 2.0**-33), st.floats(0.0, 3650.0))
def test_a_lag_is_a_number_of_days_that_ends(die: float, half_life: float) -> None:
    assert 0 <= order_lag(die, half_life) <= 9_999


def test_no_half_life_is_the_same_day() -> None:
    assert {0} == {order_lag(die, 0.0) for die in GRID[::50]}


A, B = 4, 7  # authors
ENTERS, MISSES = 0.005, 0.95  # dice below and above both chances of entering a code
LEAKS = 0.3  # enters one's own code, but no leaked one
TABLE = {
    "a tracked link in time": (A, 5, BY_LINK, NOBODY, MISSES, A),
    "a tracked link on the window's last day": (A, 30, BY_LINK, NOBODY, MISSES, A),
    "a tracked link too long ago": (A, 31, BY_LINK, NOBODY, ENTERS, NOBODY),
    "a link too long ago, a leaked code entered": (A, 31, BY_LINK, B, ENTERS, B),
    "an advert in time": (ADS, 0, UNTRACKED, NOBODY, MISSES, ADS),
    "an advert in time beats a leaked code": (ADS, 0, UNTRACKED, B, ENTERS, ADS),
    "an advert too long ago": (ADS, 40, UNTRACKED, NOBODY, ENTERS, NOBODY),
    "a code after a click, entered": (A, 5, BY_CODE, NOBODY, LEAKS, A),
    "a code after a click, missed": (A, 5, BY_CODE, A, MISSES, NOBODY),
    "a code after a click too long ago leaks at its own rate": (A, 40, BY_CODE, A, LEAKS, NOBODY),
    "a code after a click too long ago, leaked": (A, 40, BY_CODE, A, ENTERS, A),
    "an untracked author's click": (A, 5, UNTRACKED, NOBODY, ENTERS, NOBODY),
    "an untracked author's click hides a leaked code": (A, 5, UNTRACKED, B, ENTERS, NOBODY),
    "no click, a leaked code entered": (NOBODY, 0, UNTRACKED, B, ENTERS, B),
    "no click, a code out but not entered": (NOBODY, 0, UNTRACKED, B, LEAKS, NOBODY),
    "no click, no code": (NOBODY, 0, UNTRACKED, NOBODY, ENTERS, NOBODY),
}


@pytest.mark.parametrize(("clicked", "days", "tracking", "coded", "die", "expected"), TABLE.values(), ids=TABLE)
def test_credit_goes_to(clicked: int, days: int, tracking: int, coded: int, die: float, expected: int) -> None:
    assert expected == credited_author(clicked, days, tracking, coded, die, 30.0, 0.6, 0.02, 0.0)


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_click_counts_from_its_day_to_the_windows_end(days: int, counts: bool) -> None:
    assert counts == click_counts(days, 7.0)


def test_codes_are_entered_at_their_rates() -> None:
    for recently, rate in ((True, 0.6), (False, 0.02)):
        assert rate * CELLS == sum(code_entered(die, recently, 0.6, 0.02) for die in GRID)


@given(st.floats(0.0, 2.0), st.floats(0.01, 200.0), st.floats(0.001, 1.0))
def test_one_share_causes_its_reproduction_of_further_shares(
    reproduction: float, mean_peers: float, engagement: float
) -> None:
    share = share_of_peer_engagements(reproduction, mean_peers, engagement)
    further = mean_peers * engagement * share
    assert 0.0 <= share <= 1.0
    if share < 1.0:
        assert further == pytest.approx(reproduction, rel=1e-12)
    else:
        assert further <= reproduction * (1.0 + 1e-12)


@pytest.mark.parametrize(("mean_peers", "engagement"), [(0.0, 0.1), (10.0, 0.0)])
def test_without_peers_or_their_engagement_nobody_shares_again(mean_peers: float, engagement: float) -> None:
    assert 0.0 == share_of_peer_engagements(0.2, mean_peers, engagement)
