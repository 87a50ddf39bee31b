"""The figures of a run and of the analyses that were made of it, one function each: none where there is no data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from simulator.report.figure import Figure
from simulator.report.figures.break_even import break_even
from simulator.report.figures.cascade import cascade
from simulator.report.figures.convergence import convergence
from simulator.report.figures.days import orders_over_days, profit_over_days, reach_over_days
from simulator.report.figures.difference import paired_difference
from simulator.report.figures.funnel import funnel
from simulator.report.figures.influence import morris, sobol, sobol_of_decision
from simulator.report.figures.reach import overlap, reach_frequency
from simulator.report.figures.returns import roi_distribution, roi_exceedance
from simulator.report.figures.sweep import sweep
from simulator.report.figures.tiers import spend_and_effect
from simulator.report.figures.tornado import tornado
from simulator.report.figures.variance import variance_split
from simulator.report.reading import Analysis, Reading

__all__ = ["ANSWERING", "EXPLAINING", "OF_ANALYSES", "each_figure", "figures_of", "figures_of_analysis"]

OfRun = Callable[[Reading], Figure | None]
OfAnalysis = Callable[[Reading, str, Analysis], Figure | None]

ANSWERING: Final[tuple[OfRun, ...]] = (
    roi_distribution,
    roi_exceedance,
    paired_difference,
    profit_over_days,
    orders_over_days,
    reach_over_days,
)
OF_ANALYSES: Final[Mapping[str, tuple[OfAnalysis, ...]]] = {  # by kind
    "tornado": (tornado,),
    "morris": (morris,),
    "sobol": (sobol, sobol_of_decision),
    "break-even": (break_even,),
    "sweep": (sweep,),
}
EXPLAINING: Final[tuple[OfRun, ...]] = (
    funnel,
    reach_frequency,
    overlap,
    spend_and_effect,
    cascade,
    variance_split,
    convergence,
)


def each_figure(reading: Reading) -> Iterator[Figure]:
    """Every figure there is data for, made as it is asked for: the answer, what would change it, how it comes about."""
    yield from _made(ANSWERING, reading)
    for kind, makers in OF_ANALYSES.items():
        for name, found in reading.of_kind(kind):
            yield from _made(makers, reading, name, found)
    yield from _made(EXPLAINING, reading)


def figures_of(reading: Reading) -> list[Figure]:
    """The same, all of them."""
    return list(each_figure(reading))


def figures_of_analysis(name: str, found: Analysis) -> list[Figure]:
    """The figures of one analysis without the run it belongs to."""
    arms = [{"arm": arm} for arm in found.get("arms") or found["between"]]
    summary = {"name": found["name"], "currency": found["currency"], "arms": arms}
    reading = Reading(Path(), {}, summary, pd.DataFrame(), pd.DataFrame(), None, {name: found})
    return list(_made(OF_ANALYSES[found["kind"]], reading, name, found))


def _made(makers: Iterable[Callable[..., Figure | None]], *about: Reading | str | Analysis) -> Iterator[Figure]:
    for make in makers:
        if (figure := make(*about)) is not None:
            yield figure
