"""Mechanisms a scenario may switch on, by area; each is off until `mechanisms: {NAME: on}`."""

from __future__ import annotations

from simulator.scenario.mechanisms.base import Mechanism
from simulator.scenario.mechanisms.channels import (
    Amplification,
    DecayBySize,
    Feed,
    Goldilocks,
    PostingRate,
    Reuse,
    SalesRep,
)
from simulator.scenario.mechanisms.trust import Replies
from simulator.scenario.part import Part

__all__ = ["Mechanism", "Mechanisms"]


class Mechanisms(Part):
    """All mechanisms by name; those that are off have no effect."""

    replies: Replies = Replies()
    feed: Feed = Feed()
    posting_rate: PostingRate = PostingRate()
    goldilocks: Goldilocks = Goldilocks()
    decay_by_size: DecayBySize = DecayBySize()
    amplification: Amplification = Amplification()
    reuse: Reuse = Reuse()
    sales_rep: SalesRep = SalesRep()
