"""What a mechanism is: numbers that change nothing until the scenario switches it on."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from simulator.distributions import Fixed
from simulator.quantity import Curve, Quantity
from simulator.scenario.part import Part


class Mechanism(Part):
    """Base of all mechanisms. Off, every number stands at its neutral value, with which no rule changes a bit.

    What the numbers are when it is on, and where they come from, is the entry of that name in `catalog/mechanisms`.
    """

    on: bool = False


def neutral(value: float, unit: str) -> Any:
    """A number that has no effect at `value`: an effect size."""
    return Field(default=Quantity("", Fixed(value), unit))


def inert(value: float, unit: str) -> Any:
    """A number that has no effect of its own: it only says where, when or how fast another number acts."""
    return Field(default=Quantity("", Fixed(value), unit), json_schema_extra={"inert": True})


def neutral_curve(value: float, unit: str) -> Any:
    """A number that changes with an account's followers and has no effect where it is level at `value`."""
    return Field(default=Curve("", (1.0,), (Fixed(value),), unit))


def inert_curve(value: float, unit: str) -> Any:
    """A number that changes with an account's followers and has no effect of its own."""
    return Field(default=Curve("", (1.0,), (Fixed(value),), unit), json_schema_extra={"inert": True})
