"""What a campaign may return: how its ROI spreads over the runs, and how likely it reaches any target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact, window
from simulator.report.drawing import Drawing, framed
from simulator.report.figure import Figure
from simulator.report.looks import PLAIN_FILL, colored, dash, stroke
from simulator.report.reading import Reading
from simulator.report.ridges import Ridge, bars_of, height_of, ridge_chart
from simulator.report.rows import line_at, without_places
from simulator.results.arms import ArmRuns
from simulator.results.statistics import Values, share
from simulator.results.targets import parsed
from simulator.results.wording import percent

POINTS: Final = 240  # of all arms together
MOST_POINTS: Final = 80
AXIS: Final = "ROI, profit per unit of cost"
FORM: Final = ",~%"


def roi_distribution(reading: Reading) -> Figure | None:
    """How each campaign's ROI spreads over the runs, with zero, its target and its expected value."""
    ridges = [_ridge(reading, arm) for arm in _with_roi(reading)]
    if not ridges:
        return None
    target = _target(reading)
    bars = bars_of(ridges, *([] if target is None else [target]))
    chart = ridge_chart(reading, ridges, bars, axis=AXIS, form=FORM, target=target)
    sentence = _spread_sentence(reading, ridges)
    title = "How the return on the money spreads over the simulated runs"
    framing = framed(chart, height=height_of(ridges), sentence=sentence)
    return Figure("roi-distribution", title, sentence, without_places(bars), framing)


def roi_exceedance(reading: Reading) -> Figure | None:
    """How likely each campaign returns at least x, with the 95% interval that the runs leave."""
    arms = _with_roi(reading)
    if not arms:
        return None
    data = compact(pd.DataFrame(row for arm in arms for row in _reached(arm, _grid(reading, arms))))
    sentence = _reach_sentence(reading, arms)
    title = "How likely each campaign returns at least so much"
    chart = _curves(reading, data, [arm.name for arm in arms])
    return Figure("roi-exceedance", title, sentence, data, framed(chart, height=300, sentence=sentence))


def _with_roi(reading: Reading) -> list[ArmRuns]:
    return [arm for arm in reading.campaigns if not np.isnan(arm.columns["roi"]).all()]


def _defined(arm: ArmRuns) -> Values:
    values = arm.columns["roi"]
    return values[~np.isnan(values)]


def _target(reading: Reading) -> float | None:
    text = reading.manifest["scenario"]["targets"].get("roi")
    return None if text is None else parsed(text)[1]


def _ridge(reading: Reading, arm: ArmRuns) -> Ridge:
    answer = reading.answers[arm.name]
    roi = answer["metrics"]["roi"]
    told = f"expected {_percent(roi)}; above 0 in {_percent(answer['p_roi_above_0'])}"
    return Ridge(arm.name, _defined(arm), arm.name, told, roi["value"])


def _grid(reading: Reading, arms: Sequence[ArmRuns]) -> Values:
    """Where the curves are computed: evenly, and at zero and the target."""
    target = _target(reading)
    asked = [0.0] if target is None else [0.0, target]
    low, high = window([_defined(arm) for arm in arms], *asked)
    return np.union1d(np.linspace(low, high, min(MOST_POINTS, POINTS // len(arms))), asked)


def _reached(arm: ArmRuns, grid: Values) -> list[dict[str, Any]]:
    """The share of the runs with at least each ROI; a run without ROI reaches none."""
    values = np.nan_to_num(arm.columns["roi"], nan=-np.inf)
    return [{"arm": arm.name, "roi": float(x), **share(values >= x, arm.alike).as_dict()} for x in grid]


def _curves(reading: Reading, data: pd.DataFrame, arms: list[str]) -> Drawing:
    target = _target(reading)
    title = [AXIS, f"dashed: target {percent(target)}"] if target else AXIS
    x = alt.X("roi:Q", title=title, axis=alt.Axis(format=FORM, grid=False), scale=alt.Scale(nice=False, zero=False))
    y = alt.Y("value:Q", title="Probability of at least this ROI", axis=alt.Axis(format=".0%"), scale=_whole())
    faint = 0.15 if len(arms) <= 3 else 0.06
    base = alt.Chart(colored(reading, data)).encode(x=x)
    return alt.layer(
        base.mark_area(fillOpacity=faint).encode(
            y=alt.Y("low:Q", scale=_whole()), y2="high:Q", fill=PLAIN_FILL, detail="arm:N"
        ),
        line_at(0.0),
        *([line_at(target, strong=False)] if target else []),
        base.mark_line().encode(y=y, stroke=stroke(reading, arms), strokeDash=dash(reading, arms)),
    )


def _whole() -> alt.Scale:
    return alt.Scale(domain=[0, 1])


def _spread_sentence(reading: Reading, ridges: Sequence[Ridge]) -> str:
    parts = []
    for ridge in ridges:
        roi = reading.answers[ridge.arm]["metrics"]["roi"]
        low, middle, high = (percent(float(each)) for each in np.quantile(ridge.sample, (0.05, 0.5, 0.95)))
        between = f"half of the runs above {middle}, nine in ten between {low} and {high}"
        parts.append(f"{ridge.arm}: expected ROI {_percent(roi)}, {between}")
    return "; ".join(parts) + "."


def _reach_sentence(reading: Reading, arms: Sequence[ArmRuns]) -> str:
    """The chance of a profit, and of the target where there is one; the likeliest first."""
    answers = sorted((reading.answers[arm.name] for arm in arms), key=lambda each: -each["p_roi_above_0"]["value"])
    gains = [f"{each['arm']} {_percent(each['p_roi_above_0'])}" for each in answers]
    told = f"Probability of earning more than the cost: {', '.join(gains)}."
    name = next((name for name in answers[0]["targets"] if name.startswith("roi ")), None)
    if name is None:
        return told
    met = [f"{each['arm']} {_percent(each['targets'][name])}" for each in answers if each["targets"][name]]
    return f"{told} Of {name.replace('roi', 'ROI')}, the target: {', '.join(met)}."


def _percent(estimate: Mapping[str, float]) -> str:
    return percent(estimate["value"], estimate["error"])
