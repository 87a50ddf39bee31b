"""Arms are compared run by run: what both share cancels, and every figure has an interval that holds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from results.noise import alike, grouped, normals

from simulator.results.arms import ArmRuns
from simulator.results.paired import all_pairs, paired, regret

GROUPS = grouped(np.arange(1, 401), 8, 2)


def profit(arm: ArmRuns) -> np.ndarray:
    return arm.profit


def arm(name: str, values: np.ndarray, groups: np.ndarray = GROUPS) -> ArmRuns:
    return ArmRuns(name, groups, {"profit": values}, ())


def two(about: int, *, own: float = 0.5, lead: float = 0.2) -> tuple[ArmRuns, ArmRuns]:
    """Two arms with the same luck and a little of their own; the first leads."""
    common = alike(GROUPS, by_world=0.3, by_draw=1.0, about=5 * about)
    one, other = (own * normals(400, about=900_000 + 5 * about + k) for k in (0, 1))
    return arm("one", lead + common + one), arm("other", common + other)


def test_a_pair_agrees_with_its_plain_figures() -> None:
    one, other = two(1)
    pair = paired(one, other, profit)
    gap = one.profit - other.profit
    assert np.mean(gap) == pytest.approx(pair.difference.value)
    assert np.mean(gap > 0) == pair.better.value
    assert np.corrcoef(one.profit, other.profit)[0, 1] == pytest.approx(pair.correlation.value)
    reduction = (np.var(one.profit) + np.var(other.profit)) / np.var(gap)
    assert reduction == pytest.approx(pair.variance_reduction.value)


def test_equal_runs_count_half_and_an_arm_that_never_varies_has_no_correlation() -> None:
    quiet, swinging = arm("quiet", np.zeros(400)), arm("swinging", np.resize([0.0, 1.0, -1.0, 0.0], 400))
    pair = paired(quiet, swinging, profit)
    assert 0.5 == pair.better.value
    assert pair.correlation is None
    assert 1.0 == pytest.approx(pair.variance_reduction.value)
    assert paired(swinging, swinging, profit).variance_reduction is None


def test_runs_without_the_figure_are_left_out() -> None:
    one, other = two(2)
    half = np.where(np.arange(400) % 3 == 0, np.nan, one.profit)
    there = ~np.isnan(half)
    found = paired(arm("one", half), other, profit)
    assert paired(arm("a", half[there], GROUPS[:, there]), arm("b", other.profit[there]), profit) == found
    assert paired(arm("one", np.full(400, np.nan)), other, profit) is None


def test_intervals_of_pairs_hold() -> None:
    """1,000 pairs of known truth: the lead, how often it shows in a run, the correlation, and what common dice save."""
    variance = 1.0 + 0.09 + 1.0
    truths = {
        "difference": 0.2,
        "better": 0.5 * (1 + math.erf(0.2 / math.sqrt(0.5) / math.sqrt(2))),
        "correlation": variance / (variance + 0.25),
        "variance_reduction": 2 * (variance + 0.25) / 0.5,
    }
    hits = dict.fromkeys(truths, 0)
    for about in range(1000):
        pair = paired(*two(about), profit)
        for name, true in truths.items():
            low, high = getattr(pair, name).interval()
            hits[name] += low <= true <= high
    for name, count in hits.items():
        assert abs(count / 1000 - 0.95) < 0.01 + 4 * math.sqrt(0.95 * 0.05 / 1000), name


def test_regret_is_what_the_best_of_each_run_earns_more() -> None:
    profits = np.array([[1.0, 5.0, 0.0, 2.0], [3.0, 4.0, 0.0, 9.0]])
    world = np.arange(4) % 2
    assert [2.25, 0.25] == [regret(arm("a", own, world), profits.max(axis=0)).value for own in profits]


def test_all_pairs_are_there_by_every_metric_that_both_have() -> None:
    def full(name: str, roi: float) -> ArmRuns:
        columns = {"profit": normals(400, about=9), "roi": np.full(400, roi), "incremental_orders": np.arange(400.0)}
        return ArmRuns(name, GROUPS, columns, ())

    found = all_pairs([full("no campaign", np.nan), full("a", 0.1), full("b", 0.2)])
    assert [("profit", "no campaign", "a"), ("incremental_orders", "no campaign", "a")] == [
        (pair["metric"], pair["arm"], pair["other"]) for pair in found[:2]
    ]
    assert 2 + 2 + 3 == len(found)
