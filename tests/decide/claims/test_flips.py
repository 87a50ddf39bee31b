"""The number an effect hangs on is found among many, with the value at which the sign flips."""

from __future__ import annotations

import numpy as np
from chance import normals

from simulator.decide.claims.flips import flip_of

DRAWS = 120
NUMBERS = {f"number {k}": normals(DRAWS, about=k) for k in range(20)}


def played(effect: np.ndarray, luck: float) -> np.ndarray:
    return effect[:, None] + luck * normals(DRAWS, 8, about=99)


def test_the_number_that_matters_is_found_with_its_value() -> None:
    flip = flip_of(played(2.0 * (NUMBERS["number 7"] - 0.5), 2.0), 8, NUMBERS)
    assert flip is not None
    assert "number 7" == flip.parameter
    assert abs(flip.value - 0.5) < 4 * 2.0 / np.sqrt(8 * DRAWS) / 2.0 + 0.1


def test_an_effect_of_the_logarithm_flips_where_it_should() -> None:
    halo = 3.0 * np.exp(0.9 * normals(DRAWS, about=50))
    flip = flip_of(played(np.log(halo / 5.0), 0.5), 8, {**NUMBERS, "halo": halo})
    assert flip is not None
    assert "halo" == flip.parameter
    assert abs(flip.value / 5.0 - 1.0) < 0.15


def test_a_number_whose_sign_never_flips_in_its_range_is_not_blamed() -> None:
    share = 0.5 + 0.1 * np.tanh(NUMBERS["number 3"])
    assert flip_of(played(4.0 + 10.0 * share, 1.0), 8, {"share": share}) is None


def test_luck_blames_no_number() -> None:
    assert flip_of(played(np.zeros(DRAWS), 1.0), 8, NUMBERS) is None


def test_a_number_that_does_not_vary_is_no_candidate() -> None:
    assert flip_of(played(NUMBERS["number 1"], 1.0), 8, {"fixed": np.full(DRAWS, 2.0)}) is None
