"""At which value of a number the better of two arms changes: the root of their difference, or a frontier of roots."""

from __future__ import annotations

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import SOFT, framed
from simulator.report.figure import Figure
from simulator.report.figures.sizes import sized
from simulator.report.figures.sweep import form_of, unit_of
from simulator.report.looks import fill, outline
from simulator.report.reading import Analysis, Reading
from simulator.report.rows import DASHED, axis_title, level_at


def break_even(reading: Reading, name: str, found: Analysis) -> Figure | None:
    """The frontier over two numbers, or the difference along one with its root."""
    if found.get("frontier"):
        return _frontier(reading, name, found)
    return _root(reading, name, found) if found["evaluations"] else None


def _root(reading: Reading, name: str, found: Analysis) -> Figure:
    """The difference of expected profit where it was evaluated, zero, and the root with its 95% interval."""
    first, second = found["between"]
    evaluations = sorted(found["evaluations"], key=lambda each: each["value"])
    data = compact(
        pd.DataFrame({"arm": first, "other": second, "at": each["value"], **each["difference"]} for each in evaluations)
    )
    axis = alt.Axis(format=form_of(found["unit"]), grid=False)
    title = [*axis_title(unit_of(reading, found["path"], found["unit"])), "bars: 95% intervals"]
    base = alt.Chart(data).encode(x=alt.X("at:Q", title=title, axis=axis, scale=alt.Scale(nice=False, zero=False)))
    y = f"Lead in expected profit ({reading.currency})"
    arms = [first]
    chart = alt.layer(
        *_rooted(found),
        level_at(0.0),
        base.mark_line(strokeWidth=1.4, opacity=0.6).encode(y=alt.Y("value:Q", title=y), stroke=outline(reading, arms)),
        base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q", title=y), y2="high:Q", stroke=outline(reading, arms)),
        base.mark_point(size=50).encode(
            y=alt.Y("value:Q", title=y, axis=alt.Axis(format=",~f")), fill=fill(reading, arms)
        ),
    )
    said = f"Lead of {first} over {second} by {found['path']}"
    sentence = sized(str(found["sentence"]), found)
    return Figure(name, said, sentence, data, framed(chart, height=280, sentence=sentence))


def _rooted(found: Analysis) -> list[alt.Chart]:
    """Each root as a line and its interval as a band from top to bottom; nothing where none was found."""
    low, high = _range(found)
    crossings = found.get("crossings") or ([found] if found["value"] is not None else [])
    table = pd.DataFrame(
        {"at": each["value"], "from": _end(each["low"], low), "to": _end(each["high"], high)} for each in crossings
    )
    if not len(table):
        return []
    band = alt.Chart(table).mark_rect(color=SOFT, opacity=0.15).encode(x="from:Q", x2="to:Q")
    return [band, alt.Chart(table).mark_rule(strokeDash=DASHED, strokeWidth=1.4).encode(x="at:Q")]


def _range(found: Analysis) -> tuple[float, float]:
    """From where to where a root was sought."""
    values = [each["value"] for each in found.get("evaluations", [])]
    low, high = found.get("range") or (min(values), max(values))
    return float(low), float(high)


def _end(end: float | None, of_range: float) -> float:
    """An end of an interval, or of the range beyond which it lies."""
    return of_range if end is None else end


def _frontier(reading: Reading, name: str, found: Analysis) -> Figure:
    """The break-even value of one number over another, with its 95% interval."""
    first, second = found["between"]
    rows = [each for each in found["frontier"] if each["value"] is not None]
    data = compact(pd.DataFrame({"arm": first, "other": second, **each} for each in rows))
    low, high = _range(found)
    drawn = data.assign(low=data["low"].astype(float).fillna(low), high=data["high"].astype(float).fillna(high))
    axis = alt.Axis(format=",~f", grid=False)
    title = [*axis_title(str(found["over"])), "band: 95% interval, within the range searched"]
    base = alt.Chart(drawn).encode(x=alt.X("at:Q", title=title, axis=axis, scale=alt.Scale(nice=False, zero=False)))
    y = axis_title(f"Break-even {unit_of(reading, found['path'], found['unit'])}")
    number = alt.Axis(format=form_of(found["unit"]))
    chart = alt.layer(
        base.mark_area(color=SOFT, opacity=0.2).encode(y=alt.Y("low:Q", title=y), y2="high:Q"),
        base.mark_line(color=SOFT).encode(y=alt.Y("value:Q", title=y, axis=number, scale=alt.Scale(zero=False))),
        base.mark_point(color=SOFT, size=40).encode(y="value:Q"),
    )
    said = f"Where {first} and {second} earn the same"
    sentence = sized(str(found["sentence"]), found)
    return Figure(name, said, sentence, data, framed(chart, height=280, sentence=sentence))
