"""The rules that a scenario may replace with its own, and what each of them must give.

A replacement takes the same facts under the same names. What engines check of every answer anyway (chances and trust
after a post) needs no guard; a guard stands where an engine counts on more.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from simulator.rules.conversion import click, heard_before, order, order_lag
from simulator.rules.engagement import engage, engagement_kind
from simulator.rules.facts import COMMENT, LIKE, SHARE, Person, Post, Response, Tie
from simulator.rules.trust import trust_after, trust_felt
from simulator.rules.wear_out import remembered_exposures, share_remembered


# Guards are compiled like the rules they stand in; only such code may raise.
def a_kind(kind: float) -> int:
    """One of the three kinds of engagement."""
    if kind in (LIKE, COMMENT, SHARE):
        return int(kind)
    raise ValueError("engagement_kind must give LIKE, COMMENT or SHARE")


def whole_days(days: float) -> int:
    """A day that a calendar has."""
    if 0 <= days <= 9999 and days == int(days):
        return int(days)
    raise ValueError("order_lag must give a whole number of days from 0 to 9,999")


def felt(trust: float) -> float:
    """Trust that can be counted."""
    if 0.0 <= trust <= 1.0:
        return trust
    raise ValueError("trust_felt must give trust from 0 to 1")


def countable(exposures: float) -> float:
    """A number of exposures."""
    if 0.0 <= exposures <= 1e9:
        return exposures
    raise ValueError("remembered_exposures must give a number of exposures from 0 to 1,000,000,000")


class Replaceable(NamedTuple):
    """A rule that may be replaced."""

    function: Callable[..., Any]  # the built-in one
    meaning: str  # what it gives
    guard: Callable[[float], float] | None = None  # what must hold of its answer; raises ValueError

    @property
    def name(self) -> str:
        """What a scenario calls it."""
        return self.function.__name__

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its facts, in order."""
        return tuple(inspect.signature(self.function).parameters)


REPLACEABLE: Final = {
    each.name: each
    for each in (
        Replaceable(engage, "chance that who sees a post likes, comments or shares it"),
        Replaceable(engagement_kind, "LIKE, COMMENT or SHARE, by a die", a_kind),
        Replaceable(click, "chance that who sees a post clicks through to the shop"),
        Replaceable(order, "chance that who sees a post comes to intend an order"),
        Replaceable(heard_before, "log-odds of ordering that sources met before add"),
        Replaceable(order_lag, "whole days from intent to order, by a die", whole_days),
        Replaceable(trust_felt, "trust in an author as it counts today", felt),
        Replaceable(trust_after, "trust in an author after one of its posts was met"),
        Replaceable(remembered_exposures, "earlier exposures that still count today", countable),
        Replaceable(share_remembered, "share of exposures that still counts some days later"),
    )
}
# An example of every fact, for its type.
EXAMPLES: Final[dict[str, Any]] = {
    "person": Person(0.0, 0.0, 0.0, 1.0, 0.0),
    "tie": Tie(0.5, 0.0),
    "post": Post(*[0.0] * len(Post._fields)),
    "response": Response(*[0.0] * len(Response._fields)),
    "exposures": 0.0,
    "engaged": 0,
    "clicked": 0,
    "die": 0.5,
    "half_life": 1.0,
    "days": 0,
}
