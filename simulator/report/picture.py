"""A figure as the page shows it: an image that needs no script, its sentence, and the data behind it as a table.

Figures are drawn once for wide pages and paper, and once for phones, where a wide one would be too small to read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from simulator.report.figure import Figure
from simulator.report.vector import drawing_address
from simulator.results.wording import NOTHING

WIDE: Final = 720  # pixels
NARROW: Final = 340  # about what phones leave beside the margins; smaller ones shrink it
MOST_ROWS: Final = 250  # of a figure's data in the page; files hold all


@dataclass(frozen=True)
class Picture:
    """What a template needs of a figure; drawings are data addresses, of which nothing is fetched."""

    name: str
    title: str
    sentence: str
    wide: str
    narrow: str | None  # none where the chart has a width of its own
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int  # rows that the page does not show


def picture(figure: Figure) -> Picture:
    """The figure, drawn here and now."""
    return framed_picture(figure, [drawing_address(chart) for chart in charts_of(figure)])


def charts_of(figure: Figure) -> list[dict[str, Any]]:
    """The charts to draw: a wide and a narrow one, or the one whose width is its own."""
    from simulator.report.drawing import spec

    chart = spec(figure)
    if chart.get("width") != "container":
        return [chart]
    return [chart | {"width": width} for width in (WIDE, NARROW)]


def framed_picture(figure: Figure, drawings: Sequence[str]) -> Picture:
    """The figure with its drawings, in the order of its charts."""
    wide, *narrow = drawings
    shown = figure.data.head(MOST_ROWS)
    return Picture(
        figure.name,
        figure.title,
        figure.sentence,
        wide,
        narrow[0] if narrow else None,
        tuple(map(str, shown.columns)),
        tuple(tuple(map(_text, row)) for row in shown.itertuples(index=False, name=None)),
        max(0, len(figure.data) - MOST_ROWS),
    )


def _text(value: Any) -> str:
    """A cell of a figure's data, with digits enough to recognize it."""
    if isinstance(value, float):
        return f"{value:.6g}".replace("-", "−") if math.isfinite(value) else NOTHING
    return NOTHING if value is None or value is pd.NA else str(value)
