"""The figures of a run, one module and one function each: `Reading` in, `Figure` out, or none where it has no data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from simulator.report.figure import Figure
from simulator.report.figures.break_even import break_evens
from simulator.report.figures.cascade import cascade
from simulator.report.figures.convergence import convergence
from simulator.report.figures.days import orders_over_days, profit_over_days, reach_over_days
from simulator.report.figures.difference import paired_difference
from simulator.report.figures.funnel import funnel
from simulator.report.figures.influence import morris, sobol, sobol_of_decision
from simulator.report.figures.reach import overlap, reach_frequency
from simulator.report.figures.returns import roi_distribution, roi_exceedance
from simulator.report.figures.sweep import sweeps
from simulator.report.figures.tiers import spend_and_effect
from simulator.report.figures.tornado import tornado
from simulator.report.figures.variance import variance_split
from simulator.report.reading import Reading

__all__ = ["FAMILIES", "FIGURES", "each_figure", "figures_of", "figures_of_analysis"]

FIGURES: Final[tuple[Callable[[Reading], Figure | None], ...]] = (
    roi_distribution,
    roi_exceedance,
    paired_difference,
    profit_over_days,
    orders_over_days,
    reach_over_days,
    tornado,
    morris,
    sobol,
    sobol_of_decision,
    funnel,
    reach_frequency,
    overlap,
    spend_and_effect,
    cascade,
    variance_split,
    convergence,
)
OF_ANALYSES: Final[tuple[Callable[[Reading], Figure | None], ...]] = (tornado, morris, sobol, sobol_of_decision)
FAMILIES: Final[tuple[Callable[[Reading], list[Figure]], ...]] = (sweeps, break_evens)  # one figure per analysis


def each_figure(reading: Reading) -> Iterator[Figure]:
    """Every figure that the run and its analyses have data for, in reading order, made as it is asked for."""
    for make in FIGURES:
        if (figure := make(reading)) is not None:
            yield figure
    for family in FAMILIES:
        yield from family(reading)


def figures_of(reading: Reading) -> list[Figure]:
    """The same, all of them."""
    return list(each_figure(reading))


def figures_of_analysis(name: str, found: Mapping[str, Any]) -> list[Figure]:
    """The figures of one analysis without the run it belongs to."""
    arms = [{"arm": arm} for arm in found.get("arms") or found["between"]]
    summary = {"name": found["name"], "currency": found["currency"], "arms": arms}
    reading = Reading(Path(), {}, summary, pd.DataFrame(), pd.DataFrame(), None, {name: found})
    single = [figure for make in OF_ANALYSES if (figure := make(reading)) is not None]
    return [*single, *(figure for make in FAMILIES for figure in make(reading))]
