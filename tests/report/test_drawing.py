"""Page, picture and drawing show the same chart, and no font or file is fetched for it."""

from __future__ import annotations

import re
import struct

import altair as alt
import pandas as pd
import pytest

from simulator.report.drawing import FONT, WIDTH, framed, png, spec, svg
from simulator.report.figure import Figure


@pytest.fixture
def figure() -> Figure:
    data = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]})
    chart = framed(alt.Chart(data).mark_point().encode(x="x:Q", y="y:Q"), height=100, sentence="Two points rise.")
    title = "Two points that rise, told with so many words that no line of a printed page could ever hold all of them"
    return Figure("points", title, "Two points rise.", data, chart)


def width_of(picture: bytes) -> int:
    return struct.unpack(">I", picture[16:20])[0]


def test_on_the_page_a_chart_is_as_wide_as_its_place(figure: Figure) -> None:
    drawn = spec(figure)
    assert ("container", 100) == (drawn["width"], drawn["height"])
    assert {"type": "fit-x", "contains": "padding"} == drawn["autosize"]


def test_a_picture_grows_with_its_scale(figure: Figure) -> None:
    once, twice = width_of(png(figure, scale=1)), width_of(png(figure))
    assert once >= WIDTH
    assert abs(twice - 2 * once) <= 2


def test_on_paper_a_long_title_is_broken_into_lines(figure: Figure) -> None:
    lines = re.findall(r">([^<>]+)</t", svg(figure))
    broken = [line for line in lines if line in figure.title and " " in line]
    assert figure.title == " ".join(broken)
    assert len(broken) > 1


def test_the_page_and_the_paper_hold_the_same_points(figure: Figure) -> None:
    assert 2 == svg(figure).count('aria-roledescription="point"')
    (rows,) = spec(figure)["datasets"].values()
    assert [{"x": 1.0, "y": 3.0}, {"x": 2.0, "y": 4.0}] == rows


def test_fonts_are_the_readers_own(figure: Figure) -> None:
    drawn = svg(figure)
    assert FONT.split(",", maxsplit=1)[0] in drawn
    assert "@font-face" not in drawn
    assert "@import" not in drawn


def test_a_chart_that_wants_a_file_of_the_network_is_not_drawn() -> None:
    remote = alt.Chart("https://example.org/data.json").mark_point().encode(x="x:Q")
    figure = Figure("remote", "Remote", "Remote.", pd.DataFrame(), framed(remote, height=10, sentence="Remote."))
    with pytest.raises(ValueError, match=r"example\.org"):
        png(figure)
