"""Draws are pure: remembering them changes nothing, and arms of a run share what was worked out once."""

from __future__ import annotations

from dataclasses import replace

from simulator.distributions import Uniform
from simulator.quantity import Curve, Quantity
from simulator.scenario.draws import Draws, drawn_numbers, draws_of, uncertain_numbers

NUMBER = Quantity("a.b", Uniform(0.0, 1.0), "share")
CURVE = Curve("a.c", (100.0, 10_000.0), (Uniform(0.0, 0.5), Uniform(0.5, 1.0)), "share")


def test_a_remembered_draw_is_the_draw() -> None:
    kept = Draws(7, 0, 3)
    for _ in range(2):
        assert Draws(7, 0, 3).number(NUMBER) == kept.number(NUMBER)
        for size in (50, 1000, 1000.0, 90_000):
            assert CURVE.at(size, Draws(7, 0, 3).quantile("a.c", "once")) == kept.curve(CURVE, size)
        assert Draws(7, 0, 3).number(NUMBER, "somebody") == kept.number(NUMBER, "somebody") != kept.number(NUMBER)


def test_another_number_of_the_same_name_is_not_taken_for_the_first() -> None:
    kept = Draws(7, 0, 3)
    other = replace(NUMBER, distribution=Uniform(5.0, 6.0), unit="count")
    wider = replace(CURVE, rows=(Uniform(0.0, 1.0), Uniform(0.0, 1.0)))
    assert kept.number(NUMBER) < 1.0
    assert kept.number(other) > 5.0
    assert kept.curve(CURVE, 100) == 0.5 * kept.curve(wider, 100)


def test_all_arms_of_a_run_share_their_draws_and_nobody_else_does(campaign, base: str) -> None:
    (one, _), (other, _) = campaign(base), campaign(base)
    assert draws_of(one, 0, 1) is draws_of(one, 0, 1)
    assert draws_of(one, 0, 1) is not draws_of(other, 0, 1)
    assert 3 == len({id(draws_of(one, *key)) for key in ((0, 1), (0, 2), (1, 1))})
    assert draws_of(one, 0, 1) == Draws(one.seed, 0, 1)


def test_what_is_worked_out_once_is_worked_out_from_the_scenario_at_hand(campaign, base: str) -> None:
    (one, _), (other, _) = campaign(base), campaign(base, "platform.click_rate=0.5")
    asked: list[object] = []

    def size_of(scenario, draws, more):
        asked.append(more)
        return len(uncertain_numbers(scenario)) + more

    draws = Draws(one.seed, 0, 1)
    assert draws.once(size_of, one, 1) == draws.once(size_of, one, 1) == len(drawn_numbers(one, draws)) + 1
    assert draws.once(size_of, one, 5) == draws.once(size_of, other, 5) + 1
    assert [1, 5, 5] == asked
