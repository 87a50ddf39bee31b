"""Hybrid: a fee and a commission, each on its own terms."""

from __future__ import annotations

from typing import Literal

from simulator.quantity import Quantity
from simulator.scenario.payments.base import ForOrders, Quoted


class Hybrid(ForOrders):
    """A fee for all posts, and a `share` of the revenue tracked to the influencer, or money `per_order`."""

    kind: Literal["hybrid"]
    base: Quantity | Quoted

    @property
    def fee(self) -> Quantity | Quoted:
        return self.base
