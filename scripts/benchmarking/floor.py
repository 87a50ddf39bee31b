"""The floor: W-simple in C, compiled on the spot for this very processor. Its counts must equal ours exactly."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarking.job import COUNTS, Job, thresholds

SOURCE = Path(__file__).parent / "w_simple.c"
COMPILERS = ("cc", "gcc", "clang")
FLAGS = ("-O3", "-march=native", "-std=gnu11", "-shared", "-fPIC")
WIDE = ("-mprefer-vector-width=512",)  # where the compiler and the processor know it
SLACK = 4 * 512  # what w_simple.c may write beyond the last follower


class _Job(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in ("followers", "posts", "days", "lifetime")),
        *((name, ctypes.c_void_p) for name in ("about", "post_day", "seen_by", "lag_above")),
        *((name, ctypes.c_uint32) for name in ("seed", "world", "engage")),
        ("click", ctypes.c_uint32 * 2),
        ("intent", ctypes.c_uint32 * 2),
    )


class _Counts(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_int64) for name in COUNTS)


def compiler() -> str | None:
    """A C compiler of this machine, or none."""
    return next((path for name in COMPILERS if (path := shutil.which(name))), None)


class Floor:
    """The compiled program. Compiling takes a moment; so does preparing a job, outside of any measurement."""

    def __init__(self, folder: Path) -> None:
        self._play = ctypes.CDLL(str(_compile(folder))).play
        self._play.restype = None

    def prepare(self, job: Job) -> Callable[[], dict[str, int]]:
        """What plays a job once and returns its counts."""
        structure, columns = _structure(job)
        reached = np.zeros(job.followers // 8 + SLACK, np.uint8)
        buyers = np.zeros(job.followers + SLACK, np.uint8)
        counts = _Counts()
        reached_at, buyers_at = ctypes.c_void_p(reached.ctypes.data), ctypes.c_void_p(buyers.ctypes.data)

        def run(_alive: object = (columns, reached, buyers)) -> dict[str, int]:  # C knows their addresses only
            self._play(ctypes.byref(structure), job.run, reached_at, buyers_at, ctypes.byref(counts))
            return {name: getattr(counts, name) for name in COUNTS}

        return run


def _compile(folder: Path) -> Path:
    command = compiler()
    assert command is not None, "no C compiler; ask `compiler()` first"
    library = folder / "w_simple.so"
    for flags in ((*FLAGS, *WIDE), FLAGS):
        built = subprocess.run([command, *flags, "-o", library, SOURCE], capture_output=True, text=True, check=False)
        if built.returncode == 0:
            return library
    raise RuntimeError(f"{command} did not compile {SOURCE}:\n{built.stderr}")


def _structure(job: Job) -> tuple[_Job, list[NDArray[Any]]]:
    words = thresholds(job)
    arrays: list[NDArray[Any]] = [
        np.array(job.about, np.uint32),
        np.array(job.post_days, np.int64),
        np.array(words.seen_by, np.uint32),
        np.array(words.lag_above, np.uint32),
    ]
    structure = _Job(
        job.followers,
        len(job.post_days),
        job.days,
        len(words.seen_by),
        *(array.ctypes.data for array in arrays),
        job.seed,
        job.world,
        words.engage,
        (ctypes.c_uint32 * 2)(*words.click),
        (ctypes.c_uint32 * 2)(*words.intent),
    )
    return structure, arrays
