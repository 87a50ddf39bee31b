"""The real command on a case, in a process of its own: exit code, what it says, what it leaves, its processor time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from fuzzing.ground import ROOT

MOST_SECONDS: Final = 2.0  # beyond start-up
GIVES_UP: Final = 30.0
TRACES: Final = ("Traceback", "internal error", "Warning:")


def start_up(folder: Path) -> float:
    """Seconds of the same command on a shipped scenario: the median of five."""
    taken = sorted(_called(folder, "validate", str(ROOT / "scenarios" / "quick.yaml"))[1] for _ in range(5))
    return taken[2]


def fault_of(path: Path, settings: tuple[str, ...], *, valid: bool, usual: float) -> str:
    """What is wrong with how the command treats a case; empty if nothing is. What is valid is not played."""
    given = [str(path), *(word for setting in settings for word in ("--set", setting))]
    if any("\0" in word for word in given):
        return ""  # no command line can hold it
    calls = [("validate", *given)] if valid else [("validate", *given), ("run", *given, "--out", "played")]
    before = set(path.parent.iterdir())
    for words in calls:
        try:
            result, seconds = _called(path.parent, *words)
        except subprocess.TimeoutExpired:
            return f"{words[0]} does not end"
        said = result.stderr.decode("utf-8", "replace")
        if result.returncode != (0 if valid else 2):
            return f"{words[0]} exits with {result.returncode}: {said[-300:]}"
        if traces := [trace for trace in TRACES if trace in said]:
            return f"{words[0]} says {traces[0]}: {said[-300:]}"
        if set(path.parent.iterdir()) != before:
            return f"{words[0]} writes something"
        if seconds > usual + MOST_SECONDS:
            return f"{words[0]} takes {seconds:.1f} s, {usual:.1f} s of it to start"
    return ""


def _called(folder: Path, *words: str) -> tuple[subprocess.CompletedProcess[bytes], float]:
    start = _used()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    given = [word.encode("utf-8", "surrogateescape") for word in words]
    command = [sys.executable.encode(), b"-m", b"simulator", *given]
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=GIVES_UP,
        check=False,
    )
    return result, _used() - start


def _used() -> float:
    """Processor seconds of all programs started so far: what else the machine does changes them little."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
