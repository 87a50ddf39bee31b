"""How an arm looks: the same color, dash and shape in every figure, told apart without color as well.

The colors are Okabe and Ito's (2008, "Color Universal Design"), told apart by nearly everybody; without its yellow,
which paper swallows. Doing nothing is gray.
"""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from simulator.report.reading import Reading
from simulator.results.tables import NO_CAMPAIGN

COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
DASHES: Final = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [12, 4])  # as many as no multiple of the colors: pairs differ
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
LINES: Final = alt.Legend(symbolType="stroke", symbolSize=420)  # long enough to tell dashes
PLAIN_FILL: Final = alt.Fill("color:N", scale=None)
PLAIN_STROKE: Final = alt.Stroke("color:N", scale=None)
NOTHING_COLOR: Final = "#767676"
NOTHING_DASH: Final = [1, 3]
NOTHING_SHAPE: Final = "triangle-left"


def color_of(reading: Reading, arm: str) -> str:
    """The color of an arm."""
    return NOTHING_COLOR if arm == NO_CAMPAIGN else COLORS[_place(reading, arm) % len(COLORS)]


def dash_of(reading: Reading, arm: str) -> list[int]:
    """The dashes of an arm's lines, in pixels drawn and left out."""
    return NOTHING_DASH if arm == NO_CAMPAIGN else DASHES[_place(reading, arm) % len(DASHES)]


def shape_of(reading: Reading, arm: str) -> str:
    """The shape of an arm's points."""
    return NOTHING_SHAPE if arm == NO_CAMPAIGN else SHAPES[_place(reading, arm) % len(SHAPES)]


def shown(reading: Reading) -> list[str]:
    """All arms in the order in which figures show them, doing nothing last."""
    return [*_campaigns(reading), NO_CAMPAIGN]


def stroke(reading: Reading, arms: list[str]) -> alt.Stroke:
    """Color of lines and outlines by arm, with a legend below."""
    return alt.Stroke("arm:N", scale=_colors(reading, arms), legend=LINES)


def outline(reading: Reading, arms: list[str]) -> alt.Stroke:
    """Color of lines by arm, without a legend: where words name the arm."""
    return alt.Stroke("arm:N", scale=_colors(reading, arms), legend=None)


def fill(reading: Reading, arms: list[str]) -> alt.Fill:
    """Color of areas and bars by arm, without a legend."""
    return alt.Fill("arm:N", scale=_colors(reading, arms), legend=None)


def dash(reading: Reading, arms: list[str]) -> alt.StrokeDash:
    """Dashes by arm; their legend joins that of the lines' colors."""
    scale = alt.Scale(domain=arms, range=[dash_of(reading, arm) for arm in arms])
    return alt.StrokeDash("arm:N", scale=scale, legend=LINES)


def colored(reading: Reading, data: pd.DataFrame) -> pd.DataFrame:
    """The same table with each arm's color as it is, for `PLAIN_FILL` and `PLAIN_STROKE`.

    A channel with a scale but no legend would take away the legend that lines or points of the same arms have.
    """
    return data.assign(color=[color_of(reading, arm) for arm in data["arm"]])


def points(reading: Reading, arms: list[str]) -> dict[str, alt.Fill | alt.Shape]:
    """Channels of points by arm: color and shape, with one legend below."""
    shapes = alt.Scale(domain=arms, range=[shape_of(reading, arm) for arm in arms])
    return {"fill": alt.Fill("arm:N", scale=_colors(reading, arms)), "shape": alt.Shape("arm:N", scale=shapes)}


def _colors(reading: Reading, arms: list[str]) -> alt.Scale:
    return alt.Scale(domain=arms, range=[color_of(reading, arm) for arm in arms])


def _place(reading: Reading, arm: str) -> int:
    return _campaigns(reading).index(arm)


def _campaigns(reading: Reading) -> list[str]:
    """Names from the answer alone: an analysis without its run has no others."""
    return [answer["arm"] for answer in reading.summary["arms"] if answer["arm"] != NO_CAMPAIGN]
