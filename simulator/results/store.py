"""The results folder: finished parts while running, three tables, a manifest and a summary when done.

A part holds all arms of some runs and appears whole or not at all. When the last run is in, parts are merged into
tables whose bytes depend on the scenario and the number of runs alone, whoever played them in whichever order.
The manifest says `complete` only once everything stands in its place; until then the parts are what counts.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulator.errors import ResultsError
from simulator.results.files import UNFINISHED, explained, read_json, replacing, write_json, write_table
from simulator.results.lock import LOCK, locked
from simulator.results.metrics import Table
from simulator.results.tables import NO_CAMPAIGN, SORT_KEYS, schema

MANIFEST: Final = "manifest.json"
MANIFEST_KEYS: Final = {"hash", "state", "daily", "counts"}
SUMMARY: Final = "summary.json"
TABLES: Final[tuple[Table, ...]] = ("runs", "influencers", "daily")


@dataclass(frozen=True)
class Saved:
    """What a complete folder holds."""

    folder: Path
    manifest: dict[str, Any]
    summary: dict[str, Any]


@dataclass(frozen=True)
class Store:
    """One folder for one scenario, known by its hash. Make it with `writing`, or alone with `open_store`."""

    folder: Path
    daily: bool

    @property
    def tables(self) -> tuple[Table, ...]:
        return TABLES if self.daily else TABLES[:2]

    def finished(self) -> set[int]:
        """Numbers of the runs whose parts are in. Raises ResultsError unless each arm holds each of them once."""
        return self._held()[1]

    def add(self, tables: dict[Table, pa.Table]) -> None:
        """Keep the tables of some runs, all arms together, as one part."""
        first, last = pc.min_max(tables["runs"]["run"]).as_py().values()
        with explained(self.folder), replacing(self.folder / "parts" / f"{first}-{last}") as part:
            part.mkdir()
            for name in self.tables:
                write_table(part / _file(name), [tables[name]], tables[name].schema)

    def merge(self, arms: Sequence[str], runs: int) -> None:
        """Write the tables of runs 1 to `runs` from the parts, `no campaign` first, then arms by code points.

        All is checked before anything is replaced. Raises ResultsError unless every arm holds every run once.
        """
        ordered = sorted(arms, key=lambda arm: (arm != NO_CAMPAIGN, arm))
        held, finished = self._held()
        if held != set(arms):
            raise self._mixed(f"hold the arms {', '.join(sorted(held))} instead of {', '.join(ordered)}")
        if missing := set(range(1, runs + 1)) - finished:
            raise self._mixed(f"lack run {min(missing)}")
        with explained(self.folder):
            paths = {name: [part / _file(name) for part in self._parts()] for name in self.tables}
            for name in self.tables:
                for arm in ordered:
                    self._check_once(_rows(paths[name], name, arm, runs, keys_alone=True), f"rows of {arm}")
            for name in self.tables:
                rows = (_rows(paths[name], name, arm, runs) for arm in ordered)
                write_table(self.folder / _file(name), rows, pq.read_schema(paths[name][0]))

    def read(self, table: Table) -> pa.Table:
        """A merged table."""
        with explained(self.folder):
            return pq.read_table(self.folder / _file(table))

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        with explained(self.folder):
            write_json(self.folder / MANIFEST, manifest)

    def complete(self, manifest: dict[str, Any], summary: dict[str, Any]) -> Saved:
        """Write the summary, then the manifest that says complete, and let go of the parts."""
        with explained(self.folder):
            write_json(self.folder / SUMMARY, summary)
            write_json(self.folder / MANIFEST, manifest)
            shutil.rmtree(self.folder / "parts", ignore_errors=True)
        return Saved(self.folder, manifest, summary)

    def _held(self) -> tuple[set[str], set[int]]:
        """Arms and runs of the parts: every pair of them is there once."""
        with explained(self.folder):
            files = [part / _file("runs") for part in self._parts()]
            tables = [pq.read_table(file, columns=["arm", "run"]) for file in files]
            keys = pa.concat_tables([schema("runs").empty_table().select(["arm", "run"]), *tables])
        self._check_once(keys, "a run of an arm")
        arms, runs = (set(pc.unique(keys[name]).to_pylist()) for name in ("arm", "run"))
        if keys.num_rows < len(arms) * len(runs):
            raise self._mixed("lack a run of an arm that another arm has")
        return arms, runs

    def _check_once(self, keys: pa.Table, what: str) -> None:
        if keys.group_by(keys.column_names).aggregate([]).num_rows < keys.num_rows:
            raise self._mixed(f"hold {what} twice")

    def _mixed(self, what: str) -> ResultsError:
        return ResultsError(
            f"{self.folder}: the finished parts {what}, so they are not of one experiment; "
            "remove its folder `parts` and run again, or choose another folder with --out"
        )

    def _parts(self) -> Iterator[Path]:
        """Parts that hold every table wanted; others are as good as absent."""
        for part in sorted((self.folder / "parts").iterdir()):
            if part.name.startswith(UNFINISHED) or not all((part / _file(name)).exists() for name in self.tables):
                shutil.rmtree(part)
            else:
                yield part


@contextmanager
def writing(folder: Path, *, identity: str, daily: bool = False) -> Iterator[Store]:
    """The folder's store, with nobody else writing there. Raises ResultsError as `open_store` and `locked` do."""
    with locked(folder):
        yield open_store(folder, identity=identity, daily=daily)


def open_store(folder: Path, *, identity: str, daily: bool = False) -> Store:
    """Make or reopen the folder of the scenario whose hash is `identity`. A complete folder gives way to a part.

    Days are kept once they have been. Raises ResultsError if the folder is foreign or cannot be written.
    """
    with explained(folder):
        manifest = read_manifest(folder)
        if manifest is None and folder.exists() and any(not _ours(path) for path in folder.iterdir()):
            raise ResultsError(f"{folder}: holds other files; choose another folder with --out")
        if manifest is not None and manifest["hash"] != identity:
            raise ResultsError(
                f"{folder}: holds results of another scenario ({manifest['hash']}, this one is {identity}); "
                "choose another folder with --out, or remove this one"
            )
        store = Store(folder, daily or (manifest is not None and manifest["daily"]))
        (folder / "parts").mkdir(parents=True, exist_ok=True)
        if manifest is not None and manifest["state"] == "complete":
            _unmerge(folder, manifest)
        return store


def _unmerge(folder: Path, manifest: dict[str, Any]) -> None:
    """Make the merged tables one part, so that more runs can join them; at no moment are they lost."""
    shutil.rmtree(folder / "parts")
    (folder / "parts").mkdir()
    present = [_file(name) for name in TABLES if (folder / _file(name)).exists()]
    for file in present:
        pq.read_table(folder / file, columns=["arm", "run"])  # a damaged one stays where it is
    with replacing(folder / "parts" / "merged") as part:
        part.mkdir()
        for file in present:
            shutil.copyfile(folder / file, part / file)
    write_json(folder / MANIFEST, manifest | {"state": "partial"})
    for file in (*present, SUMMARY):
        (folder / file).unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    """Whether a run that never came to its manifest may have left this."""
    return path.name in ("parts", LOCK) or path.name.startswith(UNFINISHED)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The folder's manifest; none where there is no such file."""
    path = folder / MANIFEST
    with explained(folder):
        found: Any = read_json(path) if path.exists() else None
    if found is not None and not (isinstance(found, dict) and found.keys() >= MANIFEST_KEYS):
        raise ResultsError(f"{path}: is not of a simulator run; choose another folder with --out")
    return found


def load(folder: Path) -> Saved:
    """What a complete folder holds. Raises ResultsError with the remedy otherwise."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise ResultsError(f"{folder}: holds no results; give a folder that `simulator run` wrote")
    if manifest["state"] != "complete":
        done, asked = manifest["counts"]["finished"], manifest["counts"]["runs"]
        raise ResultsError(f"{folder}: {done} of {asked} runs are finished; go on with the same `simulator run`")
    with explained(folder):
        return Saved(folder, manifest, read_json(folder / SUMMARY))


def _file(table: Table) -> str:
    return f"{table}.parquet"


def _rows(paths: Sequence[Path], name: Table, arm: str, runs: int, *, keys_alone: bool = False) -> pa.Table:
    """Rows of one arm from all parts, sorted: one arm at a time keeps memory low."""
    wanted = [("arm", "==", arm), ("run", "<=", runs)]
    columns = list(SORT_KEYS[name]) if keys_alone else None
    rows = pa.concat_tables([pq.read_table(path, columns=columns, filters=wanted) for path in paths])
    return rows.sort_by([(key, "ascending") for key in SORT_KEYS[name]])
