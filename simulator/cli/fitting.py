"""Text that fits: as wide as the terminal is, in a pipe 100 columns or more; words stay whole where there is room."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

PIPED: Final = 100
GAP: Final = 2  # blanks between columns
NARROW_FIRST: Final = 12  # letters that a column of names keeps where nothing else fits
Rows = Sequence[Sequence[str]]


def room() -> int:
    """Columns that a line may take."""
    width = shutil.get_terminal_size((PIPED, 24)).columns
    return width if sys.stdout.isatty() else max(width, PIPED)


def line(text: str) -> str:
    """A paragraph in lines that the terminal does not break within a word; in a pipe as it is."""
    if not sys.stdout.isatty():
        return text
    parts = text.split("\n")
    return "\n".join(textwrap.fill(part, room(), break_long_words=False, break_on_hyphens=False) for part in parts)


def plain_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Columns of text under their headings, without frames."""
    table = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def printed(table: Table, *, least: int = 0) -> str:
    """The table as text, no wider than there is room for, nor narrower than `least`."""
    width = max(room(), least)
    _fit(table, width)
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False)
    console.print(table)
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    return "\n".join(row.rstrip() for row in text.rstrip().splitlines())


def beside(headings: Sequence[str], rows: Rows, keys: int) -> Iterator[str]:
    """Tables of as many columns as fit beside the first `keys`, which each repeats; no cell is broken."""
    widths = [max(_longest_word(head), *(len(row[place]) for row in rows)) for place, head in enumerate(headings)]
    left = room() - sum(width + GAP for width in widths[:keys])
    groups: list[list[int]] = [[]]
    for place in range(keys, len(headings)):
        if groups[-1] and sum(widths[each] + GAP for each in (*groups[-1], place)) - GAP > left:
            groups.append([])
        groups[-1].append(place)
    for group in groups:
        shown = [*range(keys), *group]
        table = plain_table([headings[place] for place in shown], [[row[place] for place in shown] for row in rows])
        for column, place in zip(table.columns, shown, strict=True):
            column.min_width = widths[place]
        yield printed(table)


def _fit(table: Table, width: int) -> None:
    """Give the columns widths that keep words whole: the widest gives first, and the first of them last."""
    if any(column.width is not None for column in table.columns):
        return
    least = [_least(column) for column in table.columns]
    widths = [max(map(len, _lines(column)), default=0) for column in table.columns]
    over = sum(widths) + GAP * (len(widths) - 1) - width
    for _ in range(over):
        able = [place for place, most in enumerate(widths) if most > least[place]]
        if not able and widths[0] <= NARROW_FIRST:
            return  # too narrow for all words
        widths[max(able, key=widths.__getitem__) if able else 0] -= 1
    if over > 0:
        for column, each in zip(table.columns, widths, strict=True):
            column.width, column.no_wrap = each, False


def _least(column: Column) -> int:
    """Letters below which a word would be broken, or a cell that must not be."""
    lines = _lines(column)
    return max(column.min_width or 0, *map(len if column.no_wrap else _longest_word, lines))


def _lines(column: Column) -> list[str]:
    return [text for cell in (column.header, *column.cells) for text in str(cell).split("\n")]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
