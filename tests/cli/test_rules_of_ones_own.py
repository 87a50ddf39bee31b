"""Own rules on the command line: checked, shown, listed, and forbidden where the user says so."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from simulator.cli.main import app
from simulator.rules.replaceable import REPLACEABLE


@pytest.fixture
def example(root: Path) -> Path:
    return root / "scenarios" / "own_rules" / "overlooked.yaml"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_the_example_is_valid_and_fits_the_json_schema(call, example: Path) -> None:
    assert 0 == call("validate", str(example)).exit_code
    schema = json.loads(call("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    written = YAML(typ="safe", pure=True).load(example)
    jsonschema.validate({"behavior": written["behavior"]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"behavior": {"engage": "my_rules.txt"}}, schema)


def test_explain_shows_the_rule_that_plays(call, example: Path) -> None:
    shown = json.loads(call("explain", str(example), "--json").stdout)["settings"]["behavior.engage"]
    assert "own_rules/my_rules.py:engage (text " in shown


@pytest.mark.parametrize(
    "words",
    [
        ("validate",), ("explain",), ("run",), ("inspect",), ("export", "--world", "graphml"), ("sensitivity",),
        ("sweep", "--vary", "product.price=20:60"), ("break-even", "--vary", "product.price=20:60"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_own_rules_are_refused_where_the_user_says_so(
    call, example: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    command, *options = words
    ended = call(command, str(example), *options, "--no-custom-rules")
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert "overlooked.yaml:5:12: behavior.engage: names a rule of its own, my_rules.py:engage, which" in ended.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_wrong_rule_file_ends_before_anything_is_created(call, example: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("import os\n")
    ended = call("run", str(example), "--set", "behavior.engage=mine.py:engage")
    assert 2 == ended.exit_code
    assert "mine.py:1:1: 'import os' is not allowed in a rule file" in ended.stderr
    assert [tmp_path / "mine.py"] == list(tmp_path.iterdir())


def test_list_shows_which_rules_may_be_replaced(call) -> None:
    shown = call("list", "rules").stdout
    for name in REPLACEABLE:
        assert f"{name}(" in shown
