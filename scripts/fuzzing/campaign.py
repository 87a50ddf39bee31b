"""Many cases, drawn by hypothesis from a seed: counted, timed, and kept where they go wrong."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import hypothesis
from hypothesis import strategies as st

from fuzzing import command
from fuzzing.ground import TABLES, prepare, seeds
from fuzzing.minimize import smallest
from fuzzing.mutations import Case, case_from
from fuzzing.trees import text_of
from fuzzing.watch import TOO_LONG, Reading, Watch, bound_memory, reading, written

BATCH: Final = 500
EVERY: Final = 200  # cases for one that the real command reads too


@st.composite
def cases(draw: Callable[[Any], Any], trees: Any) -> Case:
    """Cases made from scenarios, by choices whose seed hypothesis draws, so that none is preferred."""
    return case_from(draw(st.randoms(use_true_random=True)).randrange, trees, TABLES)


@dataclass
class Campaign:
    """What was read, and what went wrong: each fault by its name, with the first case that shows it."""

    folder: Path
    say: Callable[[str], None]
    seed: int = 1
    read: int = 0
    valid: int = 0
    commanded: int = 0
    seconds: float = 0.0
    grown: int = 0  # MiB
    slowest: list[tuple[float, str]] = field(default_factory=list)
    faults: dict[str, tuple[Case, Reading]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    distinct: set[bytes] = field(default_factory=set)
    usual: float = 0.0  # seconds of the command's start

    def run(self, *, cases: int, seconds: float = 0.0) -> None:
        """Read so many cases, or as many as the time allows, and make those that fail small."""
        prepare(self.folder)
        trees = seeds()
        self._warm_up(trees)
        start, memory = time.monotonic(), _peak()
        while self.read < cases and not 0.0 < seconds < time.monotonic() - start:
            self._batch(trees, min(BATCH, cases - self.read), self.seed * 1_000_003 + self.read)
            self.say(f"{self.read:,} read, {self.valid:,} valid, {len(self.faults)} kinds of faults, {_peak()} MiB")
        self.seconds, self.grown = time.monotonic() - start, _peak() - memory
        for name in list(self.faults):
            self._keep(name)

    def _warm_up(self, trees: Any) -> None:
        """What is compiled or imported once is not the cases' doing."""
        for tree in trees:
            self._read(Case(text_of(tree).encode()))
        self.usual = command.start_up(self.folder)
        self.read = self.valid = 0
        self.slowest.clear()
        self.distinct.clear()
        bound_memory()

    def _batch(self, trees: Any, number: int, seed: int) -> None:
        until = self.read + number

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=number, database=None, deadline=None, phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        @hypothesis.given(cases(trees))
        def each(case: Case) -> None:
            self._read(case)

        each()
        assert self.read == until, "hypothesis has made another number of cases"

    def _read(self, case: Case) -> None:
        found = reading(case, WATCH, self.folder)
        self.read += 1
        self.valid += found.valid
        self.distinct.add(hashlib.sha256(repr(case).encode()).digest())
        name = found.fault
        if not name and self.usual and self.read % EVERY == 0:
            self.commanded += 1
            name = command.fault_of(written(case, self.folder), case.settings, valid=found.valid, usual=self.usual)
            found = Reading(found.valid, found.seconds, name and "command", name)
            name = found.fault
        self.slowest = sorted([*self.slowest, (found.seconds, "valid" if found.valid else "refused")])[-5:]
        if name:
            self.counts[name] = self.counts.get(name, 0) + 1
            if name not in self.faults:
                self.say(f"FAULT {name}\n{found.details}\n{case.settings}, {len(case.content):,} bytes")
                self.faults[name] = case, found

    def _keep(self, name: str) -> None:
        """The smallest case of a fault, in a folder of its own."""
        case, found = self.faults[name]
        if name not in ("command", TOO_LONG):
            case = smallest(case, lambda smaller: reading(smaller, WATCH, self.folder).fault == name)
        place = self.folder / "faults" / f"{sorted(self.faults).index(name)}"
        place.mkdir(parents=True)
        path = written(case, place)
        (place / "README").write_text(f"{name}\nsettings: {case.settings!r}\n{found.details}\n", encoding="utf-8")
        self.say(f"{name} ({self.counts[name]:,} cases): {path}")

    def summary(self) -> str:
        """The figures, as docs/reliability.md shows them."""
        rows = [
            f"cases       {self.read:,} ({len(self.distinct):,} distinct)",
            f"valid       {self.valid:,}",
            f"refused     {self.read - self.valid - sum(self.counts.values()):,}",
            f"by command  {self.commanded:,}",
            f"faults      {sum(self.counts.values()):,} of {len(self.faults)} kinds",
            f"slowest     {', '.join(f'{seconds:.2f} s ({what})' for seconds, what in reversed(self.slowest))}",
            f"memory      grew by {self.grown} MiB",
            f"took        {self.seconds:.0f} s",
        ]
        return "\n".join(rows)

    def write(self, page: Path) -> None:
        """The figures, between the markers of a page."""
        head, begin, rest = page.read_text(encoding="utf-8").partition("<!-- fuzz: begin -->\n")
        _, end, tail = rest.partition("<!-- fuzz: end -->")
        if not (begin and end):
            raise SystemExit(f"{page} has no markers")
        what = f"scripts/fuzz.py --cases {self.read} --seed {self.seed}"
        table = f"\n```\n$ {what}\n{self.summary()}\n```\n\n"
        page.write_text(f"{head}{begin}{table}{end}{tail}", encoding="utf-8")


WATCH: Final = Watch()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
