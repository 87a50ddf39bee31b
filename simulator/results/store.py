"""The results folder: finished parts while running, three tables, a manifest and a summary when done.

A part holds all arms of some runs and appears whole or not at all. When the last run is in, parts are merged into
tables whose bytes depend on the scenario and the runs alone, whoever played them in whichever order.
The manifest says `complete` only once everything stands in its place; until then the parts are what counts. A partial
answer has tables and a summary too; its manifest says `partial`, and its parts stay.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulator.errors import ResultsError
from simulator.results.failures import Failure
from simulator.results.files import UNFINISHED, explained, read_json, read_table, replacing, write_json, write_table
from simulator.results.lock import LOCK, locked
from simulator.results.losses import lost_tables
from simulator.results.metrics import Table
from simulator.results.parts import Ledger, add_part, mixed, read_ledger, seal, sound_parts, sweep, table_file
from simulator.results.tables import NO_CAMPAIGN, SORT_KEYS, schema
from simulator.scenario.identity import model_version

MANIFEST: Final = "manifest.json"
MANIFEST_KEYS: Final = {"hash", "state", "daily", "counts"}
SUMMARY: Final = "summary.json"
FAILURES: Final = "failures.json"
ANALYSES: Final = "analyses"  # folder for what was asked beyond the run: sensitivity, sweeps, break-even
TABLES: Final[tuple[Table, ...]] = ("runs", "influencers", "daily")


@dataclass(frozen=True)
class Saved:
    """What a folder holds: a complete answer, or a partial one that says so."""

    folder: Path
    manifest: dict[str, Any]
    summary: dict[str, Any]


@dataclass(frozen=True)
class Store:
    """One folder for one scenario, known by its hash. Make it with `writing`, or alone with `open_store`."""

    folder: Path
    identity: str
    daily: bool

    @property
    def tables(self) -> tuple[Table, ...]:
        return TABLES if self.daily else TABLES[:2]

    def ledger(self) -> Ledger:
        """What is done. Raises ResultsError for parts that are damaged, foreign or contradict each other."""
        with explained(self.folder):
            return read_ledger(self.folder / "parts", self.identity, self.tables)

    def add(self, tables: Mapping[Table, pa.Table], failures: Sequence[Failure] = ()) -> None:
        """Keep the tables of some runs, all arms together, and the runs that failed, as one part."""
        with explained(self.folder):
            add_part(
                self.folder / "parts", self.identity, {name: tables[name] for name in self.tables if tables}, failures
            )

    def merge(self, arms: Sequence[str], runs: int, *, without: Collection[int] = ()) -> None:
        """Write the tables of runs 1 to `runs` from the parts, `no campaign` first, then arms by code points.

        All is checked before anything is replaced. Raises ResultsError unless every arm holds every run once, but for
        those `without` which the tables are to be.
        """
        ordered = sorted(arms, key=lambda arm: (arm != NO_CAMPAIGN, arm))
        ledger = self.ledger()
        if ledger.arms != set(arms):
            raise mixed(self.folder, f"hold the arms {', '.join(sorted(ledger.arms))} instead of {', '.join(ordered)}")
        if missing := set(range(1, runs + 1)) - ledger.finished - set(without):
            raise mixed(self.folder, f"lack run {min(missing)}")
        with explained(self.folder):
            files = self._files()
            for name in self.tables:
                for arm in ordered:
                    self._check_once(_rows(files[name], name, arm, runs, keys_alone=True), f"rows of {arm}")
            for name in self.tables:
                rows = (_rows(files[name], name, arm, runs) for arm in ordered)
                write_table(self.folder / table_file(name), rows, pq.read_schema(files[name][0].absolute()))
            self.write_failures([failure for failure in ledger.failures if failure.run <= runs])

    def read(self, table: Table) -> pa.Table:
        """A merged table."""
        with explained(self.folder):
            return read_table(self.folder / table_file(table))

    def read_parts(self, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of all runs finished so far, in no particular order."""
        with explained(self.folder):
            tables = [read_table(file, columns=columns) for file in self._files()[table]]
            return pa.concat_tables(tables) if tables else schema(table).empty_table()

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        with explained(self.folder):
            write_json(self.folder / MANIFEST, manifest)

    def conclude(self, manifest: dict[str, Any], summary: dict[str, Any]) -> Saved:
        """Write the summary, then the manifest. Once that says complete, the parts go."""
        with explained(self.folder):
            write_json(self.folder / SUMMARY, summary)
            write_json(self.folder / MANIFEST, manifest)
            if manifest["state"] == "complete" and not self._holds_more():
                shutil.rmtree(self.folder / "parts", ignore_errors=True)
        return Saved(self.folder, manifest, summary)

    def _holds_more(self) -> bool:
        """Whether parts hold runs that the merged tables lack: they stay, for whoever asks for more runs."""
        return not self.ledger().finished <= _runs_in(self.folder / table_file("runs"))

    def _files(self) -> dict[Table, list[Path]]:
        """Each table's files in the parts; none of a part in which every run failed."""
        parts = [part for part, _ in sound_parts(self.folder / "parts", self.identity, self.tables)]
        kept = [part for part in parts if (part / table_file("runs")).exists()]
        return {name: [part / table_file(name) for part in kept] for name in self.tables}

    def _check_once(self, keys: pa.Table, what: str) -> None:
        if keys.group_by(keys.column_names).aggregate([]).num_rows < keys.num_rows:
            raise mixed(self.folder, f"hold {what} twice")

    def write_failures(self, failures: Sequence[Failure]) -> None:
        """The runs that failed, with tracebacks; no file where there are none."""
        if failures:
            write_json(self.folder / FAILURES, {"version": 1, "failures": [failure.as_dict() for failure in failures]})
        else:
            (self.folder / FAILURES).unlink(missing_ok=True)


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
                f"{folder}: holds {whose(manifest, identity)}; choose another folder with --out, or remove this one"
            )
        store = Store(folder, identity, daily or (manifest is not None and manifest["daily"]))
        (folder / "parts").mkdir(parents=True, exist_ok=True)
        sweep(folder)
        if manifest is not None and manifest["daily"] < store.daily:
            _begin_with_days(store, manifest)
        elif manifest is not None and manifest["state"] == "complete":
            _reopen(store, manifest)
        return store


def _begin_with_days(store: Store, manifest: dict[str, Any]) -> None:
    """Days cannot be added to runs that are there. A complete answer stays until the one with days takes its place."""
    parts = store.folder / "parts"
    if manifest["state"] == "complete":
        shutil.rmtree(parts)
        parts.mkdir()
    elif any(parts.iterdir()):
        raise ResultsError(
            f"{store.folder}: holds finished runs without days; go on without --daily, "
            "or choose another folder with --out"
        )


def _reopen(store: Store, manifest: dict[str, Any]) -> None:
    """Go on from the parts, if they hold all that the tables do; else make the tables a part.

    Where a table is lost, the parts are what counts: what they lack is played again. The rest of the answer stays until
    the new one takes its place.
    """
    if lost_tables(store.folder, manifest):
        return
    with suppress(ResultsError):
        held = store.ledger().finished
        if held and held >= _runs_in(store.folder / table_file("runs")):
            write_json(store.folder / MANIFEST, manifest | {"state": "partial"})
            return
    _unmerge(store, manifest)


def _unmerge(store: Store, manifest: dict[str, Any]) -> None:
    """Make the merged tables one part, so that more runs can join them; at no moment are they lost."""
    folder = store.folder
    shutil.rmtree(folder / "parts")
    (folder / "parts").mkdir()
    present = [table_file(name) for name in TABLES if (folder / table_file(name)).exists()]
    for file in present:
        read_table(folder / file, columns=["arm", "run"])  # a damaged one stays where it is
    failures = read_failures(folder)
    with replacing(folder / "parts" / "merged") as part:
        part.mkdir()
        for file in present:
            shutil.copyfile(folder / file, part / file)
        seal(part, store.identity, failures)
    write_json(folder / MANIFEST, manifest | {"state": "partial"})
    for file in (*present, SUMMARY, FAILURES):
        (folder / file).unlink(missing_ok=True)


def read_failures(folder: Path) -> list[Failure]:
    """The runs of a folder that failed, with their tracebacks."""
    path = folder / FAILURES
    with explained(folder):
        content = read_json(path) if path.exists() else {"failures": []}
    try:
        return [Failure.from_dict(each) for each in content["failures"]]
    except (KeyError, TypeError) as error:
        raise ResultsError(f"{path}: is damaged; remove it and run again") from error


def _ours(path: Path) -> bool:
    """Whether a run that never came to its manifest may have left this, or an analysis of the same scenario."""
    return path.name in ("parts", LOCK, ANALYSES) or path.name.startswith(UNFINISHED)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The folder's manifest; none where there is no such file."""
    path = folder / MANIFEST
    with explained(folder):
        found: Any = read_json(path) if path.exists() else None
    if found is not None and not _is_manifest(found):
        raise ResultsError(f"{path}: is not of a simulator run; choose another folder with --out")
    return found


def whose(manifest: Mapping[str, Any], identity: str) -> str:
    """What a folder holds instead of the results of `identity`, and why it cannot go on with them."""
    model = manifest.get("versions", {}).get("model")  # older folders do not say
    other = "the same or another scenario, of another version of the model"
    what = other if model not in (None, model_version()) else "another scenario"
    return f"results of {what} ({manifest['hash']}, this one is {identity})"


def _is_manifest(found: Any) -> bool:
    if not (isinstance(found, dict) and found.keys() >= MANIFEST_KEYS and isinstance(found["counts"], dict)):
        return False
    return {"runs", "finished"} <= found["counts"].keys()


def _runs_in(table: Path) -> frozenset[int]:
    """Runs of a merged table."""
    return frozenset(pc.unique(read_table(table, columns=["run"])["run"]).to_pylist())


def load(folder: Path) -> Saved:
    """What a folder holds, be it a complete answer or a partial one. Raises ResultsError with the remedy otherwise."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise ResultsError(f"{folder}: holds no results; give a folder that `simulator run` wrote")
    if not (folder / SUMMARY).exists():
        remedy = "go on with the same `simulator run`"
        if manifest["state"] == "complete":
            raise ResultsError(f"{folder}: has no {SUMMARY}; {remedy}, which writes it anew")
        with explained(folder):
            done = len(read_ledger(folder / "parts", manifest["hash"], TABLES[:1]).done)
        raise ResultsError(f"{folder}: {done} of {manifest['counts']['runs']} runs are finished; {remedy}")
    with explained(folder):
        return Saved(folder, manifest, read_json(folder / SUMMARY))


def _rows(paths: Sequence[Path], name: Table, arm: str, runs: int, *, keys_alone: bool = False) -> pa.Table:
    """Rows of one arm from all parts, sorted: one arm at a time keeps memory low."""
    wanted = [("arm", "==", arm), ("run", "<=", runs)]
    columns = list(SORT_KEYS[name]) if keys_alone else None
    rows = pa.concat_tables([read_table(path, columns=columns, filters=wanted) for path in paths])
    return rows.sort_by([(key, "ascending") for key in SORT_KEYS[name]])
