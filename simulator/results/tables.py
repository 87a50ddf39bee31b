"""From outcomes to columns: the schemas of the three tables, and the rows of one batch of runs.

Money leaves the cents of the engine here and becomes float64 in the scenario's currency. Undefined values are null.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import pyarrow as pa

from simulator.results.formula import Column
from simulator.results.metrics import Metric, Table, metrics_of
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally

NO_CAMPAIGN: Final = "no campaign"
CENTS: Final = 100
SORT_KEYS: Final[Mapping[Table, tuple[str, ...]]] = {
    "runs": ("run",),
    "influencers": ("run", "influencer"),
    "daily": ("run", "day"),
}
KEYS: Final[Mapping[Table, tuple[tuple[str, pa.DataType], ...]]] = {
    "runs": (("arm", pa.string()), ("run", pa.int32()), ("world", pa.int16())),
    "influencers": (
        ("arm", pa.string()), ("run", pa.int32()), ("influencer", pa.string()), ("hire", pa.string()),
        ("tier", pa.string()), ("followers", pa.int64()), ("posts", pa.int32()),
    ),
    "daily": (("arm", pa.string()), ("run", pa.int32()), ("day", pa.int32())),
}  # fmt: skip


def called(arm: str | None) -> str:
    """An arm in a sentence."""
    return "doing nothing" if arm == NO_CAMPAIGN else str(arm)


def schema(table: Table, parameters: Sequence[str] = ()) -> pa.Schema:
    """Columns of a table: its keys, its metrics, and for runs the drawn parameters by path."""
    metrics = [(metric.name, pa.int64() if metric.whole else pa.float64()) for metric in metrics_of(table)]
    drawn = [(f"param.{path}", pa.float64()) for path in parameters] if table == "runs" else []
    return pa.schema([*KEYS[table], *metrics, *drawn])


def runs_table(outcomes: Sequence[Outcome], budgets: Mapping[str, int | None]) -> pa.Table:
    """One row per outcome. Every run must come with its `no campaign`; `budgets` are cents by arm."""
    baseline = {outcome.run: outcome.tally for outcome in outcomes if outcome.arm == NO_CAMPAIGN}
    tallies = [outcome.tally for outcome in outcomes]
    facts = _facts(Tally, tallies)
    for name in ("orders", "revenue", "contribution"):
        facts[f"baseline_{name}"] = np.array([getattr(baseline[o.run], name) for o in outcomes], dtype=np.int64)
    caps = [budgets[outcome.arm] for outcome in outcomes]
    facts["budget"] = np.array([math.nan if cap is None else cap for cap in caps])
    paths = sorted({path for outcome in outcomes for path in outcome.parameters})
    columns: dict[str, Any] = {
        "arm": [outcome.arm for outcome in outcomes],
        "run": [outcome.run for outcome in outcomes],
        "world": [outcome.world for outcome in outcomes],
        **_measured("runs", facts),
        **{f"param.{path}": [outcome.parameters.get(path) for outcome in outcomes] for path in paths},
    }
    return pa.table(columns, schema=schema("runs", paths))


def influencers_table(outcomes: Sequence[Outcome]) -> pa.Table:
    """One row per outcome and hired influencer. Orders are the tracked ones, and don't sum to the incremental."""
    rows = [(outcome, tally) for outcome in outcomes for tally in outcome.influencers]
    facts = _facts(InfluencerTally, [tally for _, tally in rows])
    facts |= {
        "reach_audience": facts["reach"],
        "audiences": facts["audience"],
        "follower_posts": facts["followers"] * facts["posts"],
        **{name: np.zeros(len(rows), dtype=np.int64) for name in ("cost_sales_rep", "cost_platform")},
    }
    columns: dict[str, Any] = {
        "arm": [outcome.arm for outcome, _ in rows],
        "run": [outcome.run for outcome, _ in rows],
        **{name: [getattr(tally, name) for _, tally in rows] for name in ("influencer", "hire", "tier")},
        **{name: facts[name] for name in ("followers", "posts")},
        **_measured("influencers", facts),
    }
    return pa.table(columns, schema=schema("influencers"))


def daily_table(outcomes: Sequence[Outcome]) -> pa.Table:
    """One row per outcome and day, from day 0."""
    lengths = [len(outcome.daily) for outcome in outcomes]
    stacked = np.concatenate([outcome.daily for outcome in outcomes])
    columns: dict[str, Any] = {
        "arm": [outcome.arm for outcome in outcomes for _ in range(len(outcome.daily))],
        "run": np.repeat([outcome.run for outcome in outcomes], lengths),
        "day": np.concatenate([np.arange(length) for length in lengths]),
        **_measured("daily", {name: stacked[:, place] for place, name in enumerate(DAILY)}),
    }
    return pa.table(columns, schema=schema("daily"))


def _facts(kind: type[Tally | InfluencerTally], tallies: Sequence[Tally | InfluencerTally]) -> dict[str, Column]:
    """The numeric fields of tallies as arrays, exact: int64, or float64 for sums of states."""
    types = {"int": np.int64, "float": np.float64}
    return {
        item.name: np.array([getattr(tally, item.name) for tally in tallies], dtype=types[str(item.type)])
        for item in fields(kind)
        if item.type in types
    }


def _measured(table: Table, facts: Mapping[str, Column]) -> dict[str, pa.Array]:
    known, columns = dict(facts), {}
    for metric in metrics_of(table):
        known[metric.name] = metric.computed.of(known)
        columns[metric.name] = _in_table_units(metric, known[metric.name])
    return columns


def _in_table_units(metric: Metric, values: Column) -> pa.Array:
    if metric.whole:
        return pa.array(values, type=pa.int64())
    return pa.array(values / CENTS if metric.unit == "money" else values, type=pa.float64(), mask=~np.isfinite(values))


@dataclass(frozen=True)
class TablesOf:
    """What makes of outcomes the tables that are kept. `budgets` are cents by arm; it travels to workers."""

    budgets: Mapping[str, int | None]
    tables: tuple[Table, ...]

    def __call__(self, outcomes: Sequence[Outcome]) -> dict[Table, pa.Table]:
        """Each table by name."""
        made: dict[Table, Callable[[], pa.Table]] = {
            "runs": lambda: runs_table(outcomes, self.budgets),
            "influencers": lambda: influencers_table(outcomes),
            "daily": lambda: daily_table(outcomes),
        }
        return {name: made[name]() for name in self.tables}
