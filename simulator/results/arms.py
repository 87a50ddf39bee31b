"""One arm's runs as columns, and the figures that need no other arm: means, spreads, tail, the money per hire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulator.results.lanes import lane_of
from simulator.results.metrics import Metric, metrics_of
from simulator.results.statistics import Estimate, Values, Worlds, mean, quantiles, ratio_of_means
from simulator.results.tables import NO_CAMPAIGN
from simulator.scenario.draws import draw_of
from simulator.scenario.offers import OWN_ACCOUNT

HALO: Final = "param.behavior.halo"  # a column only where the halo is uncertain
OTHER_COSTS: Final = ("cost_bonus", "cost_commission", "cost_product", "cost_license", "cost_handling", "cost_boost")
HIRE_SUMS: Final = ("cost_fees", *OTHER_COSTS, "market_fee", "clicks", "attributed_orders")


@dataclass(frozen=True)
class HireRuns:
    """Sums over the creators of one hire, per run; `creators` is how many were hired."""

    name: str
    creators: Values
    sums: Mapping[str, Values]
    largest_audience: int

    @property
    def is_untracked(self) -> bool:
        """Whether its posts are clicked on, but no order is tracked to them: that says nothing of its orders."""
        return bool(self.sums["clicks"].any()) and not self.sums["attributed_orders"].any()


@dataclass(frozen=True)
class ArmRuns:
    """The runs of one arm in order; undefined values are NaN."""

    name: str
    worlds: Worlds  # of each run; where runs share drawn numbers, their draws are a second row
    columns: Mapping[str, Values]
    hires: tuple[HireRuns, ...]
    lanes: Worlds | None = None  # of each run; none: draws are independent of each other

    @property
    def alike(self) -> Worlds:
        """The groups whose runs may be alike: those that every error of this arm rests on."""
        return self.worlds if self.lanes is None else self.lanes[np.newaxis]

    @property
    def world(self) -> Worlds:
        """The world of each run."""
        return self.worlds if self.worlds.ndim == 1 else self.worlds[0]

    @property
    def draw(self) -> Worlds | None:
        """The draw of each run; none where each has its own."""
        return None if self.worlds.ndim == 1 else self.worlds[1]

    @property
    def is_campaign(self) -> bool:
        return self.name != NO_CAMPAIGN

    @property
    def profit(self) -> Values:
        return self.columns["profit"]

    @property
    def earned(self) -> Values:
        """Contribution that the campaign caused, before its cost."""
        return self.columns["profit"] + self.columns["cost"]

    @cached_property
    def expected_profit(self) -> Estimate:
        return mean(self.profit, self.alike)

    @property
    def ad_orders(self) -> float:
        """Tracked orders per run that no creator is credited with: those of the platform's ads."""
        credited = sum(hire.sums["attributed_orders"] for hire in self.hires)
        return float(np.mean(self.columns["attributed_orders"] - credited))

    def mean(self, column: str) -> float:
        return float(np.mean(self.columns[column]))


def arms_of(runs: pa.Table, influencers: pa.Table, replicates: int = 1, lanes: int | None = None) -> list[ArmRuns]:
    """All arms of the merged tables, in the tables' order; runs are those that are there, ascending.

    `replicates` is how many runs share drawn numbers. `lanes` is how many groups of draws are independent of each
    other, where a design spreads the draws of a group evenly.
    """
    arms = []
    for name in pc.unique(runs["arm"]).to_pylist():
        rows = runs.filter(pc.equal(runs["arm"], name))
        names = [metric.name for metric in metrics_of("runs")] + [HALO] * (HALO in rows.column_names)
        columns = {column: _numbers(rows, column) for column in names}
        played, worlds = rows["run"].to_numpy(), rows["world"].to_numpy()
        draws: Worlds = draw_of(played, replicates)  # type: ignore[assignment]
        alike = np.stack([worlds, draws]) if replicates > 1 else worlds
        hires = _hires(influencers, name, played)
        arms.append(ArmRuns(name, alike, columns, hires, None if lanes is None else lane_of(draws, lanes)))
    return arms


def metric_summary(metric: Metric, arm: ArmRuns) -> dict[str, Any]:
    """Unit, value, error and 95% interval over the runs, percentiles, and in how many runs the metric is undefined.

    A cost per thing of a run that paid and got no such thing counts as infinite in the percentiles.
    """
    values = arm.columns[metric.name]
    defined = ~np.isnan(values)
    estimate = metric_estimate(metric, arm)
    if metric.computed.is_ratio and metric.unit == "money":
        values = np.where(~defined & (arm.columns["cost"] > 0), np.inf, values)
    return {
        "unit": metric.unit,
        "value": estimate and estimate.value,
        "error": estimate and estimate.error,
        "low": estimate and estimate.low,
        "high": estimate and estimate.high,
        **quantiles(values[~np.isnan(values)]),
        "undefined": int(np.sum(~defined)),
    }


def metric_estimate(metric: Metric, arm: ArmRuns) -> Estimate | None:
    """A metric over the runs: the mean of those that have it, or the ratio of means; none where it is undefined."""
    if metric.summary != "mean":
        return ratio_of_means(*metric.computed.parts(arm.columns), arm.alike)
    values = arm.columns[metric.name]
    defined = ~np.isnan(values)
    if defined.all():
        return mean(values, arm.alike)  # of the very groups that are known already
    return mean(values[defined], arm.alike[..., defined]) if defined.any() else None


def fee_to_market(hires: Sequence[HireRuns]) -> float | None:
    """Fees over the market's median prices for the same posts; none without a fee or a market price.

    Who is paid by result, or with the product alone, has no fee that could be compared.
    """
    paid = [hire.sums for hire in hires if hire.sums["cost_fees"].any()]
    market = sum(float(np.sum(sums["market_fee"])) for sums in paid)
    return sum(float(np.sum(sums["cost_fees"])) for sums in paid) / market if market > 0 else None


def _numbers(rows: pa.Table, column: str) -> Values:
    return np.asarray(rows[column].to_numpy(), dtype=np.float64)


def _hires(influencers: pa.Table, arm: str, played: NDArray[Any]) -> tuple[HireRuns, ...]:
    rows = influencers.filter(pc.equal(influencers["arm"], arm))
    return tuple(
        _hire(rows.filter(pc.equal(rows["hire"], name)), name, played)
        for name in sorted(pc.unique(rows["hire"]).to_pylist())
        if name != OWN_ACCOUNT  # nobody's fee; what it brings counts like ads
    )


def _hire(rows: pa.Table, name: str, played: NDArray[Any]) -> HireRuns:
    place = np.searchsorted(played, rows["run"].to_numpy())  # numbers of runs may have gaps

    def per_run(values: Values) -> Values:
        return np.bincount(place, weights=values, minlength=len(played)).astype(np.float64)

    sums = {column: per_run(_numbers(rows, column)) for column in HIRE_SUMS}
    return HireRuns(name, per_run(np.ones(len(place))), sums, int(pc.max(rows["audience"]).as_py()))
