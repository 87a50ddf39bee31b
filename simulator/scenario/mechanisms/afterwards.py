"""What follows a click or an order: returns, reviews, posts of buyers, repeat purchases, subscribers, discounts."""

from __future__ import annotations

from simulator.quantity import Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, neutral


class Returns(Mechanism):
    """Orders are sent back: their contribution is lost, and handling them costs."""

    rate: Quantity = neutral(0.0, "probability")
    quality: Quantity = inert(0.5, "share")
    quality_on_return: Quantity = neutral(1.0, "odds ratio")
    handling_cost: Quantity = inert(0.0, "money")


class PriceResponse(Mechanism):
    """People exposed to a creator whose code takes something off the price order more often."""

    elasticity: Quantity = neutral(0.0, "exponent")


class UserContent(Mechanism):
    """Buyers post about what they bought; their peers see it the next day, like a share of the post that sold it."""

    posts: Quantity = neutral(0.0, "probability")


class RepeatPurchase(Mechanism):
    """Buyers whom the campaign won buy again, and perhaps again."""

    again: Quantity = neutral(0.0, "probability")
    half_life: Quantity = inert(1.0, "days")


class Subscriptions(Mechanism):
    """Who clicks may join the brand's own list, which sells later."""

    subscribe: Quantity = neutral(0.0, "probability")
    order: Quantity = neutral(0.0, "probability")
    half_life: Quantity = inert(1.0, "days")


class Reviews(Mechanism):
    """A stock of reviews, from creators hired for them and from buyers, makes everybody likelier to order."""

    at_start: Quantity = neutral(0.0, "count")
    written: Quantity = neutral(0.0, "probability")
    per_log: Quantity = neutral(0.0, "exponent")
