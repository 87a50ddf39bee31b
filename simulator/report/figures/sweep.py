"""How the answer moves with what is varied: curves of ROI over one number, a map of the best arm over two."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import Drawing, framed
from simulator.report.figure import Figure
from simulator.report.figures.sizes import noted
from simulator.report.looks import PLAIN_FILL, colored, dash, points, shown, stroke
from simulator.report.reading import Analysis, Reading
from simulator.report.rows import axis_title, level_at
from simulator.results.wording import number, percent


def sweep(reading: Reading, name: str, found: Analysis) -> Figure | None:
    """The returns along one number, or the best plan over two; none of more."""
    draw = {1: _curves, 2: _map}.get(len(found["vary"]))
    return draw(reading, name, found) if draw and found["points"] else None


def unit_of(reading: Reading, path: str, unit: str) -> str:
    """A varied number as an axis says it."""
    return f"{path} ({reading.currency})" if unit == "money" else path


def _title(reading: Reading, varied: Analysis) -> list[str]:
    return axis_title(unit_of(reading, varied["path"], varied["unit"]))


def form_of(unit: str) -> str:
    """The form of a unit's numbers on an axis."""
    return ",~%" if unit == "share" else ",~f"


def _curves(reading: Reading, name: str, found: Analysis) -> Figure | None:
    """ROI with its 95% interval over the varied number, a line per arm; none where no arm has one."""
    (vary,) = found["vary"]
    rows = [row for point in found["points"] for row in _returns(point, point["values"][vary["path"]])]
    if not rows:
        return None
    data = compact(pd.DataFrame(rows)).sort_values("at", kind="stable", ignore_index=True)
    arms = [arm for arm in shown(reading) if arm in set(data["arm"])]
    courses = [_course(reading, data[data["arm"] == arm], arm, vary) for arm in arms]
    sentence = " ".join([*courses, *noted(found)])
    title = f"How the return on the money changes with {vary['path']}"
    chart = framed(_lines(reading, data, arms, vary), height=300, sentence=sentence)
    return Figure(name, title, sentence, data, chart)


def _returns(point: Analysis, at: float) -> list[dict[str, Any]]:
    """The ROI of each arm that has one."""
    return [
        {"arm": arm, "at": at, **roi}
        for arm, figures in point["arms"].items()
        if (roi := figures.get("roi")) and roi["value"] is not None
    ]


def _lines(reading: Reading, data: pd.DataFrame, arms: list[str], vary: Analysis) -> Drawing:
    title = [*_title(reading, vary), "bands: 95% intervals"]
    x = alt.X("at:Q", title=title, axis=_plain(vary), scale=alt.Scale(nice=False, zero=False))
    base = alt.Chart(colored(reading, data)).encode(x=x)
    named = "ROI, profit per unit of cost"
    return alt.layer(
        base.mark_area(fillOpacity=0.15).encode(y=alt.Y("low:Q", title=named), y2="high:Q", fill=PLAIN_FILL),
        level_at(0.0),
        base.mark_line(point=False).encode(
            y=alt.Y("value:Q", title=named, axis=alt.Axis(format=",~%")),
            stroke=stroke(reading, arms),
            strokeDash=dash(reading, arms),
        ),
        base.mark_point(size=28).encode(y="value:Q", fill=PLAIN_FILL),
    )


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


def _map(reading: Reading, name: str, found: Analysis) -> Figure | None:
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
        alt.X("across:Q", title=_title(reading, across), axis=_plain(across), scale=_tight()),
        alt.Y("up:Q", title=_title(reading, up), axis=_plain(up), scale=_tight()),
    ]
    size = max(60, min(500, 30_000 // len(data)))
    chart = alt.Chart(data).mark_point(size=size).encode(*channels, **points(reading, arms))
    sentence = " ".join([_shares(data, arms, across, up), *noted(found)])
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
