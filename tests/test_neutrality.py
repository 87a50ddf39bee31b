"""A mechanism at its neutral values changes no byte, and not one of them costs those who do not use it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lively import lively, played

from simulator.catalog import entries
from simulator.quantity import Curve
from simulator.scenario.loader import load_campaign
from simulator.scenario.mechanisms import Mechanisms

RUNS = 4
AT_MODES = "mechanisms_at: modes\n"  # a number that is drawn has a column


@cache
def without(folder: Path) -> dict[str, bytes]:
    return played(folder / "without", *load_campaign(lively(folder)), RUNS)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return without(tmp_path_factory.mktemp("neutral"))


def effects(name: str) -> dict[str, float]:
    """The numbers of a mechanism that have a neutral value, and that value."""
    mechanism = getattr(Mechanisms(), name)
    return {
        field: getattr(mechanism, field).at(*[1.0] * isinstance(getattr(mechanism, field), Curve), 0.5)
        for field, facts in type(mechanism).model_fields.items()
        if field != "on" and not (facts.json_schema_extra or {}).get("inert")  # type: ignore[union-attr]
    }


@pytest.mark.parametrize("name", entries("mechanisms"))
def test_at_its_neutral_values_a_mechanism_changes_no_byte(
    name: str, expected: dict[str, bytes], tmp_path: Path
) -> None:
    numbers = ", ".join(f"{field}: {value:g}" for field, value in effects(name).items())
    scenario, plan = load_campaign(lively(tmp_path, AT_MODES + f"mechanisms: {{{name}: {{on: true, {numbers}}}}}\n"))
    assert getattr(scenario.mechanisms, name).on
    assert expected == played(tmp_path / "neutral", scenario, plan, RUNS)


SURE = {"price_response.elasticity"}  # nobody doubts that demand falls with the price


@pytest.mark.parametrize("name", entries("mechanisms"))
def test_every_range_of_an_assumed_effect_includes_none(name: str, tmp_path: Path) -> None:
    scenario, _ = load_campaign(lively(tmp_path, f"mechanisms: {{{name}: on}}\n"))
    for field, neutral in effects(name).items():
        number = getattr(getattr(scenario.mechanisms, name), field)
        if isinstance(number, Curve) or number.unit == "money" or f"{name}.{field}" in SURE:
            continue
        if number.grade == "assumed":
            assert number.low <= neutral <= number.high, field
