"""How the answer moves with what is varied: curves of ROI over one number, a map of the best arm over two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import framed
from simulator.report.figure import Figure
from simulator.report.looks import PLAIN_FILL, colored, dash, points, shown, stroke
from simulator.report.reading import Reading
from simulator.report.rows import level_at
from simulator.results.wording import number, percent

PREFIX: Final = "sweep-"
Analysis = Mapping[str, Any]


def sweeps(reading: Reading) -> list[Figure]:
    """A figure for each sweep over one or two numbers that was made of the run."""
    found = [(name, each) for name, each in reading.analyses.items() if name.startswith(PREFIX) and each["points"]]
    return [
        _curves(reading, name, each) if len(each["vary"]) == 1 else _map(reading, name, each)
        for name, each in found
        if 1 <= len(each["vary"]) <= 2
    ]


def unit_of(reading: Reading, path: str, unit: str) -> str:
    """A varied number as an axis says it."""
    return f"{path} ({reading.currency})" if unit == "money" else path


def form_of(unit: str) -> str:
    """The form of a unit's numbers on an axis."""
    return ",~%" if unit == "share" else ",~f"


def _curves(reading: Reading, name: str, found: Analysis) -> Figure:
    """ROI with its 95% interval over the varied number, a line per arm."""
    (vary,) = found["vary"]
    arms = [arm for arm in found["arms"] if arm in found["points"][0]["arms"]]
    data = compact(
        pd.DataFrame(
            {"arm": arm, "at": point["values"][vary["path"]], **point["arms"][arm]["roi"]}
            for point in sorted(found["points"], key=lambda each: each["values"][vary["path"]])
            for arm in arms
            if point["arms"][arm].get("roi") and point["arms"][arm]["roi"]["value"] is not None
        )
    )
    arms = list(dict.fromkeys(data["arm"]))
    axis = alt.Axis(format=form_of(vary["unit"]), grid=False)
    title = [unit_of(reading, vary["path"], vary["unit"]), "bands: 95% intervals"]
    base = alt.Chart(colored(reading, data)).encode(
        x=alt.X("at:Q", title=title, axis=axis, scale=alt.Scale(nice=False, zero=False))
    )
    named = "ROI, profit per unit of cost"
    chart = alt.layer(
        base.mark_area(fillOpacity=0.15).encode(y=alt.Y("low:Q", title=named), y2="high:Q", fill=PLAIN_FILL),
        level_at(0.0),
        base.mark_line(point=False).encode(
            y=alt.Y("value:Q", title=named, axis=alt.Axis(format=",~%")),
            stroke=stroke(reading, arms),
            strokeDash=dash(reading, arms),
        ),
        base.mark_point(size=28).encode(y="value:Q", fill=PLAIN_FILL),
    )
    sentence = " ".join(_course(reading, data[data["arm"] == arm], arm, vary) for arm in arms)
    title_said = f"How the return on the money changes with {vary['path']}"
    return Figure(name, title_said, sentence, data, framed(chart, height=300, sentence=sentence))


def _course(reading: Reading, rows: pd.DataFrame, arm: str, vary: Analysis) -> str:
    """Where an arm's ROI starts, ends and is highest."""
    first, last, best = rows.iloc[0], rows.iloc[-1], rows.iloc[int(rows["value"].argmax())]
    said = [
        f"{percent(row['value'], row['error'])} at {_said(reading, row['at'], vary)}" for row in (first, last, best)
    ]
    return f"ROI of {arm}: {said[0]}, {said[1]}, highest {said[2]}."


def _said(reading: Reading, value: float, vary: Analysis) -> str:
    if vary["unit"] == "share":
        return percent(value)
    return f"{number(value)} {reading.currency}" if vary["unit"] == "money" else number(value)


def _map(reading: Reading, name: str, found: Analysis) -> Figure:
    """The arm with the highest expected profit at each point of two varied numbers."""
    across, up = found["vary"]
    data = compact(
        pd.DataFrame(
            {"arm": point["best"], "across": point["values"][across["path"]], "up": point["values"][up["path"]]}
            for point in found["points"]
        ).astype({"across": float, "up": float})
    )
    arms = [arm for arm in shown(reading) if arm in set(data["arm"])]
    channels = [
        alt.X("across:Q", title=unit_of(reading, across["path"], across["unit"]), axis=_plain(across), scale=_tight()),
        alt.Y("up:Q", title=unit_of(reading, up["path"], up["unit"]), axis=_plain(up), scale=_tight()),
    ]
    size = max(60, min(500, 30_000 // len(data)))
    chart = alt.Chart(data).mark_point(size=size).encode(*channels, **points(reading, arms))
    sentence = _shares(data, arms, across, up)
    title = f"Which choice is best, by {across['path']} and {up['path']}"
    return Figure(name, title, sentence, data, framed(chart, height=320, sentence=sentence))


def _shares(data: pd.DataFrame, arms: list[str], across: Analysis, up: Analysis) -> str:
    parts = []
    for arm in arms:
        rows = data[data["arm"] == arm]
        spans = " and ".join(
            f"{vary['path']} {number(rows[field].min())} to {number(rows[field].max())}"
            for vary, field in ((across, "across"), (up, "up"))
        )
        parts.append(f"{arm} at {len(rows)} ({spans})")
    return f"Of {len(data)} points, the highest expected profit has {'; '.join(parts)}."


def _plain(vary: Analysis) -> alt.Axis:
    return alt.Axis(format=form_of(vary["unit"]), grid=False)


def _tight() -> alt.Scale:
    return alt.Scale(zero=False, nice=False, padding=14)
