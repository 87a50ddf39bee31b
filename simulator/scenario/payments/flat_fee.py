"""Flat fee: one sum, whatever comes of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from simulator.quantity import Quantity
from simulator.scenario.numbers import Facts
from simulator.scenario.payments.base import FEE, Payment, Quoted


class FlatFee(Payment):
    """One sum per influencer for all their posts, whatever comes of it: money, `market` or `equal_share`."""

    facts: ClassVar[dict[str, Facts]] = {"amount": FEE}

    kind: Literal["flat_fee"]
    amount: Quantity | Quoted

    @property
    def fee(self) -> Quantity | Quoted:
        return self.amount
