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


def test_a_number_at_which_the_sign_never_flips_in_its_range_is_named_without_a_value() -> None:
    share = 0.5 + 0.1 * np.tanh(NUMBERS["number 3"])
    flip = flip_of(played(4.0 + 10.0 * share, 1.0), 8, {"share": share})
    assert flip is not None
    assert ("share", None) == (flip.parameter, flip.value)


def test_a_number_that_flips_the_sign_goes_before_one_that_explains_more() -> None:
    half = np.clip(NUMBERS["number 3"], -1.0, 1.0)
    effect = 3.0 + 2.0 * half + 0.5 * NUMBERS["number 4"]
    spread = {"strong": half, "far": np.append(NUMBERS["number 4"][1:], 0.0)}
    alone = flip_of(played(effect, 0.5), 8, spread)
    assert alone is not None
    assert ("strong", None) == (alone.parameter, alone.value)
    flips = flip_of(played(effect - 2.8, 0.5), 8, {"other": NUMBERS["number 4"], **spread})
    assert flips is not None
    assert flips.value is not None


def test_few_draws_tell_nothing() -> None:
    few = np.linspace(-1.0, 1.0, 19)
    assert flip_of(few[:, None] + np.zeros((19, 8)) + 1e-3 * normals(19, 8, about=98), 8, {"few": few}) is None


def test_luck_blames_no_number() -> None:
    assert flip_of(played(np.zeros(DRAWS), 1.0), 8, NUMBERS) is None


def test_a_number_that_does_not_vary_is_no_candidate() -> None:
    assert flip_of(played(NUMBERS["number 1"], 1.0), 8, {"fixed": np.full(DRAWS, 2.0)}) is None
