"""How people respond to motives, several sources, a call, variety; and how audiences change meanwhile."""

from __future__ import annotations

from simulator.quantity import Curve, Quantity
from simulator.scenario.mechanisms.base import Mechanism, neutral, neutral_curve


class Persona(Mechanism):
    """Who follows a star for what it represents engages alike, buys less, and overlooks what the product is like."""

    on_engage: Quantity = neutral(1.0, "odds ratio")
    on_click: Quantity = neutral(1.0, "odds ratio")
    on_order: Quantity = neutral(1.0, "odds ratio")
    quality_on_order: Quantity = neutral(1.0, "odds ratio")
    blindness: Quantity = neutral(0.0, "share")


class Sources(Mechanism):
    """Hearing of a product from a second and a third source makes an order likelier (complex contagion)."""

    second: Quantity = neutral(1.0, "odds ratio")
    third: Quantity = neutral(1.0, "odds ratio")


class CallToAction(Mechanism):
    """Asked to share, more of those who engage do."""

    on_share: Quantity = neutral(1.0, "ratio")


class SharingMix(Mechanism):
    """Audiences of large accounts share another part of what they engage with; some people must not share at all."""

    slope: Quantity = neutral(0.0, "exponent")
    banned: Quantity = neutral(0.0, "share")


class CreativeDiversity(Mechanism):
    """Several creatives for one message: what looks new wears out less."""

    fresh: Quantity = neutral(0.0, "share")


class AudienceGrowth(Mechanism):
    """Audiences grow with time and lose some people to every sponsored post."""

    per_month: Curve = neutral_curve(0.0, "relative change")
    loss_per_post: Curve = neutral_curve(0.0, "share")
