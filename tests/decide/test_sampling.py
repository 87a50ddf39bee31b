"""Designs cover the cube as they promise."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.decide.choices import DESIGNS, Design
from simulator.decide.sampling import LEVELS, MOST_POINTS, sampled
from simulator.errors import InputProblems


def test_a_grid_has_all_combinations_with_both_ends() -> None:
    found = sampled("grid", 2, 12, seed=1)
    assert (9, 2) == found.shape  # three by three fit into twelve
    assert {(a, b) for a in (0.0, 0.5, 1.0) for b in (0.0, 0.5, 1.0)} == set(map(tuple, found.tolist()))


@pytest.mark.parametrize(("numbers", "steps"), [(3, 4), (3, 5), (3, 6), (2, 44), (5, 3)])
def test_a_grid_that_fits_exactly_takes_all_points(numbers: int, steps: int) -> None:
    """A cube root of 64 is 3.9999999999999996 to a computer."""
    assert steps**numbers == len(sampled("grid", numbers, steps**numbers, seed=1))
    assert (steps - 1) ** numbers == len(sampled("grid", numbers, steps**numbers - 1, seed=1))


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


def test_morris_takes_no_fewer_points_than_are_asked_for_and_no_trajectory_too_many() -> None:
    assert [8, 16, 20] == [len(sampled("morris", 3, points, seed=5)) for points in (2, 16, 17)]


def test_a_design_follows_its_seed() -> None:
    for kind in ("latin_hypercube", "sobol", "morris"):
        assert np.array_equal(sampled(kind, 3, 16, seed=5), sampled(kind, 3, 16, seed=5))
        assert not np.array_equal(sampled(kind, 3, 16, seed=5), sampled(kind, 3, 16, seed=6))


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize("points", [-1, 0, 1, MOST_POINTS + 1])
def test_no_design_takes_less_than_two_points_or_too_many(kind: Design, points: int) -> None:
    with pytest.raises(InputProblems, match=f"{points} is not from 2 to 2,000; ask for 32"):
        sampled(kind, 1, points, seed=1)


@pytest.mark.parametrize(("numbers", "points"), [(12, None), (3, 5), (1, 1), (2, 10**6)])
def test_what_no_grid_can_do_is_refused_with_a_remedy(numbers: int, points: int | None) -> None:
    with pytest.raises(InputProblems, match=r"choose --design latin_hypercube|ask for 32"):
        sampled("grid", numbers, points, seed=1)
