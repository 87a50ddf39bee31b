"""Whether fees are what the market asks, and whether the catalog's prices are in the scenario's money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from simulator.quantity import Quantity
from simulator.results.arms import ArmRuns, HireRuns, fee_to_market
from simulator.results.wording import number
from simulator.scenario.draws import Number, all_numbers
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

DEAR: Final = 1.5  # times the market's median price
CATALOG: Final = "USD"  # what every price of the catalog is stated in
PRICED: Final = ("platform.", "brand.", "mechanisms.", "product.sample_cost")  # where the catalog states prices
NAMED: Final = 3  # numbers in a note


def dear_fees(arms: Sequence[ArmRuns]) -> Iterator[str]:
    """Hires that are paid far more than the market asks: a loss may be the fee's, not the plan's."""
    for arm in arms:
        for hire in arm.hires:
            ratio = fee_to_market([hire])
            if ratio is not None and ratio > DEAR:
                whose = arm.name if len(arm.hires) == 1 else f"{arm.name}, {hire.name}"
                yield (
                    f"{whose}: its fees are {number(ratio)} times the market price of such posts; "
                    f"{_fee_key(hire)}: market plays it at that price"
                )


def _fee_key(hire: HireRuns) -> str:
    """What the fee is called in `pay`: beside pay by result it is the base."""
    return "base" if hire.sums["cost_bonus"].any() or hire.sums["cost_commission"].any() else "amount"


def foreign_prices(scenario: Scenario, plan: Plan) -> Iterator[str]:
    """Prices of the catalog that a scenario in another currency leaves as they are."""
    if scenario.currency == CATALOG:
        return
    found = [item.path for item in all_numbers(scenario) if _is_the_catalogs(item) and _is_used(item, scenario, plan)]
    if found:
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        yield (
            f"the currency is {scenario.currency}, but these prices are the catalog's, in {CATALOG} and taken one to "
            f"one: {', '.join(found[:NAMED])}{more}; state your own"
        )


def _is_the_catalogs(item: Number) -> bool:
    if not isinstance(item, Quantity) or item.unit != "money" or not item.path.startswith(PRICED):
        return False
    return item.grade != "your own" and not item.default and item.value > 0.0


def _is_used(item: Number, scenario: Scenario, plan: Plan) -> bool:
    """Whether the plan's money can depend on it."""
    if item.path.startswith("brand."):
        return item is scenario.brand.cost_per_influencer
    boosted = any(contract.boost for arm in plan.arms for contract in arm.contracts)
    return item is not scenario.platform.ad_cost_per_thousand or boosted or any(arm.ad_spend for arm in plan.arms)
