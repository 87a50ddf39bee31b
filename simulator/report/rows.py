"""Charts of rows whose words stand above what they name, inside the plot: so a phone shows them whole.

Places from the top are in pixels: a row's data say themselves where it is drawn.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from simulator.report.drawing import SOFT


def down(height: int, field: str = "y") -> alt.Y:
    """A vertical channel in pixels from the top of a plot of that height, without an axis."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False, zero=False), axis=None)


def words(data: pd.DataFrame, field: str, height: int, *, y: str = "y", soft: bool = False, **mark: Any) -> alt.Chart:
    """Text at the left edge, cut where the plot ends."""
    look: dict[str, Any] = {"color": SOFT} if soft else {"fontWeight": 600}
    return (
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", limit=alt.ExprRef("width"), **(look | mark))
        .encode(x=alt.value(2), y=down(height, y), text=f"{field}:N")
    )


def line_at(value: float, *, strong: bool = True) -> alt.Chart:
    """A line from top to bottom: of zero, or of a target."""
    style: dict[str, Any] = {"strokeWidth": 1.4} if strong else {"strokeWidth": 1.4, "strokeDash": [5, 3]}
    return alt.Chart(pd.DataFrame({"at": [value]})).mark_rule(**style).encode(x="at:Q")


def lines_within(value: float, spans: pd.DataFrame, height: int, *, strong: bool = True) -> alt.Chart:
    """A line through each row's marks, from `top` to `floor`, so that none crosses words."""
    style: dict[str, Any] = {"strokeWidth": 1.4} if strong else {"strokeWidth": 1.4, "strokeDash": [5, 3]}
    table = spans[["top", "floor"]].assign(at=value)
    return alt.Chart(table).mark_rule(**style).encode(x="at:Q", y=down(height, "top"), y2="floor:Q")


def level_at(value: float, *, strong: bool = True) -> alt.Chart:
    """A line from left to right."""
    style: dict[str, Any] = {"strokeWidth": 1.4} if strong else {"strokeWidth": 1.4, "strokeDash": [5, 3]}
    return alt.Chart(pd.DataFrame({"at": [value]})).mark_rule(**style).encode(y="at:Q")
