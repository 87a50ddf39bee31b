"""How reach, orders and profit grow over the days: expected values, and where half and nine tenths of the runs lie.

One panel per campaign, all on one scale; its words above, its ticks inside.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact, ticks
from simulator.report.drawing import FAINT, INK, SOFT, framed
from simulator.report.figure import Figure
from simulator.report.looks import fill, outline
from simulator.report.reading import Reading
from simulator.report.rows import down, words
from simulator.results.arms import ArmRuns
from simulator.results.statistics import Values
from simulator.results.tables import NO_CAMPAIGN
from simulator.results.wording import money, percent, with_error

ENDS: Final = {"reach": "reach", "orders": "incremental_orders"}  # the metric that a count ends at
BANDS: Final = {"p05": 0.05, "p25": 0.25, "p75": 0.75, "p95": 0.95}
MOST_DAYS: Final = 60  # shown; of longer runs every second, third, ...
ROW: Final = 170  # pixels of an arm: two lines of words and the panel
PANEL: Final = 120
FOOT: Final = 6


@dataclass(frozen=True)
class Scale:
    """Values to pixels from the top, within the panel of an arm."""

    low: float
    high: float

    def __call__(self, value: Any, place: Any) -> Any:
        """Of numbers, or of columns of them."""
        return ROW * (place + 1) - FOOT - PANEL * (value - self.low) / (self.high - self.low)


def reach_over_days(reading: Reading) -> Figure | None:
    """Different people whom each campaign has reached up to each day."""
    if reading.daily is None or "reach_new" not in reading.daily:  # older folders lack it
        return None
    daily = reading.daily
    grown = {arm.name: np.cumsum(_by_day(daily, arm.name, "reach_new"), axis=1) for arm in reading.campaigns}
    title = "Different people that each campaign reaches, added up over the days"
    return _counted(reading, "reach", "Different people reached", title, grown, "people reached")


def orders_over_days(reading: Reading) -> Figure | None:
    """Orders that each campaign has caused up to each day."""
    if reading.daily is None:
        return None
    grown = {arm.name: _caused(reading.daily, arm, "orders") for arm in reading.campaigns}
    title = "Orders that each campaign causes, added up over the days"
    return _counted(reading, "orders", "Orders caused", title, grown, "orders caused")


def profit_over_days(reading: Reading) -> Figure | None:
    """What each campaign has earned up to each day, its whole cost paid before the first; and the break-even day."""
    if reading.daily is None or not reading.campaigns:
        return None
    grown = {
        arm.name: _caused(reading.daily, arm, "contribution") - arm.columns["cost"][:, np.newaxis]
        for arm in reading.campaigns
    }
    told = {arm.name: _profit_told(reading, arm, grown[arm.name]) for arm in reading.campaigns}
    sentence = " ".join(_earned(reading, arm, grown[arm.name]) for arm in reading.campaigns)
    title = "What each campaign has earned by each day, its cost paid at the start"
    unit = f"profit in {reading.currency}"
    return _figure(reading, "profit-over-days", title, sentence, grown, told, unit, pays=True)


def break_even_day(runs: Values) -> int | None:
    """The first day, counted from 1, from which the expected profit stays at or above zero; none if it never does."""
    below = np.flatnonzero(np.mean(runs, axis=0) < 0.0)
    first = int(below[-1]) + 2 if len(below) else 1
    return first if first <= runs.shape[1] else None


def _caused(daily: pd.DataFrame, arm: ArmRuns, column: str) -> Values:
    """What the arm has more than no campaign, added up [run, day]."""
    more: Values = np.cumsum(_by_day(daily, arm.name, column) - _by_day(daily, NO_CAMPAIGN, column), axis=1)
    return more


def _by_day(daily: pd.DataFrame, arm: str, column: str) -> Values:
    """A column of one arm as [run, day]."""
    rows = daily[daily["arm"] == arm]
    found: Values = rows[column].to_numpy(dtype=np.float64).reshape(rows["run"].nunique(), -1)
    return found


def _counted(
    reading: Reading, what: str, counted: str, title: str, grown: Mapping[str, Values], unit: str
) -> Figure | None:
    """The panels of a count, with its end and the day by which half of it was there; none without campaigns."""
    if not grown:
        return None
    ends = {name: reading.answers[name]["metrics"][ENDS[what]] for name in grown}
    told = {name: _half_told(ends[name], runs) for name, runs in grown.items()}
    sentence = f"{counted} by the end: {'; '.join(f'{name} {words}' for name, words in told.items())}."
    return _figure(reading, f"{what}-over-days", title, sentence, grown, told, unit)


def _figure(
    reading: Reading,
    name: str,
    title: str,
    sentence: str,
    grown: Mapping[str, Values],
    told: Mapping[str, str],
    unit: str,
    *,
    pays: bool = False,
) -> Figure:
    """The panels; of what pays, the break-even day is marked on the zero line."""
    data = _fan(grown)
    scale, height, heads = _scale(data), ROW * len(grown), _heads(told)
    layers = [
        *_grid(scale, len(grown), height),
        *_bands(reading, _placed(data, scale), height, unit),
        words(heads, "arm", height),
        words(heads, "told", height, y="second", soft=True),
    ]
    days = {arm: break_even_day(runs) for arm, runs in grown.items()} if pays else {}
    if any(days.values()):
        layers += _marks(reading, days, scale, height)
    return Figure(name, title, sentence, data, framed(alt.layer(*layers), height=height, sentence=sentence))


def _scale(data: pd.DataFrame) -> Scale:
    """Of all panels: zero, the bands and the lines."""
    shown = data[["p05", "mean", "p95"]].to_numpy()
    return Scale(min(0.0, float(shown.min())), max(1e-9, float(shown.max())))


def _heads(told: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"arm": arm, "told": text, "y": ROW * place + 10, "second": ROW * place + 26}
        for place, (arm, text) in enumerate(told.items())
    )


def _fan(grown: Mapping[str, Values]) -> pd.DataFrame:
    """One row per arm and day: mean and percentiles over runs. Day 1 is the first; the last is always there."""
    tables = []
    for name, runs in grown.items():
        days = runs.shape[1]
        kept = np.arange(days - 1, -1, -math.ceil(days / MOST_DAYS))[::-1]
        bands = dict(zip(BANDS, np.quantile(runs[:, kept], list(BANDS.values()), axis=0), strict=True))
        tables.append(pd.DataFrame({"arm": name, "day": kept + 1, "mean": np.mean(runs[:, kept], axis=0), **bands}))
    return compact(pd.concat(tables, ignore_index=True))


def _placed(data: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The same, in pixels from the top: what is drawn."""
    place = data["arm"].map({name: place for place, name in enumerate(dict.fromkeys(data["arm"]))}).to_numpy()
    drawn = {column: np.round(scale(data[column].to_numpy(), place), 1) for column in ("mean", *BANDS)}
    return data[["arm", "day"]].assign(**drawn)


def _bands(reading: Reading, drawn: pd.DataFrame, height: int, unit: str) -> list[alt.Chart]:
    arms = list(dict.fromkeys(drawn["arm"]))
    title = [f"Day (upward: {unit})", "line: expected", "bands: half and nine tenths of the runs"]
    x = alt.X("day:Q", title=title, axis=alt.Axis(format="d", tickMinStep=1, grid=False), scale=alt.Scale(nice=False))
    base = alt.Chart(drawn).encode(x=x)
    return [
        base.mark_area(fillOpacity=0.18).encode(y=down(height, "p05"), y2="p95:Q", fill=fill(reading, arms)),
        base.mark_area(fillOpacity=0.3).encode(y=down(height, "p25"), y2="p75:Q", fill=fill(reading, arms)),
        base.mark_line().encode(y=down(height, "mean"), stroke=outline(reading, arms)),
    ]


def _grid(scale: Scale, panels: int, height: int) -> list[alt.Chart]:
    """Lines of round values in each panel, named at their left end; zero is strong."""
    rows = pd.DataFrame(
        {
            "y": float(scale(value, place)), "told": f"{value:,.10g}".replace("-", "−"),
            "color": INK if value == 0.0 else FAINT,
        }
        for place in range(panels)
        for value in ticks(scale.low, scale.high)
    )  # fmt: skip
    lines = alt.Chart(rows).mark_rule().encode(y=down(height), color=alt.Color("color:N", scale=None))
    named = alt.Chart(rows).mark_text(align="right", baseline="middle", fontSize=11, color=SOFT, dx=-6)
    return [lines, named.encode(x=alt.value(0), y=down(height), text="told:N")]


def _marks(reading: Reading, days: Mapping[str, int | None], scale: Scale, height: int) -> list[alt.Chart]:
    """A point on the zero line of each panel on the day from which the expected profit is positive."""
    table = pd.DataFrame(
        {"arm": arm, "day": day, "y": float(scale(0.0, place)), "told": f"day {day}"}
        for place, (arm, day) in enumerate(days.items())
        if day is not None
    )
    base = alt.Chart(table).encode(x="day:Q", y=down(height))
    return [
        base.mark_point(size=90, stroke="white", strokeWidth=1.5, opacity=1).encode(fill=fill(reading, list(days))),
        base.mark_text(align="left", baseline="bottom", dx=7, dy=-5, fontWeight=600).encode(text="told:N"),
    ]


def _half_told(estimate: Mapping[str, Any], runs: Values) -> str:
    """A figure, and the day by which half of it was there."""
    average = np.mean(runs, axis=0)
    day = int(np.argmax(average >= 0.5 * average[-1])) + 1
    half = f", half of them by day {day}" if average[-1] > 0 else ""
    return f"{with_error(estimate['value'], estimate['error'])}{half}"


def _profit_told(reading: Reading, arm: ArmRuns, runs: Values) -> str:
    profit, day = reading.answers[arm.name]["versus_no_campaign"], break_even_day(runs)
    back = f"earned back by day {day}" if day else "not earned back"
    return f"{money(profit['value'], reading.currency, profit['error'])} by the end; {back}"


def _earned(reading: Reading, arm: ArmRuns, runs: Values) -> str:
    answer = reading.answers[arm.name]
    profit, gain, day = answer["versus_no_campaign"], answer["p_roi_above_0"], break_even_day(runs)
    back = f"has earned its cost back by day {day}" if day else "does not earn its cost back within the days observed"
    end = money(profit["value"], reading.currency, profit["error"])
    share = percent(gain["value"], gain["error"])
    return f"On average, {arm.name} {back} and ends at {end}, with a profit in {share} of the runs."
