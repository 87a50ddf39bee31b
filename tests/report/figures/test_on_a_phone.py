"""On a phone no word of a figure is cut, also where the reader's letters are wider than those it was laid out with."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from report.analyses import BUDGET, FRONTIER, ONE_NUMBER, ROOT
from report.browser import browser
from report.chromium import CHROMIUM, MISSING

from simulator.report.figures import figures_of
from simulator.report.picture import picture
from simulator.report.reading import Reading

if CHROMIUM is None:
    pytest.skip(MISSING, allow_module_level=True)

FONTS = ("Arial, 'Liberation Sans', sans-serif", "'DejaVu Sans', sans-serif")  # the second is about an eighth wider
BEYOND = """() => {
  const edge = document.querySelector('svg').getBoundingClientRect();
  return [...document.querySelectorAll('text')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && (box.left < edge.left - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1);
  }).map(each => each.textContent);
}"""


LONG = "arms.four ambassadors and one large macro.hire.1.pay.amount"


def long_points() -> list[dict[str, Any]]:
    return [point | {"values": {LONG: point["values"]["budget"]}} for point in ONE_NUMBER["points"]]


@pytest.mark.parametrize("font", FONTS)
def test_no_words_leave_a_narrow_drawing(analyzed: Reading, font: str) -> None:
    long = {
        "sweep-of-a-long-path": ONE_NUMBER | {"vary": [BUDGET | {"path": LONG}], "points": long_points()},
        "break-even-of-a-long-path": ROOT | {"path": LONG},
        "frontier-of-long-paths": FRONTIER | {"path": LONG, "over": LONG},
    }
    everything = replace(analyzed, analyses={**analyzed.analyses, **long})
    drawn = [picture(figure) for figure in figures_of(everything)]
    assert long.keys() <= {each.name for each in drawn}
    with browser() as started:
        page = started.new_page()
        cut = {}
        for each in drawn:
            assert each.narrow is not None
            svg = base64.b64decode(each.narrow.split(",", maxsplit=1)[1]).decode()
            page.set_content(f"<style>text {{ font-family: {font} !important }}</style>{svg}")
            cut[each.name] = page.evaluate(BEYOND)
    assert len(cut) > 15
    assert {} == {name: texts for name, texts in cut.items() if texts}
