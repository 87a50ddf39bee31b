"""One figure: what it shows in a sentence, the data it is drawn from, and the chart that goes to page, PNG and SVG."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd


@dataclass(frozen=True)
class Figure:
    """A chart with all that a page, a test or somebody who cannot see it needs."""

    name: str  # of files and anchors: "roi-distribution"
    title: str
    sentence: str  # what there is to see, with figures and their errors; it is also the text for screen readers
    data: pd.DataFrame  # what is drawn, one row per mark; every figure can be found in the tables of the run
    chart: alt.TopLevelMixin
