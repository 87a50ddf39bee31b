"""Reads one case as `validate` and `explain --json` do, and says what went wrong: anything but an answer or problems.

Watched over: exceptions, warnings, time, writing, starting programs, the network, and what the problems say.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from fuzzing.mutations import Case
from simulator.compiled import CACHE_FOLDER
from simulator.errors import InputProblems, Problem
from simulator.results.targets import target_problems
from simulator.scenario.explain import as_json, explanations
from simulator.scenario.identity import scenario_hash
from simulator.scenario.loader import load_campaign

MOST_SECONDS: Final = 2.0
HANGS: Final = 20  # seconds by the clock, waiting included, after which a case is given up
FRAMES: Final = 950  # calls within calls, as a program without hypothesis around it has them
MOST_PROBLEMS: Final = 150
LONGEST_PROBLEM: Final = 2_000  # characters
MOST_MEMORY: Final = 6 << 30  # bytes of address space
TOO_LONG: Final = "takes too long"
CREATES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN: Final = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.system",
                    "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen", "socket.connect", "shutil.",
                    "tempfile.")  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """How a case went: `valid` or refused, the processor's seconds it took, and what was wrong with it."""

    valid: bool
    seconds: float
    fault: str = ""
    details: str = ""


class Hangs(BaseException):
    """Raised by the clock into whatever takes too long; no handler of the project's catches it."""


class Watch:
    """Notes, from Python's audit events, whatever a reading must not do."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.on = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or str(arguments[:1]).startswith(f"('{CACHE_FOLDER}"):
            return  # a rule compiled when it is first called is kept, whatever scenario calls it
        if event == "open":
            if isinstance(arguments[2], int) and arguments[2] & CREATES:
                self.seen.append(f"opens {arguments[0]!r} to write")
        elif event.startswith(FORBIDDEN):
            self.seen.append(f"{event} {arguments!r}"[:200])

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within it, everything is noted, warnings are errors, and nothing lasts for ever."""
        self.seen.clear()
        signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, HANGS)
        usual, depth = sys.getrecursionlimit(), len(traceback.extract_stack())
        sys.setrecursionlimit(depth + FRAMES)
        self.on = True
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                yield
        finally:
            self.on = False
            sys.setrecursionlimit(usual)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(_number: int, _frame: object) -> NoReturn:
    raise Hangs


def bound_memory() -> None:
    """From here on, whoever asks for far more memory than any scenario needs gets a MemoryError."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.RLIM_INFINITY))


def written(case: Case, folder: Path, name: str = "case.yaml") -> Path:
    """The case's files in a folder."""
    for table, content in case.tables.items():
        (folder / table).write_bytes(content)
    path = folder / name
    path.write_bytes(case.content)
    return path


def reading(case: Case, watch: Watch, folder: Path) -> Reading:
    """What became of a case. What took too long is read again, alone, before that is believed."""
    path = written(case, folder)
    first = _read(path, case.settings, watch)
    if first.fault or first.seconds <= MOST_SECONDS:
        return first
    again = min((_read(path, case.settings, watch) for _ in range(2)), key=lambda each: each.seconds)
    if again.fault or again.seconds <= MOST_SECONDS:
        return again
    return Reading(again.valid, again.seconds, TOO_LONG, f"{again.seconds:.1f} s when read again, alone")


def _read(path: Path, settings: tuple[str, ...], watch: Watch) -> Reading:
    before = set(path.parent.iterdir())
    start, valid, fault, details = time.process_time(), False, "", ""
    try:
        with watch.watching():
            _explained(path, settings)
            valid = True
    except InputProblems as error:
        fault = _unlike_a_problem(error.problems)
        details = fault and str(error)[:2000]
    except Hangs:
        fault, details = "hangs", traceback.format_exc()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} in {Path(frame.filename).name}, {frame.name}"
        details = traceback.format_exc()[-3000:]
    seconds = time.process_time() - start
    if not fault and (watch.seen or set(path.parent.iterdir()) != before):
        fault, details = "does more than read", "; ".join(watch.seen[:5]) or "the folder has changed"
    return Reading(valid, seconds, fault, details)


def _explained(path: Path, settings: tuple[str, ...]) -> None:
    """What `validate`, `explain --json` and the naming of a results folder make of a file."""
    scenario, plan = load_campaign(path, settings, check=lambda scenario: target_problems(scenario.targets))
    json.dumps(as_json(scenario, plan, explanations(scenario)), allow_nan=False)
    scenario_hash(scenario, "any")


def _unlike_a_problem(problems: tuple[Problem, ...]) -> str:
    """In what the problems are not what people can act on; empty if they are."""
    if not problems:
        return "no problem is named"
    if len(problems) > MOST_PROBLEMS:
        return "names more problems than anybody reads"
    for problem in problems:
        if not problem.message or not problem.file:
            return "a problem without message or place"
        if len(str(problem)) > LONGEST_PROBLEM:
            return "a problem longer than anybody reads"
    return ""
