"""Money as whole cents."""

from __future__ import annotations


def cents(money: float) -> int:
    """Money as whole cents, halves up as they are written: 39.995 is 4000 cents although its double lies below."""
    return int(round(money * 100.0, 6) + 0.5)
