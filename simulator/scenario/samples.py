"""Tables a scenario points to: which file, which column, and what is wrong when they are not there."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulator.distributions import Empirical
from simulator.errors import BadQuantity
from simulator.scenario.problems import did_you_mean


def table_file(name: str, folder: Path) -> Path:
    """The table itself: a CSV, plain or gzipped, or the only one in a folder. Raises BadQuantity."""
    path = folder / name
    if path.is_dir():
        tables = sorted(inner for inner in path.iterdir() if inner.name.endswith((".csv", ".csv.gz")))
        if len(tables) != 1:
            raise BadQuantity(f"folder {name} holds {len(tables)} CSV files, not one", "name the file", "file")
        return tables[0]
    if not path.is_file():
        near = [inner.name for inner in path.parent.glob("*.csv*")] if path.parent.is_dir() else []
        raise BadQuantity(f"file {name} not found", did_you_mean(path.name, near) if near else "check the path", "file")
    return path


def read_table(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """All rows of a CSV. Raises BadQuantity when a column does not exist or the file is not a table."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
        header = list(reader.fieldnames or ())
        for column in columns:
            if column not in header:
                raise BadQuantity(f"{path.name} has no column {column!r}", did_you_mean(column, header), "column")
        return list(reader)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} is not a CSV table ({error})"
        raise BadQuantity(message, "give UTF-8 text, plain or gzipped", "file") from None


def empirical(stated: Mapping[str, Any], folder: Path) -> Empirical:
    """The distribution that takes the values of a column: `{file: x.csv, column: y}`."""
    for key in stated:
        if key not in ("file", "column"):
            raise BadQuantity("is unknown", did_you_mean(key, ("file", "column")), f"empirical.{key}")
    if set(stated) != {"file", "column"}:
        raise BadQuantity("lacks a file or a column", "write empirical: {file: x.csv, column: y}", "empirical")
    column = str(stated["column"])
    try:
        rows = read_table(table_file(str(stated["file"]), folder), [column])
    except BadQuantity as error:
        raise BadQuantity(error.message, error.suggestion, f"empirical.{error.field}") from None
    values: list[float] = []
    for line, row in enumerate(rows, 2):
        try:
            values.append(float(row[column] or ""))
        except ValueError:
            message = f"line {line} of {stated['file']} holds {row[column]!r}, not a number"
            raise BadQuantity(message, "remove the row", "empirical.column") from None
    return Empirical(tuple(values))
