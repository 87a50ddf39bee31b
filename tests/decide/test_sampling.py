"""Designs cover the cube as they promise."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.decide.sampling import LEVELS, sampled
from simulator.errors import InputProblems


def test_a_grid_has_all_combinations_with_both_ends() -> None:
    found = sampled("grid", 2, 12, seed=1)
    assert (9, 2) == found.shape  # three by three fit into twelve
    assert {(a, b) for a in (0.0, 0.5, 1.0) for b in (0.0, 0.5, 1.0)} == set(map(tuple, found.tolist()))


@pytest.mark.parametrize("numbers", [1, 3])
def test_a_latin_hypercube_has_one_point_in_every_stratum(numbers: int) -> None:
    found = sampled("latin_hypercube", numbers, 16, seed=3)
    for column in found.T:
        assert list(range(16)) == sorted(np.floor(column * 16).astype(int).tolist())


def test_a_sobol_sequence_fills_elementary_boxes() -> None:
    found = sampled("sobol", 2, 16, seed=3)
    boxes = np.floor(found * [4, 4]).astype(int)
    assert 16 == len({tuple(box) for box in boxes.tolist()})


def test_a_morris_trajectory_moves_one_number_at_a_time() -> None:
    found = sampled("morris", 3, 16, seed=5)
    assert (16, 3) == found.shape  # four trajectories
    for trajectory in found.reshape(-1, 4, 3):
        steps = np.abs(np.diff(trajectory, axis=0))
        assert [1, 1, 1] == np.count_nonzero(steps, axis=1).tolist()
        assert [1, 1, 1] == np.count_nonzero(steps, axis=0).tolist()
        assert LEVELS / 2 / (LEVELS - 1) == pytest.approx(steps.max(axis=0)[0])


def test_a_design_follows_its_seed() -> None:
    for kind in ("latin_hypercube", "sobol", "morris"):
        assert np.array_equal(sampled(kind, 3, 16, seed=5), sampled(kind, 3, 16, seed=5))
        assert not np.array_equal(sampled(kind, 3, 16, seed=5), sampled(kind, 3, 16, seed=6))


@pytest.mark.parametrize(("numbers", "points"), [(12, None), (3, 5), (1, 1), (2, 10**6)])
def test_what_no_grid_can_do_is_refused_with_a_remedy(numbers: int, points: int | None) -> None:
    with pytest.raises(InputProblems, match=r"choose --design latin_hypercube|ask for 32"):
        sampled("grid", numbers, points, seed=1)
