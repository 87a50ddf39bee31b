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
    assert draws_of(one, 0, 1) == Draws(one.seed, 0, 1, one.replicates)


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


def test_replicates_share_all_numbers_and_no_luck(campaign, base: str) -> None:
    scenario, _ = campaign(base, "replicates=4")
    same, other = draws_of(scenario, 0, 5), draws_of(scenario, 3, 8)
    assert (2, 2, 1) == (same.draw, other.draw, draws_of(scenario, 3, 4).draw)
    assert drawn_numbers_by(scenario, same, "once", "platform") == drawn_numbers_by(scenario, other, "once", "platform")
    assert drawn_numbers(scenario, same) != drawn_numbers(scenario, draws_of(scenario, 0, 9))
    assert same.quantile("a.b", "post", "somebody") != other.quantile("a.b", "post", "somebody")


def test_replicates_leave_numbers_of_a_world_to_the_world(campaign, base: str) -> None:
    scenario, _ = campaign(base, "replicates=4")
    assert {"platform.real_share"} == set(drawn_numbers_by(scenario, draws_of(scenario, 0, 1), "world"))
    one, next_draw, elsewhere = (
        drawn_numbers_by(scenario, draws_of(scenario, *key), "world") for key in ((0, 1), (0, 5), (3, 4))
    )
    assert one == next_draw != elsewhere


def test_draws_of_replicates_are_those_of_the_first_runs(campaign, base: str) -> None:
    """The draw of runs 9 to 12 is what run 3 has without replicates."""
    plain, grouped = (campaign(base, f"replicates={count}")[0] for count in (1, 4))
    for number in (10, 12):
        found = drawn_numbers_by(grouped, draws_of(grouped, 0, number), "once", "platform")
        assert drawn_numbers_by(plain, draws_of(plain, 0, 3), "once", "platform") == found


def drawn_numbers_by(scenario, draws: Draws, *varies: str) -> dict[str, float]:
    wanted = {number.path for number in uncertain_numbers(scenario) if number.varies in varies}
    return {path: value for path, value in drawn_numbers(scenario, draws).items() if path in wanted}
