"""How wide intervals are."""

from typing import NamedTuple
from simulator.results.arms import arms_of
from simulator.results.statistics import mean
from simulator.results.tables import schema
import numpy as np

BEST = "best"


class Widths(NamedTuple):
    interval: float
    plain: float


def widths(metric, runs, scenario):
    arms = arms_of(
        runs.sort_by([("arm", "ascending"), ("run", "ascending")]),
        schema("influencers").empty_table(),
        scenario.replicates,
    )
    e = max(1.96 * (mean(a.columns[metric], a.worlds).error or 9e9) for a in arms if a.is_campaign)
    return Widths(e, e)
