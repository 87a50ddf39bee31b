"""Paid its walk-away fee an arm earns nothing, and so it does at the halo it needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.distributions import Fixed, LogNormal
from simulator.quantity import Quantity
from simulator.results.arms import OTHER_COSTS, ArmRuns, HireRuns
from simulator.results.break_even import dear_hires, halo_needed, walk_away_fees
from simulator.results.wording import paid_now

HALO = Quantity("behavior.halo", LogNormal(3.0, 0.9), "ratio", low=0.7, high=13.0)
WORLDS = np.array([0, 1, 0, 1])


def hire(
    name: str, creators: list[int], *, fee: float, tracked: list[int], license_: float = 0.0, clicks: float = 0.0
) -> HireRuns:
    number = np.array(creators, dtype=float)
    sums = {
        **dict.fromkeys(OTHER_COSTS, np.zeros(len(creators))),
        "cost_fees": fee * number,
        "cost_handling": 50.0 * number,
        "cost_product": 20.0 * number,
        "cost_license": license_ * number,
        "market_fee": 400.0 * number,
        "clicks": np.full(len(creators), clicks),
        "attributed_orders": np.array(tracked, dtype=float),
    }
    return HireRuns(name, number, sums, 1000)


def arm(
    *hires: HireRuns, earned: list[float], boost: float = 0.0, ad_orders: float = 0.0, halo: list[float] | None = None
) -> ArmRuns:
    parts = ("cost_fees", "cost_handling", "cost_product", "cost_license")
    cost = boost + sum(sum(item.sums[part] for part in parts) for item in hires)
    tracked = sum(item.sums["attributed_orders"] for item in hires) + np.full(4, ad_orders)
    columns = {
        "profit": np.array(earned) - cost,
        "cost": cost + np.zeros(4),
        "cost_boost": np.full(4, boost),
        "attributed_orders": tracked,
        "incremental_orders": np.array(earned) / 40.0,
    }
    if halo is not None:
        columns["param.behavior.halo"] = np.array(halo)
    return ArmRuns("both", WORLDS, columns, hires)


def test_at_the_walk_away_fees_an_arm_is_expected_to_earn_nothing() -> None:
    one = hire("macro", [1, 1, 1, 1], fee=800.0, tracked=[3, 0, 5, 1])
    many = hire("micro", [4, 4, 3, 4], fee=90.0, tracked=[4, 4, 2, 2])
    earned = [900.0, 100.0, 2000.0, 400.0]
    fees = {fee["hire"]: fee["fee"] for fee in walk_away_fees(arm(one, many, earned=earned))}
    paid = [replace(item, sums={**item.sums, "cost_fees": fees[item.name] * item.creators}) for item in (one, many)]
    assert pytest.approx(0.0, abs=1e-9) == arm(*paid, earned=earned).expected_profit.value


def test_the_price_of_using_content_lowers_the_fee_by_itself() -> None:
    free, licensed = (hire("macro", [1] * 4, fee=800.0, tracked=[3] * 4, license_=price) for price in (0.0, 30.0))
    fees = [walk_away_fees(arm(one, earned=[1000.0] * 4))[0]["fee"] for one in (free, licensed)]
    assert fees[1] == pytest.approx(fees[0] - 30.0)


def test_a_hire_is_worth_its_part_of_the_tracked_orders() -> None:
    one = hire("macro", [1] * 4, fee=800.0, tracked=[3, 3, 3, 3])
    many = hire("micro", [2] * 4, fee=90.0, tracked=[1, 1, 1, 1])
    macro, micro = walk_away_fees(arm(one, many, earned=[1000.0] * 4))
    assert (750.0 - 70.0, (250.0 - 140.0) / 2) == (macro["fee"], micro["fee"])
    assert (800.0, 2.0, 0.0) == (macro["fee_now"], macro["fee_to_market"], macro["error"])


def test_without_tracked_orders_creators_share_alike() -> None:
    one, many = hire("a", [1] * 4, fee=8.0, tracked=[0] * 4), hire("b", [3] * 4, fee=9.0, tracked=[0] * 4)
    assert [930.0, 930.0] == [fee["fee"] for fee in walk_away_fees(arm(one, many, earned=[4000.0] * 4))]


def test_a_hire_whose_orders_nobody_tracks_is_worth_its_part_of_the_clicks() -> None:
    tracked = hire("a", [1] * 4, fee=8.0, tracked=[3] * 4, clicks=100.0)
    untracked = hire("b", [1] * 4, fee=8.0, tracked=[0] * 4, clicks=300.0)
    both = arm(tracked, untracked, earned=[400.0] * 4)
    assert [100.0 - 70.0, 300.0 - 70.0] == [fee["fee"] for fee in walk_away_fees(both)]
    assert [] == list(dear_hires(both, "USD"))


def test_a_creator_that_costs_more_than_it_brings_is_not_worth_it_for_free() -> None:
    (fee,) = walk_away_fees(arm(hire("a", [1] * 4, fee=8.0, tracked=[1] * 4), earned=[10.0] * 4))
    assert -60.0 == fee["fee"]
    assert "not even without a fee" in fee["reason"]


def test_what_ads_earn_is_not_credited_to_hires() -> None:
    hires = hire("a", [2] * 4, fee=90.0, tracked=[3] * 4)
    alone = arm(hires, earned=[480.0] * 4)
    mixed = arm(hires, earned=[480.0 + 5 * 40.0] * 4, boost=350.0, ad_orders=5.0)
    assert walk_away_fees(alone)[0]["fee"] == pytest.approx(walk_away_fees(mixed)[0]["fee"])


def earned_at(halo: float, *, clicked: float, by_ads: float = 0.0) -> float:
    """First-generation orders are those that follow a click times one plus halo; 40 each."""
    return 40.0 * clicked * (1 + halo) + by_ads


@pytest.mark.parametrize("tracked", [[4, 2, 3, 3], [0, 0, 0, 0], [9, 9, 9, 9]])
def test_at_the_halo_needed_what_is_earned_is_the_cost_whatever_is_tracked(tracked: list[int]) -> None:
    halos = [1.0, 2.0, 3.0, 6.0]
    earned = [earned_at(halo, clicked=2.5) for halo in halos]
    plan = arm(hire("a", [1] * 4, fee=800.0, tracked=tracked), earned=earned, halo=halos)
    halo = halo_needed(plan, HALO)
    assert 3.0 == halo["now"]
    assert plan.mean("cost") == pytest.approx(earned_at(halo["needed"], clicked=2.5))
    assert (0.7, 13.0, "assumed") == (halo["low"], halo["high"], halo["grade"])


def test_at_the_halo_needed_ads_earn_what_they_do_now() -> None:
    hires = hire("a", [1] * 4, fee=800.0, tracked=[2] * 4)
    plan = arm(hires, earned=[earned_at(3.0, clicked=2, by_ads=200.0)] * 4, halo=[3.0] * 4, boost=50.0, ad_orders=5.0)
    needed = halo_needed(plan, HALO)["needed"]
    assert plan.mean("cost") == pytest.approx(earned_at(needed, clicked=2, by_ads=200.0))


def test_a_fixed_halo_is_the_halo_now() -> None:
    plan = arm(hire("a", [1] * 4, fee=8.0, tracked=[1] * 4), earned=[400.0] * 4)
    found = halo_needed(plan, Quantity("behavior.halo", Fixed(2.0), "ratio", grade="your own"))
    assert (2.0, "your own") == (found["now"], found["grade"])


def test_where_no_halo_would_do_there_is_a_reason() -> None:
    losing = halo_needed(arm(hire("a", [1] * 4, fee=8.0, tracked=[1] * 4), earned=[40.0, -40.0, 9.0, -9.0]), HALO)
    assert (None, "the orders of its hires earn nothing") == (losing["needed"], losing["reason"])
    ads = halo_needed(arm(earned=[400.0] * 4, boost=100.0, ad_orders=10.0), HALO)
    assert (None, "it hires nobody") == (ads["needed"], ads["reason"])


def test_what_the_campaign_costs_as_a_whole_is_borne_by_the_hires_and_so_is_pay_by_result() -> None:
    one = hire("a", [1] * 4, fee=8.0, tracked=[3] * 4)
    bonus = replace(one, sums={**one.sums, "cost_bonus": np.full(4, 30.0)})
    paid = arm(bonus, earned=[1000.0] * 4)
    dearer = {**paid.columns, "cost": paid.columns["cost"] + 30.0 + 200.0}  # the bonus, and a platform's fee
    (fee,) = walk_away_fees(replace(paid, columns={**dearer, "profit": np.full(4, 1000.0) - dearer["cost"]}))
    assert 1000.0 - 200.0 - 70.0 - 30.0 == fee["fee"]


def test_a_hire_beside_others_whose_fee_is_above_what_it_brings_is_told_with_what_its_absence_saves() -> None:
    """The macro brings 750 of 1,000, less 70 of other costs: 680, and is paid 1,000."""
    dear, many = hire("macro", [1] * 4, fee=1000.0, tracked=[3] * 4), hire("micro", [2] * 4, fee=9.0, tracked=[1] * 4)
    (told,) = dear_hires(arm(dear, many, earned=[1000.0] * 4), "USD")
    assert (
        "both would earn about 320 USD more without macro, the others hired and paid as now: there, a creator is worth "
        "a fee of 680 USD and is paid 1,000 USD."
    ) == told
    assert [] == list(dear_hires(arm(dear, earned=[1000.0] * 4), "USD"))  # alone, the plan itself is what is judged
    fair = hire("macro", [1] * 4, fee=680.0, tracked=[3] * 4)
    assert [] == list(dear_hires(arm(fair, many, earned=[1000.0] * 4), "USD"))


def test_a_gift_that_costs_more_than_it_brings_is_not_called_worth_what_it_is_paid() -> None:
    """Each gift brings 10 and costs 70 to handle and send."""
    gift, macro = hire("gift", [5] * 4, fee=0.0, tracked=[1] * 4), hire("macro", [1] * 4, fee=9.0, tracked=[19] * 4)
    (told,) = dear_hires(arm(gift, macro, earned=[1000.0] * 4), "USD")
    assert (
        "both would earn about 300 USD more without gift, the others hired and paid as now: there, a creator is not "
        "worth its other costs even without a fee."
    ) == told


def test_a_fee_that_chance_may_have_put_above_what_a_hire_brings_is_not_told() -> None:
    dear, many = hire("macro", [1] * 4, fee=1000.0, tracked=[3] * 4), hire("micro", [2] * 4, fee=9.0, tracked=[1] * 4)
    assert [] == list(dear_hires(arm(dear, many, earned=[100.0, 1900.0, 1000.0, 1000.0]), "USD"))


def test_what_is_paid_by_result_is_told_beside_the_fee() -> None:
    base = hire("micro", [2] * 4, fee=0.0, tracked=[1] * 4)
    sums = {**base.sums, "cost_bonus": np.full(4, 10.0), "cost_commission": np.full(4, 30.0)}
    (fee,) = walk_away_fees(arm(replace(base, sums=sums), earned=[1000.0] * 4))
    assert (0.0, 20.0) == (fee["fee_now"], fee["result_now"])
    assert "no fee and 20.0 EUR by result" == paid_now(fee, "EUR")
    assert "7.00 and 20.0 by result" == paid_now(fee | {"fee_now": 7.0})
    assert "no fee" == paid_now({"fee_now": None})
