"""A chart as a drawing (SVG) that a page holds within itself.

A drawing is an image of its own: nothing in it can run, and no name in it is mixed up with another's. Imports nothing
heavy, so that a process that only draws is there at once.
"""

from __future__ import annotations

import base64
import re
from typing import Any, Final

TAG: Final = re.compile(r"<[^>]+>")
UNHEARD: Final = re.compile(r' (?:aria-\w+|role)="[^"]*"')
PLACE: Final = re.compile(r' (?:d|transform)="[^"]*"')
FINER: Final = re.compile(r"(\.\d\d)\d+")


def drawing_address(chart: dict[str, Any]) -> str:
    """A Vega-Lite chart, drawn: an address that holds its own data. Raises ValueError for what is no chart."""
    import vl_convert

    drawing = TAG.sub(_lighter, vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]))
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


def _lighter(tag: re.Match[str]) -> str:
    """A tag without what an image has no use for: names of its parts for readers, and thousandths of a pixel."""
    return PLACE.sub(lambda place: FINER.sub(r"\1", place[0]), UNHEARD.sub("", tag[0]))
