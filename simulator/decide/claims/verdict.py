"""From a probability to a verdict: holds, fails, or depends; and when the simulation has told them apart."""

from __future__ import annotations

from typing import Final, Literal

from simulator.results.statistics import Estimate

Verdict = Literal["holds", "fails", "depends", "definition", "assumed", "arithmetic", "outside"]
HOLDS: Final = 0.9
FAILS: Final = 0.1
PART: Final = 0.2  # of the distance to the nearest border: the most that the Monte Carlo error may be

ROUNDING: Final = 1.0 + 1e-9


def told(probability: Estimate) -> bool:
    """Whether the error is small enough, beside the distance to the nearest border."""
    distance = min(abs(probability.value - HOLDS), abs(probability.value - FAILS))
    return probability.error is not None and probability.error <= PART * distance * ROUNDING


def verdict_of(probability: Estimate) -> Verdict:
    """What a probability of the stated sign says. What is not told from a border neither holds nor fails."""
    if told(probability) and probability.value >= HOLDS:
        return "holds"
    if told(probability) and probability.value <= FAILS:
        return "fails"
    return "depends"
