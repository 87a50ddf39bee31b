"""Commission, or affiliate: money for the orders that are tracked to the influencer, and for nothing else."""

from __future__ import annotations

from typing import ClassVar, Literal

from simulator.quantity import Quantity
from simulator.scenario.payments.base import NO_FEE, Approach, ForOrders, Quoted


class Commission(ForOrders):
    """A `share` of the revenue tracked to the influencer, or money `per_order`; a `base` on top only if stated."""

    approach: ClassVar[Approach] = "performance"

    kind: Literal["commission"]
    base: Quantity | Quoted | None = None

    @property
    def fee(self) -> Quantity | Quoted:
        return NO_FEE if self.base is None else self.base
