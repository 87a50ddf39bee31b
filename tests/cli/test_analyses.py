"""`sweep`, `sensitivity` and `break-even` from the command line: what is kept, what is printed, how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
SCHEMAS = Path(__file__).parents[1] / "schemas"
SWEEP = ("sweep", str(QUICK), "--vary", "product.price=20:60", "--points", "3", "--runs", "8")
TORNADO = ("sensitivity", str(QUICK), "--runs", "8", "--number", "behavior.halo", "--number", "behavior.halo_slope")
BREAK_EVEN = ("break-even", str(QUICK), "--vary", "product.price=50:1500", "--between", "one", "no campaign",
              "--runs", "8")  # fmt: skip


def simulator(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its results in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *words, "--out", str(folder)], capture_output=True, text=True, check=False
    )
    assert code == done.returncode, done.stderr
    return done


def checked(done: subprocess.CompletedProcess[str], schema: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(found, json.loads((SCHEMAS / f"{schema}.json").read_text()))
    assert "version" == next(iter(found))
    return found


def test_a_sweep_keeps_its_tables_and_is_made_once(tmp_path: Path) -> None:
    first = simulator(tmp_path, *SWEEP)
    assert "product.price" in first.stdout
    kept = tmp_path / "analyses" / "sweep-product.price.json"
    before = kept.read_bytes()
    again = simulator(tmp_path, *SWEEP, "--json")
    assert "nothing was played again" in again.stderr
    assert before == kept.read_bytes()
    found = checked(again, "sweep")
    assert json.loads(before) == found
    runs, figures = (pd.read_parquet(tmp_path / "analyses" / name) for name in reversed(found["tables"]))
    assert 3 * 3 * 8 == len(runs)
    assert {"profit", "roi", "p_best"} <= set(figures["metric"])
    assert [] == [path.name for path in kept.parent.iterdir() if path.name.startswith(("trials", "."))]


def test_another_question_takes_the_place_of_the_first(tmp_path: Path) -> None:
    simulator(tmp_path, *SWEEP)
    other = checked(simulator(tmp_path, *SWEEP, "--seed", "8", "--json"), "sweep")
    assert 8 == other["runs"]
    assert "nothing was played" not in simulator(tmp_path, *SWEEP).stderr


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        (TORNADO, "sensitivity-tornado"),
        ((*TORNADO[:2], "--method", "morris", "--points", "3", "--runs", "2", "--number", "behavior.halo"),
         "sensitivity-morris"),
        ((*TORNADO[:2], "--method", "sobol", "--points", "16", "--number", "behavior.halo"), "sensitivity-sobol"),
        (BREAK_EVEN, "break-even"),
    ],
)  # fmt: skip
def test_every_analysis_is_printed_for_people_and_as_json(words: tuple[str, ...], schema: str, tmp_path: Path) -> None:
    told = simulator(tmp_path, *words)
    found = checked(simulator(tmp_path, *words, "--json"), schema)
    assert found["name"] in told.stdout
    assert "" != told.stdout.strip()
    names = [row["path"] for row in found.get("rows", ())] or [found["path"]]
    assert names[0] in told.stdout


def test_a_folder_of_another_scenario_is_left_alone(tmp_path: Path) -> None:
    simulator(tmp_path, "run", str(QUICK), "--runs", "4")
    done = simulator(tmp_path, *SWEEP, "--set", "budget=500", code=2)
    assert "holds results of another scenario" in done.stderr
    assert not (tmp_path / "analyses").exists()
    simulator(tmp_path, *SWEEP)  # its own is welcome


def test_a_run_goes_into_a_folder_that_holds_analyses_alone(tmp_path: Path) -> None:
    simulator(tmp_path, *SWEEP)
    simulator(tmp_path, "run", str(QUICK), "--runs", "4")
    assert (tmp_path / "analyses" / "sweep-product.price.json").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--method", "sobol", "--runs", "8"), "each row of sobol is one run; ask for more --points"),
        (("--points", "8"), "a tornado has no points but both ends; ask for more --runs"),
        (("--method", "morris", "--points", "0"), "0 is not from 2"),
    ],
)
def test_a_size_that_a_method_has_not_is_refused(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    assert told in simulator(tmp_path, "sensitivity", str(QUICK), *words, code=2).stderr


def test_bad_input_is_told_before_anything_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    done = simulator(folder, "sweep", str(QUICK), "--vary", "product.prise=1:2", code=2)
    assert "product.prise: is unknown; did you mean 'price'?" in done.stderr
    assert not folder.exists()
