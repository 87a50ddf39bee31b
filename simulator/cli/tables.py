"""Tables for people: readable at 100 columns, in a terminal and in a pipe."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from simulator.scenario.explain import Explanation

NARROWEST: Final = 100


def printed(table: Table) -> str:
    """The table as text, as wide as the terminal, and at least 100 columns."""
    width = max(shutil.get_terminal_size((NARROWEST, 24)).columns, NARROWEST)
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False)
    console.print(table)
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def plain_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Columns of text under their headings, without frames."""
    table = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def explain_table(rows: Iterable[Explanation]) -> Table:
    """One number per row: its path, its value, how it is known, and what it means and where it comes from."""
    table = plain_table(("number", "value", "known as", "meaning and source"), ())
    for column, width in zip(table.columns, (34, 21, 12, None), strict=True):
        column.width = width
    for row in rows:
        value = f"{row.value}\n(instead of {row.default})" if row.default else row.value
        known = "\n".join(
            text
            for text in (row.unit, f"per {row.varies}" if row.varies != "once" else row.varies, row.grade, row.range)
            if text
        )
        source = f"{row.source} ({row.date})" if row.date else row.source
        table.add_row(row.path, value, known, "\n".join(text for text in (row.meaning, source) if text))
        table.add_row()
    return table
