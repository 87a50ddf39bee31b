"""One writer per folder: who comes second is told so, and mixes nothing into the results of the first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from simulator.errors import ResultsError
from simulator.results.files import explained

LOCK: Final = ".lock"
FCNTL: Final = import_module("fcntl") if find_spec("fcntl") else None  # Windows has none


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder if need be and hold it alone. Raises ResultsError while another run holds it."""
    with ExitStack() as held:
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context((_by_existence if FCNTL is None else _by_kernel)(folder / LOCK))
        yield


@contextmanager
def _by_kernel(path: Path) -> Iterator[None]:
    """A lock that ends with its process, however that ends."""
    assert FCNTL is not None
    with path.open("a") as file:
        try:
            FCNTL.flock(file, FCNTL.LOCK_EX | FCNTL.LOCK_NB)
        except BlockingIOError:
            raise _busy(path, "wait for it") from None
        if os.fstat(file.fileno()).st_nlink == 0:  # its holder ended between opening and locking
            raise _busy(path, "try again")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _by_existence(path: Path) -> Iterator[None]:
    """Where the system locks no files: a file that a killed process leaves behind."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise _busy(path, f"wait for it, or remove {path.name} there if it was killed") from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _busy(path: Path, remedy: str) -> ResultsError:
    return ResultsError(f"{path.parent}: another run is writing here; {remedy}, or choose another folder with --out")
