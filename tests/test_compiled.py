"""The door to Numba: no stale code, no surprise in the last bit, and a cache wherever one can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from simulator import compiled
from simulator.compiled import kernel, rule

SHOW_FOLDER = "from simulator.compiled import CACHE_FOLDER; print(CACHE_FOLDER)"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package's sources whose files may be changed."""
    shutil.copytree(compiled.PACKAGE, tmp_path / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def folder_of(copy: Path, **environment: str) -> Path:
    shown = subprocess.run(
        [sys.executable, "-c", SHOW_FOLDER],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(shown.stdout.strip())


def test_the_folder_is_the_same_while_no_source_changes(copy: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    assert folder_of(copy, XDG_CACHE_HOME=home) == folder_of(copy, XDG_CACHE_HOME=home)


@pytest.mark.parametrize("name", ["arithmetic.py", "rules/facts.py"])
def test_the_folder_changes_with_what_is_compiled(copy: Path, tmp_path: Path, name: str) -> None:
    home = str(tmp_path / "home")
    before = folder_of(copy, XDG_CACHE_HOME=home)
    with (copy / "simulator" / name).open("a") as source:
        source.write("\n# changed\n")
    assert before != folder_of(copy, XDG_CACHE_HOME=home)


def test_every_source_counts(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "PACKAGE", copy / "simulator")
    seen = {compiled.source_hash()}
    sources = sorted((copy / "simulator").rglob("*.py"))
    for path in sources:
        path.write_text(path.read_text() + "\n# changed\n")
        seen.add(compiled.source_hash())
    assert len(sources) + 1 == len(seen)


def test_every_room_with_compiled_code_counts_for_the_folder() -> None:
    marks = ("@rule", "@kernel", "@inlined", "@borrowing")
    rooms = tuple(str(compiled.PACKAGE / room) for room in compiled.COMPILED_ROOMS)
    for path in compiled.PACKAGE.rglob("*.py"):
        if any(line.startswith(marks) for line in path.read_text().splitlines()):
            assert str(path).startswith(rooms), path


def test_a_renamed_source_counts(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "PACKAGE", copy / "simulator")
    before = compiled.source_hash()
    (copy / "simulator" / "errors.py").rename(copy / "simulator" / "mistakes.py")
    assert before != compiled.source_hash()


def test_a_home_that_cannot_be_written_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"  # a file where a folder should be: nobody can write below it, not even root
    blocked.touch()
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    folder = compiled.cache_folder()
    assert folder.is_relative_to(spare)
    assert folder.is_dir()


def test_where_nothing_fits_a_new_temporary_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "writable", lambda _folder: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert compiled.cache_folder().is_dir()


def test_numba_uses_the_folder() -> None:
    import numba.core.config as settings

    assert str(compiled.CACHE_FOLDER) == settings.CACHE_DIR


def test_vendor_mathematics_is_off() -> None:
    import numba.core.config as settings

    assert not settings.USING_SVML


def test_a_kernel_never_trades_bits_for_speed() -> None:
    @kernel
    def example(x: float) -> float:
        return x

    options = example.targetoptions  # type: ignore[attr-defined]
    assert not options.get("fastmath")
    assert not options.get("parallel")
    assert options["nogil"]
    assert "numpy" == options["error_model"]


@pytest.mark.parametrize("word", ["fastmath=True", "parallel=True", "prange", "objmode", "forceobj"])
def test_no_source_asks_for_other_arithmetic(word: str) -> None:
    assert [] == [path.name for path in compiled.PACKAGE.rglob("*.py") if word in path.read_text()]


def test_sums_of_floats_keep_their_order() -> None:
    @kernel
    def total(x: float, count: int) -> float:
        sum_ = 1.0
        for _ in range(count):
            sum_ = sum_ + x
        return sum_

    assert 1.0 == total(2.0**-54, 1_000)  # added first among themselves, they would show


def test_products_are_rounded_before_they_are_added() -> None:
    @kernel
    def residue(x: float, y: float, z: float) -> float:
        return x * y - z

    x = 1.0 + 2.0**-30
    assert 0.0 == residue(x, x, x * x)  # a fused multiply-add would leave 2 to the power -60


def test_a_rule_is_the_plain_function_from_python() -> None:
    def double(x: float) -> float:
        return 2.0 * x

    assert double is rule(double)
