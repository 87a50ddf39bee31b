"""The accounts of a roster, every row checked; read once while its content stays the same, however many hires ask."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from simulator.errors import BadQuantity
from simulator.quantity import BOUNDS
from simulator.scenario.samples import SHOWN, read_table, table_file
from simulator.scenario.schema import Roster

RATES: Final = {"engagement_rate": "share", "reach_rate": "share", "real_share": "share of followers"}  # with units


class Account(NamedTuple):
    """One row of a roster; an empty topic is the hire's."""

    id: str
    followers: int
    topic: str
    rates: Mapping[str, float]


def accounts_of(roster: Roster) -> tuple[Account, ...]:
    """All accounts of a roster, in the order of the file. Raises BadQuantity."""
    path = table_file(roster.file, Path())
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadQuantity(f"{path.name} cannot be read: {error.strerror}", "name a readable file", "file") from None
    found = _read(path, content, tuple(roster.columns.items()))
    if isinstance(found, str):
        raise BadQuantity(*found.split("\n"))
    return found


@lru_cache(maxsize=4)
def _read(path: Path, _content: str, columns: tuple[tuple[str, str], ...]) -> tuple[Account, ...] | str:
    """The accounts, or what is wrong with the file: message, remedy and field in a line each."""
    words, names = zip(*columns, strict=True)
    try:
        rows = read_table(path, names)
        return tuple(_account(dict(zip(words, row, strict=True)), line) for line, row in rows)
    except BadQuantity as error:
        return "\n".join(" ".join(part.split()) for part in (error.message, error.suggestion or "", error.field))


def _account(cells: Mapping[str, str], line: int) -> Account:
    """One row. Raises BadQuantity if a cell is not what its column promises."""
    account, text = cells["id"], cells["followers"]
    rates: dict[str, float] = {}
    try:
        size = int(float(text))
        for rate in RATES:
            if text := cells.get(rate, ""):
                rates[rate] = _rate(text, rate)
    except (ValueError, OverflowError):
        account = ""
    if not account:
        message = f"line {line} has no id, or holds {text[:SHOWN]!r}, which is not a number in range"
        raise BadQuantity(message, "correct or remove the row", "file")
    return Account(account, size, cells.get("topic", ""), rates)


def _rate(text: str, rate: str) -> float:
    value = float(text)
    low, high = BOUNDS[RATES[rate]]
    if not low <= value <= high:
        raise ValueError(text)
    return value
