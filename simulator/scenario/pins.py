"""A scenario with some of its numbers held at stated values: one point of what is not known, or of what one may choose.

A number is held at a fraction of its spread, from 0 to 1. Of an uncertain number that is a quantile of its
distribution, of one that is certain a place in its plausible range. All other numbers stay as they are, and so do
their draws, since each depends on its own path alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from simulator.distributions import Fixed
from simulator.errors import BadQuantity
from simulator.quantity import Curve, Quantity, within
from simulator.scenario.draws import Number
from simulator.scenario.schema import Scenario


def can_be_held(number: Number) -> bool:
    """Whether a fraction of its spread says anything about a number."""
    return number.uncertain or _range_of(number) is not None


def value_at(number: Number, fraction: float) -> float | None:
    """The value that a number takes at a fraction of its spread; none of a curve, which has one for every size."""
    if isinstance(number, Curve):
        return None
    if number.uncertain:
        return number.at(fraction)
    spread = _range_of(number)
    if spread is None:
        raise BadQuantity(f"{number.path} is certain and has no plausible range", "give it a distribution")
    return within(number.unit, spread[0] + fraction * (spread[1] - spread[0]))


def held(number: Number, fraction: float) -> Number:
    """A number that is certain: what it is at a fraction of its spread."""
    if isinstance(number, Curve):
        return replace(number, rows=tuple(Fixed(number.row_at(row, fraction)) for row in number.rows))
    value = value_at(number, fraction)
    assert value is not None  # no curve
    return replace(number, distribution=Fixed(value))


def pinned(scenario: Scenario, fractions: Mapping[str, float]) -> Scenario:
    """The scenario with the numbers of these paths held at these fractions."""
    found: Scenario = _pinned(scenario, fractions)
    return found


def _range_of(number: Number) -> tuple[float, float] | None:
    if isinstance(number, Curve) or number.low is None or number.high is None or not number.low < number.high:
        return None
    return number.low, number.high


def _pinned(part: Any, fractions: Mapping[str, float]) -> Any:
    """The part itself unless something in it is held."""
    if isinstance(part, Quantity | Curve):
        return held(part, fractions[part.path]) if part.path in fractions else part
    if isinstance(part, BaseModel):
        found = {name: _pinned(getattr(part, name), fractions) for name in type(part).model_fields}
        changed = {name: value for name, value in found.items() if value is not getattr(part, name)}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, dict):
        items = {key: _pinned(value, fractions) for key, value in part.items()}
        return items if any(value is not part[key] for key, value in items.items()) else part
    if isinstance(part, tuple):
        members = tuple(_pinned(item, fractions) for item in part)
        return members if any(new is not old for new, old in zip(members, part, strict=True)) else part
    return part
