"""Which numbers the answer hangs on when all of them vary: Morris's elementary effects, and Sobol' indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import framed
from simulator.report.figure import Figure
from simulator.report.reading import Analysis, Reading
from simulator.report.rows import BOLD_LETTERS, LINE, down, lines_in, lines_within, without_places, words, wrapped
from simulator.results.tables import called
from simulator.results.wording import number, percent

MOST_ROWS: Final = 12
ROW: Final = 52  # pixels: a line of words, and two marks
INKS: Final = ("#222222", "#8c8c8c")
SHAPES: Final = ("circle", "diamond")
SHARES: Final = alt.Scale(domain=[0.0, 1.0], clamp=True, nice=False)
Row = Mapping[str, Any]


def morris(reading: Reading, name: str, found: Analysis) -> Figure | None:
    """Mean size of each number's elementary effects with its 95% interval, and how unequal the effects are."""
    if not found["rows"]:
        return None
    rows = sorted(found["rows"], key=lambda row: -row["mu_star"])[:MOST_ROWS]
    kinds = ("mean size of the effects (μ*)", "unequal effects: interaction or bend")
    marks = []
    for row in rows:
        effect = {"value": row["mu_star"], "low": row["mu_star_low"], "high": row["mu_star_high"]}
        marks.append((effect, {"value": row["sigma"], "low": None, "high": None}))
    data = _marks(rows, kinds, marks)
    top, *rest = rows
    low, high = number(top["mu_star_low"]), number(top["mu_star_high"])
    sentence = (
        f"Varying all numbers together, {top['meaning']} ({top['grade']}) moves {_lead(found)} most: by "
        f"{number(top['mu_star'])} on average (95% interval {low} to {high}){_next(rest, 'mu_star')}."
    )
    title = "How much each number moves the answer (Morris's elementary effects)"
    axis = [f"Change of the answer over a number's range{_unit(reading, found)}", "lines: 95% intervals"]
    return _figure(name, title, sentence, data, rows, kinds, alt.X("value:Q", title=axis, axis=_axis(",~f")))


def sobol(_reading: Reading, name: str, found: Analysis) -> Figure | None:
    """Share of the answer's variance that each number explains alone, and with its interactions."""
    if not found["rows"]:
        return None
    title = "Which numbers explain the spread of the lead (Sobol' indices)"
    return _indices(name, title, _lead(found), found["rows"])


def sobol_of_decision(_reading: Reading, name: str, found: Analysis) -> Figure | None:
    """The same of which arm is ahead: what drives the decision, not only by how much. None if it is always the same."""
    rows = [row | row["decision"] for row in found["rows"] if row.get("decision")]
    if not any(row["total"]["value"] for row in rows):
        return None
    title = "Which numbers decide which plan is ahead (Sobol' indices)"
    return _indices(f"{name}-decision", title, "which of {} and {} is ahead".format(*map(called, found["arms"])), rows)


def _lead(found: Analysis) -> str:
    """What the numbers move."""
    return "the lead of {} over {}".format(*map(called, found["arms"]))


def _indices(name: str, title: str, what: str, found: Sequence[Row]) -> Figure:
    rows = sorted(found, key=lambda row: -row["total"]["value"])[:MOST_ROWS]
    kinds = ("alone (first order)", "with all its interactions (total)")
    data = _marks(rows, kinds, [(row["first"], row["total"]) for row in rows])
    top, *rest = rows
    alone, whole = top["first"], top["total"]
    sentence = (
        f"Of the variance of {what}, {top['meaning']} explains {percent(alone['value'])} alone (95% interval "
        f"{percent(alone['low'])} to {percent(alone['high'])}) and {percent(whole['value'])} with its interactions "
        f"({percent(whole['low'])} to {percent(whole['high'])}){_next_shares(rest)}.{_chance(data)}"
    )
    axis = ["Share of the variance", "lines: 95% intervals"]
    x = alt.X("value:Q", title=axis, axis=_axis(".0%"), scale=SHARES)
    return _figure(name, title, sentence, data, rows, kinds, x)


def _marks(rows: Sequence[Row], kinds: Sequence[str], marks: Sequence[Sequence[Row]]) -> pd.DataFrame:
    """One row per number and kind of mark: the estimate with its interval, and where it is drawn."""
    step = _row(rows)
    return compact(
        pd.DataFrame(
            {
                "path": row["path"], "grade": row["grade"], "kind": kind,
                "value": mark["value"], "low": mark["low"], "high": mark["high"],
                "y": step * (place + 1) - ROW + 25.0 + 13.0 * line,
            }
            for place, row in enumerate(rows)
            for line, (kind, mark) in enumerate(zip(kinds, marks[place], strict=True))
        ).astype({"low": float, "high": float})
    )  # fmt: skip


def _figure(
    name: str, title: str, sentence: str, data: pd.DataFrame, rows: Sequence[Row], kinds: Sequence[str], x: alt.X
) -> Figure:
    step = _row(rows)
    height = step * len(rows)
    heads = pd.DataFrame(
        {
            "title": _title(row), "y": step * place + 10, "top": step * (place + 1) - ROW + 19.0,
            "floor": step * (place + 1) - ROW + 44.0,
        }
        for place, row in enumerate(rows)
    )  # fmt: skip
    fill = alt.Fill("kind:N", scale=alt.Scale(domain=list(kinds), range=list(INKS)))
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(kinds), range=list(SHAPES)))
    base = alt.Chart(data).encode(y=down(height))
    known = base.transform_filter("isValid(datum.low)")
    chart = alt.layer(
        lines_within(0.0, heads, height),
        known.mark_rule(strokeWidth=1.6).encode(x="low:Q", x2="high:Q"),
        base.mark_point(size=80).encode(x=x, fill=fill, shape=shape),
        words(heads, "title", height),
    )
    framing = framed(chart, height=height, sentence=sentence)
    return Figure(name, title, sentence, without_places(data), framing)


def _title(row: Row) -> str:
    return wrapped(f"{row['meaning']}{f' ({grade})' if (grade := row['grade']) else ''}", BOLD_LETTERS)


def _row(rows: Sequence[Row]) -> int:
    """Pixels of a row: all are as high as the one of most lines."""
    return ROW + LINE * (max(lines_in(_title(row)) for row in rows) - 1)


def _chance(data: pd.DataFrame) -> str:
    """What an estimate of a share beyond 0 or 100% is."""
    if data["low"].min() >= 0.0 and data["high"].max() <= 1.0:
        return ""
    return " What lies below 0% or above 100% is chance, and cut off; more points narrow the intervals."


def _axis(form: str) -> alt.Axis:
    return alt.Axis(format=form, grid=False)


def _unit(reading: Reading, found: Row) -> str:
    return f" ({reading.currency})" if found.get("metric", "profit") == "profit" else ""


def _next(rows: Sequence[Row], field: str) -> str:
    return f"; next {rows[0]['meaning']}, by {number(rows[0][field])}" if rows else ""


def _next_shares(rows: Sequence[Row]) -> str:
    return f"; next {rows[0]['meaning']}, {percent(rows[0]['total']['value'])} with its interactions" if rows else ""
