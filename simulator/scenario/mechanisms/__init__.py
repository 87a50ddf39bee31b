"""Mechanisms a scenario may switch on, by area; each is off until `mechanisms: {NAME: on}`."""

from __future__ import annotations

from simulator.scenario.mechanisms.base import Mechanism
from simulator.scenario.mechanisms.contracts import (
    ContractTerms,
    Dropout,
    EarnedLinks,
    MarketPrices,
    NoShows,
    Outreach,
    Reciprocity,
)
from simulator.scenario.mechanisms.trust import Replies
from simulator.scenario.part import Part

__all__ = ["ContractTerms", "MarketPrices", "Mechanism", "Mechanisms", "Outreach"]


class Mechanisms(Part):
    """All mechanisms by name; those that are off have no effect."""

    replies: Replies = Replies()
    market_prices: MarketPrices = MarketPrices()
    contract_terms: ContractTerms = ContractTerms()
    outreach: Outreach = Outreach()
    no_shows: NoShows = NoShows()
    dropout: Dropout = Dropout()
    reciprocity: Reciprocity = Reciprocity()
    earned_links: EarnedLinks = EarnedLinks()
