"""What `simulator doctor` says of the worlds that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli.main import app


def worlds_line() -> str:
    shown = CliRunner().invoke(app, ["doctor"]).stdout.splitlines()
    return next(line.removeprefix("worlds").strip() for line in shown if line.startswith("worlds"))


def test_it_shows_where_worlds_are_how_large_they_are_and_how_to_empty_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("SIMULATOR_WORLDS_GB", raising=False)
    folder = tmp_path / "simulator/worlds"
    rest = "GB (remove the folder to empty it; SIMULATOR_WORLDS_GB sets its size)"
    assert f"{folder} holds 0, 0.00 of 4 {rest}" == worlds_line()
    (folder / "entry").mkdir()
    (folder / "entry/people.topic.npy").write_bytes(bytes(30_000_000))
    monkeypatch.setenv("SIMULATOR_WORLDS_GB", "2.5")
    assert f"{folder} holds 1, 0.03 of 2.5 {rest}" == worlds_line()


def test_it_says_why_worlds_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"  # a file where a folder should be: nobody can write below it, not even root
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.delenv("SIMULATOR_WORLDS_GB", raising=False)
    assert "cannot be written (XDG_CACHE_HOME names another place)" in worlds_line()
    monkeypatch.setenv("SIMULATOR_WORLDS_GB", "0")
    assert "not kept (SIMULATOR_WORLDS_GB=0)" == worlds_line()
