"""Which uncertain numbers the lead of the best choice hangs on, read off the runs that are there: no run is added.

Every run draws its uncertain numbers anew, so the runs show how the lead moves with each of them. The measure is the
rank correlation of a number with the lead; its square is the share of the lead's ranks that the number explains. It
sees what rises or falls throughout, and overlooks what acts both ways; `simulator sensitivity` looks closer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.results.arms import ArmRuns
from simulator.results.estimate import multiple
from simulator.results.rivals import ranked
from simulator.results.statistics import Values

PARAMETER: Final = "param."
FEWEST: Final = 20  # draws; fewer show nothing but chance


@dataclass(frozen=True)
class Driver:
    """One uncertain number and how the lead goes with it."""

    path: str
    correlation: float  # of ranks; above 0: the higher the number, the larger the lead
    error: float
    clear: bool  # whether so much correlation is surely no chance, among all numbers looked at

    @property
    def share(self) -> float:
        """Share of the lead's ranks that the number explains."""
        return self.correlation**2


def drivers(runs: pa.Table, arms: Sequence[ArmRuns]) -> dict[str, Any]:
    """Of which lead, and its drivers, strongest first; `arms` hold the runs of the table in its order.

    Numbers that took too few values, as those that vary by world, are left out: their correlation would be chance.
    """
    best, *others = ranked(arms)
    if not others:
        return {"arm": best.name, "over": None, "numbers": []}
    second = others[0]
    drawn = _drawn(runs.filter(pc.equal(runs["arm"], best.name)))
    found = ranked_drivers(drawn, best.profit - second.profit)
    told = [
        {"path": each.path, "correlation": each.correlation, "error": each.error, "share": each.share,
         "clear": each.clear}
        for each in found
    ]  # fmt: skip
    return {"arm": best.name, "over": second.name, "numbers": told}


def _drawn(rows: pa.Table) -> dict[str, Values]:
    names = [name for name in rows.column_names if name.startswith(PARAMETER)]
    return {name.removeprefix(PARAMETER): np.asarray(rows[name].to_numpy(), dtype=np.float64) for name in names}


def ranked_drivers(drawn: Mapping[str, Values], lead: Values) -> list[Driver]:
    """Drivers of a lead per run, strongest first; `drawn` is the value of each number per run."""
    if not len(lead) or np.all(lead == lead[0]):
        return []
    places = _ranks(lead)
    counts = {path: len(np.unique(values)) for path, values in drawn.items()}
    tried = [path for path, count in counts.items() if count >= FEWEST]
    found = [_driver(path, _ranks(drawn[path]), places, counts[path], len(tried)) for path in tried]
    return sorted(found, key=lambda driver: (-driver.share, driver.path))


def _driver(path: str, own: Values, places: Values, draws: int, tried: int) -> Driver:
    """Draws, not runs, count as independent. The error of a rank correlation r is about (1 − r²) / √(draws − 1)."""
    correlation = float(np.corrcoef(own, places)[0, 1])
    by_chance = 1.0 / math.sqrt(draws - 1)
    clear = abs(correlation) > multiple(math.inf, tried) * by_chance
    return Driver(path, correlation, (1.0 - correlation**2) * by_chance, clear)


def _ranks(values: Values) -> Values:
    """Ranks from 1; equal values share the mean of theirs.

    >>> _ranks(np.array([7.0, 3.0, 7.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts).astype(np.float64)
    ranks: Values = (last - 0.5 * (counts - 1))[place]
    return ranks
