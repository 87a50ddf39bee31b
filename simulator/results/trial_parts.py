"""Where the trials of an analysis are kept while it is made: in parts on disk, or in memory."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from simulator.results.failures import Failure
from simulator.results.files import explained, read_table
from simulator.results.metrics import Table
from simulator.results.parts import Ledger, add_part, read_ledger, sound_parts, table_file
from simulator.results.tables import schema

KEPT: Final[tuple[Table, ...]] = ("runs",)
PREFIX: Final = "trials-"
PART: Final = "@"  # stands in no name of an analysis, but between it and what its trials are of, if there are several


@dataclass(frozen=True)
class TrialParts:
    """A folder of parts of one analysis, known by its hash. Make it with `trial_parts`."""

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


def trial_parts(folder: Path, name: str, identity: str) -> TrialParts:
    """The parts of some trials in `folder`; those of others of the same name go. The caller holds the folder alone."""
    parts = folder / f"{PREFIX}{name}-{identity}"
    with explained(folder):
        for other in folder.glob(f"{PREFIX}{name}-{'?' * len(identity)}"):
            if other != parts:
                shutil.rmtree(other)
        parts.mkdir(parents=True, exist_ok=True)
    return TrialParts(parts, identity)


def remove_trials(folder: Path, name: str) -> None:
    """The analysis of this name is made: the trials it rests on are not needed any more."""
    for parts in folder.glob(f"{PREFIX}{name}[{PART}-]*"):
        rest = parts.name.removeprefix(f"{PREFIX}{name}")
        if rest.startswith(PART) or "-" not in rest[1:]:  # else of an analysis whose name only begins alike
            shutil.rmtree(parts, ignore_errors=True)


_EMPTY = schema("runs").empty_table()
