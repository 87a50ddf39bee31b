"""The chance that an effect is above zero: right where luck drowns ignorance, and its error covers the truth."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pytest
from chance import normals
from scipy.special import polygamma

from simulator.decide.claims.probability import _trigamma, effects, probability_above_zero
from simulator.decide.claims.verdict import verdict_of

DRAWS, REPLICATES, WORLDS = 80, 8, 8


class Found(NamedTuple):
    """Probabilities, errors and naive shares of many experiments."""

    values: np.ndarray
    errors: np.ndarray
    naive: np.ndarray


def experiments(
    count: int, *, mean: float, spread: float, luck: float, worlds: float = 0.0, scale: float = 0.0, about: int = 0
) -> Found:
    """Effects are mean + spread x normal, each draw on a scale of its own; replicates add luck and their world."""
    found = []
    for k in range(count):
        size = DRAWS * (2 + REPLICATES) + WORLDS
        numbers = normals(size, about=1000 * about + k)
        theta, scales, by_world, rest = np.split(numbers, [DRAWS, 2 * DRAWS, 2 * DRAWS + WORLDS])
        values = (mean + spread * theta)[:, None] + worlds * by_world + luck * rest.reshape(DRAWS, REPLICATES)
        values *= np.exp(scale * scales)[:, None]
        estimate = probability_above_zero(values, WORLDS)
        found.append((estimate.value, estimate.error, np.mean(values.mean(axis=1) > 0)))
    return Found(*np.array(found).T)


@pytest.mark.parametrize(("luck", "scale"), [(0.5, 0.0), (4.0, 0.0), (4.0, 1.0)], ids=["little luck", "luck", "scales"])
def test_luck_is_taken_out_of_the_probability(luck: float, scale: float) -> None:
    """The share of draws with a positive mean is far too low where luck dwarfs what the draws differ by."""
    true = NormalDist().cdf(1.28)
    found = experiments(40, mean=1.28, spread=1.0, luck=luck, scale=scale, about=1)
    assert abs(np.mean(found.values) - true) < 4 * np.std(found.values) / math.sqrt(40) + 0.01
    assert (np.mean(found.naive) < true - 0.1) == (luck > 1)


@pytest.mark.parametrize("luck", [1.0, 4.0])
def test_the_stated_error_covers_the_truth(luck: float) -> None:
    """Two errors hold the truth in nearly all of 40 experiments, and are not much wider than need be."""
    true = NormalDist().cdf(1.0)
    found = experiments(40, mean=1.0, spread=1.0, luck=luck, about=2)
    covered = np.mean(np.abs(found.values - true) <= 2 * found.errors)
    assert covered > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 40)
    assert np.mean(found.errors) < 2.5 * np.std(found.values)


@pytest.mark.parametrize("luck", [4.0, 8.0])
def test_a_chance_below_the_border_is_hardly_ever_told_to_hold(luck: float) -> None:
    """Also where luck hides that draws differ at all: no spread seen is not no spread."""
    found = experiments(40, mean=1.04, spread=1.0, luck=luck, about=3)  # a chance of 0.85
    assert not any(verdict_of(estimate_of(value, error)) == "holds" for value, error in zip(*found[:2], strict=True))


def test_luck_without_any_ignorance_leaves_no_doubt_about_the_sign_but_an_honest_error() -> None:
    """All draws have the same effect: with an effect of twelve standard errors, the chance is near one."""
    found = experiments(20, mean=2.0, spread=0.0, luck=4.0, about=4)
    assert np.mean(found.values) > 0.97
    weak = experiments(20, mean=0.15, spread=0.0, luck=4.0, about=5)  # one standard error
    assert np.mean(weak.errors) > 0.15


def test_people_of_a_world_are_luck_and_their_chance_is_in_the_error() -> None:
    alike = experiments(30, mean=1.0, spread=1.0, luck=1.0, about=6)
    different = experiments(30, mean=1.0, spread=1.0, luck=1.0, worlds=1.5, about=6)
    assert np.mean(different.errors) > 1.5 * np.mean(alike.errors)
    covered = np.abs(different.values - NormalDist().cdf(1.0)) <= 2 * different.errors
    assert np.mean(covered) > 0.9 - 4 * math.sqrt(0.9 * 0.1 / 30)


def test_without_luck_the_probability_is_the_share_of_draws() -> None:
    values = np.repeat(np.where(np.arange(40) < 30, 2.0, -1.0)[:, None], 8, axis=1)
    estimate = probability_above_zero(values, 4)
    assert 0.75 == estimate.value
    assert abs(estimate.error - math.sqrt(0.75 * 0.25 / 39)) < 1e-9


def test_a_chance_never_seen_keeps_the_weight_of_a_draw() -> None:
    never = probability_above_zero(np.ones((50, 8)), 8)
    assert (1.0, 1 / 50) == (never.value, never.error)


def test_no_effect_at_all_is_neither_sign() -> None:
    assert 0.5 == probability_above_zero(np.zeros((10, 4)), 2).value


def test_the_opposite_sign_has_the_opposite_chance_and_units_do_not_matter() -> None:
    values = 0.5 + normals(50, 8, about=9)
    value = probability_above_zero(values, 8)
    assert pytest.approx(1.0 - value.value) == probability_above_zero(-values, 8).value
    assert pytest.approx(value.value) == probability_above_zero(1e6 * values, 8).value


def test_effects_of_worlds_are_set_aside() -> None:
    world = 3.0 * normals(8, about=10)
    plain = normals(60, 8, about=11)
    with_worlds = effects(plain + world - world.mean(), 8)
    assert (
        abs(
            with_worlds.noise * 8
            - np.mean(np.var(plain, axis=1, ddof=1)) / np.mean(np.var(plain + world, axis=1, ddof=1))
        )
        < 0.1
    )
    assert with_worlds.worlds > 0.9
    assert effects(plain, 8).worlds < 0.75


@pytest.mark.parametrize("x", [0.5, 1.5, 3.5, 7.0, 40.0])
def test_trigamma(x: float) -> None:
    assert pytest.approx(float(polygamma(1, x)), rel=1e-6) == _trigamma(x)


def estimate_of(value: float, error: float):
    from simulator.results.statistics import Estimate

    return Estimate(value, error)
