"""The brand: a Mesa agent that signs contracts and buys media. Its decisions are the same in both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from simulator.campaign.ledger import Ledger
from simulator.campaign.reputation import Reputation
from simulator.campaign.selection import Selection
from simulator.campaign.situation import Situation

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Brand(mesa.Agent):  # type: ignore[misc]
    """Who pays."""

    def __init__(self, model: Any, brief: Brief) -> None:
        super().__init__(model)
        self.brief = brief
        self.ledger = Ledger()
        self.reputation = Reputation(brief)
        self.selection = Selection(brief)

    def act(self, situation: Situation) -> None:
        """Sign and book everything on the first day; bear what is said of the brand; choose who goes on to a wave."""
        if situation.day == 0:
            for author, contract in enumerate(self.brief.authors):
                handling = 0 if contract.creator.own else self.brief.handling_cost
                self.ledger.hire(contract, self.selection.first_fee(author), handling=handling)
            self.ledger.refused = self.brief.declined * self.brief.handling_cost
            self.ledger.paid_social = self.brief.ad_spend
            self.ledger.sales_rep = self.brief.rep_cost
            self.ledger.platform = self.brief.platform_fee
        self.reputation.bear(situation)
        self.selection.choose(situation, self.ledger)
