"""Numbers held at a fraction of their spread, and everything else left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.distributions import Fixed, Normal
from simulator.errors import BadQuantity
from simulator.quantity import Curve, Quantity
from simulator.scenario.draws import Draws, all_numbers
from simulator.scenario.loader import load_scenario
from simulator.scenario.pins import can_be_held, held, pinned, value_at
from simulator.scenario.schema import Scenario

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"


@pytest.fixture(scope="module")
def quick() -> Scenario:
    return load_scenario(QUICK)


def numbers(scenario: Scenario) -> dict[str, Quantity | Curve]:
    return {number.path: number for number in all_numbers(scenario)}


def test_a_held_number_is_what_its_distribution_says(quick: Scenario) -> None:
    sponsored = numbers(quick)["behavior.sponsored_ratio"]
    assert isinstance(sponsored, Quantity)
    found = numbers(pinned(quick, {sponsored.path: 0.3}))[sponsored.path]
    assert isinstance(found, Quantity)
    assert sponsored.at(0.3) == found.value
    assert not found.uncertain


def test_a_certain_number_is_held_in_its_range(quick: Scenario) -> None:
    slope = numbers(quick)["behavior.halo_slope"]
    assert isinstance(slope, Quantity)
    assert not slope.uncertain
    assert slope.low == value_at(slope, 0.0)
    assert slope.high == value_at(slope, 1.0)
    assert slope.low + 0.25 * (slope.high - slope.low) == pytest.approx(value_at(slope, 0.25))


def test_a_certain_number_without_a_range_cannot_be_held() -> None:
    point, nothing = (Quantity("x", Fixed(0.5), "probability", low=low, high=low) for low in (0.5, None))
    assert [False, False] == [can_be_held(point), can_be_held(nothing)]
    with pytest.raises(BadQuantity, match="no plausible range"):
        value_at(point, 0.5)


def test_no_number_is_held_beyond_the_bounds_of_its_unit() -> None:
    """The quantile at a millionth lies 4.8 standard deviations out, and stated distributions keep within 4."""
    normal = Normal(0.1, 0.025)
    loose = Quantity("x", Fixed(0.5), "probability", low=-0.5, high=1.5)
    tailed = Quantity("x", normal, "probability")
    curve = held(Curve("x", (1e3, 1e6), (normal, Fixed(0.5)), "probability"), 1e-6)
    assert isinstance(curve, Curve)
    assert normal.quantile(1e-6) < 0.0 == value_at(tailed, 1e-6)
    assert (0.0, 1.0) == (value_at(loose, 0.0), value_at(loose, 1.0))
    assert [Fixed(0.0), Fixed(0.0), Fixed(1.0)] == [
        held(number, fraction).distribution for number, fraction in ((tailed, 1e-6), (loose, 0.1), (loose, 0.9))
    ]
    assert (Fixed(0.0), Fixed(0.5)) == curve.rows


def test_numbers_of_hires_and_of_networks_are_held_where_they_stand() -> None:
    """Hires stand in a row, the numbers of a network under their names."""
    paths = ("arms.five.hire.0.followers", "population.network.exponent")
    ranges = ("{uniform: [300, 500]}", "{uniform: [1.9, 2.1]}")
    unsure = load_scenario(QUICK, [f"{path}={stated}" for path, stated in zip(paths, ranges, strict=True)])
    after = numbers(pinned(unsure, dict.fromkeys(paths, 0.25)))
    assert [350.0, 1.95] == [pytest.approx(after[path].value) for path in paths]
    assert not any(after[path].uncertain for path in paths)


def test_a_held_curve_keeps_its_sizes_and_takes_one_quantile(quick: Scenario) -> None:
    curve = numbers(quick)["platform.click_rate"]
    assert isinstance(curve, Curve)
    found = held(curve, 0.9)
    assert isinstance(found, Curve)
    for followers in (500.0, 20_000.0, 3e6):
        assert curve.at(followers, 0.9) == pytest.approx(found.at(followers, 0.1), rel=1e-12)


@given(fraction=st.floats(0.001, 0.999))
def test_every_number_can_be_held_anywhere_and_others_stay(fraction: float) -> None:
    quick = load_quick()
    before = numbers(quick)
    for path, number in before.items():
        if not can_be_held(number):
            continue
        after = numbers(pinned(quick, {path: fraction}))
        assert not after[path].uncertain
        assert {other: before[other] for other in before if other != path} == {
            other: after[other] for other in after if other != path
        }


def load_quick(known: list[Scenario] = []) -> Scenario:  # noqa: B006  (read once)
    if not known:
        known.append(load_scenario(QUICK))
    return known[0]


def test_draws_of_other_numbers_stay(quick: Scenario) -> None:
    other = numbers(quick)["behavior.trust_step"]
    there = numbers(pinned(quick, {"behavior.sponsored_ratio": 0.3}))["behavior.trust_step"]
    assert isinstance(other, Quantity)
    assert isinstance(there, Quantity)
    assert [Draws(7, 0, run).number(other) for run in (1, 2, 3)] == [
        Draws(7, 0, run).number(there) for run in (1, 2, 3)
    ]


def test_nothing_held_is_the_very_same_scenario(quick: Scenario) -> None:
    assert quick is pinned(quick, {})
    assert quick is pinned(quick, {"no.such.number": 0.5})
