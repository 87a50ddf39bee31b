"""An edge list as text: one tie per line, two labels separated by a comma, semicolon, tab or spaces.

Further columns, blank lines and lines that open with # are passed over. A header is known by its words, or by being the
only line whose labels are no integers. Counts at the top, as some lists without commas have them, are known by being
right. Raises BadQuantity with the line.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.errors import BadQuantity

INTEGER: Final = re.compile(r"[-+]?[0-9]{1,18}")
SEPARATORS: Final = (",", ";", "\t")
HEADERS: Final = {
    ("source", "target"),
    ("from", "to"),
    ("src", "dst"),
    ("id_1", "id_2"),
    ("node_1", "node_2"),
    ("person", "peer"),
    ("user", "friend"),
}
MOST_COUNTS: Final = 2

Split = Callable[[str], list[str]]


class Ties(NamedTuple):
    """Ties between labels, as they stand: `source` and `target` are positions in `labels`."""

    labels: list[str]
    source: NDArray[np.int64]
    target: NDArray[np.int64]


class First(NamedTuple):
    """The first line of two labels: a tie, a header, or counts of people and ties."""

    line: int
    one: str
    other: str
    may_count: bool


def read_edge_list(lines: Iterable[str], name: str) -> Ties:
    """The ties of a text. `name` is the file's, for messages."""
    numbers: dict[str, int] = {}
    source, target = array("q"), array("q")
    counts: list[int] = []
    first: First | None = None
    split: Split | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if first is None and len(counts) < MOST_COUNTS and INTEGER.fullmatch(text):
            counts.append(int(text))
            continue
        split = split or _splitter(text)
        cells = split(text)
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise _no_tie(name, number, text)
        if first is None:
            first = First(number, cells[0], cells[1], may_count="," not in text and ";" not in text)
            continue
        source.append(numbers.setdefault(cells[0], len(numbers)))
        target.append(numbers.setdefault(cells[1], len(numbers)))
    if first is not None and not _is_about_ties(first, numbers, len(source), name):
        source.append(numbers.setdefault(first.one, len(numbers)))
        target.append(numbers.setdefault(first.other, len(numbers)))
    if counts and counts[-1] != len(source):
        raise _no_tie(name, 1, str(counts[0]))
    return Ties(list(numbers), np.array(source, np.int64), np.array(target, np.int64))


def _splitter(text: str) -> Split:
    """What takes a line apart like this one; quotes are read as CSV has them."""
    separator = next((each for each in SEPARATORS if each in text), None)
    if separator is None:
        return str.split

    def split(line: str) -> list[str]:
        cells = next(csv.reader([line], delimiter=separator)) if '"' in line else line.split(separator)
        return [cell.strip() for cell in cells]

    return split


def _is_about_ties(first: First, labels: dict[str, int], ties: int, name: str) -> bool:
    """Whether the first line is a header, or counts people and ties, rather than being a tie."""
    one, other = first.one, first.other
    if (one.casefold(), other.casefold()) in HEADERS:
        return True
    if not (INTEGER.fullmatch(one) and INTEGER.fullmatch(other)):
        whole = all(map(INTEGER.fullmatch, labels))
        return bool(labels) and whole and not (INTEGER.fullmatch(one) or INTEGER.fullmatch(other))
    if not first.may_count or (int(one), int(other)) != (len(labels), ties):
        return False
    if other in labels:
        message = f"line {first.line} of {name} may be a tie, or the counts of people and ties"
        raise BadQuantity(message, "remove the line if it holds counts, or move it down if it is a tie", "file")
    return True


def _no_tie(name: str, line: int, text: str) -> BadQuantity:
    message = f"line {line} of {name} holds {text[:40]!r}, not two people"
    return BadQuantity(message, "write one tie per line, such as 17,42, or give GraphML", "file")
