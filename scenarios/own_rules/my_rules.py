# ruff: noqa: INP001
"""Overlooking: beyond a number of exposures that still count, each further one halves the chance of engaging."""

from __future__ import annotations

from simulator.arithmetic import power_
from simulator.rules.engagement import engage as built_in
from simulator.rules.facts import Person, Post, Response, Tie

ENOUGH = 2.0
HALF = 0.5


def engage(person: Person, tie: Tie, post: Post, response: Response, exposures: float) -> float:
    """Probability of liking, commenting or sharing, given that the post is seen."""
    beyond = max(exposures - ENOUGH, 0.0)
    return built_in(person, tie, post, response, exposures) * power_(HALF, beyond)
