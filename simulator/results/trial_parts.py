"""Where the trials of an analysis are kept while it is made: in parts on disk, or in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from simulator.results.failures import Failure
from simulator.results.files import explained, read_table
from simulator.results.lock import locked
from simulator.results.metrics import Table
from simulator.results.parts import Ledger, add_part, read_ledger, sound_parts, table_file
from simulator.results.tables import schema

KEPT: tuple[Table, ...] = ("runs",)


@dataclass(frozen=True)
class TrialParts:
    """A folder of parts of one analysis, known by its hash. Make it with `writing_trials`."""

    folder: Path
    identity: str

    def ledger(self) -> Ledger:
        """What is done. Raises ResultsError for parts that are damaged, foreign or contradict each other."""
        with explained(self.folder):
            return read_ledger(self.folder, self.identity, KEPT)

    def add(self, tables: Mapping[Table, pa.Table], failures: Sequence[Failure] = ()) -> None:
        """Keep the table of some trials, and those that failed, as one part."""
        with explained(self.folder):
            add_part(self.folder, self.identity, tables, failures)

    def table(self) -> pa.Table:
        """All trials, in no particular order."""
        with explained(self.folder):
            parts = [part / table_file("runs") for part, _ in sound_parts(self.folder, self.identity, KEPT)]
            return pa.concat_tables([_EMPTY, *(read_table(file) for file in parts if file.exists())])

    def remove(self) -> None:
        """The analysis is made: its trials are not needed any more."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class TrialsInMemory:
    """The same for an analysis that nobody resumes."""

    tables: list[pa.Table] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def ledger(self) -> Ledger:
        return Ledger(frozenset(), frozenset(), tuple(self.failures))

    def add(self, tables: Mapping[Table, pa.Table], failures: Sequence[Failure] = ()) -> None:
        self.tables += tables.values()
        self.failures += failures

    def table(self) -> pa.Table:
        return pa.concat_tables([_EMPTY, *self.tables])

    def remove(self) -> None:
        """Nothing is left anyway."""


@contextmanager
def writing_trials(folder: Path, identity: str) -> Iterator[TrialParts]:
    """The parts of an analysis in `folder`, with nobody else writing there; those of another one go.

    Raises ResultsError as `locked` does.
    """
    with locked(folder):
        parts = folder / f"trials-{identity}"
        with explained(folder):
            for other in folder.glob("trials-*"):
                if other != parts:
                    shutil.rmtree(other)
            parts.mkdir(exist_ok=True)
        yield TrialParts(parts, identity)


_EMPTY = schema("runs").empty_table()
