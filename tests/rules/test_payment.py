"""Pay by result against sums in exact fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.payment import bonus_due, commission_due

COUNTS = st.integers(0, 10**7)
CENTS = st.integers(0, 10**6)


@given(COUNTS, CENTS, st.integers(1, 10_000), st.integers(0, 10**8))
def test_a_bonus_is_paid_for_full_steps_up_to_the_cap(engagements: int, each: int, per: int, cap: int) -> None:
    steps = int(Fraction(engagements, per))
    assert steps * each == bonus_due(engagements, each, per, -1)
    assert min(steps * each, cap) == bonus_due(engagements, each, per, cap)


@given(st.integers(0, 10**10), COUNTS, st.integers(0, 1_000_000), CENTS)
def test_a_commission_is_within_half_a_cent_of_its_share(revenue: int, orders: int, share: int, each: int) -> None:
    exact = Fraction(revenue * share, 1_000_000) + orders * each
    assert Fraction(-1, 2) < commission_due(revenue, orders, share, each) - exact <= Fraction(1, 2)


def test_without_an_order_there_is_no_commission() -> None:
    assert 0 == commission_due(0, 0, 1_000_000, 10**6)
