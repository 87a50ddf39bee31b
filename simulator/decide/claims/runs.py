"""The runs behind a row as arrays [draw, replicate]: of each arm, in the scenario as written and in its variants.

A place is an arm's name, or `arm @ variant`. Undefined values are NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulator.results.statistics import Values

AS_WRITTEN: Final = ""
Statistic = Callable[..., NDArray[Any]]


@dataclass(frozen=True)
class Tables:
    """What was played of one scenario: the two tables, sorted by arm and run, and how the runs are grouped."""

    runs: pa.Table
    influencers: pa.Table
    replicates: int
    worlds: int
    agents: int
    curves: frozenset[str]  # paths of the uncertain numbers that are curves: their drawn values are quantiles


@dataclass(frozen=True)
class Runs:
    """Everything an observable may look at."""

    variants: Mapping[str, Tables]

    @property
    def written(self) -> Tables:
        return self.variants[AS_WRITTEN]

    def column(self, name: str, place: str) -> Values:
        """A column of the runs' table: [draw, replicate]."""
        arm, tables = self._at(place)
        return _numbers(tables.runs.filter(pc.equal(tables.runs["arm"], arm)), name).reshape(-1, tables.replicates)

    def influencers(self, name: str, place: str) -> Values:
        """A column of the influencers' table: [draw, replicate, influencer]. All runs must have hired the same."""
        arm, tables = self._at(place)
        rows = tables.influencers.filter(pc.equal(tables.influencers["arm"], arm))
        count = rows.num_rows // max(tables.runs.filter(pc.equal(tables.runs["arm"], arm)).num_rows, 1)
        return _numbers(rows, name).reshape(-1, tables.replicates, count)

    def parameters(self) -> dict[str, Values]:
        """Each uncertain number's value in each draw, by path; numbers that vary by world are luck, and left out."""
        rows = self.written.runs
        first = rows.filter(pc.equal(rows["arm"], rows["arm"][0]))
        drawn = {name: _numbers(first, name) for name in rows.column_names if name.startswith("param.")}
        grouped = {name: values.reshape(-1, self.written.replicates) for name, values in drawn.items()}
        return {
            name.removeprefix("param."): values[:, 0]
            for name, values in grouped.items()
            if np.array_equal(values, np.repeat(values[:, :1], values.shape[1], axis=1))
        }

    def _at(self, place: str) -> tuple[str, Tables]:
        arm, _, variant = place.partition(" @ ")
        return arm, self.variants[variant]


def of_each_draw(statistic: Statistic, *columns: Values) -> Values:
    """A statistic of each draw's replicates as values per run, whose mean lacks the statistic's small-sample bias.

    These are the jackknife's pseudo-values. `statistic` takes arrays whose last axis are replicates, and removes it.
    """
    replicates = columns[0].shape[1]
    if replicates < 2:
        return statistic(*columns)[:, None]
    others = np.array([[k for k in range(replicates) if k != left_out] for left_out in range(replicates)])
    whole = statistic(*columns)[:, None]
    without: Values = statistic(*(column[:, others] for column in columns))
    return replicates * whole - (replicates - 1) * without


def _numbers(rows: pa.Table, name: str) -> Values:
    return np.asarray(rows[name].to_numpy(), dtype=np.float64)
