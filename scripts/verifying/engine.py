"""Studies of a small real scenario, played again and again with other seeds; their mean stands for the truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.experiment.runner import play_all
from simulator.results.manifest import Request
from simulator.results.summary import summarize
from simulator.results.tables import influencers_table, runs_table
from simulator.scenario.loader import load_campaign

FILE = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
REQUEST = Request("quick.yaml", "none", "compiled", "local")
Figure = dict[str, float | None]


def studies(count: int, runs: int, first: int) -> Iterator[dict[str, Figure]]:
    """Figures with their intervals of each study, by name; seeds count from `first`."""
    for seed in range(first, first + count):
        scenario, plan = load_campaign(FILE, (f"seed={seed}", f"runs={runs}", "worlds=8"))
        outcomes = sorted(play_all(scenario, plan, runs=runs, executor="serial"), key=lambda o: (o.arm, o.run))
        tables = runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}), influencers_table(outcomes)
        yield figures(summarize(scenario, plan, *tables, REQUEST))


def figures(summary: dict[str, Any]) -> dict[str, Figure]:
    """Everything of an answer that has an interval, by kind and arm."""
    found: dict[str, Figure] = {}
    for arm in summary["arms"]:
        if arm["arm"] == "no campaign":
            continue
        metrics = arm["metrics"]
        tail = {end: arm[f"profit_cvar05{name}"] for end, name in (("value", ""), ("low", "_low"), ("high", "_high"))}
        found |= {
            f"mean: profit of {arm['arm']}": arm["versus_no_campaign"],
            f"mean: orders of {arm['arm']}": metrics["incremental_orders"],
            f"mean: engagements of {arm['arm']}": metrics["engagements"],
            f"ratio of means: ROI of {arm['arm']}": metrics["roi"],
            f"ratio of means: cost per engagement of {arm['arm']}": metrics["cpe"],
            f"probability: P(best) of {arm['arm']}": arm["p_best"],
            f"probability: P(ROI > 0) of {arm['arm']}": arm["p_roi_above_0"],
            f"regret of {arm['arm']}": arm["regret"],
            f"mean of the worst 5% of {arm['arm']}": tail,
        }
    for pair in summary["pairs"]:
        if "no campaign" not in (pair["arm"], pair["other"]):
            found[f"paired difference: {pair['metric']}"] = pair["difference"]
    return found
