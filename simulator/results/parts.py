"""Parts of a results folder, and the ledger they are: which runs are done, which failed, and that nobody touched them.

A part is a folder with the tables of some runs, all arms together, and `part.json`: the experiment it belongs to, the
runs that failed, and a checksum of each table. It appears whole or not at all.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from simulator.errors import ResultsError
from simulator.results.failures import Failure
from simulator.results.files import UNFINISHED, read_json, read_table, replacing, write_json, write_table
from simulator.results.metrics import Table
from simulator.results.tables import schema

HEADER: Final = "part.json"


@dataclass(frozen=True)
class Ledger:
    """What the parts hold: the arms, the runs of which each arm has a row, and the runs that failed."""

    arms: frozenset[str]
    finished: frozenset[int]
    failures: tuple[Failure, ...]  # by run

    @property
    def failed(self) -> frozenset[int]:
        return frozenset(failure.run for failure in self.failures)

    @property
    def done(self) -> frozenset[int]:
        """Runs that need not be played."""
        return self.finished | self.failed


def table_file(table: Table) -> str:
    return f"{table}.parquet"


def add_part(folder: Path, identity: str, tables: Mapping[Table, pa.Table], failures: Sequence[Failure]) -> None:
    """Keep tables, and failures, as a new part in `folder`."""
    runs = pc.unique(tables["runs"]["run"]).to_pylist() if tables else []
    names = sorted([*runs, *(failure.run for failure in failures)])
    with replacing(folder / f"{names[0]}-{names[-1]}") as part:
        part.mkdir()
        for name, table in tables.items():
            write_table(part / table_file(name), [table], table.schema)
        seal(part, identity, failures)


def seal(part: Path, identity: str, failures: Sequence[Failure]) -> None:
    """Write the header that makes a folder of tables a part."""
    content = {
        "hash": identity,
        "crc32": {file.name: _checksum(file) for file in sorted(part.glob("*.parquet"))},
        "failures": [failure.as_dict() for failure in failures],
    }
    write_json(part / HEADER, content)


def sound_parts(folder: Path, identity: str, wanted: Sequence[Table]) -> Iterator[tuple[Path, list[Failure]]]:
    """The parts and their failures. What a killed writer left is removed; other hidden files are left alone.

    Raises ResultsError for a part that is damaged, of another experiment, or without a wanted table; it is left where
    it is.
    """
    sweep(folder)
    for part in sorted(path for path in folder.iterdir() if not path.name.startswith(".")):
        header = _header(part)
        if header["hash"] != identity:
            raise _unsound(part, f"belongs to another experiment ({header['hash']}, this one is {identity})")
        if damaged := [name for name, checksum in header["crc32"].items() if _checksum(part / name) != checksum]:
            raise _unsound(part, f"is damaged ({damaged[0]} differs from its checksum)")
        if lacking := [table for table in wanted if header["crc32"] and table_file(table) not in header["crc32"]]:
            raise _unsound(part, f"has no table of {lacking[0]}")
        yield part, header["failures"]


def sweep(folder: Path) -> None:
    """Remove what killed writers left unfinished."""
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def read_ledger(folder: Path, identity: str, wanted: Sequence[Table]) -> Ledger:
    """The ledger of the parts in `folder`. Raises ResultsError as `sound_parts` does, and for parts that overlap."""
    failures: list[Failure] = []
    keys = [schema("runs").empty_table().select(["arm", "run"])]
    for part, failed in sound_parts(folder, identity, wanted):
        failures += failed
        if (part / table_file("runs")).exists():
            keys.append(read_table(part / table_file("runs"), columns=["arm", "run"]))
    held = pa.concat_tables(keys)
    if held.group_by(["arm", "run"]).aggregate([]).num_rows < held.num_rows:
        raise mixed(folder.parent, "hold a run of an arm twice")
    arms, runs = (frozenset(pc.unique(held[name]).to_pylist()) for name in ("arm", "run"))
    if held.num_rows < len(arms) * len(runs):
        raise mixed(folder.parent, "lack a run of an arm that another arm has")
    return Ledger(arms, runs, tuple(sorted(failures, key=lambda failure: failure.run)))


def mixed(folder: Path, what: str) -> ResultsError:
    """The error of parts that don't fit together."""
    return ResultsError(
        f"{folder}: the finished parts {what}, so they are not of one experiment; "
        "remove its folder `parts` and run again, or choose another folder with --out"
    )


def _header(part: Path) -> dict[str, Any]:
    """A part's header; its failures are such."""
    with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
        header = read_json(part / HEADER)
        checksums, failures = dict(header["crc32"].items()), [Failure.from_dict(each) for each in header["failures"]]
        return {"hash": header["hash"], "crc32": checksums, "failures": failures}
    raise _unsound(part, f"is no part of a simulator run ({HEADER} is missing or damaged)")


def _unsound(part: Path, what: str) -> ResultsError:
    return ResultsError(f"{part}: {what}; remove it and run again: only its runs are played anew")


def _checksum(file: Path) -> int | None:
    try:
        return zlib.crc32(file.read_bytes())
    except FileNotFoundError:
        return None
