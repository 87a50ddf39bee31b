"""Mechanisms a scenario may switch on, by area; each is off until `mechanisms: {NAME: on}`."""

from __future__ import annotations

from simulator.scenario.mechanisms.afterwards import (
    PriceResponse,
    RepeatPurchase,
    Returns,
    Reviews,
    Subscriptions,
    UserContent,
)
from simulator.scenario.mechanisms.base import Mechanism
from simulator.scenario.mechanisms.measurement import BoughtEngagement, EarnedMedia, TrackingLoss
from simulator.scenario.mechanisms.trust import Replies
from simulator.scenario.part import Part

__all__ = ["Mechanism", "Mechanisms"]


class Mechanisms(Part):
    """All mechanisms by name; those that are off have no effect."""

    replies: Replies = Replies()
    returns: Returns = Returns()
    price_response: PriceResponse = PriceResponse()
    user_content: UserContent = UserContent()
    repeat_purchase: RepeatPurchase = RepeatPurchase()
    subscriptions: Subscriptions = Subscriptions()
    reviews: Reviews = Reviews()
    tracking_loss: TrackingLoss = TrackingLoss()
    earned_media: EarnedMedia = EarnedMedia()
    bought_engagement: BoughtEngagement = BoughtEngagement()
