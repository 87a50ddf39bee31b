"""What would change the answer: the lead of one arm over the other as one number after the other takes its ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import INK, Drawing, framed
from simulator.report.figure import Figure
from simulator.report.figures.sizes import of_size, sized
from simulator.report.reading import Analysis, Reading
from simulator.report.rows import BOLD_LETTERS, LINE, down, lines_in, lines_within, without_places, words, wrapped
from simulator.results.tables import called
from simulator.results.wording import counted, money, number, percent, with_error

MOST_ROWS: Final = 12
BARELY: Final = 0.001  # of the widest swing: no bar that anybody sees
MOST_NAMED: Final = 3  # numbers in a sentence
OPEN: Final = "these runs are too few to tell"
BAR: Final = 14
GAP: Final = 7  # pixels below a row
ENDS: Final = {"at_low": "number at its low end", "at_high": "number at its high end"}
COLORS: Final = {"number at its low end": "#b3b3b3", "number at its high end": "#6e6e6e"}
Row = Mapping[str, Any]


def tornado(reading: Reading, name: str, found: Analysis) -> Figure | None:
    """The paired difference of two arms at both ends of each uncertain number, the widest swing on top."""
    if not found["rows"]:
        return None
    rows = shown(found["rows"])
    heads = _heads(rows)
    bars = (_bar(found, row, top + 2.0, end) for row, top in zip(rows, heads["top"], strict=True) for end in ENDS)
    data = compact(pd.DataFrame(bars))
    height = int(heads["floor"].iloc[-1]) + GAP
    first, second = found["arms"]
    sentence = _sentence(reading, found)
    chart = framed(_chart(reading, found, data, heads, height), height=height, sentence=sentence)
    title = f"What moves the lead of {first} over {second}, one number at a time"
    return Figure(name, title, sentence, without_places(data), chart)


def shown(rows: Sequence[Row]) -> list[Row]:
    """The widest swings, without those that nobody could see beside the widest; what turns the choice stays."""
    least = BARELY * max(abs(row["swing"]) for row in rows)
    return [row for row in rows if row["flips"] or abs(row["swing"]) >= least][:MOST_ROWS] or [rows[0]]


def _heads(rows: Sequence[Row]) -> pd.DataFrame:
    """The words of each row and where they and its bars stand: as many lines as they need."""
    heads, at = [], 0.0
    for row in rows:
        title, told = wrapped(row["meaning"], BOLD_LETTERS), wrapped(_ends(row))
        second = at + 8.0 + LINE * lines_in(title)
        top = second + LINE * lines_in(told) - 5.0
        heads.append(
            {"title": title, "told": told, "y": at + 8.0, "second": second, "top": top, "floor": top + BAR + 4}
        )
        at = top + BAR + 4 + GAP
    return pd.DataFrame(heads)


def _bar(found: Row, row: Row, top: float, end: str) -> dict[str, Any]:
    """From the base to the difference at one end of a number."""
    first, second = found["arms"]
    named = {"path": row["path"], "grade": row["grade"], "arm": first, "other": second, "end": ENDS[end]}
    number_at = row["low_value" if end == "at_low" else "high_value"]
    turning = {name: row[name] for name in ("flips", "surely")}
    return {**named, "at": number_at, "base": found["base"]["value"], **row[end], **turning, "top": top}


def _chart(reading: Reading, found: Row, data: pd.DataFrame, heads: pd.DataFrame, height: int) -> Drawing:
    drawn = data.assign(floor=data["top"] + BAR, middle=data["top"] + 0.5 * BAR)
    scale = alt.Scale(domain=list(COLORS), range=list(COLORS.values()))
    title = f"Lead in expected {_metric(reading, found)}"
    x = alt.X("base:Q", title=[title, *_notes(found)],
              axis=alt.Axis(format=",~f", grid=False), scale=alt.Scale(domain=_span(data)))  # fmt: skip
    base = alt.Chart(drawn)
    return alt.layer(
        base.mark_rect(opacity=0.9).encode(
            x=x, x2="value:Q", y=down(height, "top"), y2="floor:Q", fill=alt.Fill("end:N", scale=scale)
        ),
        base.mark_rule(strokeWidth=1, color=INK, clip=True).encode(
            x=alt.X("low:Q"), x2="high:Q", y=down(height, "middle")
        ),
        lines_within(0.0, heads, height),
        lines_within(found["base"]["value"], heads, height, strong=False),
        words(heads, "title", height),
        words(heads, "told", height, y="second", soft=True),
    )


def _notes(found: Row) -> list[str]:
    """How to read it, and how many numbers are not drawn."""
    less = len(found["rows"]) - len(shown(found["rows"]))
    notes = ["thin lines: 95% intervals", "below 0 the other plan leads"]
    return [*notes, f"not drawn: {less} that move{'s' * (less == 1)} it less"] if less else notes


def _span(data: pd.DataFrame) -> list[float]:
    """All bars, zero, and a third more on each side; intervals that are wider are cut."""
    low, high = min(0.0, *data["value"], *data["base"]), max(0.0, *data["value"], *data["base"])
    margin = 0.35 * (high - low) or 1.0
    return [low - margin, high + margin]


def _ends(row: Row) -> str:
    flips = "" if not row["flips"] else "; flips the choice" if row["surely"] else "; may flip the choice"
    ahead = f"ahead in {percent(row['p_low']['value'])} to {percent(row['p_high']['value'])}"
    known = row["low_value"] is not None and row["high_value"] is not None
    span = f"{number(row['low_value'])} to {number(row['high_value'])}" if known else "a curve, low to high"
    span += of_size(row)
    return f"{span}, {row['grade']}; {ahead}{flips}"


def _at(value: float | None, end: str) -> str:
    """Where a number is held; a curve has no single value."""
    return f"its {end} end" if value is None else number(value)


def _metric(reading: Reading, found: Row) -> str:
    return f"profit ({reading.currency})" if found["metric"] == "profit" else str(found["metric"])


def _sentence(reading: Reading, found: Row) -> str:
    first, second = map(called, found["arms"])
    top, flips = found["rows"][0], [row for row in found["rows"] if row["flips"]]
    said = _said(reading, found)
    base = found["base"]
    verb, size = ("leads", base) if base["value"] >= 0 else ("trails", base | {"value": -base["value"]})
    lead = f"{first} {verb} {second} by {said(size)} of expected {found['metric'].replace('_', ' ')}."
    most = (
        f"The difference hangs most on {top['meaning']} ({top['grade']}): {said(top['at_low'])} at "
        f"{_at(top['low_value'], 'low')}, {said(top['at_high'])} at {_at(top['high_value'], 'high')}{of_size(top)}."
    )
    return sized(f"{lead} {most} {_deciding(flips, len(found['rows']))}", found)


def _said(reading: Reading, found: Row) -> Any:
    """How an estimate of the metric is said."""
    if found["metric"] == "profit":
        return lambda estimate: money(estimate["value"], reading.currency, estimate["error"])
    return lambda estimate: with_error(estimate["value"], estimate["error"])


def _deciding(flips: Sequence[Row], rows: int) -> str:
    if not flips:
        which = "This number does not change" if rows == 1 else f"None of the {rows} numbers changes"
        return f"{which} the decision within its range."
    sure, unsure = ([row for row in flips if row["surely"] == surely] for surely in (True, False))
    found, all_of_them = [(sure, "can", ""), (unsure, "may", f"; {OPEN}")], counted(rows, "number")
    return " ".join(
        f"{len(some)} of {all_of_them} {verb} change the decision within {_range_of(some)}: {_named(some)}{end}."
        for some, verb, end in found
        if some
    )


def _range_of(rows: Sequence[Row]) -> str:
    return "its range" if len(rows) == 1 else "their ranges"


def _named(rows: Sequence[Row]) -> str:
    names = "; ".join(row["meaning"] for row in rows[:MOST_NAMED])
    return f"{names} and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else names
