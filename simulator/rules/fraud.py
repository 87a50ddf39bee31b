"""Bought engagement: likes and comments of pods and farms. Counts, never people: nobody sees, clicks or buys more."""

from __future__ import annotations

from simulator.compiled import rule


@rule
def buys_engagement(die: float, prevalence: float) -> bool:
    """Whether an account inflates its engagement."""
    return die < prevalence


@rule
def engagements_bought(engagements: int, per_real: float) -> int:
    """Engagements that an account buys, so many per real one, rounded."""
    return int(engagements * per_real + 0.5)
