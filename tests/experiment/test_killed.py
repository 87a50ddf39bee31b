"""A writer killed at any moment loses nothing that was finished, and whoever goes on ends with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from experiment.fake_engine import Watch

from simulator.dice import Decision, throw
from simulator.experiment import record as recording
from simulator.experiment import worker

FILES = ("runs.parquet", "influencers.parquet", "daily.parquet", "summary.json")
POINTS = 10


def recorded(folder: str) -> None:
    """Play the fake scenario into a folder, in many small parts."""
    from experiment.test_record import recorded as record_into

    recording.PART_SECONDS, recording.PART_SHARE = 0.02, 0.0  # type: ignore[misc]
    worker.machinery = Watch(seconds=0.004).machinery
    record_into(Path(folder), "out", "runs=40", executor="local:2")


# Forks a writer per folder named on its input: what is imported once serves them all.
WRITERS = """
import os, sys
sys.path[:0] = sys.argv[1].split("|")
from experiment.test_killed import recorded
import pyarrow.dataset, ruamel.yaml, simulator.results.summary, simulator.scenario.loader
while folder := sys.stdin.readline():
    if not (writer := os.fork()):
        recorded(folder.strip())
        os._exit(0)
    print(writer, flush=True)
    sys.stdin.readline()  # until then an ended writer keeps its number, and no other process is hit
    print(os.waitpid(writer, 0)[1], flush=True)
"""


@pytest.fixture(scope="module")
def writers() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITERS, "|".join(sys.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forking:
        yield forking
        forking.stdin.close()


def written(writers: subprocess.Popen[str], folder: Path, *, kill_after: float | None = None) -> int:
    """Let another process write; kill it after so many seconds. Its exit status."""
    folder.mkdir(exist_ok=True)
    print(folder, file=writers.stdin, flush=True)
    writer = int(writers.stdout.readline())
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(writer, signal.SIGKILL)
    print("wait", file=writers.stdin, flush=True)
    return int(writers.stdout.readline())


def contents(folder: Path) -> list[bytes]:
    return [(folder / "out" / name).read_bytes() for name in FILES]


def test_ten_writers_killed_at_random_end_with_the_bytes_of_one_left_alone(
    writers: subprocess.Popen[str], tmp_path: Path
) -> None:
    began = time.monotonic()
    assert 0 == written(writers, tmp_path / "alone")
    duration = time.monotonic() - began
    expected, killed, kept = contents(tmp_path / "alone"), 0, 0
    for point in range(POINTS):
        folder = tmp_path / str(point)
        share = throw(1, 0, point, 0, 0, Decision.PARAMETER, 0)[0] / 2**32
        killed += written(writers, folder, kill_after=duration * (point + share) / POINTS) != 0
        kept += any((folder / "out" / "parts").glob("[0-9]*"))
        assert 0 == written(writers, folder)
        assert expected == contents(folder)
    assert killed >= 1  # how many die before they end is up to the machine
    assert kept >= 1  # it would show nothing if every writer died before its first part
