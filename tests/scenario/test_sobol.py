"""A number's path names its dimension of the Sobol' sequence, and scrambling keeps the points a net."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

from simulator.scenario.draws import SHARED, uncertain_numbers
from simulator.scenario.sobol import (
    ALL_DIMENSIONS,
    KNOWN_DIMENSIONS,
    dimension_of,
    dimension_problems,
    known_dimensions,
    scrambled_point,
)

CLICK, HALO, HIRED = "platform.click_rate", "behavior.halo", "arms.a.hire.0.followers"


def points(path: str, places: int, *, seed: int = 7, lane: int = 0) -> NDArray:
    """A number's quantiles at the first places of a lane."""
    return np.array([scrambled_point(seed, path, "", lane, place) for place in range(places)])


@pytest.mark.parametrize("path", [CLICK, HALO, HIRED])
@pytest.mark.parametrize("digits", [1, 4, 7])
def test_so_many_places_of_a_sobol_sequence_visit_each_stratum_once(path: str, digits: int) -> None:
    """So many from the start, and again from there on."""
    many = 1 << digits
    strata = (points(path, 3 * many) * many).astype(int).reshape(3, many)
    assert all(list(range(many)) == sorted(block) for block in strata)


def test_scrambling_keeps_the_net_in_two_dimensions() -> None:
    """The first two dimensions put one of 2^k points in each of 2^k equal boxes, whatever the boxes' shape."""
    x, y = (points(path, 64) for path in list(known_dimensions())[:2])
    for wide in range(7):
        boxes = (x * 2**wide).astype(int) * 2 ** (6 - wide) + (y * 2 ** (6 - wide)).astype(int)
        assert list(range(64)) == sorted(boxes)


def test_points_are_those_of_scipy_before_scrambling() -> None:
    from simulator.scenario.sobol import _directions, _point

    table = _directions(12, whole=False)
    points = qmc.Sobol(KNOWN_DIMENSIONS, scramble=False, bits=32).random(64) * 2.0**32
    for dimension in (0, 1, 2, 17, KNOWN_DIMENSIONS - 1):
        assert points[:, dimension].tolist() == [_point(table[dimension], place) for place in range(64)]


def test_a_digit_is_flipped_by_the_digits_before_it() -> None:
    """Owen's scrambling: the second digits of points in different halves are flipped independently."""
    first, second = ({seed: points(CLICK, 2, seed=seed)[k] for seed in range(200)} for k in (0, 1))
    same_quarter = sum(int(first[seed] * 4) % 2 == int(second[seed] * 4) % 2 for seed in range(200))
    assert abs(same_quarter - 100) < 4.0 * np.sqrt(50.0)


def test_lanes_and_seeds_scramble_anew() -> None:
    ways = [points(CLICK, 16), points(CLICK, 16, lane=1), points(CLICK, 16, seed=8), points(HALO, 16)]
    assert 64 == len({float(quantile) for way in ways for quantile in way})


def test_a_place_far_along_is_that_of_the_whole_sequence() -> None:
    """Direction numbers are worked out for a few digits at first; with more of them, the same points come out."""
    from simulator.scenario.sobol import _directions

    few, many = _directions(12, whole=False), _directions(17, whole=False)
    assert np.array_equal(few, many[:, :12])
    assert np.array_equal(few[:5], _directions(12, whole=True)[:5])
    x = np.array([scrambled_point(7, CLICK, "", 0, place) for place in range(4096, 8192)])
    assert list(range(4096)) == sorted((x * 4096).astype(int))


def test_dimensions_know_every_number_that_may_follow_the_design(campaign, base: str) -> None:
    from simulator.catalog import entries

    everything = f"mechanisms: {{{', '.join(f'{name}: on' for name in entries('mechanisms'))}}}\n"
    paths = [n.path for n in uncertain_numbers(campaign(base + everything)[0]) if n.varies in SHARED]
    known = known_dimensions()
    assert len(paths) > 100
    assert set() == set(paths) - set(known)
    assert list(range(len(known))) == list(known.values())


def test_numbers_of_a_scenario_have_dimensions_of_their_own() -> None:
    for path in (HIRED, "arms.b.hire.0.followers", "population.network.exponent"):
        assert KNOWN_DIMENSIONS <= dimension_of(path) < ALL_DIMENSIONS
    assert dimension_of(CLICK) != dimension_of(CLICK, "somebody")


def test_numbers_that_would_share_a_dimension_are_refused() -> None:
    found: dict[int, str] = {}
    paths = (f"arms.arm {k}.hire.0.followers" for k in range(5000))
    clash = next((found[d], path) for path in paths if (d := dimension_of(path)) in found or found.update({d: path}))
    assert [] == list(dimension_problems([CLICK, HALO, HIRED, HIRED]))
    (problem,) = dimension_problems([*clash, CLICK])
    assert problem.path in clash
    assert "latin_hypercube" in str(problem.suggestion)
