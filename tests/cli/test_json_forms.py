"""What commands print with `--json` has the form that scripts outside rely on: one object, `version` first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simulator.cli.main import COMMANDS, app

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "schemas"
QUICK = str(ROOT / "scenarios" / "quick.yaml")
SCENARIOS = sorted(str(path) for path in (ROOT / "scenarios").glob("[!r]*.yaml"))  # real_… need a file of the user's
FORMS = {"show": ("run",), "sensitivity": ("sensitivity-tornado", "sensitivity-morris", "sensitivity-sobol")}


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def call(*words: str, code: int = 0) -> dict[str, Any]:
        with pytest.raises(SystemExit) as ended:
            app.main(list(words))
        assert code == int(ended.value.code or 0)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert "version" == next(iter(found))
        return found

    return call


def faults(found: dict[str, Any], form: str) -> list[str]:
    """What a form finds wrong."""
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{form}.json").read_text()))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(found)]


def test_every_command_with_json_has_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    lacking = []
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            app.main([name, "--help"])
        if re.search(r"^ +--json", capsys.readouterr().out, re.MULTILINE):
            lacking += [form for form in FORMS.get(name, (name,)) if not (SCHEMAS / f"{form}.json").exists()]
    assert [] == lacking


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: Path(path).stem)
def test_an_explanation_has_its_form(printed: Callable[..., dict[str, Any]], scenario: str) -> None:
    assert [] == faults(printed("explain", scenario, "--json"), "explain")


def test_validation_has_its_form_with_problems_and_without(printed: Callable[..., dict[str, Any]]) -> None:
    assert [] == faults(printed("validate", QUICK, "--json"), "validate")
    assert [] == faults(printed("validate", QUICK, "--set", "budgit=1", "--json", code=2), "validate")


@pytest.mark.parametrize("options", [(), ("--precision", "roi:0.0001"), ("--set", "replicates=1")])
def test_an_answer_has_its_form(
    printed: Callable[..., dict[str, Any]], tmp_path: Path, options: tuple[str, ...]
) -> None:
    code = 3 if options[:1] == ("--precision",) else 0
    words = ("run", QUICK, "--runs", "16", "--executor", "serial", "--out", str(tmp_path), *options)
    assert [] == faults(printed(*words, "--json", code=code), "run")
    assert [] == faults(printed("show", str(tmp_path), "--json"), "run")


def test_an_answer_with_everything_in_it_has_its_form(printed: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    """Several ways to pay, mechanisms, thinned people: what is there only sometimes."""
    scenario = str(ROOT / "scenarios" / "ways_to_pay.yaml")
    size = ("--set", "population.size=20000", "--set", "population.people_per_agent=2")
    words = ("run", scenario, "--runs", "8", "--executor", "serial", "--out", str(tmp_path), *size)
    assert [] == faults(printed(*words, "--json"), "run")


def test_claims_have_their_form(printed: Callable[..., dict[str, Any]]) -> None:
    assert [] == faults(printed("claims", "--row", "M31", "--draws", "2", "--executor", "serial", "--json"), "claims")
