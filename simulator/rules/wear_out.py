"""Wear-out: earlier exposures to a campaign dull the next one, and are forgotten exponentially."""

from __future__ import annotations

from simulator.arithmetic import exp_
from simulator.compiled import rule
from simulator.rules.facts import Person, Response


@rule
def share_remembered(days: int, response: Response) -> float:
    """Share of exposures that still count some days later; engines look it up in a table of days."""
    return exp_(-response.forgetting * days)


@rule
def remembered_exposures(person: Person) -> float:
    """Earlier exposures that still count today."""
    return person.exposures * person.remembered


@rule
def worn(per_exposure: float, felt_new: float) -> float:
    """Log-odds per earlier exposure, of which a share looked different and does not count."""
    return per_exposure * (1.0 - felt_new)
