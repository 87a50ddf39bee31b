"""`scripts/environment.sh` never removes an environment that it did not make, or that is another account's."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The scripts alone, and in `programs` what stands before the system's: a Python that makes a mark instead."""
    (tmp_path / "scripts").mkdir()
    for name in ("simulate", "environment.sh"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts" / name)
    (tmp_path / "programs").mkdir()
    program(tmp_path / "programs" / "python3.13", 'case "$1" in -m) : >made; exit 1 ;; esac')
    return tmp_path


def program(place: Path, text: str) -> None:
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


def environment(project: Path, *marks: str) -> Path:
    """A folder that looks like an environment whose Python does not work."""
    folder = project / ".venv"
    (folder / "bin").mkdir(parents=True)
    program(folder / "bin" / "python", "exit 1")
    for mark in marks:
        (folder / mark).write_text("made of something else")
    return folder


def started(project: Path) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if key not in {"SIMULATOR_VENV", "PYTHON"}}
    path = f"{project / 'programs'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "scripts/simulate", "doctor"],
        cwd=project,
        env=known | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def refused(project: Path, folder: Path, why: str) -> bool:
    """Whether one line says why and what to do, and nothing was removed or made."""
    before = sorted(folder.rglob("*"))
    done = started(project)
    (line,) = done.stderr.splitlines()
    assert f"simulator: {folder} {why}; it is left as it is: name a place of your own, as in SIMULATOR_VENV=" in line
    return 0 != done.returncode and before == sorted(folder.rglob("*")) and not (project / "made").exists()


def test_an_environment_of_another_account_is_left_as_it_is(project: Path) -> None:
    folder = environment(project, ".installed-run")
    program(project / "programs" / "id", f"echo {os.getuid() + 4711}")
    assert refused(project, folder, "belongs to another account, and this one cannot use it as it is")


def test_an_environment_that_may_not_be_executed_is_left_as_it_is(project: Path) -> None:
    folder = environment(project, ".installed-run")
    (folder / "bin" / "python").chmod(0o644)
    assert refused(project, folder, "has a Python that this account may not execute")


def test_a_folder_that_these_scripts_did_not_make_is_left_as_it_is(project: Path) -> None:
    folder = environment(project)
    assert refused(project, folder, "was not made by these scripts and does not fit")


@pytest.mark.parametrize("mark", [".installing", ".installed-run"])
def test_a_broken_environment_of_ones_own_is_made_anew(project: Path, mark: str) -> None:
    folder = environment(project, mark)
    done = started(project)
    assert "creating .venv" in done.stderr
    assert (project / "made").exists()
    assert not (folder / "bin").exists()


@pytest.mark.parametrize("there", [False, True])
def test_an_environment_is_made_where_there_is_none(project: Path, there: bool) -> None:
    if there:
        (project / ".venv").mkdir()
    assert "creating .venv" in started(project).stderr
    assert (project / "made").exists()
