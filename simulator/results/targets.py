"""Targets of a scenario, such as `roi: ">= 0"`: in which share of the runs an arm meets them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from simulator.errors import InputProblems, Problem
from simulator.results.arms import ArmRuns
from simulator.results.metrics import metrics_of
from simulator.results.statistics import share

COMPARISONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def parse_target(metric: str, text: str) -> tuple[str, float]:
    """Comparison and bound of a target. Raises InputProblems for an unknown metric or comparison."""
    names = [item.name for item in metrics_of("runs")]
    if metric not in names:
        raise InputProblems([Problem(f"targets.{metric}", "is not a metric of runs", f"use one of {', '.join(names)}")])
    match = re.fullmatch(r"\s*(>=|<=|>|<)\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)\s*", text)
    if match is None:
        remedy = 'write a comparison and a number, such as ">= 0"'
        raise InputProblems([Problem(f"targets.{metric}", f"{text!r} is not a target", remedy)])
    return match[1], float(match[2])


def target_shares(arm: ArmRuns, targets: Mapping[str, str]) -> dict[str, Any]:
    """P(target met) and its error, by target. A run in which the metric is undefined misses it; none if all do."""
    met = {}
    for metric, text in targets.items():
        comparison, bound = parse_target(metric, text)
        values = arm.columns[metric]
        reached = COMPARISONS[comparison](np.nan_to_num(values), bound) & ~np.isnan(values)
        defined = not np.isnan(values).all()
        met[f"{metric} {comparison} {bound:g}"] = share(reached, arm.worlds).as_dict() if defined else None
    return met
