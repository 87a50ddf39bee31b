"""What every catalog entry promises; a new file is tested before its author writes a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.catalog import FOLDER, KINDS, entries, entry_file
from simulator.quantity import GRADES, VARIES, Curve, Quantity
from simulator.scenario.document import Node, read_file
from simulator.scenario.draws import all_numbers
from simulator.scenario.loader import load_scenario
from simulator.scenario.merge import FORMS
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Scenario
from simulator.scenario.titles import titles

ENTRIES = [(kind, name) for kind in KINDS for name in entries(kind)]
USES = {
    "platforms": "platform: {}",
    "behaviors": "behavior: {}",
    "networks": "population: {{network: {}}}",
    "tiers": "tiers: {}",
    "mechanisms": "mechanisms: {{{}: on}}",
    "presets": "extends: presets/{}",
}
SECTIONS = {"platforms": "platform", "behaviors": "behavior"}


def scenario_with(kind: str, name: str, folder: Path) -> Scenario:
    file = folder / "uses.yaml"
    text = "version: 1\nbrand: {topic: beauty}\nproduct: {price: 80}\narms: {}\n"
    file.write_text(text + USES[kind].format(name) + "\n")
    return load_scenario(file, [f"{SECTIONS[kind]}.{path}=0.1" for path in left_open(kind, name)])


def left_open(kind: str, name: str) -> list[str]:
    """Numbers that an entry describes and leaves to the scenario."""
    node = read_file(entry_file(kind, name), Problems())
    if node is None or kind not in SECTIONS:
        return []
    return [path for path, number in numbers_of(node) if not set(FORMS) & set(number.mapping)]


def numbers_of(node: Node, path: str = "") -> list[tuple[str, Node]]:
    if "unit" in node.mapping:
        return [(path, node)]
    return [found for key, part in node.mapping.items() for found in numbers_of(part, f"{path}.{key}".strip("."))]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_can_be_named_in_a_scenario(kind: str, name: str, tmp_path: Path) -> None:
    assert scenario_with(kind, name, tmp_path).version == 1


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_every_number_says_its_unit_source_grade_and_meaning(kind: str, name: str) -> None:
    node = read_file(entry_file(kind, name), Problems())
    assert node is not None
    for path, number in numbers_of(node):
        assert {"unit", "source", "grade", "meaning"} <= set(number.mapping), path
        assert number.mapping["grade"].value in GRADES, path
        assert number.mapping["varies"].value in VARIES, path


@pytest.mark.parametrize("preset", entries("presets"))
def test_the_middle_of_every_default_lies_in_its_range(preset: str, tmp_path: Path) -> None:
    for number in all_numbers(scenario_with("presets", preset, tmp_path)):
        assert number.source or number.grade == "your own"
        if isinstance(number, Quantity) and number.low is not None and number.high is not None:
            assert number.low <= number.at(0.5) <= number.high, number.path


@pytest.mark.parametrize("preset", entries("presets"))
def test_means_of_curves_never_leave_the_rows(preset: str, tmp_path: Path) -> None:
    for curve in all_numbers(scenario_with("presets", preset, tmp_path)):
        if isinstance(curve, Curve):
            rows = [row.mean() for row in curve.rows]
            assert all(min(rows) <= curve.mean(size) <= max(rows) for size in (10.0, 1e4, 2e5, 1e9)), curve.path


@pytest.mark.parametrize("scheme", entries("tiers"))
def test_a_tier_scheme_has_no_gap_and_no_overlap(scheme: str, tmp_path: Path) -> None:
    tiers = list(scenario_with("tiers", scheme, tmp_path).tiers.tiers.values())
    assert [low for low, _ in tiers[1:]] == [high for _, high in tiers[:-1]]
    assert tiers[-1][1] is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_opens_with_a_title(kind: str) -> None:
    assert entries(kind)
    assert all(title for _, title in titles(kind))


def test_every_file_of_the_catalog_belongs_to_a_kind() -> None:
    assert {FOLDER / kind for kind in KINDS} == {path.parent for path in FOLDER.rglob("*.yaml")}
