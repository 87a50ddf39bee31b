"""Figures that need no run: what a page does with a figure does not depend on what it shows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from simulator.report.figure import Figure
from simulator.report.reading import Reading


def fake_figure(name: str = "fake-bars", *, sentence: str = "One plan earns less than the other.") -> Figure:
    """Bars, as wide as their container."""
    data = pd.DataFrame({"plan": ["one", "five"], "roi": [-0.8, 0.123456]})
    chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(x="roi:Q", y="plan:N")
        .properties(width="container", height=120, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    )
    return Figure(name, f"Figure {name}", sentence, data, chart)


def fake_figures(_reading: Reading) -> list[Figure]:
    """Two figures, one of which states its own width."""
    fixed = fake_figure("fake-fixed")
    return [
        fake_figure(),
        Figure("fake-fixed", fixed.title, fixed.sentence, fixed.data, fixed.chart.properties(width=200)),
    ]
