"""Files that are whole or absent: written beside their place, then moved into it. Same content, same bytes."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from simulator.errors import DiskTrouble, ResultsError

ROWS_PER_GROUP: Final = 65_536
UNFINISHED: Final = ".unfinished-"
AGAIN: Final = "go on with the same `simulator run`, which plays again what is lost"
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the disk or a damaged file says into words a user can act on."""
    try:
        yield
    except (OSError, pa.ArrowException, json.JSONDecodeError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            told = f"{error.strerror}; what is finished is kept: make room, and the same command goes on"
            raise DiskTrouble(f"{folder}: {told}") from error
        if isinstance(error, OSError) and error.strerror:  # said by the disk; a parquet file's damage has no such words
            remedy = "choose another folder with --out"
            raise ResultsError(f"{folder}: cannot be used: {error.strerror}; {remedy}") from error
        raise ResultsError(f"{folder}: a file is damaged ({error}); remove the folder and run again") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A fresh place beside `path`, for a file or folder that takes its place once it is whole."""
    beside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=path.parent))
    try:
        yield beside / path.name
        (beside / path.name).replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Readable JSON. A value that is not a number raises, so none can be written."""
    with replacing(path) as beside:
        beside.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def read_table(path: Path, columns: Sequence[str] | None = None, filters: Sequence[Any] | None = None) -> pa.Table:
    """A parquet file, or some of its columns and rows. Absolute, since pyarrow takes `local:2/x` for an address.

    Raises ResultsError with the remedy if it is missing or damaged.
    """
    try:
        return pq.read_table(path.absolute(), columns=columns and list(columns), filters=filters and list(filters))
    except FileNotFoundError as error:
        raise ResultsError(f"{path.parent}: {path.name} is missing; {AGAIN}") from error
    except (OSError, pa.ArrowException) as error:
        if getattr(error, "strerror", None):
            raise
        reason = " ".join(str(error).split())
        raise ResultsError(f"{path.parent}: {path.name} is damaged ({reason}); remove it, then {AGAIN}") from error


def write_table(path: Path, tables: Iterable[pa.Table], schema: pa.Schema) -> None:
    """One parquet file; each of the tables starts a row group."""
    with replacing(path) as beside, pq.ParquetWriter(
        beside.absolute(), schema, compression="zstd", compression_level=3, version="2.6", store_schema=False
    ) as writer:  # fmt: skip
        for table in tables:
            writer.write_table(table.combine_chunks(), row_group_size=ROWS_PER_GROUP)
