"""README and docs/commands.md tell the truth: commands work as they stand, scenarios are valid, links lead somewhere.

A comment above a block of commands changes how it is tested: `<!-- test: --runs 50 -->` adds options to each `run`,
`<!-- test: not run (why) -->` leaves the block out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import refresh_readme

README = Path(__file__).parent.parent / "README.md"
COMMANDS = README.parent / "docs" / "commands.md"
BLOCK = re.compile(
    r"(?:<!-- test: (?P<note>[^>]*?) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
FEWER_RUNS = "--runs 20"
STAND_IN = """\
#!/bin/sh
# Stands in for scripts/simulate, in the environment that runs the tests.
case ${{1:-}} in run) set -- "$@" {options} ;; esac
exec '{python}' -m simulator "$@"
"""


class Block(NamedTuple):
    """A fenced block of the README and the note above it."""

    note: str
    language: str
    text: str


def blocks(language: str, document: Path = README) -> list[Block]:
    found = [
        Block(match["note"] or "", match["language"], match["text"]) for match in BLOCK.finditer(document.read_text())
    ]
    return [block for block in found if language == block.language]


def executed(document: Path) -> list[Block]:
    """The blocks of commands that a test runs."""
    return [block for block in blocks("sh", document) if not block.note.startswith("not run")]


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A folder that looks like the project to the README's commands."""
    (tmp_path / "scripts").mkdir()
    shutil.copytree(root / "scenarios", tmp_path / "scenarios")
    return tmp_path


def play(project: Path, root: Path, text: str, options: str) -> subprocess.CompletedProcess[str]:
    stand_in = project / "scripts" / "simulate"
    stand_in.write_text(STAND_IN.format(python=sys.executable, options=options))
    stand_in.chmod(0o755)
    shutil.copy(stand_in, project / "scripts" / "simulator")
    path = f"{project / 'scripts'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-e", "-u", "-c", text],
        cwd=project,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(root)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("document", [README, COMMANDS], ids=lambda path: path.stem)
def test_commands_work_in_the_order_they_stand(project: Path, root: Path, document: Path) -> None:
    assert executed(document)
    for block in executed(document):
        done = play(project, root, block.text, block.note or FEWER_RUNS)
        assert 0 == done.returncode, f"{block.text}\n{done.stdout}\n{done.stderr}"


def test_every_command_has_an_executed_example() -> None:
    from simulator.cli.main import COMMANDS as KNOWN

    shown = "".join(block.text for document in (README, COMMANDS) for block in executed(document))
    assert [] == [name for name in KNOWN if not re.search(rf"^scripts/simulate {name}\b", shown, re.MULTILINE)]


def test_two_commands_set_everything_up(root: Path) -> None:
    first, second = blocks("sh")[:2]
    assert first.text.startswith("scripts/simulate run scenarios/")
    assert second.text == "scripts/test\n"
    for name in ("simulate", "test"):
        assert os.access(root / "scripts" / name, os.X_OK)


def test_the_scenario_is_valid(project: Path, root: Path) -> None:
    assert blocks("yaml")
    for i, block in enumerate(blocks("yaml")):
        (project / f"example{i}.yaml").write_text(block.text)
        done = play(project, root, f"scripts/simulate validate example{i}.yaml", "")
        assert 0 == done.returncode, done.stderr


def test_the_table_lists_every_command(project: Path, root: Path) -> None:
    helped = play(project, root, "scripts/simulate --help", "").stdout.partition("Commands:")[2]
    commands = re.findall(r"^  ([a-z-]+) ", helped, re.MULTILINE)
    assert commands
    assert sorted(commands) == sorted(re.findall(r"^\| `([a-z-]+)` ", README.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", re.findall(r"^\| `([a-z-]+)` ", README.read_text(), re.MULTILINE))
def test_each_command_of_the_table_has_help(project: Path, root: Path, name: str) -> None:
    done = play(project, root, f"scripts/simulate {name} --help", "")
    assert 0 == done.returncode, done.stderr


def test_links_lead_somewhere(root: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README.read_text())
    targets = [link or image for link, image in targets]
    assert any(target.endswith(".png") for target in targets)
    assert [] == [target for target in targets if "://" not in target and not (root / target).exists()]


def test_the_answer_shown_is_the_real_one(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    places = refresh_readme.PLACE.findall(README.read_text())
    assert 1 == len(places)
    assert refresh_readme.answer([sys.executable, "-m", "simulator"]) == places[0][1], "run scripts/refresh_readme.py"
