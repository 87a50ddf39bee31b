#!/usr/bin/env python3
"""Break a run in every way we can think of, and see that nothing is lost: the figures of docs/reliability.md.

    scripts/check_reliability.py [--points 100] [--runs 4000] [SCENARIO]

Kills with -9 at random moments, Ctrl-C at random moments, a full disk (needs root, for a small file system in memory),
a folder that cannot be written, two writers, damaged and foreign parts. Takes about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.dice import Decision, throw

ROOT = Path(__file__).parents[1]
FILES = ("runs.parquet", "influencers.parquet", "summary.json")
SMALL_DISK = 3_000_000  # bytes


@dataclass(frozen=True)
class Bench:
    """What is run, where, and how an undisturbed run ends and how long it takes."""

    scenario: Path
    runs: int
    folder: Path
    expected: list[bytes]
    seconds: float

    def command(self, out: str) -> list[str]:
        """The command that plays into a folder; a summary names its folder, so all are called the same."""
        scenario = ["run", str(self.scenario), "--runs", str(self.runs), "--out", "out"]
        (self.folder / out).mkdir(exist_ok=True)
        return [sys.executable, "-m", "simulator", *scenario]

    def run(self, out: str) -> subprocess.CompletedProcess[str]:
        """Play to the end."""
        where = {"cwd": self.folder / out, "capture_output": True, "text": True}
        return subprocess.run(self.command(out), check=False, **where)  # type: ignore[call-overload, no-any-return]

    def start(self, out: str) -> subprocess.Popen[str]:
        """Begin to play, in a process group of its own."""
        where = {"cwd": self.folder / out, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(self.command(out), text=True, start_new_session=True, **where)  # type: ignore[call-overload, no-any-return]

    def parts(self, out: str) -> list[Path]:
        """Finished parts."""
        return sorted((self.folder / out / "out" / "parts").glob("[0-9m]*"))

    def same(self, out: str) -> bool:
        """Whether a folder ends like an undisturbed one."""
        return self.expected == contents(self.folder / out / "out")

    def moment(self, number: int, of: int) -> float:
        """A random moment in the course of a run; they are spread over it."""
        share = throw(20261125, 0, number, 0, 0, Decision.PARAMETER, 0)[0] / 2**32
        return self.seconds * (number + share) / of


def contents(folder: Path) -> list[bytes]:
    """The bytes of what must be the same."""
    return [(folder / name).read_bytes() for name in FILES]


@contextmanager
def bench(scenario: Path, runs: int) -> Iterator[Bench]:
    """Play once undisturbed, to know what is right and how long it takes."""
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        folder = Path(name)
        fresh = Bench(scenario.resolve(), runs, folder, [], 0.0)
        fresh.run("compiling")
        started = time.monotonic()
        ended = fresh.run("undisturbed")
        if ended.returncode != 0:
            sys.exit(ended.stderr)
        seconds = time.monotonic() - started
        yield Bench(scenario.resolve(), runs, folder, contents(folder / "undisturbed" / "out"), seconds)


def kills(on: Bench, points: int) -> str:
    """Kill -9 at random moments, the whole process group; then the same command again."""
    same = died = kept = 0
    for number in range(points):
        process = on.start(name := f"kill{number}")
        time.sleep(on.moment(number, points))
        with_parts = bool(on.parts(name))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            died += 1
            kept += with_parts
        process.communicate()
        again = on.run(name)
        same += again.returncode == 0 and on.same(name)
        shutil.rmtree(on.folder / name)
        print(f"\r{number + 1} of {points} kills, {same} alike", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return (
        f"kill -9 at {points} random moments of a run of {on.seconds:.0f} s: {died} died of it ({kept} with finished "
        f"parts, the others before the first or at the very end); {same} of {points} resumed to the same bytes"
    )


def interrupts(on: Bench, points: int) -> str:
    """Ctrl-C at random moments while it plays; then the same command again."""
    took, same, codes = [], 0, set()
    for number in range(points):
        process = on.start(name := f"interrupt{number}")
        while not on.parts(name) and process.poll() is None:
            time.sleep(0.02)
        time.sleep(0.5 * on.moment(number, points))
        if process.poll() is not None:
            continue
        os.killpg(process.pid, signal.SIGINT)
        asked = time.monotonic()
        process.communicate()
        took.append(time.monotonic() - asked)
        codes.add(process.returncode)
        again = on.run(name)
        same += again.returncode == 0 and on.same(name)
    return (
        f"Ctrl-C at {len(took)} moments while playing: exit code {sorted(codes)}, ended after "
        f"{statistics.median(took):.2f} s (median; longest {max(took):.2f} s); {same} resumed to the same bytes"
    )


def second_signal(on: Bench) -> str:
    """A second Ctrl-C, at once."""
    process = on.start("twice")
    while not on.parts("twice"):
        time.sleep(0.02)
    asked = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.1)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    took = time.monotonic() - asked
    again = on.run("twice")
    alike = again.returncode == 0 and on.same("twice")
    return f"a second Ctrl-C after 0.1 s: ended {took:.2f} s after the first; resumed to the same bytes: {alike}"


def full_disk(on: Bench) -> str:
    """A file system of a few megabytes; once it is made larger, the same command goes on."""
    place = on.folder / "full"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK // 20}", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        return "a full disk: NOT TESTED, mounting a file system needs root"
    try:
        ended = on.run("full")
        told, kept = ended.stderr.strip().splitlines()[-1], len(on.parts("full"))
        subprocess.run(["mount", "-o", "remount,size=200m", str(place)], check=True)
        again = on.run("full")
        return (
            f"a full disk: exit code {ended.returncode}, {kept} parts kept, “{told}”; with more room resumed to the "
            f"same bytes: {again.returncode == 0 and on.same('full')}"
        )
    finally:
        subprocess.run(["umount", str(place)], check=True)


def unwritable(on: Bench) -> str:
    """A place where nobody can write."""
    command = [*on.command("nowhere")[:-1], "/proc/results"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, cwd=on.folder)
    return f"a folder that cannot be written: exit code {ended.returncode}, “{ended.stderr.strip().splitlines()[-1]}”"


def two_writers(on: Bench) -> str:
    """A second process on the same folder."""
    first = on.start("shared")
    while not on.parts("shared"):
        time.sleep(0.02)
    second = on.run("shared")
    first.communicate()
    told = second.stderr.strip().splitlines()[-1]
    return (
        f"a second writer: exit code {second.returncode}, “{told}”; the first ended with the same bytes: "
        f"{first.returncode == 0 and on.same('shared')}"
    )


def spoiled(on: Bench, what: str, spoil: Callable[[Path], None]) -> str:
    """A part that is damaged or foreign: refused, the others intact, and mended by removing it."""
    process = on.start(what)
    while len(on.parts(what)) < 2:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    part = on.parts(what)[0]
    others = {path: path.stat().st_mtime_ns for path in on.parts(what)[1:]}
    spoil(part)
    ended = on.run(what)
    intact = others == {path: path.stat().st_mtime_ns for path in on.parts(what)[1:]}
    shutil.rmtree(part)
    again = on.run(what)
    told = ended.stderr.strip().splitlines()[-1].replace(str(on.folder / what) + "/", "")
    return (
        f"a {what} part: exit code {ended.returncode}, “{told}”; the other parts intact: {intact}; with it removed "
        f"resumed to the same bytes: {again.returncode == 0 and on.same(what)}"
    )


def _flip(part: Path) -> None:
    content = bytearray((part / "runs.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (part / "runs.parquet").write_bytes(content)


def _disown(part: Path) -> None:
    header = part / "part.json"
    header.write_text(header.read_text().replace('"hash": "', '"hash": "0'))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", type=Path, default=ROOT / "scenarios" / "quick.yaml")
    parser.add_argument("--points", type=int, default=100, help="moments at which a run is killed")
    parser.add_argument("--runs", type=int, default=4000, help="runs of the scenario")
    asked = parser.parse_args()
    with bench(asked.scenario, asked.runs) as on:
        trials: list[Callable[[], str]] = [
            lambda: kills(on, asked.points),
            lambda: interrupts(on, max(asked.points // 10, 3)),
            lambda: second_signal(on),
            lambda: full_disk(on),
            lambda: unwritable(on),
            lambda: two_writers(on),
            lambda: spoiled(on, "damaged", _flip),
            lambda: spoiled(on, "foreign", _disown),
        ]
        for trial in trials:
            print(f"- {trial()}", flush=True)


if __name__ == "__main__":
    main()
