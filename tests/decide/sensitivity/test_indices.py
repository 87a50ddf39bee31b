"""Indices of functions whose indices are known, through the pipeline that the simulator uses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.decide.sampling import trajectories
from simulator.decide.sensitivity.indices import effects, sobol_indices, sobol_points

# Ishigami and Homma 1990 with a = 7, b = 0.1, numbers uniform from -pi to pi; indices in closed form.
A, B = 7.0, 0.1
PARTS = (0.5 * (1 + B * math.pi**4 / 5) ** 2, A * A / 8, 0.0)
MIXED = 8 * B * B * math.pi**8 / 225
TOTAL = sum(PARTS) + MIXED
FIRST = [part / TOTAL for part in PARTS]
WHOLE = [(PARTS[0] + MIXED) / TOTAL, PARTS[1] / TOTAL, MIXED / TOTAL]


def ishigami(points: np.ndarray) -> np.ndarray:
    x, y, z = (math.pi * (2.0 * points - 1.0)).T
    return np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x)


@pytest.mark.parametrize("seed", [1, 20261122])
def test_sobol_indices_of_ishigami_lie_within_their_intervals(seed: int) -> None:
    found = sobol_indices(["x", "y", "z"], ishigami(sobol_points(3, 1024, seed)), seed)
    for index, first, total in zip(found, FIRST, WHOLE, strict=True):
        assert abs(index.first.value - first) <= index.first.half_width
        assert abs(index.total.value - total) <= index.total.half_width
        assert index.total.half_width < 0.1


def test_a_constant_function_has_no_indices() -> None:
    found = sobol_indices(["x", "y"], np.ones(len(sobol_points(2, 64, 1))), 1)
    assert [0.0, 0.0] == [index.total.value for index in found]


def test_elementary_effects_of_a_plane_are_its_slopes() -> None:
    points = trajectories(3, 8, 3)
    found = effects(["a", "b", "c"], points, points @ np.array([3.0, -2.0, 0.0]), 3)
    assert [3.0, -2.0, 0.0] == pytest.approx([effect.mean for effect in found], abs=1e-9)
    assert [3.0, 2.0, 0.0] == pytest.approx([effect.size.value for effect in found], abs=1e-9)
    assert [0.0, 0.0, 0.0] == pytest.approx([effect.spread for effect in found], abs=1e-9)


def test_an_interaction_shows_as_varying_effects() -> None:
    points = trajectories(2, 32, 3)
    found = effects(["a", "b"], points, points[:, 0] * points[:, 1], 3)
    assert all(effect.spread > 0.1 for effect in found)


def test_an_interval_of_effects_is_that_of_their_mean_with_95_percent() -> None:
    """All effects of a product are positive, so their sizes scatter as they do: by `spread`, each of 200."""
    points = trajectories(2, 200, 3)
    for effect in effects(["a", "b"], points, points[:, 0] * points[:, 1], 3):
        assert 1.96 * effect.spread / math.sqrt(200) == pytest.approx(effect.size.half_width, rel=0.15)
