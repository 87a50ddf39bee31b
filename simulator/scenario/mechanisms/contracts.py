"""What contracts cost and whether they are kept: prices, terms, outreach, missing posts, favors returned."""

from __future__ import annotations

from simulator.quantity import Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, neutral


class MarketPrices(Mechanism):
    """Creators of one size ask different prices, and stars more than the curve says. Each quote is known at launch."""

    log_sd: Quantity = neutral(0.0, "log-sd")
    celebrity_exponent: Quantity = neutral(0.0, "exponent")
    celebrity_followers: Quantity = inert(1_000_000.0, "count")


class ContractTerms(Mechanism):
    """What a hire's `exclusivity` and `usage_rights` add to its fee."""

    exclusivity_premium: Quantity = neutral(0.0, "share")
    license_fee: Quantity = neutral(0.0, "share")
