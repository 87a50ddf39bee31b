"""Distributions from what people know best: a low value, exceeded by 95%, and a high one, exceeded by 5%."""

from __future__ import annotations

import math
from typing import Final

from simulator.arithmetic import log_, sqrt_
from simulator.distributions import LogNormal, Normal, Uniform
from simulator.errors import BadQuantity

NORMAL_P95: Final = 1.6448536269514722


def normal_from_interval(p05: float, p95: float) -> Normal:
    """The normal whose 5th and 95th percentiles are given."""
    _check(p05, p95)
    return Normal(0.5 * (p05 + p95), (p95 - p05) / (2.0 * NORMAL_P95))


def lognormal_from_interval(p05: float, p95: float) -> LogNormal:
    """The lognormal whose 5th and 95th percentiles are given."""
    _check(p05, p95)
    if not p05 > 0.0:
        raise BadQuantity(f"p05 {p05:.7g} of a lognormal is not positive", "give a p05 above 0")
    return LogNormal(sqrt_(p05 * p95), (log_(p95) - log_(p05)) / (2.0 * NORMAL_P95))


def uniform_from_interval(p05: float, p95: float) -> Uniform:
    """The uniform whose 5th and 95th percentiles are given."""
    _check(p05, p95)
    margin = (p95 - p05) / 18.0
    return Uniform(p05 - margin, p95 + margin)


def _check(p05: float, p95: float) -> None:
    if not (math.isfinite(p05) and math.isfinite(p95) and p05 < p95):
        raise BadQuantity(f"p05 {p05:.7g} is not below p95 {p95:.7g}", "give p05 below p95")
