"""Targets of a scenario, such as `roi: ">= 0"`: in which share of the runs an arm meets them."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from simulator.errors import InputProblems, Problem
from simulator.results.arms import ArmRuns
from simulator.results.metrics import metrics_of
from simulator.results.statistics import share
from simulator.scenario.problems import did_you_mean

COMPARISONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def target_problems(targets: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the targets of a scenario: metrics that runs don't have, and texts that compare nothing."""
    metrics = [metric.name for metric in metrics_of("runs")]
    problems = []
    for name, text in targets.items():
        if name not in metrics:
            problems.append(Problem(f"targets.{name}", "is not a metric of runs", did_you_mean(name, metrics)))
        try:
            parsed(text)
        except ValueError:
            remedy = 'write a comparison and a number, such as ">= 0"'
            problems.append(Problem(f"targets.{name}", f"{text!r} is not a target", remedy))
    return problems


def parsed(text: str) -> tuple[str, float]:
    """Comparison and bound of a target. Raises ValueError for any other text."""
    match = re.fullmatch(r"\s*(>=|<=|>|<)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*", text)
    if match is None or not math.isfinite(float(match[2])):
        raise ValueError(text)
    return match[1], float(match[2])


def stated_target(text: str, where: str) -> tuple[str, str]:
    """Metric and comparison of a target in one text, such as `roi >= 0.2`. Raises InputProblems that name `where`.

    `ROI`, as tables write it, is `roi`.
    """
    match = re.fullmatch(r"\s*(\w+)\s*(.*)", text, re.DOTALL)
    name, comparison = (match[1].lower(), match[2]) if match else ("", text)
    if problems := target_problems({name: comparison}):
        raise InputProblems([replace(problem, path=f"{where} {text!r}") for problem in problems])
    return name, comparison


def target_shares(arm: ArmRuns, targets: Mapping[str, str]) -> dict[str, Any]:
    """P(target met) and its error, by target. A run in which the metric is undefined misses it; none if all do."""
    met = {}
    for metric, text in targets.items():
        comparison, bound = parsed(text)
        values = arm.columns[metric]
        reached = COMPARISONS[comparison](np.nan_to_num(values), bound) & ~np.isnan(values)
        defined = not np.isnan(values).all()
        met[f"{metric} {comparison} {bound:g}"] = share(reached, arm.alike).as_dict() if defined else None
    return met
