"""A figure as the page shows it: an image that needs no script, its sentence, and the data behind it as a table.

Drawings are SVG, made once for wide pages and paper, and once for phones, where a wide one would be too small to read.
They are images of their own within the page: nothing in them can run, and no name of one is mixed up with another's.
"""

from __future__ import annotations

import base64
import math
import re
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from simulator.report.figure import Figure
from simulator.results.wording import NOTHING

WIDE: Final = 720  # pixels
NARROW: Final = 340  # about what phones leave beside the margins; smaller ones shrink it
MOST_ROWS: Final = 250  # of a figure's data in the page; files hold all
TAG: Final = re.compile(r"<[^>]+>")
UNHEARD: Final = re.compile(r' (?:aria-\w+|role)="[^"]*"')
PLACE: Final = re.compile(r' (?:d|transform)="[^"]*"')
FINER: Final = re.compile(r"(\.\d\d)\d+")


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
    """The figure, drawn."""
    from simulator.report.drawing import spec

    chart, shown = spec(figure), figure.data.head(MOST_ROWS)
    fits = chart.get("width") == "container"
    return Picture(
        figure.name,
        figure.title,
        figure.sentence,
        _drawn(chart | {"width": WIDE} if fits else chart),
        _drawn(chart | {"width": NARROW}) if fits else None,
        tuple(map(str, shown.columns)),
        tuple(tuple(map(_text, row)) for row in shown.itertuples(index=False, name=None)),
        max(0, len(figure.data) - MOST_ROWS),
    )


def _drawn(chart: dict[str, Any]) -> str:
    import vl_convert

    drawing = TAG.sub(_lighter, vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]))
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


def _lighter(tag: re.Match[str]) -> str:
    """A tag without what an image has no use for: names of its parts for readers, and thousandths of a pixel."""
    return PLACE.sub(lambda place: FINER.sub(r"\1", place[0]), UNHEARD.sub("", tag[0]))


def _text(value: Any) -> str:
    """A cell of a figure's data, with digits enough to recognize it."""
    if isinstance(value, float):
        return f"{value:.6g}".replace("-", "−") if math.isfinite(value) else NOTHING
    return NOTHING if value is None or value is pd.NA else str(value)
