"""What moves trust besides posts as such: replies, disclosure, rivals, scandals."""

from __future__ import annotations

from simulator.quantity import Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, neutral


class Replies(Mechanism):
    """Authors answer comments as far as their day allows; who is answered trusts more, who is not comments less."""

    capacity: Quantity = inert(100.0, "per day")
    gain: Quantity = neutral(0.0, "probability")
    dry_up: Quantity = neutral(0.0, "share")
    automated: Quantity = neutral(0.0, "share")
    automated_loss: Quantity = inert(0.0, "share")
