"""Who handles influencers, for how much, and what that does to the best size (Bakshy et al. 2011)."""

from __future__ import annotations

import math

import pytest

HIRE = "{followers: 5000, count: %s, posts: 1, pay: {kind: flat_fee, amount: %s}}"


def text(base: str, brand: str, hire: str, budget: int = 10_000) -> str:
    head = base.partition("budget")[0].replace("{topic: beauty}", f"{{topic: beauty, {brand}}}")
    return f"{head}budget: {budget}\narms: {{a: {{hire: [{hire}]}}, ads: {{paid_social: {{spend: 100}}}}}}\n"


def test_a_platform_charges_once_and_a_little_for_each(campaign, base: str) -> None:
    _, plan = campaign(text(base, "handling: platform, platform_fee: 300", HIRE % (4, 100)))
    assert (30_000, 1_000, 1_000_000 - 30_000 - 4 * 11_000) == (
        plan.arms[1].platform_fee,
        plan.arms[1].handling_cost,
        plan.arms[1].unspent,
    )
    assert [0, 30_000, 0] == [arm.platform_fee for arm in plan.arms]  # nobody to handle: no fee
    shared = campaign(text(base, "handling: platform, platform_fee: 300", HIRE % (4, "equal_share")))[1].arms[1]
    assert [(1_000_000 - 30_000 - 4 * 1_000) // 4] * 4 == [contract.fee for contract in shared.contracts]


def test_by_hand_nothing_has_changed(campaign, base: str) -> None:
    _, plan = campaign(text(base, "platform_fee: 300, capacity: 4", HIRE % (4, 100)))
    assert (0, 5_000) == (plan.arms[1].platform_fee, plan.arms[1].handling_cost)


def test_a_platform_without_its_price_is_refused(problems, base: str) -> None:
    (found,) = problems(text(base, "handling: platform", HIRE % (4, 100)))
    assert ("brand.platform_fee", True) == (found.path, "add platform_fee" in str(found))


@pytest.mark.parametrize(("count", "budget"), [(9, 10_000), ("max", 1_350)])
def test_nobody_handles_more_by_hand_than_it_can(campaign, problems, base: str, count: int | str, budget: int) -> None:
    hire = HIRE % (count, 100)
    (found,) = problems(text(base, "capacity: 8", hire, budget))
    assert ("arms.a", True) == (found.path, "hires 9 influencers, and the brand can handle 8 by hand" in str(found))
    assert "brand.handling: platform" in str(found)
    campaign(text(base, "capacity: 9", hire, budget))
    campaign(text(base, "capacity: 8, handling: platform, platform_fee: 9", hire, budget + 9))


# Followers at which revenue (F^0.515, Beichert et al. 2024) per dollar is highest, by handling cost: b/(1-b) in closed
# form with price 150 (F/10k)^0.83, the published elasticities and prices.
BEST = {10: 692, 50: 4_813, 100: 11_093, 200: 25_571, 500: 77_126, 1000: 177_781}
SIZES = [int(100 * 2 ** (k / 2)) for k in range(24)]


def best_size(campaign, base: str, handling: int) -> int:
    """The size whose plan, as the money allows, brings most revenue by the published elasticity."""
    arms = ", ".join(
        f"{size}: {{hire: [{{followers: {size}, count: max, posts: 1, pay: {{kind: flat_fee, amount: market}}}}]}}"
        for size in SIZES
    )
    head = base.partition("budget")[0].replace("{topic: beauty}", f"{{topic: beauty, handling_cost: {handling}}}")
    changes = ("platform.price_at_10k=150", "platform.price_exponent=0.83", "population.size=1000000")
    plan = campaign(f"{head}budget: 60000\narms: {{{arms}}}\n", *changes)[1]
    spent = {arm.name: 60_000 - (arm.unspent or 0) / 100 for arm in plan.arms[1:]}
    revenue = {arm.name: len(arm.contracts) * int(arm.name) ** 0.515 for arm in plan.arms[1:]}
    return int(max(revenue, key=lambda name: revenue[name] / spent[name]))


def test_dearer_handling_moves_the_best_size_up_as_published(campaign, base: str) -> None:
    found = {handling: best_size(campaign, base, handling) for handling in BEST}
    assert sorted(found.values()) == list(found.values())
    for handling, size in BEST.items():
        assert abs(math.log2(found[handling] / size)) <= 1.0, (handling, found[handling])
