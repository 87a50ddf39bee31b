"""Tables of a results folder as files for other tools: CSV, Parquet or JSON, each whole or absent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from simulator.errors import ResultsError
from simulator.results.files import AGAIN, explained, replacing
from simulator.results.losses import lost_tables, told
from simulator.results.manifest import Request
from simulator.results.metrics import Table, metrics_of
from simulator.results.parts import table_file
from simulator.results.store import TABLES, Saved, load

Format = Literal["csv", "parquet", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
ROWS_AT_ONCE: Final = 65_536


class Written(NamedTuple):
    """One file that was written."""

    table: Table
    path: Path
    rows: int


def tables_of(folder: Path, wanted: Table | None) -> tuple[Table, ...]:
    """The table that is wanted, or all that were kept. Raises ResultsError with the remedy if one is not there."""
    saved = load(folder)
    there = tuple(name for name in TABLES if (folder / table_file(name)).exists())
    lost = lost_tables(folder, saved.manifest)
    if wanted is None:
        if lost:
            others = [f"--table {name}" for name in there if name not in lost]
            rest = f", or export the rest with {' and '.join(others)}" if others else ""
            raise ResultsError(f"{folder}: {told(lost)}; {AGAIN}{rest}")
        return there
    if wanted in lost:
        raise ResultsError(f"{folder}: {table_file(wanted)} {lost[wanted]}; {AGAIN}")
    if wanted not in there:
        raise ResultsError(f"{folder}: has no table {wanted}; {_remedy(saved, wanted)}")
    return (wanted,)


def _remedy(saved: Saved, wanted: Table) -> str:
    found = saved.manifest
    if wanted != "daily" or not {"file", "engine", "executor", "settings"} <= found.keys():
        return "go on with the same `simulator run`"
    settings = tuple(found["settings"])
    request = Request(found["file"], found["hash"], found["engine"], found["executor"], settings, str(saved.folder))
    return f"days are kept by: {request.again('--runs', str(found['counts']['runs']), '--daily')}"


def export_tables(
    folder: Path, tables: Sequence[Table], form: Format, target: Path, *, overwrite: bool = False
) -> Iterator[Written]:
    """Write tables of a results folder into another, which is made if need be; each file as it is written.

    Raises ResultsError before anything is written if a file is there already, unless it may be overwritten.
    """
    places = {name: target / f"{name}.{form}" for name in tables}
    refuse_to_overwrite(places.values(), overwrite=overwrite)
    with explained(target):
        target.mkdir(parents=True, exist_ok=True)
    for name, place in places.items():
        with explained(folder):
            rows = pq.read_metadata((folder / table_file(name)).absolute()).num_rows
        with explained(target), replacing(place) as beside, _blaming(folder):
            WRITERS[form](folder / table_file(name), name, beside)
        yield Written(name, place, rows)


@contextmanager
def _blaming(folder: Path) -> Iterator[None]:
    """Say of a damaged table where it is; what the disk says is said of where is written."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        if getattr(error, "strerror", None):
            raise
        with explained(folder):
            raise


def refuse_to_overwrite(places: Iterable[Path], *, overwrite: bool) -> None:
    """Raise ResultsError if one of these files is there, unless it may be overwritten."""
    there = [place for place in places if place.exists()]
    if there and not (overwrite and all(place.is_file() for place in there)):
        remedy = "overwrite it with --force, or name another place with -o" if there[0].is_file() else "name another"
        raise ResultsError(f"{there[0]}: is there already and is left as it is; {remedy}")


def _as_parquet(source: Path, _table: Table, place: Path) -> None:
    shutil.copyfile(source, place)


def _as_csv(source: Path, _table: Table, place: Path) -> None:
    """Numbers with as many digits as give the same number again; undefined values are empty."""
    with pq.ParquetFile(source.absolute()) as file, pc.CSVWriter(place.absolute(), file.schema_arrow) as writer:
        for batch in file.iter_batches(ROWS_AT_ONCE):
            writer.write_batch(batch)


def _as_json(source: Path, table: Table, place: Path) -> None:
    """One object: which table, what its columns mean, and its rows as objects, one a line."""
    with pq.ParquetFile(source.absolute()) as file, place.open("w", encoding="utf-8") as out:
        head = {"version": 1, "table": table, "columns": _columns(file.schema_arrow, table)}
        out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
        separator = "\n"
        for batch in file.iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                out.write(separator + json.dumps(row, ensure_ascii=False, allow_nan=False))
                separator = ",\n"
        out.write("\n]}\n")


def _columns(schema: pa.Schema, table: Table) -> list[dict[str, Any]]:
    known = {metric.name: metric for metric in metrics_of(table)}
    return [
        {"name": name, "unit": known[name].unit, "meaning": known[name].meaning}
        if name in known
        else {"name": name, "unit": None, "meaning": None}
        for name in schema.names
    ]


WRITERS: Final[dict[Format, Callable[[Path, Table, Path], None]]] = {
    "csv": _as_csv,
    "parquet": _as_parquet,
    "json": _as_json,
}
