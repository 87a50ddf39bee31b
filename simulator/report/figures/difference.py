"""The best choice against each of the others, run by run on the same luck: how far apart, and how often ahead."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.report.drawing import framed
from simulator.report.figure import Figure
from simulator.report.reading import Reading
from simulator.report.ridges import Ridge, bars_of, height_of, ridge_chart
from simulator.report.rows import without_places
from simulator.results.arms import ArmRuns
from simulator.results.paired import Pair, paired
from simulator.results.rivals import ranked
from simulator.results.wording import money, percent


def paired_difference(reading: Reading) -> Figure | None:
    """How the best choice's profit less each other's spreads over the runs, and P(the best is ahead)."""
    best, *others = ranked(reading.arms)
    pairs = [(other, pair) for other in others if (pair := paired(best, other, lambda arm: arm.profit)) is not None]
    if not pairs:
        return None
    ridges = [_ridge(reading, best, other, pair) for other, pair in pairs]
    bars = bars_of(ridges)
    axis = f"Difference of profit ({reading.currency})"
    chart = ridge_chart(reading, ridges, bars, axis=axis, form=",~f")
    sentence = _sentence(reading, best, pairs)
    title = f"Profit of {best.name} less that of each other choice"
    framing = framed(chart, height=height_of(ridges), sentence=sentence)
    return Figure("paired-difference", title, sentence, without_places(bars), framing)


def _ridge(reading: Reading, best: ArmRuns, other: ArmRuns, pair: Pair) -> Ridge:
    gap, ahead = pair.difference, pair.better
    told = f"{money(gap.value, reading.currency, gap.error)} on average; ahead in {percent(ahead.value, ahead.error)}"
    return Ridge(other.name, best.profit - other.profit, f"less {other.name}", told, gap.value)


def _sentence(reading: Reading, best: ArmRuns, pairs: Sequence[tuple[ArmRuns, Pair]]) -> str:
    """By how much and how surely the best choice is ahead, the closest rival first."""
    parts = []
    for other, pair in pairs:
        gap, ahead = pair.difference, pair.better
        more = money(gap.value, reading.currency, gap.error)
        chance = percent(ahead.value, ahead.error)
        parts.append(f"{more} more than {other.name}, and is ahead of it in {chance} of the runs")
    return f"On average, {best.name} earns {'; '.join(parts)}."
