"""Price: what a code takes off, and how many more would buy for that."""

from __future__ import annotations

from simulator.arithmetic import log_
from simulator.compiled import rule


@rule
def price_shift(elasticity: float, discount: float) -> float:
    """Log-odds that a discount (share of the price) adds to ordering.

    Where few order, odds and chances are alike: the chance changes by the factor (1 - discount) to the elasticity.
    """
    return elasticity * log_(1.0 - discount)
