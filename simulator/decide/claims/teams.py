"""Looks at whoever was hired, where runs differ in whom and how many."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.decide.claims.observable import Look
from simulator.decide.claims.runs import Runs
from simulator.results.statistics import Values


def mean_over_hired(metric: str, place: str) -> Look:
    """A metric's mean over the influencers hired in each run; that of all such runs where a run hired nobody."""

    def look(runs: Runs) -> Values:
        arm, _, variant = place.partition(" @ ")
        tables = runs.variants[variant]
        known = tables.influencers.filter(pc.equal(tables.influencers["arm"], arm))
        means = pa.TableGroupBy(known, "run").aggregate([(metric, "mean")]).sort_by("run")
        played = np.unique(tables.runs["run"].to_numpy())
        values = np.full(len(played), np.nan)
        values[np.searchsorted(played, means["run"].to_numpy())] = means[f"{metric}_mean"].to_numpy()
        return np.where(np.isnan(values), np.nanmean(values), values).reshape(-1, tables.replicates)

    return look
