"""Charts of rows whose words stand above what they name, inside the plot: so a phone shows them whole.

Places from the top are in pixels: a row's data say themselves where it is drawn.
"""

from __future__ import annotations

import textwrap
from typing import Final, Literal

import altair as alt
import pandas as pd

from simulator.report.drawing import INK, SOFT

RESERVE: Final = 1.14  # where a reader has no font of Arial's widths, letters are up to so much wider
WIDE: Final = alt.ExprRef(f"width / {RESERVE}")
LETTERS: Final = 51  # of a line that a phone shows whole
BOLD_LETTERS: Final = 44
LINE: Final = 15  # pixels
PLACES: Final = ("y", "top", "floor", "drawn", "start", "end", "told", "from_y")  # of marks, and their words
SOLID: Final = [1, 0]
DASHED: Final = [5, 3]


def down(height: int, field: str = "y") -> alt.Y:
    """A vertical channel in pixels from the top of a plot of that height, without an axis."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False, zero=False), axis=None)


def without_places(table: pd.DataFrame) -> pd.DataFrame:
    """What is drawn without where: the table that a reader is shown."""
    return table.drop(columns=[column for column in PLACES if column in table])


def words(data: pd.DataFrame, field: str, height: int, *, y: str = "y", soft: bool = False) -> alt.Chart:
    """Text at the left edge, in lines as it is `wrapped`, each cut where the plot ends; `y` is the first line's."""
    color = SOFT if soft else INK
    weight: Literal["normal", "bold"] = "normal" if soft else "bold"
    return (
        alt.Chart(data)
        .mark_text(
            align="left", baseline="middle", limit=WIDE, color=color, fontWeight=weight, lineBreak="\n", lineHeight=LINE
        )
        .encode(x=alt.value(2), y=down(height, y), text=f"{field}:N")
    )


def wrapped(text: str, letters: int = LETTERS) -> str:
    r"""Text in lines that a phone shows whole.

    >>> wrapped("numbers that turn the choice", 14)
    'numbers that\nturn the\nchoice'
    """
    return "\n".join(textwrap.wrap(text, letters))


def axis_title(text: str) -> list[str]:
    """A title of an axis in lines that fit along it on a phone."""
    return textwrap.wrap(text, BOLD_LETTERS)


def lines_in(text: str) -> int:
    """How many lines a wrapped text has."""
    return text.count("\n") + 1


def line_at(value: float, *, strong: bool = True) -> alt.Chart:
    """A line from top to bottom: of zero, or of a target."""
    return _rule(_at(value), strong).encode(x="at:Q")


def level_at(value: float, *, strong: bool = True) -> alt.Chart:
    """A line from left to right."""
    return _rule(_at(value), strong).encode(y="at:Q")


def lines_within(value: float, spans: pd.DataFrame, height: int, *, strong: bool = True) -> alt.Chart:
    """A line through each row's marks, from `top` to `floor`, so that none crosses words."""
    table = spans[["top", "floor"]].assign(at=value)
    return _rule(table, strong).encode(x="at:Q", y=down(height, "top"), y2="floor:Q")


def _at(value: float) -> pd.DataFrame:
    return pd.DataFrame({"at": [value]})


def _rule(table: pd.DataFrame, strong: bool) -> alt.Chart:  # noqa: FBT001
    return alt.Chart(table).mark_rule(strokeWidth=1.4, strokeDash=SOLID if strong else DASHED)
