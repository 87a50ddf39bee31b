"""Synthetic studies that end when they are precise enough, by the looks and the two readings of `run --precision`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from verifying.synthetic import LEAD, OWN, Case, scores, truths

from simulator.experiment.design import rounds
from simulator.experiment.stopping import FIRST_LOOK
from simulator.results.arms import ArmRuns, metric_estimate
from simulator.results.estimate import Estimate
from simulator.results.metrics import BY_NAME
from simulator.results.precision import half_width, plain_half_width
from simulator.results.statistics import Values, best_shares, share

MOST_RUNS = 12_000
TARGETS = (1_000, 4_000)  # independent runs that would do
EFFECTS = ((0.0, 0.0), (0.0, 1.0), (0.0, 3.0), (0.02, 1.0), (0.1, 1.0))


@dataclass(frozen=True)
class Ended:
    """How one study ended: whether precise enough, after how many runs, and its interval then."""

    met: bool
    runs: int
    estimate: Estimate


def cases() -> Iterator[tuple[Case, str, int]]:
    """Kinds of study, what is to be precise, and for how many independent runs the width is right."""
    for effects in EFFECTS:
        for shape in ("normal", "skewed"):
            for target in TARGETS:
                yield Case(8, 2, MOST_RUNS, *effects, shape), "profit", target
        for target in TARGETS:
            yield Case(8, 2, MOST_RUNS, *effects), "best", target


def width(case: Case, metric: str, target: int) -> float:
    """The half width asked for."""
    if metric == "best":
        better = truths(case)["P(best)"]
        return 1.96 * math.sqrt(better * (1.0 - better) / target)
    spread = 1.0
    if case.shape == "skewed":
        spread = truths(case)["mean"] * math.sqrt(math.expm1(0.8**2))
    return 1.96 * spread / math.sqrt(target)


def truth(case: Case, metric: str) -> float:
    return truths(case)["P(best)" if metric == "best" else "mean"]


def studies(case: Case, metric: str, target: int, repeats: int, about: int) -> Iterator[Ended]:
    """How each study ends."""
    numbers = np.arange(1, case.runs + 1)
    groups = np.stack([(numbers - 1) % case.worlds, (numbers - 1) // case.replicates + 1])
    wanted = width(case, metric, target)
    for repeat in range(repeats):
        one, three = (scores(case, *groups, (about, 4 * repeat + k)) for k in (0, 2))
        profit = one if case.shape == "normal" else np.exp(0.8 * one)
        yield _ended(case, metric, wanted, groups, [profit, profit - LEAD - OWN * three])


def _ended(case: Case, metric: str, wanted: float, groups: Values, profits: list[Values]) -> Ended:
    for runs in rounds(case.runs, whole=case.worlds * case.replicates):
        if runs < FIRST_LOOK:
            continue
        alike = groups[:, :runs]
        kept = profits if metric == "best" else profits[:1]
        arms = [ArmRuns(f"arm {number}", alike, {"profit": each[:runs]}, ()) for number, each in enumerate(kept)]
        if max(half_width(metric, arms), plain_half_width(metric, arms)) <= wanted:
            return Ended(True, runs, _estimate(metric, arms))
    return Ended(False, runs, _estimate(metric, arms))


def _estimate(metric: str, arms: list[ArmRuns]) -> Estimate:
    if metric == "best":
        return share(best_shares(np.stack([arm.profit for arm in arms]))[0], arms[0].alike)
    found = metric_estimate(BY_NAME[metric], arms[0])
    assert found is not None
    return found
