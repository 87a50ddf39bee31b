"""What an influencer is due by result, in whole cents, from counts that are closed."""

from __future__ import annotations

from typing import Final

from simulator.compiled import rule

WHOLE: Final = 1_000_000  # a share is so many millionths


@rule
def bonus_due(engagements: int, each: int, per: int, cap: int) -> int:
    """`each` cents for every full `per` engagements, at most `cap` in all; a negative cap is none."""
    due = engagements // per * each
    return due if cap < 0 else min(due, cap)


@rule
def commission_due(revenue: int, orders: int, share: int, each: int) -> int:
    """`share` millionths of the attributed revenue, halves up, and `each` cents for every attributed order."""
    return (revenue * share + 500_000) // 1_000_000 + orders * each


@rule
def surcharge(fee: int, share: int) -> int:
    """`share` millionths of a fee, full cents only: what a term of the contract adds."""
    return fee * share // 1_000_000


@rule
def fee_within(money: int, shares: int) -> int:
    """The largest fee that, with surcharges of `shares` millionths in all, stays within the money."""
    return money * 1_000_000 // (1_000_000 + shares)
