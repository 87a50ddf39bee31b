"""Worlds built before, kept on disk: whoever needs the same people again finds them in a moment.

An entry is a folder named by the hash of its recipe and of the sources that build worlds, so it never goes stale: one
.npy file per column, and `world.json` with the recipe and a checksum of each file. It appears complete or not at all,
several processes may add to the shelf at once, and a damaged entry is thrown away. Nothing here fails a run: a shelf
that cannot be read or written is left alone.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.compiled import cache_home, source_hash
from simulator.errors import InputProblems, Problem
from simulator.world.audiences import Audiences
from simulator.world.network import PeerNetwork
from simulator.world.people import People
from simulator.world.recipe import Recipe
from simulator.world.world import Parts

ROOM: Final = "SIMULATOR_WORLDS_GB"  # what the shelf may hold; 0 switches it off
GIGABYTE: Final = 10**9
DEFAULT_ROOM: Final = 4.0
FEWEST_PEOPLE: Final = 200_000  # fewer are built as fast as they are found
SOURCES: Final = ("world", "arithmetic.py", "compiled.py", "dice.py")  # what a world depends on beside its recipe
HEADER: Final = "world.json"
UNFINISHED: Final = ".new-"
ABANDONED: Final = 3600.0  # seconds after which nobody finishes an entry any more
DAMAGES: Final = (OSError, ValueError, KeyError, TypeError, AttributeError)  # what reading half an entry may raise
_IN_USE: Final[dict[str, tuple[int, int]]] = {}  # entries of this process: seed and size


def shelf_folder() -> Path:
    """Where worlds are kept."""
    return cache_home() / "worlds"


def most_bytes() -> int:
    """What the shelf may hold at most. Raises InputProblems if the environment says no number."""
    text = os.environ.get(ROOM, "")
    try:
        room = float(text) if text.strip() else DEFAULT_ROOM
    except ValueError:
        room = math.nan
    if not 0.0 <= room < math.inf:
        raise InputProblems([Problem(ROOM, f"{text!r} is no size", "give gigabytes, such as 4, or 0 to keep nothing")])
    return int(room * GIGABYTE)


def find(recipe: Recipe) -> Parts | None:
    """The parts of a world kept before; none if there is no sound entry. Columns are shared between processes."""
    if recipe.size < FEWEST_PEOPLE or not most_bytes():
        return None
    entry = shelf_folder() / _name(recipe)
    if not entry.is_dir():
        return None
    try:
        parts = _read(entry, recipe)
    except DAMAGES:
        _remove(entry)
        return None
    with suppress(OSError):
        os.utime(entry)  # the least recently used go first
    _IN_USE[entry.name] = recipe.seed, recipe.size
    return parts


def keep(recipe: Recipe, parts: Parts) -> None:
    """Put a world on the shelf, if there is room once others that are used less recently are gone."""
    if recipe.size < FEWEST_PEOPLE or not most_bytes():
        return
    folder, name = shelf_folder(), _name(recipe)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder)
        if not _make_room(folder, recipe, sum(column.nbytes for column in _columns(parts).values())):
            return
        fresh = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
        try:
            _write(fresh, recipe, parts)
            fresh.rename(folder / name)  # fails where another process was faster: theirs is the same world
            _IN_USE[name] = recipe.seed, recipe.size
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def entries() -> list[tuple[Path, int, float]]:
    """All worlds on the shelf, the least recently used first: folder, bytes, time of last use."""
    found = []
    with suppress(OSError):
        for entry in sorted(shelf_folder().iterdir()):
            with suppress(OSError):
                if not entry.name.startswith(UNFINISHED):
                    found.append((entry, sum(file.stat().st_size for file in entry.iterdir()), entry.stat().st_mtime))
    return sorted(found, key=lambda entry: entry[2])


def room_left(folder: Path, held: int) -> int:
    """Bytes that may be added to a shelf that holds `held`: within its size, and never over half of the free disk."""
    return min(most_bytes(), (shutil.disk_usage(folder).free + held) // 2) - held


def _make_room(folder: Path, recipe: Recipe, wanted: int) -> bool:
    """Remove what is used least recently until there is room; false if there cannot be.

    Worlds of one experiment stay: it plays them in turn, and would always remove the one it needs next.
    """
    kept = entries()
    free = room_left(folder, sum(size for _, size, _ in kept))
    others = [(entry, size) for entry, size, _ in kept if _IN_USE.get(entry.name) != (recipe.seed, recipe.size)]
    if free + sum(size for _, size in others) < wanted:
        return False
    for entry, size in others:
        if free >= wanted:
            break
        _remove(entry)
        free += size
    return True


def _name(recipe: Recipe) -> str:
    return hashlib.sha256(f"{_sources()} {recipe.text()}".encode()).hexdigest()[:32]


@cache
def _sources() -> str:
    return source_hash(*SOURCES)


def _columns(parts: Parts) -> dict[str, NDArray[Any]]:
    """Every column of a world by the name of its file."""
    return {
        f"{part}.{name}.npy": column
        for part, columns in parts._asdict().items()
        for name, column in columns._asdict().items()
        if isinstance(column, np.ndarray)
    }


def _write(folder: Path, recipe: Recipe, parts: Parts) -> None:
    checksums = {}
    for name, column in _columns(parts).items():
        np.save(folder / name, column, allow_pickle=False)
        checksums[name] = _checksum(folder / name)
    text = json.dumps({"recipe": json.loads(recipe.text()), "crc32": checksums}, indent=1)
    (folder / HEADER).write_text(text, encoding="utf-8")


def _read(folder: Path, recipe: Recipe) -> Parts:
    """The parts of an entry. Raises one of DAMAGES."""
    header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    if header["recipe"] != json.loads(recipe.text()):
        raise ValueError("another recipe")
    if any(_checksum(folder / name) != checksum for name, checksum in header["crc32"].items()):
        raise ValueError("a damaged column")

    def columns(part: str, names: tuple[str, ...]) -> Iterator[NDArray[Any]]:
        return (_mapped(folder / f"{part}.{name}.npy", header["crc32"]) for name in names)

    creators = tuple(wish.name for wish in recipe.wishes)
    return Parts(
        people=People(*columns("people", People._fields)),
        audiences=Audiences(creators, *columns("audiences", Audiences._fields[1:])),
        network=PeerNetwork(*columns("network", PeerNetwork._fields)),
    )


def _mapped(path: Path, checked: dict[str, int]) -> NDArray[Any]:
    """A column as the file in memory: read when touched, shared between processes, and never written back.

    Numba compiles other code for columns that are marked read-only, so these are private copies on write instead.
    """
    if path.name not in checked:
        raise KeyError(path.name)
    return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))


def _checksum(path: Path) -> int:
    return zlib.crc32(np.memmap(path, np.uint8, mode="r").data)


def _remove(entry: Path) -> None:
    """Take an entry off the shelf at once, then delete it: nobody finds half of it."""
    with suppress(OSError):
        gone = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=entry.parent))
        try:
            entry.rename(gone)
        finally:
            shutil.rmtree(gone, ignore_errors=True)


def _clear_abandoned(folder: Path) -> None:
    """Delete what killed processes left unfinished."""
    for unfinished in folder.glob(f"{UNFINISHED}*"):
        if time.time() - unfinished.stat().st_mtime > ABANDONED:
            shutil.rmtree(unfinished, ignore_errors=True)
