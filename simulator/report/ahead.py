"""Drawings that are made beside the figures after them: most of the time of a report is spent drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from simulator.report.figure import Figure
from simulator.report.picture import Picture, picture


class Ahead:
    """Pictures by figure, begun as soon as the figure is there."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun: dict[int, Future[Picture]] = {}
        self._figures: list[Figure] = []  # they live as long as their numbers are used

    def begin(self, figures: Iterable[Figure]) -> Iterator[Figure]:
        """The same figures, each being drawn from now on."""
        for figure in figures:
            self._figures.append(figure)
            self._begun[id(figure)] = self._pool.submit(picture, figure)
            yield figure

    def __call__(self, figure: Figure) -> Picture:
        """The picture of a figure that was begun. Raises what drawing it raised."""
        return self._begun[id(figure)].result()


@contextmanager
def drawing_ahead() -> Iterator[Ahead]:
    """One thread that draws: the engine of drawings is one at a time, and lets Python go on meanwhile."""
    with ThreadPoolExecutor(1, thread_name_prefix="drawing") as pool:
        pool.submit(_start)
        yield Ahead(pool)


def _start() -> None:
    """Start the engine of drawings: it takes a third of a second once."""
    import vl_convert

    vl_convert.vegalite_to_svg({"data": {"values": []}, "mark": "bar"}, allowed_base_urls=[])
