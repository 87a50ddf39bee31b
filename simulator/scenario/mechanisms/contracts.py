"""What contracts cost and whether they are kept: prices, terms, outreach, missing posts, favors returned."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from simulator.distributions import Fixed
from simulator.quantity import Curve, Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, neutral


def neutral_at_all_sizes(value: float, unit: str) -> Any:
    """A curve over followers that has no effect while it is level at `value`."""
    return Field(default=Curve("", (1.0,), (Fixed(value),), unit))


class MarketPrices(Mechanism):
    """Creators of one size ask different prices, and stars more than the curve says. Each quote is known at launch."""

    log_sd: Quantity = neutral(0.0, "log-sd")
    celebrity_exponent: Quantity = neutral(0.0, "exponent")
    celebrity_followers: Quantity = inert(1_000_000.0, "count")


class ContractTerms(Mechanism):
    """What a hire's `exclusivity` and `usage_rights` add to its fee."""

    exclusivity_premium: Quantity = neutral(0.0, "share")
    license_fee: Quantity = neutral(0.0, "share")


class Outreach(Mechanism):
    """Hires are invitations: creators may refuse, take a poor offer with less effort, and are replaced."""

    accept_paid: Curve = neutral_at_all_sizes(1.0, "probability")
    accept_performance: Curve = neutral_at_all_sizes(1.0, "probability")
    accept_product: Curve = neutral_at_all_sizes(1.0, "probability")
    status_odds: Quantity = neutral(1.0, "odds ratio")
    brand_followers: Quantity = inert(10_000.0, "count")
    typical_brand_followers: Quantity = inert(10_000.0, "count")
    reservation: Quantity = neutral(0.0, "ratio")
    reservation_sd: Quantity = inert(0.6, "log-sd")
    settle_below: Quantity = inert(0.0, "probability")
    effort_cut: Quantity = inert(0.0, "share")
    invitations: Quantity = inert(1.0, "ratio")

    @property
    def can_fail(self) -> bool:
        """Whether anybody might refuse."""
        if not self.on:
            return False
        rows = (*self.accept_paid.rows, *self.accept_performance.rows, *self.accept_product.rows)
        certain = all(isinstance(row, Fixed) and row.value >= 1.0 for row in rows)
        return not certain or self.reservation.distribution != Fixed(0.0)


class NoShows(Mechanism):
    """Some posts that were agreed on never appear."""

    chance: Curve = neutral_at_all_sizes(0.0, "probability")
    prepaid: Quantity = inert(1.0, "share")


class Dropout(Mechanism):
    """Ambassadors without regular work leave; the posts still due are missed."""

    hazard: Quantity = neutral(0.0, "probability")
    regular_days: Quantity = inert(30.0, "days")


class Reciprocity(Mechanism):
    """Creators return the favor with one post that nobody paid for."""

    chance: Curve = neutral_at_all_sizes(0.0, "probability")
    delay_days: Quantity = inert(7.0, "days")


class EarnedLinks(Mechanism):
    """Creators who publish may link to the brand; a link brings orders every day, more from a larger account."""

    response: Curve = neutral_at_all_sizes(0.0, "probability")
    orders_per_day: Quantity = neutral(0.0, "per day")
    authority: Quantity = inert(0.0, "exponent")
