"""Scandals: days against the geometric distribution of a constant hazard, and demand against its half-life."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_facts import die, share
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.scandal import demand_lost, scandal_day

CELLS = 20_000
GRID = [(cell + 0.5) / CELLS for cell in range(CELLS)]  # dice in the middles of equal cells
NEVER = 1_000_000


@kernel
def compiled_day(die, per_month, horizon):
    return scandal_day(die, per_month, horizon)


@kernel
def compiled_loss(days, exposed, loss, half_life):
    return demand_lost(days, exposed, loss, half_life)


@pytest.mark.parametrize("per_month", [0.002, 0.05, 0.5, 0.95])
def test_the_day_of_a_scandal_is_geometric_with_the_hazard_of_a_month(per_month: float) -> None:
    """P(none in the first d days) = (1 − hazard)^(d ÷ 30); counted over a fine grid of dice."""
    days = np.array([scandal_day(die, per_month, NEVER) for die in GRID])
    for d in (1, 2, 7, 15, 30, 60, 90, 365):
        assert abs(np.count_nonzero(days >= d) - CELLS * (1.0 - per_month) ** (d / 30.0)) <= 1.0


@given(die, st.floats(0.0, 1.0), st.integers(0, 1460))
def test_a_scandal_falls_within_the_horizon_or_not_at_all(die: float, per_month: float, horizon: int) -> None:
    """And a longer look changes no day that a shorter one has seen."""
    day = scandal_day(die, per_month, horizon)
    assert 0 <= day <= horizon
    assert day == min(horizon, scandal_day(die, per_month, 2000))


@given(die, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_higher_hazard_never_delays_a_scandal(die: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert scandal_day(die, high, 1000) <= scandal_day(die, low, 1000)


@given(die, st.integers(0, 1460))
def test_without_hazard_there_is_no_scandal_and_with_certainty_at_once(die: float, horizon: int) -> None:
    assert horizon == scandal_day(die, 0.0, horizon)
    assert 0 == scandal_day(die, 1.0, horizon)


@pytest.mark.parametrize("per_month", [1e-300, 1e-20, 1e-17])
def test_a_hazard_too_small_for_a_double_is_none(per_month: float) -> None:
    assert 90 == scandal_day(0.5, per_month, 90)


@given(st.integers(0, 365), share, share, st.floats(0.5, 3650.0))
def test_half_of_the_loss_is_forgotten_in_a_half_life(days: int, exposed: float, loss: float, half_life: float) -> None:
    """loss × part × 2^(−days ÷ half-life)."""
    expected = loss * exposed * 2.0 ** (-days / half_life)
    assert demand_lost(days, exposed, loss, half_life) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@given(share, share, st.integers(1, 365))
def test_a_loss_starts_whole_and_is_halved_after_a_half_life(exposed: float, loss: float, half_life: int) -> None:
    at_once, later = (demand_lost(days, exposed, loss, float(half_life)) for days in (0, half_life))
    assert loss * exposed == at_once
    assert later == pytest.approx(at_once / 2.0, rel=1e-13)


@given(st.integers(0, 1460), share, share, st.floats(0.0, 3650.0))
def test_a_loss_is_a_share_that_only_shrinks(days: int, exposed: float, loss: float, half_life: float) -> None:
    now, tomorrow = (demand_lost(day, exposed, loss, half_life) for day in (days, days + 1))
    assert 0.0 <= tomorrow <= now <= 1.0
    assert now <= loss * exposed


@given(st.integers(0, 1460), share, st.floats(0.0, 3650.0))
def test_who_has_no_part_and_what_is_not_lost_cost_nothing(days: int, value: float, half_life: float) -> None:
    assert 0.0 == demand_lost(days, 0.0, value, half_life)
    assert 0.0 == demand_lost(days, value, 0.0, half_life)
    assert 0.0 == demand_lost(days, 1.0, value, 0.0)


@given(die, st.floats(0.0, 1.0), st.integers(0, 365), share, st.floats(0.0, 3650.0))
def test_plain_and_compiled_scandals_have_the_same_bits(
    die: float, per_month: float, days: int, loss: float, half_life: float
) -> None:
    assert scandal_day(die, per_month, 365) == compiled_day(die, per_month, 365)
    assert demand_lost(days, 0.3, loss, half_life) == compiled_loss(days, 0.3, loss, half_life)


def test_hazards_of_months_add_up_to_the_hazard_of_a_year() -> None:
    """Twelve months of 30 days in a row are survived with (1 − hazard)^12."""
    surviving = np.mean([scandal_day(die, 0.1, 360) == 360 for die in GRID])
    assert abs(surviving - 0.9**12) <= 1.0 / CELLS
