"""The correction for thinning against counts whose distribution is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.results.arms import ArmRuns
from simulator.results.thinning import excess_variance, overstated, spread_overstated, thinning_note

RUNS = 40_000


def counts(each: int, shock: float) -> np.ndarray:
    """Poisson counts of people around a mean of 2,000 that varies over runs, decided by agents for `each` people."""
    generator = np.random.default_rng(7)  # noqa: TID251  (a reference outside the simulator)
    rates = 2000.0 * np.exp(shock * generator.standard_normal(RUNS) - 0.5 * shock**2)
    return each * generator.poisson(rates / each).astype(float)


@pytest.mark.parametrize("shock", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("each", [2, 50])
def test_the_excess_is_the_difference_to_a_simulation_of_everybody(each: int, shock: float) -> None:
    thin, full = counts(each, shock), counts(1, shock)
    error = math.sqrt(2 / RUNS) * math.hypot(np.var(thin), np.var(full))
    assert abs(np.var(thin) - excess_variance(thin, each) - np.var(full)) < 4 * error
    assert 1 + spread_overstated(thin, each) == pytest.approx(np.std(thin) / np.std(full), rel=2 * error / np.var(full))


def test_nothing_is_overstated_where_an_agent_is_a_person_or_nothing_varies() -> None:
    assert 0.0 == spread_overstated(counts(1, 0.0), 1)
    assert 0.0 == spread_overstated(np.zeros(50), 500)
    assert 0.0 == spread_overstated(np.full(1, 9.0), 500)


def test_all_of_a_spread_may_come_from_thinning_but_no_more() -> None:
    """What is left is at least Poisson: the spread shrinks to that of people, never to nothing."""
    assert 9.0 == pytest.approx(spread_overstated(counts(100, 0.0), 100), rel=0.02)


def arm(name: str, orders: np.ndarray, engagements: np.ndarray) -> ArmRuns:
    return ArmRuns(name, np.arange(len(orders)) % 2, {"incremental_orders": orders, "engagements": engagements}, ())


def test_the_note_names_the_most_affected_arm_of_each_count() -> None:
    steady, shaken = arm("steady", counts(50, 0.5), counts(50, 1.0)), arm("shaken", counts(50, 2.0), counts(50, 0.4))
    note = thinning_note([arm("no campaign", np.zeros(RUNS), np.zeros(RUNS)), steady, shaken], 50)
    assert note.startswith("one agent stands for 50 people: the spread of orders is overstated by about ")
    assert "(steady), the spread of engagements is overstated by about " in note
    assert note.endswith("(shaken); means are not affected")
    assert overstated(steady, 50)["incremental_orders"] > overstated(shaken, 50)["incremental_orders"] > 0.0
    wild = arm("wild", counts(2, 3.0), counts(2, 3.0))
    assert "overstated by less than 0.1%" in thinning_note([wild], 2)
