"""Bars that add up to a whole, one row per bar: its words above, the parts' shares inside where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import INK, Drawing
from simulator.report.rows import down, words

ROW: Final = 56  # pixels: two lines of words, and the bar
BAR: Final = 16
ROOM: Final = 0.09  # of the whole, that a share's number needs
PAPER: Final = "white"


@dataclass(frozen=True)
class Stack:
    """One bar: shares by part. Shares below zero are chance; they are drawn as nothing, the others up to the whole."""

    arm: str
    title: str
    told: str
    shares: Mapping[str, float]


def height_of(stacks: Sequence[Stack]) -> int:
    """Pixels of the plot."""
    return ROW * len(stacks)


def pieces_of(stacks: Sequence[Stack]) -> pd.DataFrame:
    """One row per bar and part: its share as computed, and from where to where it is drawn."""
    rows = []
    for place, stack in enumerate(stacks):
        whole = sum(max(share, 0.0) for share in stack.shares.values()) or 1.0
        start = 0.0
        for part, share in stack.shares.items():
            end = start + max(share, 0.0) / whole
            top = float(ROW * place + ROW - BAR - 6)
            named = {"arm": stack.arm, "bar": stack.title, "part": part}
            rows.append({**named, "share": share, "start": start, "end": end, "top": top})
            start = end
    return compact(pd.DataFrame(rows))


def stack_chart(
    stacks: Sequence[Stack], pieces: pd.DataFrame, *, axis: str, colors: Mapping[str, str], dark: Sequence[str]
) -> Drawing:
    """The chart of `pieces_of`; numbers on `dark` parts are white."""
    height = height_of(stacks)
    heads = pd.DataFrame(
        {"title": stack.title, "told": stack.told, "y": ROW * place + 8, "second": ROW * place + 23}
        for place, stack in enumerate(stacks)
    )
    drawn = pieces.assign(floor=pieces["top"] + BAR, middle=0.5 * (pieces["start"] + pieces["end"]))
    room = drawn[drawn["end"] - drawn["start"] >= ROOM]
    room = room.assign(
        told=[f"{100 * share:.0f}%" for share in room["share"]],
        ink=[PAPER if part in dark else INK for part in room["part"]],
    )
    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    x = alt.X("start:Q", title=axis, axis=alt.Axis(format=".0%", grid=False), scale=alt.Scale(domain=[0, 1]))
    fill = alt.Fill("part:N", scale=scale, legend=alt.Legend(symbolType="square"))
    bars = alt.Chart(drawn).mark_rect(stroke=PAPER, strokeWidth=1)
    shares = alt.Chart(room).mark_text(baseline="middle", dy=0.5 * BAR, fontSize=11)
    return alt.layer(
        bars.encode(x=x, x2="end:Q", y=down(height, "top"), y2="floor:Q", fill=fill),
        shares.encode(x="middle:Q", y=down(height, "top"), text="told:N", color=alt.Color("ink:N", scale=None)),
        words(heads, "title", height),
        words(heads, "told", height, y="second", soft=True),
    )
