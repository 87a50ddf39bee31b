"""The parts of a spread come out as they were put in, and are nothing where there is nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from results.noise import alike, grouped, normals

from simulator.results.arms import ArmRuns
from simulator.results.variance import IGNORANCE, LUCK, NETWORK, NOT_APART, parts_of

REPEATS = 400


def studies(groups: np.ndarray, by_world: float, by_draw: float) -> dict[str, np.ndarray]:
    """Variance, its error, share and its error of each part, [study, figure]."""
    arm = ArmRuns("a", groups, {}, ())
    found: dict[str, list[list[float]]] = {}
    for about in range(REPEATS):
        parts = parts_of(alike(groups, by_world=by_world, by_draw=by_draw, about=about), arm)
        for name, part in parts.items():
            figures = [part.variance.value, part.variance.error, part.share.value, part.share.error]
            found.setdefault(name, []).append(figures)
    return {name: np.array(figures) for name, figures in found.items()}


@pytest.mark.parametrize(("worlds", "replicates"), [(64, 2), (16, 4), (9, 2), (8, 8)])
@pytest.mark.parametrize(("by_world", "by_draw"), [(0.5, 1.0), (0.0, 0.0), (0.2, 0.0)])
def test_parts_are_unbiased(worlds: int, replicates: int, by_world: float, by_draw: float) -> None:
    there = np.arange(1, 801)[np.arange(800) % 11 != 4]
    found = studies(grouped(there, worlds, replicates), by_world, by_draw)
    for name, true in ((NETWORK, by_world**2), (IGNORANCE, by_draw**2), (LUCK, 1.0)):
        values = found[name][:, 0]
        assert abs(values.mean() - true) < 4 * values.std() / math.sqrt(REPEATS)


def test_errors_of_luck_and_ignorance_are_calibrated() -> None:
    """Deviations in units of the stated errors have mean 0 and the spread of Student's t."""
    found = studies(grouped(np.arange(1, 1601), 32, 2), 0.1, 1.0)
    for name, true in ((IGNORANCE, 1.0), (LUCK, 1.0)):
        off = (found[name][:, 0] - true) / found[name][:, 1]
        assert abs(off.mean()) < 4 * off.std() / math.sqrt(REPEATS) + 0.1
        assert 0.85 < off.std() < 1.2
        off = (found[name][:, 2] - true / 2.01) / found[name][:, 3]
        assert 0.85 < off.std() < 1.2


@pytest.mark.parametrize("worlds", [8, 32])
def test_the_error_of_the_network_is_the_spread_of_its_part(worlds: int) -> None:
    """On average over studies: 8 worlds tell so little of their scatter that single errors are as uncertain."""
    found = studies(grouped(np.arange(1, 801), worlds, 2), 0.5, 0.5)[NETWORK]
    for value, error in ((0, 1), (2, 3)):
        stated = math.sqrt(np.mean(found[:, error] ** 2))
        assert 0.9 < stated / found[:, value].std() < 1.2


def test_shares_sum_to_one_and_a_single_world_shows_no_network() -> None:
    arm = ArmRuns("a", grouped(np.arange(1, 201), 1, 2), {}, ())
    parts = parts_of(alike(arm.worlds, by_world=0.0, by_draw=1.0, about=1), arm)
    assert {IGNORANCE, LUCK} == set(parts)
    assert 1.0 == pytest.approx(sum(part.share.value for part in parts.values()))


def test_draws_of_one_run_leave_luck_and_ignorance_together() -> None:
    found = studies(grouped(np.arange(1, 801), 16, 1), 0.5, 0.0)
    assert {NETWORK, NOT_APART} == set(found)
    assert np.allclose(1.0, found[NETWORK][:, 2] + found[NOT_APART][:, 2])
    assert np.allclose(found[NETWORK][:, 3], found[NOT_APART][:, 3])
    assert abs(found[NETWORK][:, 0].mean() - 0.25) < 4 * found[NETWORK][:, 0].std() / math.sqrt(REPEATS)


def test_runs_without_the_figure_are_left_out() -> None:
    groups = grouped(np.arange(1, 401), 8, 2)
    values = normals(400, about=3)
    there = np.arange(400) % 5 != 0
    left = parts_of(np.where(there, values, np.nan), ArmRuns("a", groups, {}, ()))
    alone = parts_of(values[there], ArmRuns("a", groups[:, there], {}, ()))
    assert alone == left


def test_without_spread_or_runs_there_are_no_parts() -> None:
    groups = grouped(np.arange(1, 41), 8, 2)
    assert {} == parts_of(np.full(40, 7.0), ArmRuns("a", groups, {}, ()))
    assert {} == parts_of(normals(7, about=1), ArmRuns("a", groups[:, :7], {}, ()))
    assert {} == parts_of(np.full(40, np.nan), ArmRuns("a", groups, {}, ()))


def test_the_deviation_of_a_part_below_zero_is_zero_but_its_share_says_so() -> None:
    arm = ArmRuns("a", grouped(np.arange(1, 401), 8, 2), {}, ())
    below = [parts_of(normals(400, about=about), arm)[NETWORK] for about in range(20)]
    lowest = min(below, key=lambda part: part.share.value).as_dict()
    assert lowest["share"] < 0.0 == lowest["sd"] < lowest["sd_error"]
