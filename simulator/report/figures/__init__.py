"""The figures of a run, one module and one function each: `Reading` in, `Figure` out, or none where it has no data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simulator.report.figure import Figure
from simulator.report.reading import Reading

FIGURES: Final[tuple[Callable[[Reading], Figure | None], ...]] = ()


def figures_of(reading: Reading) -> list[Figure]:
    """Every figure that the reading has data for, in the order of a report."""
    return [figure for make in FIGURES if (figure := make(reading)) is not None]
