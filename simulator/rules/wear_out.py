"""Wear-out: earlier exposures to a campaign dull the next one, and are forgotten exponentially."""

from __future__ import annotations

from simulator.arithmetic import exp_
from simulator.compiled import rule
from simulator.rules.facts import Person, Response


@rule
def remembered_exposures(person: Person, response: Response) -> float:
    """Earlier exposures that still count today."""
    return person.exposures * exp_(-response.forgetting * person.days_since)
