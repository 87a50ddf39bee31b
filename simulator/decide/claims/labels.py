"""What tier labels change: looks at the same runs under other schemes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulator.decide.claims.observable import Look
from simulator.decide.claims.runs import AS_WRITTEN, Runs
from simulator.results.statistics import Values

KEYS = ("arm", "influencer", "hire", "tier")  # columns of names


def relabeled(scheme: str) -> Look:
    """Share of the hired accounts whose label is another one under a scheme."""
    return lambda runs: _by_run(runs, np.asarray(_labels(runs, scheme) != _labels(runs, AS_WRITTEN)))


def untiered(scheme: str) -> Look:
    """Share of the hired accounts that a scheme has no label for."""
    return lambda runs: _by_run(runs, np.asarray(_labels(runs, scheme) == "untiered"))


def largest_change(*variants: str) -> Look:
    """Largest absolute difference of any number in any table between the scenario as written and its variants."""

    def change(runs: Runs) -> Values:
        written = runs.written
        changes = [
            np.abs(_all_numbers(runs, variant) - _all_numbers(runs, AS_WRITTEN)).max(axis=-1) for variant in variants
        ]
        found: Values = np.max(changes, axis=0).reshape(-1, written.replicates)
        return found

    return change


def _all_numbers(runs: Runs, variant: str) -> NDArray[Any]:
    """Every number of both tables, [run, number]; undefined ones are 0."""
    tables = runs.variants[variant]
    count = _run_count(tables.runs)
    blocks = []
    for table in (tables.runs, tables.influencers):
        ordered = _in_order(table)
        for name in ordered.column_names:
            if name not in KEYS:
                column = np.asarray(ordered[name].to_numpy(zero_copy_only=False), dtype=np.float64)
                blocks.append(np.nan_to_num(column).reshape(count, -1))
    return np.concatenate(blocks, axis=1)


def _labels(runs: Runs, scheme: str) -> NDArray[Any]:
    return np.array(_in_order(runs.variants[scheme].influencers)["tier"].to_pylist())


def _by_run(runs: Runs, flags: NDArray[Any]) -> Values:
    """Share of flagged accounts per run; all runs hired the same."""
    count = _run_count(runs.written.runs)
    shares: Values = flags.reshape(count, -1).mean(axis=1).reshape(-1, runs.written.replicates)
    return shares


def _in_order(table: pa.Table) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in ("run", *KEYS[:2]) if name in table.column_names])


def _run_count(table: pa.Table) -> int:
    return len(set(table["run"].to_pylist()))
