"""Tables a scenario points to: which file, which column, and what is wrong when they are not there."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

from simulator.distributions import Empirical
from simulator.errors import BadQuantity
from simulator.scenario.files import NOT_FOUND, fault_of, files_in, is_folder
from simulator.scenario.problems import did_you_mean, shortened

MOST_BYTES: Final = 200_000_000
MOST_ROWS: Final = 200_000
MOST_UNPACKED: Final = 30  # times the packed size, beyond what a small table may unpack to
SMALL: Final = 1_000_000  # bytes
LONGEST_LINE: Final = 1_000_000
SHOWN: Final = 40  # characters of a cell or a column's name that a message repeats


def table_file(
    name: str, folder: Path, endings: tuple[str, ...] = (".csv", ".csv.gz"), what: str = "CSV files"
) -> Path:
    """The file itself: a table, plain or gzipped, or the only one of its `endings` in a folder. Raises BadQuantity."""
    path = folder / name
    if is_folder(path):
        tables = files_in(path, endings)
        if len(tables) != 1:
            raise BadQuantity(f"folder {name} holds {len(tables)} {what}, not one", "name the file", "file")
        return tables[0]
    if fault := fault_of(path):
        near = [inner.name for inner in files_in(path.parent, endings)] if fault == NOT_FOUND else []
        raise BadQuantity(f"file {name} {fault}", did_you_mean(path.name, near) if near else "check the path", "file")
    return path


def read_table(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and cells of each row, in the order of `columns`; a missing cell is empty.

    Raises BadQuantity when a column does not exist, or the file is not a table or too large.
    """
    wanted = tuple(columns)
    try:
        with _opened(path) as lines:
            reader = csv.reader(_limited(lines, path))
            header = next(reader, [])
            for column in wanted:
                if column not in header:
                    known = [shortened(name, SHOWN) for name in header]
                    raise BadQuantity(f"{path.name} has no column {column!r}", did_you_mean(column, known), "column")
            places = [header.index(column) for column in wanted]
            for number, row in enumerate(reader, 1):
                if number > MOST_ROWS:
                    raise BadQuantity(f"{path.name} has more than {MOST_ROWS:,} rows", "keep a sample of them", "file")
                if row:
                    yield reader.line_num, tuple(row[place] if place < len(row) else "" for place in places)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, csv.Error) as error:
        message = f"{path.name} is not a CSV table ({error})"
        raise BadQuantity(message, "give UTF-8 text, plain or gzipped", "file") from None


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, plain or gzipped, as long as they stay within the limit."""
    with _opened(path) as lines:
        yield from _limited(lines, path)


def _opened(path: Path) -> TextIO:
    """The text of a table, unpacked as it is read."""
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path, MOST_BYTES)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _limited(lines: TextIO, path: Path) -> Iterator[str]:
    """The lines, as long as they stay within the limit: a zipped table may hold far more than its size says."""
    size, most = 0, MOST_BYTES
    if path.suffix == ".gz":
        most = min(most, SMALL + MOST_UNPACKED * path.stat().st_size)
    while line := lines.readline(LONGEST_LINE):
        size += len(line)
        if size > most:
            raise _too_large(path, most)
        yield line


def _too_large(path: Path, most: int) -> BadQuantity:
    if most < MOST_BYTES:
        return BadQuantity(f"{path.name} unpacks to more than {most:,} bytes", "give it unpacked", "file")
    return BadQuantity(f"{path.name} is larger than {MOST_BYTES:,} bytes", "keep only the rows you need", "file")


def empirical(stated: Mapping[str, Any], folder: Path) -> Empirical:
    """The distribution that takes the values of a column: `{file: x.csv, column: y}`."""
    for key in stated:
        if key not in ("file", "column"):
            raise BadQuantity("is unknown", did_you_mean(key, ("file", "column")), f"empirical.{key}")
    if set(stated) != {"file", "column"}:
        raise BadQuantity("lacks a file or a column", "write empirical: {file: x.csv, column: y}", "empirical")
    column = str(stated["column"])
    try:
        rows = list(read_table(table_file(str(stated["file"]), folder), [column]))
    except BadQuantity as error:
        raise BadQuantity(error.message, error.suggestion, f"empirical.{error.field}") from None
    values: list[float] = []
    for line, (cell,) in rows:
        try:
            values.append(float(cell))
        except ValueError:
            message = f"line {line} of {stated['file']} holds {cell[:SHOWN]!r}, not a number"
            raise BadQuantity(message, "remove the row", "empirical.column") from None
    return Empirical(tuple(values))
