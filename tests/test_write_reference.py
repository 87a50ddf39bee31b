"""docs/scenario_files.md is what its script writes, leaves no key out, and shows what the loader takes."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import write_reference

from simulator.catalog import entries
from simulator.results.targets import target_problems
from simulator.scenario import schema
from simulator.scenario.json_schema import file_schema, from_key
from simulator.scenario.loader import load_campaign
from simulator.scenario.meanings import MEANINGS, meaning_of, mechanism_names
from simulator.scenario.part import Part
from simulator.scenario.payments import payment_kinds
from simulator.scenario.schema import TierScheme

TEXT = write_reference.PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
FIRST = EXAMPLES[0]
WORDS = [part for part in vars(schema).values() if inspect.isclass(part) and issubclass(part, Part)]
PARTS = [part for part in WORDS if part.__module__ == schema.__name__ and part is not TierScheme]
PAYMENTS = [*payment_kinds().values()]


def heading(example: str) -> str:
    """What an example is of."""
    return re.findall(r"^#+ (.*)$", TEXT.partition(example)[0], re.MULTILINE)[-1]


def test_the_page_is_what_its_script_writes() -> None:
    assert write_reference.page() == TEXT, "run scripts/write_reference.py"


@pytest.mark.parametrize("example", EXAMPLES, ids=heading)
def test_every_example_is_valid(tmp_path: Path, example: str) -> None:
    (accounts,) = re.findall(r"^```csv\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    (tmp_path / "accounts.csv").write_text(accounts)
    (tmp_path / "first.yaml").write_text(FIRST)
    file = tmp_path / "example.yaml"
    file.write_text(example if example is FIRST else f"extends: first.yaml\n{example}")
    _, plan = load_campaign(file, check=lambda scenario: target_problems(scenario.targets))
    assert 3 <= len(plan.arms)


def test_what_a_strategist_asks_first_has_an_example() -> None:
    shown = "".join(EXAMPLES)
    for words in ("tracking: code", "{day: 7}", "kind: hybrid", "kind: product_only", "roster:", "targets:", "waves:"):
        assert words in shown


@pytest.mark.parametrize("part", [*PARTS, *PAYMENTS, *mechanism_names()], ids=lambda part: part.__name__)
def test_every_key_of_a_file_has_its_meaning_on_the_page(part: type[Part]) -> None:
    elsewhere = {name for name in part.model_fields if from_key(part, name)} | {"title", "kind", "on"}
    for name in part.model_fields.keys() - elsewhere:
        meaning = meaning_of(part, name).text
        assert meaning, name
        assert f"| `{name}` | {meaning}" in TEXT


def test_every_mechanism_kind_of_pay_and_network_has_its_section() -> None:
    headings = set(re.findall(r"^#### `(?:kind: )?(\w+)`$", TEXT, re.MULTILINE))
    assert headings == {*entries("mechanisms"), *payment_kinds(), *entries("networks")}


def test_links_lead_to_headings() -> None:
    anchors = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    targets = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert len(targets) > 20
    assert set() == targets - anchors


def test_no_meaning_is_of_a_key_that_does_not_exist() -> None:
    known = {f"{part.__name__}.{name}" for part in [*PARTS, *PAYMENTS] for name in part.model_fields}
    besides = {"Scenario.extends", "Scenario.roster", "Payment.kind", "Mechanism.on"}
    assert set() == set(MEANINGS) - known - besides


def test_the_json_schema_says_what_the_page_says() -> None:
    told = file_schema()["properties"]
    hire = told["arms"]["additionalProperties"]["properties"]["hire"]["items"]["properties"]
    assert meaning_of(schema.Hire, "tracking").text == hire["tracking"]["description"]
    assert "net price of one order (money)" == told["product"]["properties"]["price"]["description"]
    returns = told["mechanisms"]["anyOf"][1]["properties"]["returns"]
    assert returns["description"].startswith("Orders are sent back")
    assert "what handling one return costs (money)" == returns["anyOf"][1]["properties"]["handling_cost"]["description"]
