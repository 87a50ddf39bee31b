"""What a complete results folder has lost since it was written: tables that are missing, damaged or another folder's.

What is lost is told from the end of each file, its schema and its count of rows; the rows themselves are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulator.errors import ResultsError
from simulator.results.files import AGAIN, explained
from simulator.results.metrics import Table
from simulator.results.parts import table_file


def lost_tables(folder: Path, manifest: Mapping[str, Any] | None) -> dict[Table, str]:
    """What is wrong with each table that a complete folder should have: "is missing" or "is damaged".

    A folder that is not complete, or has no manifest, has lost nothing: its parts are what counts.
    """
    if manifest is None or manifest["state"] != "complete":
        return {}
    wanted: tuple[Table, ...] = ("runs", "influencers", "daily") if manifest["daily"] else ("runs", "influencers")
    with explained(folder):
        faults = {name: _fault(folder / table_file(name), _rows(name, manifest["counts"])) for name in wanted}
    return {name: fault for name, fault in faults.items() if fault is not None}


def told(lost: Mapping[Table, str]) -> str:
    """The same in words, such as "runs.parquet is missing, daily.parquet is damaged"."""
    return ", ".join(f"{table_file(name)} {fault}" for name, fault in lost.items())


def check_whole(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise ResultsError with the remedy if a table is lost that a reader would otherwise take for never kept."""
    if lost := lost_tables(folder, manifest):
        raise ResultsError(f"{folder}: {told(lost)}; {AGAIN}")


def check_own(folder: Path, summary: Mapping[str, Any], tables: Mapping[Table, pa.Table]) -> None:
    """Raise ResultsError with the remedy if a table holds an arm that the folder's answer does not know."""
    known = {arm["arm"] for arm in summary["arms"]}
    for name, table in tables.items():
        if strange := sorted(set(pc.unique(table["arm"]).to_pylist()) - known):
            found = f"{table_file(name)} holds an arm {strange[0]!r} that summary.json does not know"
            raise ResultsError(f"{folder}: {found}, so it is another folder's; remove it, then {AGAIN}")


def _rows(table: Table, counts: Mapping[str, int]) -> int | None:
    """How many rows there should be: one per arm and run that did not fail; unknown of all tables but runs."""
    if table != "runs" or "arms" not in counts:
        return None
    return counts["arms"] * (counts["finished"] - counts.get("failed", 0))


def _fault(table: Path, rows: int | None) -> str | None:
    if not table.exists():
        return "is missing"
    try:
        found = pq.read_metadata(table.absolute()).num_rows
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "strerror", None):  # said by the disk, which is no damage
            raise
        return "is damaged"
    return None if rows in (None, found) else "is damaged"
