"""What moves trust besides posts as such: replies, disclosure, rivals, partnerships, scandals."""

from __future__ import annotations

from simulator.quantity import Curve, Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, inert_curve, neutral, neutral_curve


class Replies(Mechanism):
    """Authors answer comments as far as their day allows; who is answered trusts more, who is not comments less."""

    capacity: Quantity = inert(100.0, "per day")
    gain: Quantity = neutral(0.0, "probability")
    dry_up: Quantity = neutral(0.0, "share")
    automated: Quantity = neutral(0.0, "share")
    automated_loss: Quantity = inert(0.0, "share")


class Disclosure(Mechanism):
    """A post marked as an ad makes those doubt the author who trust little; what is not disclosed does not."""

    on_engage: Quantity = neutral(1.0, "odds ratio")
    doubt: Quantity = neutral(0.0, "share")


class Rivals(Mechanism):
    """Authors who also praise rival brands are believed less; what counts is more or fewer than is usual."""

    penalty: Quantity = neutral(0.0, "share")
    usual: Curve = inert_curve(0.0, "count")


class Partnership(Mechanism):
    """Working together for longer: one state that saturates, with separate effects on trust, fit and doubt."""

    saturation: Quantity = inert(4.0, "count")
    trust: Quantity = neutral(0.0, "relative change")
    fit: Quantity = neutral(1.0, "odds ratio")
    relief: Quantity = neutral(0.0, "relative change")


class Scandals(Mechanism):
    """An author may disgrace itself: its name loses worth, and some of that falls on the brand for a time."""

    hazard: Curve = neutral_curve(0.0, "probability")
    loss: Quantity = inert(0.0, "share")
    brand_loss: Quantity = inert(0.0, "share")
    half_life_days: Quantity = inert(15.0, "days")
