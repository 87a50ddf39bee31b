"""What came in and is not written yet. Long experiments write larger parts, so that files stay few.

Parts are written every second at first, later every hundredth of the time so far: so much is played again after a
kill -9.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pyarrow as pa

from simulator.experiment.worker import Played
from simulator.results.failures import Failure
from simulator.results.metrics import Table

PART_SECONDS: Final = 1.0
PART_SHARE: Final = 0.01  # of the time so far


class Keeper(Protocol):
    """Where parts are kept."""

    def add(self, tables: Mapping[Table, pa.Table], failures: Sequence[Failure] = ()) -> None:
        """Keep the tables of some runs, and the runs that failed, as one part."""


class Basket:
    """The tables of finished batches on their way to a keeper."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper, self._began, self._emptied = keeper, time.monotonic(), time.monotonic()
        self._tables: list[Mapping[Table, pa.Table]] = []
        self._failures: list[Failure] = []

    def put(self, played: Played[dict[Table, pa.Table]]) -> None:
        """Take a batch in, and write a part if it is time."""
        if played.content is not None:
            self._tables.append(played.content)
        self._failures += played.failures
        now = time.monotonic()
        if now - self._emptied >= max(PART_SECONDS, PART_SHARE * (now - self._began)):
            self.empty()

    def empty(self) -> None:
        """Write what there is as one part."""
        tables, failures = self._tables, self._failures
        self._tables, self._failures, self._emptied = [], [], time.monotonic()
        if tables or failures:
            names = tables[0] if tables else ()
            self._keeper.add({name: pa.concat_tables([each[name] for each in tables]) for name in names}, failures)
