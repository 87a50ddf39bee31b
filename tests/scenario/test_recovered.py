"""What a manifest holds gives back every number as the scenario had it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.scenario.draws import all_numbers
from simulator.scenario.explain import explained, explanations
from simulator.scenario.identity import canonical
from simulator.scenario.loader import load_campaign
from simulator.scenario.recovered import recovered_numbers

SHIPPED = (
    "quick",
    "ways_to_pay",
    "one_macro_vs_ten_micros",
    "one_macro_vs_ten_micros_claimed",
    "celebrity_or_portfolio",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_numbers_survive_the_manifest(root: Path, name: str) -> None:
    scenario, _ = load_campaign(root / "scenarios" / f"{name}.yaml", ())
    kept = json.loads(json.dumps(canonical(scenario)))
    replaced = {row.path: row.default for row in explanations(scenario) if row.default}
    found = {number.path: number for number in recovered_numbers(kept, replaced)}
    assert len(found) > 50
    assert {number.path: number for number in all_numbers(scenario)} == found
    assert {row.path: row for row in explanations(scenario)} == {path: explained(each) for path, each in found.items()}
