"""Where the money goes and what comes of it, by tier: shares of spend beside shares of effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import SOFT, Drawing, framed
from simulator.report.figure import Figure
from simulator.report.reading import Reading
from simulator.report.rows import down, without_places, words
from simulator.results.arms import ArmRuns
from simulator.results.statistics import Values, ratio_of_means
from simulator.results.wording import percent
from simulator.scenario.offers import OWN_ACCOUNT

SPEND: Final = "cost"
MEASURES: Final = {
    SPEND: "spend",
    "impressions": "displays",
    "engagements": "engagements",
    "clicks": "clicks",
    "attributed_orders": "tracked orders",
}
COLORS: Final = ("#3b3b3b", "#8c8c8c")  # spend, effects
HEAD: Final = 26
LINE: Final = 19
BAR: Final = 11
GAP: Final = 10


def spend_and_effect(reading: Reading) -> Figure | None:
    """Per campaign that hires several tiers: each tier's share of the spend, and of what it is paid for."""
    rows = [row for arm in reading.campaigns for row in _rows(reading, arm)]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    blocks = list(dict.fromkeys(zip(table["arm"], table["tier"], strict=True)))
    step = HEAD + LINE * len(MEASURES) + GAP
    place = {block: step * number for number, block in enumerate(blocks)}
    within = {measure: HEAD + LINE * number for number, measure in enumerate(MEASURES)}
    named = zip(table["arm"], table["tier"], table["measure"], strict=True)
    data = compact(table.assign(top=[place[arm, tier] + within[measure] for arm, tier, measure in named]))
    heads = pd.DataFrame({"title": f"{arm}: {tier}", "y": place[arm, tier] + 12} for arm, tier in blocks)
    height = step * len(blocks)
    sentence = " ".join(_told(table, arm, tier) for arm, tier in blocks)
    chart = framed(_chart(data, heads, height), height=height, sentence=sentence)
    title = "Each tier's share of the spend, and of what comes of it"
    return Figure("spend-and-effect", title, sentence, without_places(data), chart)


def _rows(reading: Reading, arm: ArmRuns) -> list[dict[str, Any]]:
    """Shares by tier and measure, as ratios of means over runs; none of an arm with a single tier."""
    hired = reading.influencers[(reading.influencers["arm"] == arm.name) & (reading.influencers["hire"] != OWN_ACCOUNT)]
    tiers = list(hired.groupby("tier")["followers"].max().sort_values().index)
    if len(tiers) < 2:
        return []
    runs = reading.runs.loc[reading.runs["arm"] == arm.name, "run"]
    rows = []
    for measure, name in MEASURES.items():
        of_all = _per_run(hired, runs, measure)
        for tier in tiers:
            found = ratio_of_means(_per_run(hired[hired["tier"] == tier], runs, measure), of_all, arm.alike)
            if found is not None:
                told = f"{name} {percent(found.value, found.error or None)}"
                rows.append({"arm": arm.name, "tier": tier, "measure": measure, "told": told, **found.as_dict()})
    return rows


def _per_run(hired: pd.DataFrame, runs: pd.Series[int], measure: str) -> Values:
    return hired.groupby("run")[measure].sum().reindex(runs, fill_value=0).to_numpy(dtype=np.float64)


def _chart(data: pd.DataFrame, heads: pd.DataFrame, height: int) -> Drawing:
    drawn = data.assign(
        floor=data["top"] + BAR, color=[COLORS[measure != SPEND] for measure in data["measure"]], start=0.0
    )
    axis = alt.Axis(format=".0%", grid=False, values=[0.0, 0.25, 0.5, 0.75, 1.0])
    scale = alt.Scale(domain=[0, 1.5])  # room for words beside a whole bar
    title = "Share within the campaign (dark: spend)"
    x = alt.X("start:Q", title=title, axis=axis, scale=scale)
    color = alt.Fill("color:N", scale=None)
    base = alt.Chart(drawn)
    return alt.layer(
        base.mark_rect().encode(x=x, x2="value:Q", y=down(height, "top"), y2="floor:Q", fill=color),
        base.mark_text(align="left", dx=6, dy=BAR // 2 + 1, color=SOFT, fontSize=11).encode(
            x=alt.X("value:Q", title=title, axis=axis, scale=scale), y=down(height, "top"), text="told:N"
        ),
        words(heads, "title", height),
    )


def _told(table: pd.DataFrame, arm: str, tier: str) -> str:
    found = table[(table["arm"] == arm) & (table["tier"] == tier)].set_index("measure")["told"]
    spent = found[SPEND].replace("spend ", "", 1)
    return f"{arm}: {tier} takes {spent} of the spend and brings {_listed(list(found.drop(SPEND)))}."


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
