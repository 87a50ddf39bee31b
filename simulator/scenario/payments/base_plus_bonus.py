"""Base plus bonus: a fee, and more for every so many engagements, up to a cap if one is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from simulator.quantity import Quantity
from simulator.rules.payment import bonus_due
from simulator.scenario.money import cents
from simulator.scenario.numbers import Facts
from simulator.scenario.payments.base import FEE, IN_THE_CONTRACT, Closed, Fault, Payment, Quoted


class BasePlusBonus(Payment):
    """A fee for all posts, and a bonus for every `per` engagements of the influencer's audience, at most `cap`."""

    facts: ClassVar[dict[str, Facts]] = {
        "base": FEE,
        "bonus": Facts("money", "paid for every `per` engagements of the own audience", "influencer", IN_THE_CONTRACT),
        "cap": Facts("money", "most that one influencer's bonus comes to", "influencer", IN_THE_CONTRACT),
    }

    kind: Literal["base_plus_bonus"]
    base: Quantity | Quoted
    bonus: Quantity
    per: Annotated[int, Field(ge=1)] = 1  # engagements
    cap: Quantity | None = None

    @property
    def fee(self) -> Quantity | Quoted:
        return self.base

    @property
    def fee_word(self) -> str:
        return "base"

    @property
    def most_by_result(self) -> int:
        return 0 if self.cap is None else cents(self.cap.value)

    def owed_bonus(self, closed: Closed) -> int:
        cap = -1 if self.cap is None else cents(self.cap.value)
        return bonus_due(closed.engagements, cents(self.bonus.value), self.per, cap)

    def faults(self, tracking: str) -> Iterator[Fault]:
        if self.base == "equal_share" and self.cap is None:
            message = "is missing: an equal share takes all the budget leaves, and this bonus could come to any sum"
            yield Fault("cap", message, "add cap: 200, the most one influencer's bonus can come to")
