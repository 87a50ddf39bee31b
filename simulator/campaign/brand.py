"""The brand: a Mesa agent that opens its purse once and meets its baseline demand day by day, in both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Brand(mesa.Agent):  # type: ignore[misc]
    """Who pays. Its ledger is kept in cents."""

    def __init__(self, model: Any, brief: Brief) -> None:
        super().__init__(model)
        self.brief = brief
        self.fees_paid = 0
        self.ads_booked = False

    def act(self, day: int) -> None:
        """Sign contracts and book ads on the first day."""
        if day == 0:
            self.fees_paid = sum(self.brief.fees)
            self.ads_booked = self.brief.ads.impressions > 0
