"""What drives a lead is found where it is known, and chance is not taken for a driver."""

from __future__ import annotations

import numpy as np
import pytest
from noise import normals

from simulator.results.drivers import FEWEST, ranked_drivers

RUNS = 2000


def drawn(count: int, about: int) -> dict[str, np.ndarray]:
    return {f"n{place}": values for place, values in enumerate(normals(count, RUNS, about=about))}


def test_shares_of_a_known_sum() -> None:
    """Of normals, rank correlation is 6/π · asin(r / 2) with r the correlation; here r² is 0.64, 0.32 and 0."""
    numbers = drawn(3, about=1)
    lead = 0.8 * numbers["n0"] - 0.4 * numbers["n1"] + np.sqrt(1 - 0.8) * normals(RUNS, about=2)
    found = ranked_drivers(numbers, lead)
    assert ["n0", "n1", "n2"] == [driver.path for driver in found]
    for driver, r in zip(found, (0.8, -0.4, 0.0), strict=True):
        assert 6 / np.pi * np.arcsin(r / 2) == pytest.approx(driver.correlation, abs=4 * driver.error)
    assert [True, True, False] == [driver.clear for driver in found]


def test_ranks_see_what_is_not_straight() -> None:
    numbers = drawn(1, about=3)
    (driver,) = ranked_drivers(numbers, np.exp(5 * numbers["n0"]))
    assert 1.0 == pytest.approx(driver.correlation)
    assert 0.0 == pytest.approx(driver.error, abs=1e-9)


def test_chance_rarely_passes_for_a_driver() -> None:
    """Of 200 studies with 25 numbers that do nothing, 5% may name one."""
    false = sum(
        any(driver.clear for driver in ranked_drivers(drawn(25, about=10 + k), normals(RUNS, about=1000 + k)))
        for k in range(200)
    )
    assert false <= 200 * 0.05 + 4 * np.sqrt(200 * 0.05 * 0.95)


def test_draws_count_and_not_the_runs_that_share_them() -> None:
    each = normals(RUNS // 100, about=4)
    (driver,) = ranked_drivers({"n": np.repeat(each, 100)}, normals(RUNS, about=5))
    assert 1 / np.sqrt(RUNS // 100 - 1) == pytest.approx(driver.error, rel=0.1)


def test_numbers_of_few_values_and_leads_that_never_vary_are_left_out() -> None:
    few = {"n": np.arange(RUNS) % (FEWEST - 1)}
    assert [] == ranked_drivers(few, normals(RUNS, about=6))
    assert [] == ranked_drivers(drawn(1, about=7), np.full(RUNS, 3.0))
