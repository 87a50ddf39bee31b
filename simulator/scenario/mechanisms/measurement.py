"""What is measured and what is not: lost tracking, media value, bought engagement."""

from __future__ import annotations

from simulator.quantity import Curve, Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert_curve, neutral, neutral_curve


class TrackingLoss(Mechanism):
    """Some orders after a click on a tracked link are not attributed, although they fall within the window."""

    share: Curve = neutral_curve(0.0, "share")


class EarnedMedia(Mechanism):
    """What the engagements would have cost as advertising: a convention, not money earned."""

    like: Quantity = neutral(0.0, "money")
    comment: Quantity = neutral(0.0, "money")
    share: Quantity = neutral(0.0, "money")


class BoughtEngagement(Mechanism):
    """Some accounts buy engagement, which shows and neither reaches nor sells."""

    prevalence: Curve = inert_curve(0.0, "share")
    per_real: Quantity = neutral(0.0, "ratio")
