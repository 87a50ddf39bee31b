"""Paid its walk-away fee an arm earns nothing, and so it does at the halo it needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.quantity import LogNormal, Quantity
from simulator.results.arms import ArmRuns, HireRuns
from simulator.results.break_even import halo_needed, walk_away_fees

HALO = Quantity("behavior.halo", LogNormal(3.0, 0.9), "ratio", low=0.7, high=13.0)
WORLDS = np.array([0, 1, 0, 1])


def hire(name: str, creators: list[int], *, fee: float, tracked: list[int]) -> HireRuns:
    number = np.array(creators, dtype=float)
    sums = {
        "cost_fees": fee * number,
        "cost_handling": 50.0 * number,
        "cost_product": 20.0 * number,
        "market_fee": 400.0 * number,
        "attributed_orders": np.array(tracked, dtype=float),
    }
    return HireRuns(name, number, sums, 1000)


def arm(*hires: HireRuns, earned: list[float], boost: float = 0.0) -> ArmRuns:
    parts = ("cost_fees", "cost_handling", "cost_product")
    cost = boost + sum(sum(item.sums[part] for part in parts) for item in hires)
    tracked = sum(item.sums["attributed_orders"] for item in hires)
    columns = {
        "profit": np.array(earned) - cost,
        "cost": cost,
        "cost_boost": np.full(4, boost),
        "attributed_orders": tracked,
        "incremental_orders": np.array(earned) / 40.0,
    }
    return ArmRuns("both", WORLDS, columns, hires)


@pytest.mark.parametrize("boost", [0.0, 130.0])
def test_at_the_walk_away_fees_an_arm_is_expected_to_earn_nothing(boost: float) -> None:
    one = hire("macro", [1, 1, 1, 1], fee=800.0, tracked=[3, 0, 5, 1])
    many = hire("micro", [4, 4, 3, 4], fee=90.0, tracked=[4, 4, 2, 2])
    earned = [900.0, 100.0, 2000.0, 400.0]
    fees = {fee["hire"]: fee["fee"] for fee in walk_away_fees(arm(one, many, earned=earned, boost=boost))}
    paid = [replace(item, sums={**item.sums, "cost_fees": fees[item.name] * item.creators}) for item in (one, many)]
    assert pytest.approx(0.0, abs=1e-9) == arm(*paid, earned=earned, boost=boost).expected_profit.value


def test_a_hire_is_worth_its_part_of_the_tracked_orders() -> None:
    one = hire("macro", [1] * 4, fee=800.0, tracked=[3, 3, 3, 3])
    many = hire("micro", [2] * 4, fee=90.0, tracked=[1, 1, 1, 1])
    macro, micro = walk_away_fees(arm(one, many, earned=[1000.0] * 4))
    assert (750.0 - 70.0, (250.0 - 140.0) / 2) == (macro["fee"], micro["fee"])
    assert (800.0, 2.0, 0.0) == (macro["fee_now"], macro["fee_to_market"], macro["error"])


def test_without_tracked_orders_creators_share_alike() -> None:
    one, many = hire("a", [1] * 4, fee=8.0, tracked=[0] * 4), hire("b", [3] * 4, fee=9.0, tracked=[0] * 4)
    assert [930.0, 930.0] == [fee["fee"] for fee in walk_away_fees(arm(one, many, earned=[4000.0] * 4))]


def test_a_creator_that_costs_more_than_it_brings_is_not_worth_it_for_free() -> None:
    (fee,) = walk_away_fees(arm(hire("a", [1] * 4, fee=8.0, tracked=[1] * 4), earned=[10.0] * 4))
    assert -60.0 == fee["fee"]
    assert "not even for free" in fee["reason"]


def test_at_the_halo_needed_what_is_earned_is_the_cost() -> None:
    plan = arm(hire("a", [1] * 4, fee=800.0, tracked=[4, 2, 3, 3]), earned=[400.0, 600.0, 480.0, 440.0])
    halo = halo_needed(plan, HALO)
    tracked, order = 3.0, 40.0
    assert 12.0 / tracked - 1 == pytest.approx(halo["now"])
    assert plan.mean("cost") == pytest.approx(tracked * (1 + halo["needed"]) * order)
    assert (0.7, 13.0, "assumed") == (halo["low"], halo["high"], halo["grade"])


@pytest.mark.parametrize(
    ("tracked", "earned", "reason"),
    [([0] * 4, [400.0] * 4, "no order was tracked"), ([1] * 4, [0.0] * 4, "its orders earn nothing")],
)
def test_a_halo_that_cannot_be_told_has_a_reason(tracked: list[int], earned: list[float], reason: str) -> None:
    halo = halo_needed(arm(hire("a", [1] * 4, fee=8.0, tracked=tracked), earned=earned), HALO)
    assert (None, None, reason) == (halo["now"], halo["needed"], halo["reason"])
