"""Spreads under each other on one scale: a row of bars per arm, its words above, its expected value below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact, counts, edges, window
from simulator.report.drawing import Drawing
from simulator.report.looks import fill
from simulator.report.reading import Reading
from simulator.report.rows import down, lines_within, words, wrapped
from simulator.results.statistics import Values
from simulator.results.wording import percent

ROW: Final = 104  # pixels: two lines of words, the bars, and a triangle
BARS: Final = 60
FOOT: Final = 8


@dataclass(frozen=True)
class Ridge:
    """One row: a value per run, two lines of words, and the expected value."""

    arm: str
    sample: Values
    title: str
    told: str
    expected: float


def height_of(ridges: Sequence[Ridge]) -> int:
    """Pixels of the plot."""
    return ROW * len(ridges) + FOOT


def bars_of(ridges: Sequence[Ridge], *also: float) -> pd.DataFrame:
    """One row per bin that holds runs: their number and share, and where its bar is drawn. `also` must be on the scale.

    The highest bar of all has the full height, so areas compare. The scale shows nine tenths of the runs or more.
    """
    borders = edges(*window([ridge.sample for ridge in ridges], 0.0, *also))
    runs = [counts(ridge.sample, borders)[0] for ridge in ridges]
    most = max(float(np.max(found)) / len(ridge.sample) for ridge, found in zip(ridges, runs, strict=True))
    tables = []
    for place, (ridge, found) in enumerate(zip(ridges, runs, strict=True)):
        floor, shares = _floor(place), found / len(ridge.sample)
        table = pd.DataFrame({"arm": ridge.arm, "low": borders[:-1], "high": borders[1:], "runs": found.astype(int)})
        tables.append(table.assign(share=shares, top=floor - BARS * shares / most, floor=floor))
    bars = pd.concat(tables, ignore_index=True)
    return compact(bars[bars["runs"] > 0].reset_index(drop=True))


def ridge_chart(
    reading: Reading, ridges: Sequence[Ridge], bars: pd.DataFrame, *, axis: str, form: str, target: float | None = None
) -> Drawing:
    """The chart of `bars_of`; `axis` names the quantity, `form` is the form of its numbers."""
    height, heads = height_of(ridges), _heads(ridges)
    notes = ["▲ expected value", *([f"dashed: target {percent(target)}"] if target else []), *_beyond(ridges, bars)]
    x = alt.X(
        "low:Q",
        title=[axis, *wrapped("; ".join(notes)).splitlines()],
        axis=alt.Axis(format=form, grid=False),
        scale=_tight(),
    )
    marks = (
        alt.Chart(bars)
        .mark_rect(stroke="white", strokeWidth=0.6)
        .encode(x=x, x2="high:Q", y=down(height, "top"), y2="floor:Q", fill=fill(reading, [r.arm for r in ridges]))
    )
    expected = alt.Chart(heads).mark_point(shape="triangle-up", color="black", size=60, yOffset=5, clip=True)
    return alt.layer(
        marks,
        lines_within(0.0, heads, height),
        *([lines_within(target, heads, height, strong=False)] if target else []),
        words(heads, "title", height),
        words(heads, "told", height, y="second", soft=True),
        expected.encode(x="expected:Q", y=down(height, "floor")),
    )


def _floor(place: int) -> float:
    return float(ROW * (place + 1) - 6)


def _heads(ridges: Sequence[Ridge]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "title": ridge.title, "told": ridge.told, "expected": ridge.expected, "y": ROW * place + 10,
            "second": ROW * place + 26, "top": _floor(place) - BARS - 4, "floor": _floor(place),
        }
        for place, ridge in enumerate(ridges)
    )  # fmt: skip


def _beyond(ridges: Sequence[Ridge], bars: pd.DataFrame) -> list[str]:
    """That the scale leaves out runs, if it does."""
    shown = bars.groupby("arm")["share"].sum()
    most = max(1.0 - float(shown[ridge.arm]) for ridge in ridges)
    return [f"up to {percent(most)} lie beyond"] if most > 1e-6 else []


def _tight() -> alt.Scale:
    return alt.Scale(nice=False, zero=False)
