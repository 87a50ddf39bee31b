"""What creators ask: the curve, their own prices around it, and the price of terms."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.campaign.hiring import hire_in_order
from simulator.scenario.draws import Draws
from simulator.scenario.quotes import market_price

TERMS = "mechanisms: {contract_terms: {exclusivity_premium: 0.1, license_fee: 0.2}}\n"


def hire(more: str = "", amount: str = "400", count: int | str = 1) -> str:
    return f"{{followers: 50000, count: {count}, posts: 2, {more}pay: {{kind: flat_fee, amount: {amount}}}}}"


def test_terms_add_their_share_of_the_fee_per_month(hired) -> None:
    arm = hired(hire("exclusivity: 60, usage_rights: 45, "), more=TERMS)
    (contract,) = arm.contracts
    assert (40_000, 200_000, 300_000) == (contract.fee, contract.exclusivity, contract.license)
    assert 1_000_000 - (40_000 + 8_000 + 12_000 + 5_000) == arm.unspent


def test_a_longer_exclusivity_never_costs_less(hired) -> None:
    left = [hired(hire(f"exclusivity: {days}, "), more=TERMS).unspent for days in (0, 1, 30, 90, 365)]
    assert sorted(left, reverse=True) == left
    assert len(set(left)) == 5


def test_an_equal_share_pays_fee_and_terms_and_loses_less_than_a_few_cents(hired) -> None:
    arm = hired(hire("exclusivity: 30, usage_rights: 30, ", "equal_share", 3), more=TERMS, budget=1000)
    each = (100_000 - 3 * 5_000) // 3
    assert {int(each / 1.3)} == {contract.fee for contract in arm.contracts}
    assert 0 <= arm.unspent < 3 * 4


@pytest.mark.parametrize(
    ("more", "pay", "text", "path", "says"),
    [
        ("exclusivity: 30", "{kind: flat_fee, amount: 5}", "", "exclusivity", "contract_terms: on"),
        ("usage_rights: 30", "{kind: flat_fee, amount: 5}", "", "usage_rights", "contract_terms: on"),
        ("exclusivity: 30", "{kind: product_only}", TERMS, "exclusivity", "product_only has none"),
        ("usage_rights: 9", "{kind: commission, share: 0.1}", TERMS, "usage_rights", "commission has none"),
        ("long_term: 0.2", "{kind: flat_fee, amount: 5}", "", "long_term", "write amount: market"),
        ("long_term: 0.2", "{kind: hybrid, base: equal_share, share: 0.1}", "", "long_term", "write base: market"),
        ("exclusivity: -1", "{kind: flat_fee, amount: 5}", TERMS, "exclusivity", "give at least 0"),
    ],
)
def test_terms_without_a_price_are_refused(problems, base: str, more, pay, text, path, says) -> None:
    words = base.replace("{kind: flat_fee, amount: 500}", pay).replace("posts: 1", f"{more}, posts: 1") + text
    found = {problem.path: str(problem) for problem in problems(words)}
    assert says in found[f"arms.a.hire.0.{path}"]


def test_all_slips_of_a_contract_are_said_at_once(problems, base: str) -> None:
    pay = "{kind: base_plus_bonus, base: equal_share, bonus: 1}"
    words = base.replace("{kind: flat_fee, amount: 500}", pay).replace(
        "posts: 1", "exclusivity: 9, long_term: 0.1, posts: 1"
    )
    assert {"pay.cap", "exclusivity", "long_term"} == {
        problem.path.removeprefix("arms.a.hire.0.") for problem in problems(words)
    }


def test_a_long_deal_has_cheaper_posts(hired) -> None:
    full, less = (hired(hire(more, "market")).contracts[0] for more in ("", "long_term: 0.25, "))
    assert (round(0.75 * full.fee), full.market_fee) == (less.fee, less.market_fee)


def test_prices_scatter_around_the_curve_as_the_price_lists_do(hired) -> None:
    prices = "mechanisms: {market_prices: on}\n"
    arm = hired(hire(amount="market", count=40), budget=10**6, more=prices)
    plain = hired(hire(amount="market", count=40), budget=10**6).contracts[0]
    asked = np.log([fee for run in range(1, 26) for fee in hire_in_order(arm, Draws(1, 0, run)).fees])
    assert 1000 == asked.size
    assert abs(asked.mean() - np.log(plain.fee)) < 4 * 0.6 / np.sqrt(asked.size)
    assert abs(asked.std(ddof=1) / 0.6 - 1) < 4 / np.sqrt(2 * asked.size)
    assert {plain.market_fee} == {contract.market_fee for contract in arm.contracts}


def test_quotes_beyond_the_money_are_turned_down(hired) -> None:
    arm = hired(hire(amount="market", count=4), budget=6000, more="mechanisms: {market_prices: on}\n")
    for run in range(1, 200):
        found = hire_in_order(arm, Draws(1, 0, run))
        assert sum(found.fees) + len(found.fees) * 5_000 <= 600_000
        assert 4 == len(found.contracts) + found.unaffordable


def test_drawn_prices_beside_an_equal_share_are_refused(problems, base: str) -> None:
    beside = "      - {followers: 60000, posts: 1, pay: {kind: flat_fee, amount: equal_share}}\n"
    words = base.replace("amount: 500", "amount: market") + beside + "mechanisms: [market_prices]\n"
    assert any("own market price, but the equal share" in str(problem) for problem in problems(words))


def test_stars_ask_more_than_the_curve_and_nobody_else_does(campaign, base: str) -> None:
    plain = campaign(base)[0]
    star = campaign(base + "mechanisms: {market_prices: {log_sd: 0, celebrity_exponent: 0.1}}\n")[0]
    for size in (5_000, 999_999, 1_000_000):
        assert market_price(plain, size, 1) == market_price(star, size, 1)
    kylie = market_price(star, 341_000_000, 1) / 100
    assert 341**0.1 == pytest.approx(kylie / (market_price(plain, 341_000_000, 1) / 100))
    assert 1.1e6 < kylie < 1.3e6  # as published, the price the exponent is taken from
    sizes = [market_price(star, size, 1) for size in (990_000, 1_000_000, 1_010_000)]
    assert sizes[1] - sizes[0] == pytest.approx(sizes[2] - sizes[1], rel=0.2)  # no jump
