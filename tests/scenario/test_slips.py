"""One slip hides no other, and its remedy says what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputProblems
from simulator.results.targets import target_problems
from simulator.scenario.loader import load_campaign
from simulator.scenario.numbers import meant

FILE = """\
version: 1
currency: USD
brand: {topic: beauty, handling_cost: 60}
product: {price: 48, margin: 0.5, baseline_orders_per_day: 3}
budget: 20000
arms:
  two mids:
    hire:
      - {tier: mid, count: 2, followers: 150000, posts: 2, pay: {kind: flat_fee, amount: 4500}}
  twelve micros:
    hire:
      - {tier: micro, count: 12, followers: 20000, posts: 1, pay: {kind: product_only}}
targets: {roi: ">= 0.1"}
"""
THREE_SLIPS = FILE.replace("tier: mid", "tier: med").replace('">= 0.1"', "often")
NOT_MICRO = "followers are not micro (from 10,000, below 100,000)"
OTHERS = {"arms.two mids.hire.0.tier", "targets.roi"}


def problems(folder: Path, text: str, *settings: str) -> dict[str, str]:
    """What is wrong with a scenario: message and remedy by path."""
    (folder / "deal.yaml").write_text(text)
    with pytest.raises(InputProblems) as found:
        load_campaign(folder / "deal.yaml", settings, check=lambda scenario: target_problems(scenario.targets))
    return {each.path: f"{each.message}; {each.suggestion}" for each in found.value.problems}


def accepted(folder: Path, *settings: str) -> bool:
    (folder / "deal.yaml").write_text(FILE)
    load_campaign(folder / "deal.yaml", settings, check=lambda scenario: target_problems(scenario.targets))
    return True


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("budget: 20000", "budget: 20,000", "budget"),
        ("budget: 20000", "budget: 20k", "budget"),
        ("handling_cost: 60", "handling_cost: some", "brand.handling_cost"),
        ("price: 48", "price: some", "product.price"),
        ("currency: USD", "currency: Dollars", "currency"),
        ("posts: 1", "posts: some", "arms.twelve micros.hire.0.posts"),
        ("followers: 20000", "followers: some", "arms.twelve micros.hire.0.followers"),
    ],
)
def test_a_malformed_word_hides_no_other_problem(tmp_path: Path, right: str, wrong: str, path: str) -> None:
    assert right in THREE_SLIPS
    assert {path} | OTHERS == problems(tmp_path, THREE_SLIPS.replace(right, wrong)).keys()


def test_a_target_that_is_no_text_hides_no_other_problem(tmp_path: Path) -> None:
    found = problems(tmp_path, FILE.replace('">= 0.1"', "0.1").replace("tier: mid", "tier: med"))
    assert 'is 0.1, not a target; write a comparison and a number, such as ">= 0.2"' == found["targets.roi"]
    assert OTHERS == found.keys()


def test_a_budget_is_held_against_what_was_meant(tmp_path: Path) -> None:
    found = problems(tmp_path, FILE.replace("budget: 20000", "budget: 1,000"))
    assert found["budget"].endswith("not a number; write 1000")
    assert found["arms.two mids"].startswith("commits USD 9,120.00 of a budget of USD 1,000.00")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20,000", 20_000), ("1,234,567.5", 1_234_567.5), ("20 000", 20_000), ("20'000", 20_000), ("20000", 20_000),
        ("40k", 40_000), ("1.5M", 1_500_000), ("$20,000", 20_000), ("20 EUR", 20), ("2,00", None), ("20.000,50", None),
        ("lots", None), ("", None), ("1e3", None), ("-5", None), (20_000, None), (None, None),
    ],
)  # fmt: skip
def test_a_number_as_people_write_it_is_known(text: object, number: float | None) -> None:
    assert number == meant(text)


def test_an_amount_in_a_named_currency_is_not_relabelled(tmp_path: Path) -> None:
    found = problems(tmp_path, FILE.replace("price: 48", "price: 48 EUR"))
    assert "is '48 EUR', not a number; write 48, if that is an amount in the scenario's currency" == found[
        "product.price"
    ]  # fmt: skip


@pytest.mark.parametrize("currency", ["$", "EURO", "Dollars", "usd", "US", "USD "])
def test_a_currency_is_three_capital_letters(tmp_path: Path, currency: str) -> None:
    found = problems(tmp_path, FILE.replace("currency: USD", f'currency: "{currency}"'))
    told = f"is {currency!r}, not the three capital letters of a currency (ISO 4217); write USD, EUR or the like"
    assert {"currency": told} == found


def test_a_plan_that_is_not_there_is_named_with_the_closest(tmp_path: Path) -> None:
    found = problems(tmp_path, FILE, "arms.two mid.hire.0.posts=3")
    assert {"arms.two mid": "is no plan of the scenario; did you mean 'two mids'?"} == found


def test_a_plan_can_still_be_added_and_changed_by_settings(tmp_path: Path) -> None:
    hired = "[{followers: 30000, pay: {kind: flat_fee, amount: 50}, posts: 1}]"
    assert accepted(tmp_path, f"arms.one more.hire={hired}", "arms.one more.hire.0.posts=3")
    assert accepted(tmp_path, "arms.ads alone.paid_social.spend=500")


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        (
            "arms.two mids.hire.0.pay={kind: product_only, amount: 100}", "arms.two mids.hire.0.pay.amount",
            "is no word of this kind of payment; remove it, or write kind: flat_fee",
        ),
        (
            "arms.two mids.hire.0.pay={kind: product_only, amonut: 100}", "arms.two mids.hire.0.pay.amonut",
            "is unknown; choose from kind",
        ),
        (
            "arms.two mids.hire.0.pay={kind: flat_fee, amonut: 100}", "arms.two mids.hire.0.pay.amonut",
            "is unknown; did you mean 'amount'?",
        ),
        (
            "arms.two mids.hire.0.pay=product_only", "arms.two mids.hire.0.pay",
            "is 'product_only', not a mapping; write {kind: product_only}",
        ),
        (
            "arms.two mids.hire.0.pay=hybrid", "arms.two mids.hire.0.pay",
            "is 'hybrid', not a mapping; write {kind: hybrid, base: market}",
        ),
        (
            "arms.two mids.hire.0.pay=4500", "arms.two mids.hire.0.pay",
            "is 4500, not a mapping; write {kind: flat_fee, amount: market}",
        ),
        (
            "arms.twelve micros.hire.0.followers=20.000", "arms.twelve micros.hire.0.followers",
            f"20 {NOT_MICRO}; write 20000, without a point, if that is meant, or tier: untiered",
        ),
        (
            "arms.twelve micros.hire.0.followers=200", "arms.twelve micros.hire.0.followers",
            f"200 {NOT_MICRO}; write tier: untiered",
        ),
        (
            "arms.twelve micros.hire.0.count=2.5", "arms.twelve micros.hire.0.count",
            "is 2.5, not max or a whole number; give max or a whole number",
        ),
        ("runs=1,000", "runs", "is '1,000', not a whole number; write 1000"),
        ("targets.reach=5", "targets.reach", 'is 5, not a target; write a comparison and a number, such as ">= 0.2"'),
    ],
)  # fmt: skip
def test_a_remedy_says_what_was_meant(tmp_path: Path, setting: str, path: str, told: str) -> None:
    assert told == problems(tmp_path, FILE, setting)[path]


@pytest.mark.parametrize("bound", [">= 0.1", "> 5", "<= 3"])
def test_a_target_is_set_without_quotes(tmp_path: Path, bound: str) -> None:
    assert accepted(tmp_path, f"targets.reach={bound}")
