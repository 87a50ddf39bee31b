"""An analysis is made once, whole or again; what it rests on stays until it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from simulator.decide import saving
from simulator.decide.ensemble import Stage
from simulator.decide.question import Question
from simulator.decide.saving import made_once, request_hash
from simulator.experiment.executors import open_team
from simulator.results.trial_parts import remove_trials, trial_parts

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
NAME, REQUEST = "sweep-budget", "abcdef"
TABLES = {"runs": pa.table({"run": [1, 2]})}


@contextmanager
def at_work() -> Iterator[Stage]:
    with open_team("serial") as team:
        yield Stage(team)


def made(folder: Path, figure: float = 1.0) -> tuple[dict[str, Any], bool]:
    def make(_stage: Stage) -> tuple[dict[str, Any], Mapping[str, pa.Table]]:
        return {"version": 1, "figure": figure}, TABLES

    return made_once(folder, NAME, REQUEST, at_work, make)


def test_another_request_has_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever makes other figures: the scenario, its people, the kind of analysis, what was asked, the model."""
    base = Question(QUICK).version()
    larger = replace(base, plan=replace(base.plan, population=4001))
    first = request_hash(base, "sweep", {"runs": 8})
    others = [
        request_hash(Question(QUICK).version("budget=290"), "sweep", {"runs": 8}),
        request_hash(larger, "sweep", {"runs": 8}),
        request_hash(base, "tornado", {"runs": 8}),
        request_hash(base, "sweep", {"runs": 9}),
    ]
    assert first == request_hash(Question(QUICK).version(), "sweep", {"runs": 8})
    monkeypatch.setattr(saving, "model_version", lambda: "another")
    others.append(request_hash(base, "sweep", {"runs": 8}))
    assert 6 == len({first, *others})


def test_an_analysis_is_made_once(tmp_path: Path) -> None:
    first, known = made(tmp_path)
    assert not known
    assert (first, True) == made(tmp_path, 2.0)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'"x"', b"null", b"{}", b"\xff\xfe"])
def test_a_damaged_analysis_is_made_again(damage: bytes, tmp_path: Path) -> None:
    first, _ = made(tmp_path)
    (tmp_path / f"{NAME}.json").write_bytes(damage)
    assert (first, False) == made(tmp_path)
    assert (first, True) == made(tmp_path)


def test_an_analysis_without_its_tables_is_made_again(tmp_path: Path) -> None:
    made(tmp_path)
    table = tmp_path / f"{NAME}.runs.parquet"
    table.unlink()
    assert not made(tmp_path)[1]
    assert table.exists()


def test_trials_stay_until_the_analysis_is_written(tmp_path: Path) -> None:
    """A value that no JSON holds stands for whatever keeps it from being written, as a full disk does."""
    parts = trial_parts(tmp_path, NAME, REQUEST)
    with pytest.raises(ValueError, match="JSON"):
        made(tmp_path, float("nan"))
    assert parts.folder.exists()
    made(tmp_path)
    assert not parts.folder.exists()


def test_trials_of_other_analyses_stay(tmp_path: Path) -> None:
    """Half of a sweep of two numbers is not lost to one of the first of them."""
    other = trial_parts(tmp_path, f"{NAME}-days", REQUEST).folder
    own = [trial_parts(tmp_path, f"{NAME}{part}", REQUEST).folder for part in ("", "@scan", "@-5", "@at-2@1e-05")]
    remove_trials(tmp_path, NAME)
    assert other.exists()
    assert [] == [folder for folder in own if folder.exists()]
