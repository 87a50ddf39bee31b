"""Whom a campaign reaches: how many people how often, and how much of its audiences is counted twice."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import Drawing, framed
from simulator.report.figure import Figure
from simulator.report.looks import PLAIN_STROKE, colored, points
from simulator.report.reading import Reading
from simulator.report.rows import without_places
from simulator.report.stacks import Stack, height_of, pieces_of, stack_chart
from simulator.results.arms import ArmRuns
from simulator.results.wording import percent, with_error

ONCE: Final = "different people"
AGAIN: Final = "counted again"
WHOM: Final = {"overlap_audience": "audiences", "overlap_engagers": "people who engage"}
COLORS: Final = {ONCE: "#4d4d4d", AGAIN: "#c7c7c7"}


def reach_frequency(reading: Reading) -> Figure | None:
    """How many different people each campaign reaches and how often each, with the spread over runs."""
    arms = [arm for arm in reading.campaigns if np.mean(arm.columns["reach"]) > 0]
    if not arms:
        return None
    data = compact(pd.DataFrame(_reach_row(reading, arm) for arm in arms))
    parts = []
    for arm in arms:
        metrics = reading.answers[arm.name]["metrics"]
        reach, often, part = (metrics[name] for name in ("reach", "frequency", "awareness"))
        people = with_error(reach["value"], reach["error"])
        times = with_error(often["value"], often["error"])
        parts.append(
            f"{arm.name} reaches {people} people ({percent(part['value'], part['error'])} of the market) {times} times"
        )
    sentence = f"On average, {'; '.join(parts)}."
    title = "How many people each campaign reaches, and how often"
    chart = framed(_crosses(reading, data), height=280, sentence=sentence)
    return Figure("reach-frequency", title, sentence, data, chart)


def _reach_row(reading: Reading, arm: ArmRuns) -> dict[str, Any]:
    """Expected values, and where nine tenths of the runs lie."""
    metrics = reading.answers[arm.name]["metrics"]
    row: dict[str, Any] = {"arm": arm.name}
    for name in ("reach", "frequency"):
        found = metrics[name]
        row |= {name: found["value"], f"{name}_error": found["error"]}
        row |= {f"{name}_p05": found["p05"], f"{name}_p95": found["p95"]}
    return row


def _crosses(reading: Reading, data: pd.DataFrame) -> Drawing:
    arms = list(data["arm"])
    base = alt.Chart(colored(reading, data))
    title = ["Different people reached", "lines: nine tenths of the runs"]
    x = alt.X("reach:Q", title=title, axis=alt.Axis(format=",~f"), scale=alt.Scale(zero=True))
    y = alt.Y("frequency:Q", title="Displays per person reached", scale=alt.Scale(domain=_times(data), nice=False))
    lines = base.mark_rule(strokeWidth=2, opacity=0.6).encode(stroke=PLAIN_STROKE)
    return alt.layer(
        lines.encode(x=alt.X("reach_p05:Q", title=title), x2="reach_p95:Q", y=y, stroke=PLAIN_STROKE),
        lines.encode(x=x, y=alt.Y("frequency_p05:Q"), y2="frequency_p95:Q", stroke=PLAIN_STROKE),
        base.mark_point(size=110).encode(x=x, y=y, **points(reading, arms)),
    )


def _times(data: pd.DataFrame) -> list[float]:
    """From below one display, the least that reaches anybody, to above the highest."""
    top = max(1.1, 1.05 * float(data["frequency_p95"].max()))
    return [1.0 - 0.06 * (top - 1.0), top]


def overlap(reading: Reading) -> Figure | None:
    """How much of each campaign's summed audiences, and of those who engaged, are the same people again."""
    arms = [arm for arm in reading.campaigns if not np.isnan(arm.columns["overlap_audience"]).all()]
    if not arms:
        return None
    stacks = [_stack(reading, arm, metric, whom) for arm in arms for metric, whom in WHOM.items()]
    pieces = pieces_of(stacks)
    told = [f"{arm.name} {_shared(reading, arm, 'overlap_audience')}" for arm in arms]
    engaged = [f"{arm.name} {_shared(reading, arm, 'overlap_engagers')}" for arm in arms]
    sentence = (
        f"Counted twice or more of the summed audiences: {', '.join(told)}; "
        f"of the summed people who engaged: {', '.join(engaged)}."
    )
    chart = stack_chart(stacks, pieces, axis="Share of the sum over creators", colors=COLORS, dark=[ONCE])
    title = "How much of the audiences is the same people again"
    framing = framed(chart, height=height_of(stacks), sentence=sentence)
    return Figure("overlap", title, sentence, without_places(pieces), framing)


def _stack(reading: Reading, arm: ArmRuns, metric: str, whom: str) -> Stack:
    twice = reading.answers[arm.name]["metrics"][metric]["value"] or 0.0
    told = f"{_shared(reading, arm, metric)} counted again"
    return Stack(arm.name, f"{arm.name}: {whom}", told, {ONCE: 1.0 - twice, AGAIN: twice})


def _shared(reading: Reading, arm: ArmRuns, metric: str) -> str:
    found = reading.answers[arm.name]["metrics"][metric]
    return percent(found["value"] or 0.0, found["error"] or None)
