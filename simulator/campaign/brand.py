"""The brand: a Mesa agent that signs contracts and buys media. Its decisions are the same in both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from simulator.campaign.ledger import Ledger

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Brand(mesa.Agent):  # type: ignore[misc]
    """Who pays."""

    def __init__(self, model: Any, brief: Brief) -> None:
        super().__init__(model)
        self.brief = brief
        self.ledger = Ledger()

    def act(self, day: int) -> None:
        """Sign all contracts, book all ads and send out representatives on the first day."""
        if day == 0:
            for contract, fee in zip(self.brief.authors, self.brief.fees, strict=True):
                handling = 0 if contract.creator.own else self.brief.handling_cost
                self.ledger.hire(fee=fee, product=contract.sample_cost, handling=handling)
                self.ledger.license_content(price=contract.license, boost=contract.boost)
            self.ledger.paid_social = self.brief.ad_spend
            self.ledger.sales_rep = self.brief.rep_cost
