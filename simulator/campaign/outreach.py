"""How a creator answers an invitation: the same in every arm that makes the same offer. Money in int cents."""

from __future__ import annotations

from typing import NamedTuple

from simulator.arithmetic import exp_, normal_quantile
from simulator.dice import ACCOUNT, OUTREACH
from simulator.rules.outreach import accept_chance, effort_for, reservation_price, status_gap
from simulator.scenario.draws import Draws
from simulator.scenario.money import cents
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


class Answer(NamedTuple):
    """What comes of an invitation."""

    accepted: bool
    effort: float = 1.0  # of a fair deal's


YES = Answer(accepted=True)


def answer(scenario: Scenario, draws: Draws, contract: Contract, fee: int) -> Answer:
    """A creator's answer to a contract at a fee."""
    outreach = scenario.mechanisms.outreach
    if contract.agreed or not outreach.can_fail:
        return YES
    luck = draws.luck(OUTREACH, contract.creator.name)
    if not luck[0] < _chance(scenario, draws, contract):
        return Answer(accepted=False)
    if contract.pay.approach == "performance":  # what it will come to is not known yet
        return YES
    asked = reservation_price(
        _own_market_price(scenario, draws, contract),
        draws.number(outreach.reservation),
        draws.number(outreach.reservation_sd),
        normal_quantile(luck[1]),
    )
    product = contract.pay.approach == "product"  # taken for what it is worth, but not worked for beyond that
    offer = float(cents(draws.number(scenario.product.price)) if product else fee)
    if offer < asked and not product and not luck[2] < draws.number(outreach.settle_below):
        return Answer(accepted=False)
    return Answer(accepted=True, effort=effort_for(offer, asked, draws.number(outreach.effort_cut)))


def _chance(scenario: Scenario, draws: Draws, contract: Contract) -> float:
    """Chance that a creator takes a fair offer of this kind from this brand."""
    outreach, followers = scenario.mechanisms.outreach, float(contract.creator.followers)
    rows = {
        "paid": outreach.accept_paid,
        "performance": outreach.accept_performance,
        "product": outreach.accept_product,
    }
    return accept_chance(
        draws.curve(rows[contract.pay.approach], followers),
        draws.number(outreach.status_odds),
        status_gap(followers, draws.number(outreach.brand_followers)),
        status_gap(followers, draws.number(outreach.typical_brand_followers)),
    )


def _own_market_price(scenario: Scenario, draws: Draws, contract: Contract) -> float:
    """What the market pays this creator: the curve's median, with its own shock where prices have one."""
    sd = scenario.mechanisms.market_prices.log_sd.value
    if not sd > 0.0:
        return float(contract.market_fee)
    return contract.market_fee * exp_(sd * normal_quantile(draws.luck(ACCOUNT, contract.creator.name)[2]))
