"""Product only, or gifting: the sample is all that the influencer gets."""

from __future__ import annotations

from typing import ClassVar, Literal

from simulator.scenario.payments.base import Approach, Payment


class ProductOnly(Payment):
    """No money: the product's `sample_cost` is what the gift costs the brand."""

    approach: ClassVar[Approach] = "product"

    kind: Literal["product_only"]
