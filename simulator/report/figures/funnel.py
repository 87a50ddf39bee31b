"""From displays to orders: how many of each there are, with people counted once and counted twice kept apart."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import SOFT, Drawing, framed
from simulator.report.figure import Figure
from simulator.report.looks import PLAIN_STROKE, colored, points
from simulator.report.reading import Reading
from simulator.report.rows import down, without_places, words
from simulator.results.statistics import Values, mean
from simulator.results.wording import with_error

TWICE: Final = "reach_counted_twice"
STAGES: Final = (
    ("impressions", "Displays (impressions)"),
    ("reach", "Different people reached"),
    ("reach_audience", "… of these by the authors themselves"),
    (TWICE, "Reached again by a further creator"),
    ("engagements", "Engagements of the authors' audiences"),
    ("clicks", "Clicks on the link"),
    ("attributed_orders", "Orders tracked by link or code"),
    ("incremental_orders", "Orders that the campaign caused"),
)
HEAD: Final = 24  # pixels of a stage's words
LINE: Final = 18  # of an arm
GAP: Final = 8
LEAST: Final = 0.1  # where the scale begins; what is less stands there


def funnel(reading: Reading) -> Figure | None:
    """How many people and events each campaign has at each stage, on a scale of powers of ten."""
    if not reading.campaigns:
        return None
    twice = _counted_twice(reading)
    rows = [row for stage in STAGES for row in _stage(reading, stage[0], twice)]
    step = HEAD + LINE * len(reading.campaigns) + GAP
    height = step * len(STAGES)
    places = {name: step * place for place, (name, _) in enumerate(STAGES)}
    data = pd.DataFrame(rows)
    order = {arm.name: place for place, arm in enumerate(reading.campaigns)}
    data["y"] = [
        places[stage] + HEAD + LINE * (order[arm] + 0.4) for stage, arm in zip(data.stage, data.arm, strict=True)
    ]
    data["drawn"] = np.maximum(data["value"], LEAST)
    heads = pd.DataFrame({"title": title, "y": places[name] + 12} for name, title in STAGES)
    sentence = " ".join(_told(arm.name, data) for arm in reading.campaigns)
    title = "From displays to orders, per campaign and run on average"
    chart = framed(_chart(reading, compact(data), heads, height), height=height, sentence=sentence)
    return Figure("funnel", title, sentence, without_places(compact(data)), chart)


def _counted_twice(reading: Reading) -> dict[str, Values]:
    """Of each arm, per run: people reached summed over authors, less the different people among them."""
    summed = reading.influencers.groupby(["arm", "run"])["reach"].sum()
    runs = reading.runs.set_index(["arm", "run"])["reach_audience"]
    again = summed.reindex(runs.index, fill_value=0) - runs
    return {arm.name: again.loc[arm.name].to_numpy(dtype=np.float64) for arm in reading.campaigns}


def _stage(reading: Reading, stage: str, twice: dict[str, Values]) -> list[dict[str, Any]]:
    rows = []
    for arm in reading.campaigns:
        found = mean(twice[arm.name] if stage == TWICE else arm.columns[stage], arm.alike)
        told = with_error(found.value, found.error)
        rows.append({"stage": stage, "arm": arm.name, "told": told, **found.as_dict()})
    return rows


def _chart(reading: Reading, data: pd.DataFrame, heads: pd.DataFrame, height: int) -> Drawing:
    arms = [arm.name for arm in reading.campaigns]
    most = float(data["drawn"].max())
    named = "datum.value < 1 ? '' : format(datum.value, '~s')"
    axis = alt.Axis(labelExpr=named, values=[10.0**power for power in range(-1, 12)], grid=True)
    scale = alt.Scale(type="log", domain=[LEAST, most * 150], nice=False)  # room for the last number
    title = ["Number per run", "each line is ten times the one before"]
    base = alt.Chart(colored(reading, data)).encode(y=down(height))
    x = alt.X("drawn:Q", title=title, axis=axis, scale=scale)
    return alt.layer(
        base.mark_rule(strokeWidth=2, opacity=0.35).encode(x=x, x2=alt.datum(LEAST), stroke=PLAIN_STROKE),
        base.mark_point().encode(x=x, **points(reading, arms)),
        base.mark_text(align="left", dx=9, color=SOFT, fontSize=11).encode(x=x, text="told:N"),
        words(heads, "title", height),
    )


def _told(arm: str, data: pd.DataFrame) -> str:
    found = data[data["arm"] == arm].set_index("stage")["told"]
    again = f", {found[TWICE]} of them reached by more than one creator" if found[TWICE] != "0" else ""
    return (
        f"{arm}: {found['impressions']} displays reach {found['reach']} different people{again}; "
        f"{found['engagements']} engagements, {found['clicks']} clicks, {found['attributed_orders']} tracked orders "
        f"and {found['incremental_orders']} orders caused."
    )
