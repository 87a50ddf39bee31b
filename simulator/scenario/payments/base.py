"""What a kind of payment is: its words in a scenario file, what it commits up front, and what it owes by result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final, Literal, NamedTuple

from simulator.distributions import Fixed
from simulator.quantity import Quantity
from simulator.rules.payment import WHOLE, commission_due
from simulator.scenario.money import cents
from simulator.scenario.numbers import Facts
from simulator.scenario.part import Part

Quoted = Literal["market", "equal_share"]
Approach = Literal["paid", "performance", "product"]

# A fee is a quote, known before launch, and may differ between creators; all else is written into the contract.
FEE: Final = Facts("money", "fee of one influencer for all posts", "influencer")
IN_THE_CONTRACT: Final = "is written into the contract, so it must be one value"
NO_FEE: Final = Quantity("", Fixed(0.0), "money")


class Closed(NamedTuple):
    """Counts of one influencer when the campaign is over. Money in cents."""

    engagements: int  # of the own audience
    attributed_orders: int
    attributed_revenue: int


class Fault(NamedTuple):
    """Why a payment cannot be kept beside the rest of its hire: at which word, and what would mend it."""

    word: str
    message: str
    remedy: str


class Payment(Part):
    """Base of all payments: one file each in this folder, found by their `kind`. By itself nothing but a fee."""

    facts: ClassVar[dict[str, Facts]] = {}  # of its numbers, by name
    approach: ClassVar[Approach] = "paid"  # how a creator looks at the offer

    kind: str = ""

    @property
    def fee(self) -> Quantity | Quoted:
        """What is paid whatever the result."""
        return NO_FEE

    @property
    def fee_word(self) -> str:
        """The word of the file that states the fee."""
        return "amount"

    @property
    def most_by_result(self) -> int:
        """Cents to keep ready for what is due by result; what has no stated limit is not kept ready."""
        return 0

    def owed_bonus(self, closed: Closed) -> int:
        """Cents due for engagements."""
        return 0

    def owed_commission(self, closed: Closed) -> int:
        """Cents due for attributed orders; none without one."""
        return 0

    def faults(self, tracking: str) -> Iterator[Fault]:
        """What contradicts itself in these words, or the hire's `tracking`."""
        yield from ()


FEE_ONLY: Final = Payment()


class ForOrders(Payment):
    """Base of payments by tracked orders: a `share` of their revenue, or money `per_order`."""

    facts: ClassVar[dict[str, Facts]] = {
        "share": Facts("share", "part of the tracked revenue; state this or per_order", "influencer", IN_THE_CONTRACT),
        "per_order": Facts("money", "paid for each tracked order; state this or share", "influencer", IN_THE_CONTRACT),
        "base": FEE,
    }

    share: Quantity | None = None
    per_order: Quantity | None = None

    @property
    def fee_word(self) -> str:
        return "base"

    def owed_commission(self, closed: Closed) -> int:
        share = 0 if self.share is None else int(self.share.value * WHOLE + 0.5)
        each = 0 if self.per_order is None else cents(self.per_order.value)
        return commission_due(closed.attributed_revenue, closed.attributed_orders, share, each)

    def faults(self, tracking: str) -> Iterator[Fault]:
        if self.share is None and self.per_order is None:
            yield Fault("share", "is missing: a commission needs a rate", "add share: 0.1, or per_order: 8")
        if self.share is not None and self.per_order is not None:
            yield Fault("per_order", "stands beside share", "keep one of them")
        if tracking == "none":
            yield Fault(
                "kind", "pays for tracked orders, and tracking is none", "write tracking: utm, or tracking: code"
            )
