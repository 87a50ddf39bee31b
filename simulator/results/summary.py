"""What the runs add up to: per arm figures with their errors, and the decision. All of it plain JSON.

The terminal, `summary.json` and the report show this and compute nothing of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from simulator.results.arms import ArmRuns, arms_of, fee_to_market, metric_summary
from simulator.results.break_even import halo_needed, walk_away_fees
from simulator.results.doubts import doubts
from simulator.results.drivers import drivers
from simulator.results.health import health_checks
from simulator.results.lanes import lanes_of
from simulator.results.manifest import Request
from simulator.results.metrics import metrics_of
from simulator.results.paired import all_pairs, regret
from simulator.results.rivals import indifference_of, ranked
from simulator.results.statistics import (
    Values,
    best_shares,
    conditional_value_at_risk,
    mean,
    share,
    value_at_risk,
)
from simulator.results.targets import target_shares
from simulator.results.thinning import overstated
from simulator.results.variance import spreads
from simulator.results.verdict import verdict
from simulator.scenario.explain import mechanisms
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

VERSION: Final = 1
BINS: Final = 16


def summarize(
    scenario: Scenario, plan: Plan, runs: pa.Table, influencers: pa.Table, request: Request
) -> dict[str, Any]:
    """The whole answer from the merged tables: arms in the order of the plan, `no campaign` first."""
    position = {arm.name: place for place, arm in enumerate(plan.arms)}
    found = arms_of(runs, influencers, scenario.replicates, lanes_of(scenario))
    arms = sorted(found, key=lambda arm: position[arm.name])
    profits = np.array([arm.profit for arm in arms])
    most, edges = np.max(profits, axis=0), _common_edges(arms)
    figures = {
        arm.name: _figures(arm, ranked(arms)[0], best, edges, scenario)
        | _risks(arm, most)
        | {"spread_overstated": overstated(arm, plan.people_per_agent)}
        for arm, best in zip(arms, best_shares(profits), strict=True)
    }
    driving = drivers(runs, arms)
    checks = health_checks(scenario, plan, arms) | doubts(scenario, arms, influencers, driving)
    return {
        "version": VERSION,
        "name": scenario.name,
        "file": request.file,
        "hash": request.identity,
        "currency": scenario.currency,
        "runs": scenario.runs,
        "worlds": scenario.worlds,
        "seed": scenario.seed,
        "days": scenario.days,
        "settle": scenario.settle,
        "population": plan.population,
        "agents": plan.agents,
        "verdict": verdict(scenario, arms, figures, request, indifference_of(scenario, plan)),
        "arms": [{"arm": name, **summary} for name, summary in figures.items()],
        "pairs": all_pairs(arms),
        "variance": spreads(ranked(arms)),
        "mechanisms": mechanisms(scenario),
        "drivers": driving,
        "notes": [note for notes in checks.values() for note in notes],
        "checks": [{"check": check, "notes": notes} for check, notes in checks.items()],
    }


def _figures(arm: ArmRuns, best: ArmRuns, shares: Values, edges: Values | None, scenario: Scenario) -> dict[str, Any]:
    """One arm's part of the answer. A run without any cost earns or loses nothing, and has no ROI above 0."""
    return {
        "metrics": {metric.name: metric_summary(metric, arm) for metric in metrics_of("runs")},
        "fee_to_market": fee_to_market(arm.hires),
        "roi_histogram": _histogram(arm.columns["roi"], edges),
        "p_roi_above_0": share(arm.profit > 0, arm.alike).as_dict() if arm.is_campaign else None,
        "p_best": share(shares, arm.alike).as_dict(),
        "versus_best": {"arm": best.name, **mean(arm.profit - best.profit, arm.alike).as_dict()},
        "versus_no_campaign": arm.expected_profit.as_dict(),
        "targets": target_shares(arm, scenario.targets),
        "walk_away": walk_away_fees(arm),
        "halo": halo_needed(arm, scenario.behavior.halo) if arm.is_campaign else None,
    }


def _risks(arm: ArmRuns, most: Values) -> dict[str, Any]:
    """What may be lost: the tail of the profit, and what the best choice of each run earns more."""
    tail = conditional_value_at_risk(arm.profit, arm.alike)
    return {
        "profit_var05": value_at_risk(arm.profit, arm.alike).as_dict(),
        "profit_cvar05": tail.value,
        **{f"profit_cvar05_{name}": getattr(tail, name) for name in ("error", "low", "high")},
        "regret": regret(arm, most).as_dict(),
        "p_loss": share(arm.profit < 0, arm.alike).as_dict(),
    }


def _common_edges(arms: Sequence[ArmRuns]) -> Values | None:
    """Edges of bins that show every arm's ROI on one scale, from the lowest to the highest percentile."""
    returns = [values[~np.isnan(values)] for values in (arm.columns["roi"] for arm in arms)]
    spans = [np.quantile(values, (0.01, 0.99)) for values in returns if len(values)]
    if not spans:
        return None
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    return np.linspace(low, high, BINS + 1) if low < high else np.linspace(low - 0.5, low + 0.5, BINS + 1)


def _histogram(values: Values, edges: Values | None) -> dict[str, Any] | None:
    """Runs per bin; those beyond the edges are in the outer bins."""
    defined = values[~np.isnan(values)]
    if edges is None or not len(defined):
        return None
    counts, _ = np.histogram(np.clip(defined, edges[0], edges[-1]), edges)
    return {"low": float(edges[0]), "high": float(edges[-1]), "runs": counts.tolist()}
