"""What creators ask: the market price of their posts, and what a hire's terms make of it. Money in int cents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.arithmetic import power_
from simulator.distributions import LogNormal
from simulator.quantity import Quantity
from simulator.rules.payment import WHOLE
from simulator.scenario.money import cents
from simulator.scenario.offers import Contract, Creator
from simulator.scenario.payments import FEE_ONLY, Fault
from simulator.scenario.schema import Hire, Scenario

MONTH: Final = 30  # days


def market_price(scenario: Scenario, followers: int, posts: int) -> int:
    """Median market price of all posts of an account of that size, in cents."""
    base, exponent = scenario.platform.price_at_10k.mean(), scenario.platform.price_exponent.mean()
    return cents(posts * base * power_(followers / 10_000.0, exponent) * _celebrity(scenario, followers))


def contract_of(scenario: Scenario, hire: Hire, creator: Creator) -> Contract:
    """What a hire offers one creator."""
    market = market_price(scenario, creator.followers, len(hire.posts))
    fee, expected = _quote(scenario, hire, market)
    terms = scenario.mechanisms.contract_terms
    return Contract(
        creator,
        hire.posts,
        fee,
        expected,
        market,
        sample_cost=cents(scenario.product.sample_cost.value),
        tracking=hire.tracking,
        pay=hire.pay,
        exclusivity=_millionths(terms.exclusivity_premium.value * hire.exclusivity / MONTH),
        license=_millionths(terms.license_fee.value * hire.usage_rights / MONTH),
        exclusive=hire.exclusivity > 0,
        boost=0 if hire.boost is None else cents(hire.boost.value),
        discount=hire.discount.value if hire.discount is not None else 0.0,
        reviews=hire.reviews,
        content=hire.content,
        relationship=hire.relationship,
        agreed=hire.agreed,
        invitations=_invitations(scenario, hire, float(creator.followers)),
    )


def uncertain_quote(scenario: Scenario, hire: Hire) -> str:
    """How a hire's fee is distributed; empty where it is known."""
    fee = hire.pay.fee
    if isinstance(fee, Quantity):
        return str(fee.distribution) if fee.uncertain else ""
    drawn = fee == "market" and scenario.mechanisms.market_prices.log_sd.value > 0.0
    return "each creator's own market price" if drawn else ""


def faults_of_terms(scenario: Scenario, hire: Hire) -> Iterator[Fault]:
    """Terms of a hire that nobody prices, or that have no fee to be a share of."""
    for word in ("exclusivity", "usage_rights"):
        if not getattr(hire, word):
            continue
        if hire.pay.fee == FEE_ONLY.fee:
            yield Fault(word, f"costs a share of the fee, and {hire.pay.kind} has none", "remove it, or pay a base")
        elif not scenario.mechanisms.contract_terms.on:
            remedy = "add mechanisms: {contract_terms: on}, or state the prices there (0: free)"
            yield Fault(word, "has no price: contract_terms is off", remedy)
    if hire.long_term is not None and hire.pay.fee != "market":
        message = "lowers the market price, and this fee is not the market's"
        yield Fault("long_term", message, f"write {hire.pay.fee_word}: market, or state the lower fee")


def places_on_the_list(scenario: Scenario, hire: Hire, wanted: int) -> int:
    """How many candidates a hire may invite for so many places."""
    outreach = scenario.mechanisms.outreach
    if hire.agreed or not outreach.can_fail:
        return wanted
    return max(wanted, int(outreach.invitations.value * wanted))


def _invitations(scenario: Scenario, hire: Hire, followers: float) -> float:
    """Invitations expected until one is accepted, as far as the list goes, at fair offers."""
    outreach = scenario.mechanisms.outreach
    if hire.agreed or not outreach.can_fail:
        return 1.0
    approach = hire.pay.approach
    curve = {"paid": outreach.accept_paid, "performance": outreach.accept_performance}.get(
        approach, outreach.accept_product
    )
    most, chance = max(1.0, outreach.invitations.value), curve.mean(followers)
    return min(most, 1.0 / chance) if chance > 0.0 else most


def _quote(scenario: Scenario, hire: Hire, market: int) -> tuple[int | Quantity, int]:
    """The fee asked, as far as it is known, and its mean in cents."""
    fee = hire.pay.fee
    if not isinstance(fee, Quantity):
        discount = 0.0 if hire.long_term is None else hire.long_term.value
        median, sd = market / 100.0 * (1.0 - discount), scenario.mechanisms.market_prices.log_sd.value
        if fee == "market" and sd > 0.0 and median > 0.0:
            fee = Quantity("", LogNormal(median, sd), "money", varies="influencer")
        else:
            return (market if discount == 0.0 else cents(median),) * 2
    expected = cents(fee.mean())
    return fee if fee.uncertain else expected, expected


def _celebrity(scenario: Scenario, followers: int) -> float:
    prices = scenario.mechanisms.market_prices
    exponent, start = prices.celebrity_exponent.value, prices.celebrity_followers.value
    return power_(followers / start, exponent) if exponent > 0.0 and followers > start > 0.0 else 1.0


def _millionths(share: float) -> int:
    return int(share * WHOLE + 0.5)
