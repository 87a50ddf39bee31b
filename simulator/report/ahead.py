"""Drawings made in a process beside this one, while the figures after them are worked out.

A third of a report's work is drawing, and the engine of drawings leaves other threads of its process hardly any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager

from simulator.experiment.executors import open_team, unheard
from simulator.report.figure import Figure
from simulator.report.picture import Picture, charts_of, framed_picture
from simulator.report.vector import drawing_address


class Ahead:
    """Pictures by figure, begun as soon as the figure is there."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._begun: dict[int, list[Future[str]]] = {}
        self._figures: list[Figure] = []  # they live as long as their numbers are used

    def begin(self, figures: Iterable[Figure]) -> Iterator[Figure]:
        """The same figures, each being drawn from now on."""
        for figure in figures:
            self._figures.append(figure)
            charts = charts_of(figure)
            self._begun[id(figure)] = [self._executor.submit(drawing_address, chart) for chart in charts]
            yield figure

    def __call__(self, figure: Figure) -> Picture:
        """The picture of a figure that was begun. Raises what drawing it raised."""
        return framed_picture(figure, [drawing.result() for drawing in self._begun[id(figure)]])


@contextmanager
def drawing_ahead() -> Iterator[Ahead]:
    """One process that draws, started now: it is ready before the first figure is."""
    with open_team("processes:1") as team:
        with unheard():
            team.executor.submit(drawing_address, {"data": {"values": []}, "mark": "bar"})
        yield Ahead(team.executor)
