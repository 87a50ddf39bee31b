"""One look for every figure, on the page and on paper: the same chart becomes a specification, a PNG, or an SVG.

Nothing is fetched: fonts are the reader's own, and what a chart needs is inside it. On the page a chart takes the width
it finds; on paper it has a fixed one and carries its title.
"""

from __future__ import annotations

import textwrap
from typing import Any, Final

import altair as alt
import vl_convert

from simulator.report.figure import Figure

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart
FONT: Final = "Arial, 'Liberation Sans', Helvetica, sans-serif"  # of the widths that a drawing is laid out with
INK: Final = "#222222"
SOFT: Final = "#595959"  # still 7:1 on white
FAINT: Final = "#e3e3e3"
WIDTH: Final = 640  # of a printed chart without its margins, in pixels before scaling
LETTERS: Final = 74  # of a title's line at that width
SIZE: Final = 12

THEME: Final[dict[str, Any]] = {
    "background": "white",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SIZE - 1, "labelColor": SOFT, "titleFontSize": SIZE, "titleColor": INK, "titleFontWeight": 400,
        "titlePadding": 8, "gridColor": FAINT, "domainColor": SOFT, "tickColor": SOFT, "labelOverlap": "greedy",
        "labelSeparation": 10,
    },
    "legend": {
        "orient": "bottom", "direction": "vertical", "columns": 1, "title": None, "labelFontSize": SIZE,
        "labelColor": INK, "labelLimit": 270, "symbolStrokeWidth": 2.5, "symbolSize": 120, "rowPadding": 4, "offset": 8,
    },
    "title": {
        "anchor": "start", "frame": "group", "fontSize": SIZE + 3, "fontWeight": 600, "color": INK, "offset": 12,
        "subtitleFontSize": SIZE, "subtitleColor": SOFT, "subtitlePadding": 6,
    },
    "text": {"fontSize": SIZE, "color": INK},
    "line": {"strokeWidth": 2.2},
    "point": {"filled": True, "size": 70, "opacity": 1.0},
    "rule": {"color": INK},
}  # fmt: skip


def framed(chart: Drawing, *, height: int, sentence: str) -> alt.TopLevelMixin:
    """A finished chart as wide as its container; `height` of the plot in pixels, the sentence for who cannot see it."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width="container", height=height, autosize=fit, description=sentence).configure(**THEME)


def spec(figure: Figure) -> dict[str, Any]:
    """The chart in Vega-Lite for a page: as wide as its container, without its title."""
    return figure.chart.to_dict(validate=False)  # a third of a second in a report; tests validate every figure


def png(figure: Figure, scale: float = 2.0) -> bytes:
    """The chart with its title as a picture; `scale` is pixels per unit of its 640 units of width."""
    return vl_convert.vegalite_to_png(_printed(figure), scale=scale, allowed_base_urls=[])


def svg(figure: Figure) -> str:
    """The chart with its title as a drawing that any browser and editor opens."""
    return vl_convert.vegalite_to_svg(_printed(figure), allowed_base_urls=[])


def _printed(figure: Figure) -> dict[str, Any]:
    title = {"text": textwrap.wrap(figure.title, LETTERS)}
    return spec(figure) | {"width": WIDTH, "title": title, "padding": 12}
