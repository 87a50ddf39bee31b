"""What the content is like and who makes it: polish, effort, control, belief in the brand, expertise, new platforms."""

from __future__ import annotations

from simulator.quantity import Curve, Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, inert_curve, neutral


class Polish(Mechanism):
    """Content that looks like an ad is engaged with less, and doubted more."""

    usual: Curve = inert_curve(0.0, "standard deviations")
    on_engage: Quantity = neutral(1.0, "odds ratio")
    doubt: Quantity = neutral(0.0, "share")


class Effort(Mechanism):
    """Who tries harder makes content that more people engage with and click on."""

    usual: Curve = inert_curve(0.0, "standard deviations")
    underpaid: Quantity = inert(0.0, "standard deviations")
    on_engage: Quantity = neutral(1.0, "odds ratio")
    on_click: Quantity = neutral(1.0, "odds ratio")


class CreativeControl(Mechanism):
    """A brand that decides on the content gets its message, and loses the author's own voice."""

    usual: Curve = inert_curve(0.0, "share")
    on_engage: Quantity = neutral(1.0, "odds ratio")
    on_order: Quantity = neutral(1.0, "odds ratio")


class BrandBelief(Mechanism):
    """Who truly believes in the brand is trusted more when speaking of it."""

    trust: Quantity = neutral(0.0, "relative change")


class Expertise(Mechanism):
    """A product that needs explaining sells less through authors who are not credible in its niche."""

    credibility: Curve = inert_curve(1.0, "share")
    on_order: Quantity = neutral(1.0, "odds ratio")


class EarlyPlatform(Mechanism):
    """Some authors are on a young platform early, where a post still reaches more people."""

    adopters: Curve = inert_curve(0.0, "probability")
    bonus: Quantity = neutral(0.0, "ratio")
