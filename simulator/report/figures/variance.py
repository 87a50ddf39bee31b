"""What the spread over runs is made of: luck, the network of people, and ignorance of the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from simulator.report.drawing import framed
from simulator.report.figure import Figure
from simulator.report.reading import Reading
from simulator.report.rows import without_places
from simulator.report.stacks import Stack, height_of, pieces_of, stack_chart
from simulator.results.variance import IGNORANCE, LUCK, NETWORK, NOT_APART
from simulator.results.wording import money, number, percent

COLORS: Final = {IGNORANCE: "#3b3b3b", NOT_APART: "#6e6e6e", LUCK: "#a6a6a6", NETWORK: "#dcdcdc"}
DARK: Final = (IGNORANCE, NOT_APART)
Spread = Mapping[str, Any]
NAMES: Final = {"profit": "profit", "roi": "ROI", "incremental_orders": "orders caused"}


def variance_split(reading: Reading) -> Figure | None:
    """Shares of luck, network and ignorance in the variance of each campaign's profit, ROI and orders."""
    alike = _alike(reading.summary["variance"]["spreads"])
    if not alike:
        return None
    stacks = [_stack(reading, spreads) for spreads in alike]
    pieces = pieces_of(stacks)
    present = set(pieces["part"])
    colors = {part: color for part, color in COLORS.items() if part in present}
    sentence = _sentence(reading, alike)
    chart = stack_chart(stacks, pieces, axis="Share of the variance over runs", colors=colors, dark=DARK)
    framing = framed(chart, height=height_of(stacks), sentence=sentence)
    title = "What the spread over runs is made of: ignorance, luck, network"
    return Figure("variance-split", title, sentence, without_places(pieces), framing)


def _alike(spreads: Sequence[Spread]) -> list[list[Spread]]:
    """Spreads grouped where they are one and the same: ROI is profit on another scale if the cost never varies."""
    groups: dict[tuple[Any, ...], list[Spread]] = {}
    for spread in sorted(spreads, key=lambda each: list(NAMES).index(each["metric"])):
        shares = tuple(round(part["share"], 6) for part in spread["parts"].values())
        groups.setdefault((spread["arm"], spread["less"], *spread["parts"], *shares), []).append(spread)
    return list(groups.values())


def _stack(reading: Reading, spreads: Sequence[Spread]) -> Stack:
    parts = spreads[0]["parts"]
    shares = {part: parts[part]["share"] for part in COLORS if part in parts}
    name, largest = max(parts.items(), key=lambda each: each[1]["share"])
    told = f"{name} {percent(largest['share'], largest['share_error'])}; spread {_size(reading, spreads[0])}"
    return Stack(spreads[0]["arm"], _title(spreads), told, shares)


def _title(spreads: Sequence[Spread]) -> str:
    *first, last = [NAMES[spread["metric"]] for spread in spreads]
    named = f"{', '.join(first)} and {last}" if first else last
    less = f" less {spreads[0]['less']}" if spreads[0]["less"] else ""
    return f"{spreads[0]['arm']}{less}: {named}"


def _size(reading: Reading, spread: Spread) -> str:
    """The standard deviation over runs."""
    if spread["metric"] == "profit":
        return money(spread["sd"], reading.currency)
    return percent(spread["sd"]) if spread["metric"] == "roi" else number(spread["sd"])


def _sentence(reading: Reading, alike: Sequence[Sequence[Spread]]) -> str:
    told = []
    for spreads in alike:
        if spreads[0]["metric"] != "profit":
            continue
        parts = sorted(spreads[0]["parts"].items(), key=lambda each: -each[1]["share"])
        shares = [f"{name} {percent(max(part['share'], 0.0), part['share_error'])}" for name, part in parts]
        told.append(f"{_title(spreads)}: {', '.join(shares)}")
    remedy = reading.summary["variance"]["remedy"]
    return f"Shares of the variance over runs. {'; '.join(told)}.{f' Mind: {remedy}.' if remedy else ''}"
