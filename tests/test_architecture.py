"""The house as planned: imports go downward, files stay short, chance has one source, starting is quick."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulator

PACKAGE = Path(simulator.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 300
CHANCE = {"random", "secrets", "uuid", "numpy.random", "os.urandom", "random.SystemRandom"}
SLOW_TO_IMPORT = {"mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "pydantic", "ruamel", "scipy"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_test_modules_have_names_of_their_own(root: Path) -> None:
    """Two of one name can't be collected together, which a run of a part of the tests does not show."""
    names = [path.name for path in (root / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_imports_keep_their_contracts(root: Path) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    linted = subprocess.run(
        [*command, "--no-cache", "--no-logo"], cwd=root, capture_output=True, text=True, check=False
    )
    assert 0 == linted.returncode, linted.stdout + linted.stderr


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text().count("\n")
    assert lines <= LONGEST_MODULE


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_opens_with_its_promise(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def names_used(source: str) -> Iterator[str]:
    """Dotted names a source imports or reads, with short names of modules written out."""
    tree = ast.parse(source)
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                aliases |= {alias.asname or alias.name: alias.name for alias in names}
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{aliases.get(node.value.id, node.value.id)}.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield f"{node.func.id}()"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_chance_comes_from_keyed_dice_alone(path: Path) -> None:
    assert set() == (CHANCE | {"hash()"}) & set(names_used(path.read_text()))


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from random import random",
        "import numpy as np\nnp.random.default_rng()",
        "from numpy import random",
        "import os\nos.urandom(4)",
        "hash('a')",
    ],
)
def test_other_chance_would_be_found(source: str) -> None:
    assert (CHANCE | {"hash()"}) & set(names_used(source))


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys; from simulator.cli.main import main; sys.argv = ['simulator', '--help']\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print('imported:', *sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = shown.stdout.rsplit("imported:", 1)[1].split()
    assert set() == SLOW_TO_IMPORT & set(imported)


def test_the_package_imports_nothing_by_itself() -> None:
    script = "import sys, simulator; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ["simulator"] == [name for name in shown.stdout.split() if name.startswith("simulator")]
    assert set() == SLOW_TO_IMPORT & set(shown.stdout.split())


def test_catalog_entries_lie_in_the_package() -> None:
    assert list((PACKAGE / "catalog").rglob("*.yaml"))
    assert (PACKAGE / "py.typed").exists()
