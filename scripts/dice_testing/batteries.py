"""Batteries of statistical tests that read words from a pipe: TestU01's SmallCrush and Crush, and Dieharder.

TestU01 (L'Ecuyer, Simard 2007, "TestU01: A C library for empirical testing of random number generators") is a library,
so a small program in C is compiled against it. Dieharder (Brown, Eddelbuettel, Bauer) is a program.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from dice_testing.streams import Source

DRIVER: Final = Path(__file__).parent / "testu01.c"
LIBRARIES: Final = ("-ltestu01", "-lprobdist", "-lmylib", "-lm")
BATTERIES: Final = ("smallcrush", "crush", "dieharder", "dieharder-short")
# Dieharder's tests that take some seconds each, by number; without those that it calls suspect.
SHORT: Final = (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 15, 16, 100, 101, 205, 206, 207, 208, 209)
HOW_TO_GET: Final = {
    "smallcrush": "apt-get install libtestu01-0-dev (in Debian 12 it lies in the section non-free)",
    "crush": "apt-get install libtestu01-0-dev (in Debian 12 it lies in the section non-free)",
    "dieharder": "apt-get install dieharder",
    "dieharder-short": "apt-get install dieharder",
}
DIEHARDER: Final = ("dieharder", "-g", "200")  # 200: words from standard input
MOST_WORDS: Final = 1 << 20  # handed over at once
SUSPICIOUS: Final = 1e-4  # a p-value this near to 0 or 1
IMPOSSIBLE: Final = 1e-10  # a p-value that chance does not give
RETIRED: Final = ("diehard_sums",)  # Dieharder itself says of it: do not use
ROW: Final = re.compile(r"^\s*(\w+)\|\s*(\d+)\|\s*(\d+)\|\s*(\d+)\|\s*([0-9.eE+-]+)\|", re.MULTILINE)


@dataclass(frozen=True)
class Statistic:
    """One test's p-value."""

    name: str
    p: float

    @property
    def suspicious(self) -> bool:
        """Whether chance gives so extreme a p-value once in 5,000 tests at most."""
        return not SUSPICIOUS <= self.p <= 1.0 - SUSPICIOUS

    @property
    def impossible(self) -> bool:
        """Whether the stream is not random."""
        return not IMPOSSIBLE <= self.p <= 1.0 - IMPOSSIBLE


@dataclass(frozen=True)
class Verdict:
    """What a battery says of a stream, and how many words it took."""

    stream: str
    battery: str
    words: int
    statistics: tuple[Statistic, ...]

    @property
    def suspicious(self) -> tuple[Statistic, ...]:
        return tuple(statistic for statistic in self.statistics if statistic.suspicious)

    @property
    def word(self) -> str:
        """Passed; look again, since one p-value is unlikely; or failed."""
        if any(statistic.impossible for statistic in self.statistics):
            return "failed"
        return "look again" if self.suspicious else "passed"


def judge(stream: str, source: Source, battery: str) -> Verdict:
    """Run a battery on a stream; where it consists of several programs, each goes on where the last one stopped."""
    commands, statistics = _commands(battery)
    found: list[Statistic] = []
    words = 0
    for command in commands:
        output, taken = _fed(command, source)
        found += statistics(output)
        words += taken
    return Verdict(stream, battery, words, tuple(found))


def _commands(battery: str) -> tuple[list[list[str]], Callable[[str], tuple[Statistic, ...]]]:
    """The programs of a battery, and what reads their output."""
    if battery == "dieharder":
        return [[*DIEHARDER, "-a"]], statistics_of_dieharder
    if battery == "dieharder-short":
        return [[*DIEHARDER, "-d", str(test)] for test in SHORT], statistics_of_dieharder
    return [[str(_built()[0]), battery]], statistics_of_testu01


def obstacle(battery: str) -> str:
    """Why a battery cannot be run here, or nothing."""
    if "crush" in battery:
        return _built()[1]
    return "" if shutil.which(DIEHARDER[0]) else f"there is no program {DIEHARDER[0]}"


@lru_cache(maxsize=1)
def _built() -> tuple[Path, str]:
    """The program that runs TestU01's batteries, compiled here, and what the compiler had against it."""
    program = Path(tempfile.mkdtemp(prefix="testu01-")) / "testu01"
    compiler = shutil.which("cc")
    if compiler is None:
        return program, "there is no C compiler cc"
    command = [compiler, "-O2", "-o", str(program), str(DRIVER), *LIBRARIES]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    return program, "" if built.returncode == 0 else built.stderr.strip()


def _fed(command: list[str], source: Source) -> tuple[str, int]:
    """What a program prints that reads a stream until it has enough, and how many words it was handed."""
    with tempfile.TemporaryFile() as printed:
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=printed)
        assert program.stdin is not None
        words = 0
        try:
            while program.poll() is None:
                program.stdin.write(memoryview(source.words(MOST_WORDS)).cast("B"))
                words += MOST_WORDS
        except BrokenPipeError:  # it has read enough
            pass
        if program.wait() != 0:
            raise RuntimeError(f"{command[0]} ended with {program.returncode}")
        printed.seek(0)
        return printed.read().decode(errors="replace"), words


def statistics_of_dieharder(output: str) -> tuple[Statistic, ...]:
    """The p-values in Dieharder's table, without those of tests that it advises against."""
    rows = ROW.findall(output)
    return tuple(Statistic(f"{name} {size}", float(p)) for name, size, _, _, p in rows if name not in RETIRED)


def statistics_of_testu01(output: str) -> tuple[Statistic, ...]:
    """The p-values that our program prints; TestU01 gives a negative one where it did not run a test."""
    rows = [line.split("\t") for line in output.splitlines() if "\t" in line]
    found = (Statistic(name.strip(), float(p)) for p, name in rows)
    return tuple(statistic for statistic in found if statistic.p >= 0.0)
