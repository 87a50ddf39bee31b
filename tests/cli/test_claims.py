"""`simulator claims`: rows in a table or as JSON, and what is wrong with a row that does not exist."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from simulator.cli.main import app

FIGURE = {
    "type": "object",
    "required": ["observable", "value", "se", "runs", "probability"],
    "properties": {
        "observable": {"type": "string", "minLength": 1},
        "value": {"type": "number"},
        "se": {"type": "number", "minimum": 0},
        "runs": {"type": "integer", "minimum": 1},
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["version", "rows"],
    "properties": {
        "version": {"const": 1},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "class", "verdict", "parameter", "flips_at", "scenario", "claimed", "measured"],
                "properties": {
                    "id": {"type": "string", "pattern": "^[QM][0-9]+$"},
                    "class": {"enum": ["consequence", "definition", "assumed", "arithmetic", "outside"]},
                    "verdict": {
                        "enum": ["holds", "fails", "depends", "definition", "assumed", "arithmetic", "outside"]
                    },
                    "parameter": {"type": ["string", "null"]},
                    "flips_at": {"type": ["number", "null"]},
                    "scenario": {"type": "string", "pattern": "^scenarios/claims/[QM][0-9]+\\.yaml$"},
                    "claimed": FIGURE,
                    "measured": FIGURE,
                },
            },
        },
    },
}


@pytest.fixture
def simulator(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root: Path):
    """Call the command in the project's folder; exit code, stdout, stderr."""
    monkeypatch.chdir(root)

    def call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            app.main(["claims", *words])
        return int(ended.value.code or 0), *capsys.readouterr()

    return call


def test_json_has_its_schema_and_the_version_first(simulator) -> None:
    code, out, _ = simulator("--row", "Q10", "--row", "m42", "--draws", "2", "--json")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert (0, "version") == (code, next(iter(found)))
    assert [("Q10", "arithmetic"), ("M42", "assumed")] == [(row["id"], row["verdict"]) for row in found["rows"]]
    assert [16, 16] == [row["measured"]["runs"] for row in found["rows"]]
    assert 16 == found["rows"][0]["claimed"]["runs"]


def test_the_table_has_both_presets_and_the_claim_in_words(simulator) -> None:
    code, out, _ = simulator("--row", "Q10", "--draws", "2", "--executor", "serial")
    assert 0 == code
    assert ["row", "class", "verdict", "claimed", "measured"] == out.split()[:5]
    for words in ("Q10", "arithmetic", "One macro", "±"):
        assert words in out


def test_an_unknown_row_is_an_input_problem_with_a_suggestion(simulator) -> None:
    code, out, err = simulator("--row", "M4x", "--row", "Q10")
    assert (2, "") == (code, out)
    assert "--row: 'M4x' is no row; did you mean 'M4'?" in err
    code, out, _ = simulator("--row", "nonsense", "--json")
    assert (2, "--row") == (code, json.loads(out)["problems"][0]["path"])


def test_an_unknown_executor_is_an_input_problem(simulator) -> None:
    assert 2 == simulator("--executor", "cluster")[0]
