"""How posts travel: a sample of who engaged with them and through whom, in the median run, over the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from simulator.report.bins import compact
from simulator.report.drawing import SOFT, Drawing, framed
from simulator.report.figure import Figure
from simulator.report.looks import color_of
from simulator.report.reading import Reading
from simulator.report.replay import Engagement, Replay, replay
from simulator.report.rows import down, without_places
from simulator.results.arms import ArmRuns
from simulator.results.rivals import ranked

MOST: Final = 90  # people shown
LINE: Final = 6  # pixels of a person
HEAD: Final = 3  # lines for the name of a post's author
BEFORE: Final = 0.7  # of a day, that a post stands before those who engage on its day
POST, DIRECT, SHARED, PASSED = "post", "engaged", "engaged and shared", "engaged through a peer"
KINDS: Final = (POST, DIRECT, SHARED, PASSED)
SHAPES: Final = ("square", "circle", "triangle-right", "diamond")
Node = tuple[int, int]  # post, person; -1: the post itself


@dataclass(frozen=True)
class Tree:
    """Engagements by what they came through, and how deep each is below its post."""

    children: dict[Node, list[Engagement]]
    depth: dict[Node, int]


def cascade(reading: Reading) -> Figure | None:
    """The median run of the best campaign, played once more: its engagements, and the shares that led to some."""
    campaigns = [arm for arm in ranked(reading.arms) if arm.is_campaign and arm.hires]
    if not campaigns:
        return None
    arm = campaigns[0]
    found = replay(reading, arm.name, median_run(reading, arm))
    if found is None or not found.engagements:
        return None
    tree = tree_of(found)
    data = _marks(arm.name, found, tree, sample(found))
    sentence = _sentence(arm.name, found, tree, int((data["kind"] != POST).sum()))
    height = int(data["y"].max()) + 2 * LINE
    title = f"How the posts of {arm.name} travel in run {found.run}, the median one"
    chart = framed(_chart(reading, arm.name, data, height), height=height, sentence=sentence)
    return Figure("cascade", title, sentence, without_places(data), chart)


def median_run(reading: Reading, arm: ArmRuns) -> int:
    """The run whose profit is closest to the median; of several, the one with the most usual word of mouth."""
    rows = reading.runs[reading.runs["arm"] == arm.name]
    profit, told = rows["profit"], rows["engagements_word_of_mouth"]
    order = np.lexsort((rows["run"], (told - told.median()).abs(), (profit - profit.median()).abs()))
    return int(rows["run"].iloc[order[0]])


def tree_of(found: Replay) -> Tree:
    """Each engagement under what it came through: the post itself, or the peer who shared it."""
    children: dict[Node, list[Engagement]] = {}
    depth: dict[Node, int] = {(post, -1): 0 for post in range(len(found.posted))}
    for each in found.engagements:
        parent = (each.post, -1 if each.sender is None else each.sender)
        children.setdefault(parent, []).append(each)
        depth[each.post, each.who] = depth[parent] + 1
    return Tree(children, depth)


def sample(found: Replay) -> frozenset[Node]:
    """At most ninety engagements: those through peers with what led to them, then sharers, then others evenly."""
    senders = {(each.post, each.who): each.sender for each in found.engagements}
    kept: set[Node] = set()
    for node, sender in senders.items():
        led = set(_led_to(node, senders)) if sender is not None else set()
        if len(kept | led) <= MOST:
            kept |= led
    sharing = [node for node in senders if node in found.sharers and node not in kept]
    kept |= set(sharing[: MOST - len(kept)])
    rest = [node for node in senders if node not in kept]
    room = min(len(rest), MOST - len(kept))
    return frozenset(kept | {rest[place * len(rest) // room] for place in range(room)})


def _led_to(node: Node, senders: Mapping[Node, int | None]) -> Iterator[Node]:
    """An engagement, the share it came through, the one before, up to the first."""
    while node in senders:
        yield node
        sender = senders[node]
        node = (node[0], -1 if sender is None else sender)


def _marks(arm: str, found: Replay, tree: Tree, kept: frozenset[Node]) -> pd.DataFrame:
    """One row per post and engagement shown: its day and place, and those of what it came through."""
    rows: list[dict[str, Any]] = []
    line = 0

    def grow(post: int, who: int, day: int, kind: str) -> list[dict[str, Any]]:
        """A branch: the mark itself and all that came through it, on lines of their own."""
        nonlocal line
        below = [each for each in tree.children.get((post, who), []) if (post, each.who) in kept]
        branches = [grow(post, each.who, each.day, _kind(found, each)) for each in below]
        line += 0 if branches else 1
        heights = [branch[0]["y"] for branch in branches] or [float(LINE * line)]
        author = found.authors[found.author_of[post]]
        when = day + 1.0 - (BEFORE if kind == POST else 0.0)
        mark = {"arm": arm, "author": author, "kind": kind, "day": when, "y": 0.5 * (heights[0] + heights[-1])}
        for branch in branches:
            branch[0] |= {"from_day": mark["day"], "from_y": mark["y"]}
        return [mark, *(row for branch in branches for row in branch)]

    for post, day in enumerate(found.posted):
        line += HEAD
        top = float(LINE * line)
        branch = grow(post, -1, day, POST)
        branch[0]["top"] = top
        rows += branch
    return compact(pd.DataFrame(rows, columns=["arm", "author", "kind", "day", "y", "from_day", "from_y", "top"]))


def _kind(found: Replay, each: Engagement) -> str:
    if (each.post, each.who) in found.sharers:
        return SHARED
    return DIRECT if each.sender is None else PASSED


def _chart(reading: Reading, arm: str, data: pd.DataFrame, height: int) -> Drawing:
    ink = color_of(reading, arm)
    colors = alt.Scale(domain=list(KINDS), range=["#222222", "#bdbdbd", ink, ink])
    title = ["Day", "lines: through whom the post came"]
    x = alt.X(
        "day:Q",
        title=title,
        axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        scale=alt.Scale(nice=False, zero=True),
    )
    base = alt.Chart(data)
    lines = base.transform_filter("isValid(datum.from_day)").mark_rule(color=SOFT, strokeWidth=0.7, opacity=0.45)
    points = base.mark_point(size=36)
    named = alt.Chart(data[data["kind"] == POST]).mark_text(align="left", baseline="bottom", dx=-4, fontSize=11)
    return alt.layer(
        lines.encode(x=alt.X("from_day:Q"), x2="day:Q", y=down(height, "from_y"), y2="y:Q"),
        points.encode(
            x=x,
            y=down(height),
            fill=alt.Fill("kind:N", scale=colors),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(SHAPES))),
        ),
        named.encode(x=x, y=down(height, "top"), text="author:N"),
    )


def _sentence(arm: str, found: Replay, tree: Tree, shown: int) -> str:
    passed = sum(1 for each in found.engagements if each.sender is not None)
    reach = (
        f"{passed} engaged because a peer showed them a post, at most {max(tree.depth.values())} steps from it"
        if passed
        else "nobody engaged because a peer showed them a post"
    )
    ordered = len({each.who for each in found.engagements} & found.buyers)
    return (
        f"In run {found.run}, the median one of {arm}, there were {len(found.engagements)} engagements with "
        f"{len(found.posted)} posts: {len(found.sharers) or 'none'} were shared on, and {reach}. {ordered} of those "
        f"who engaged ordered because of the campaign. Shown are {shown} engagements."
    )
