"""Whether more runs would change the answer: how it settled while the runs came in."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import Drawing, framed
from simulator.report.figure import Figure
from simulator.report.looks import fill, outline
from simulator.report.reading import Reading
from simulator.report.rows import level_at
from simulator.results.arms import ArmRuns
from simulator.results.rivals import ranked
from simulator.results.statistics import mean
from simulator.results.wording import money

POINTS: Final = 20
FEWEST: Final = 10  # runs


def convergence(reading: Reading) -> Figure | None:
    """The profit of the best choice less that of the next after so many runs, with its 95% interval."""
    best, *others = ranked(reading.arms)
    if not others or len(best.profit) < 2 * FEWEST:
        return None
    data = compact(pd.DataFrame(_after(best, others[0], int(runs)) for runs in counts(len(best.profit))))
    chart = framed(_chart(reading, data, best), height=260, sentence=_sentence(reading, data, best, others[0]))
    title = f"How the lead of {best.name} over {others[0].name} settled while the runs came in"
    return Figure("convergence", title, _sentence(reading, data, best, others[0]), data, chart)


def counts(runs: int) -> list[int]:
    """About twenty numbers of runs up to all of them, each larger than the one before by the same factor."""
    return sorted({round(each) for each in np.geomspace(max(FEWEST, runs // 12), runs, POINTS)})


def _after(best: ArmRuns, other: ArmRuns, runs: int) -> dict[str, Any]:
    found = mean((best.profit - other.profit)[:runs], best.alike[..., :runs])
    return {"arm": best.name, "runs": runs, **found.as_dict()}


def _chart(reading: Reading, data: pd.DataFrame, best: ArmRuns) -> Drawing:
    axis = alt.Axis(format=",~f", tickCount=6, grid=False)
    title = ["Runs so far", "band: 95% interval"]
    base = alt.Chart(data).encode(x=alt.X("runs:Q", title=title, axis=axis, scale=alt.Scale(type="log", nice=False)))
    y = f"Lead in expected profit ({reading.currency})"
    arms = [best.name]
    return alt.layer(
        base.mark_area(fillOpacity=0.2).encode(
            y=alt.Y("low:Q", title=y, axis=alt.Axis(format=",~f")), y2="high:Q", fill=fill(reading, arms)
        ),
        level_at(0.0),
        base.mark_line(point=False).encode(y=alt.Y("value:Q", title=y), stroke=outline(reading, arms)),
        base.mark_point(size=26).encode(y="value:Q", fill=fill(reading, arms)),
    )


def _sentence(reading: Reading, data: pd.DataFrame, best: ArmRuns, other: ArmRuns) -> str:
    half, whole = data.iloc[(data["runs"] - data["runs"].max() / 2).abs().argmin()], data.iloc[-1]
    then, now = (money(row["value"], reading.currency, row["error"]) for row in (half, whole))
    sure = "does not include zero" if whole["low"] > 0 or whole["high"] < 0 else "still includes zero"
    return (
        f"After {int(whole['runs']):,} runs {best.name} leads {other.name} by {now} of expected profit; after "
        f"{int(half['runs']):,} runs it was {then}. The 95% interval {sure}."
    )
