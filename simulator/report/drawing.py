"""A figure as files: the same chart becomes a specification, a PNG, or an SVG."""

from __future__ import annotations

from typing import Any

import vl_convert

from simulator.report.figure import Figure


def spec(figure: Figure) -> dict[str, Any]:
    """The chart in Vega-Lite for a page, without its title."""
    return figure.chart.to_dict()


def png(figure: Figure, scale: float = 2.0) -> bytes:
    """The chart with its title as a picture."""
    return vl_convert.vegalite_to_png(_printed(figure), scale=scale, allowed_base_urls=[])


def svg(figure: Figure) -> str:
    """The chart with its title as a drawing."""
    return vl_convert.vegalite_to_svg(_printed(figure), allowed_base_urls=[])


def _printed(figure: Figure) -> dict[str, Any]:
    return spec(figure) | {"width": 640, "title": figure.title}
