"""A brief by hand in which nothing happens but what a test says."""

from __future__ import annotations

from typing import Any

from simulator.campaign.brief import Brief, Sales
from simulator.campaign.measurement import MediaValue, Terms
from simulator.campaign.reviews import ReviewStock
from simulator.rules.afterwards import Aftermath
from simulator.rules.facts import Response


def plain_brief(hired: int, **facts: Any) -> Brief:
    """Of so many authors. Seed, run, horizon, authors and posts are `facts`; everything else is neutral."""
    nothing: dict[str, Any] = {
        "posting_days": 1,
        "audience": tuple(range(hired)),
        "tracking": (1,) * hired,
        "fees": (0,) * hired,
        "response": Response(*([0.0] * len(Response._fields))),
        "sales": Sales(100, 50, 0.0, 30.0, 0.0, 0.0),
        "contacts": (),
        "baseline_per_day": 0.0,
        "seen_by_age": ((1.0,),) * hired,
        "handling_cost": 0,
        "ad_spend": 0,
        "rep_cost": 0,
        "unaffordable": 0,
        "aftermath": Aftermath(*([0.0] * len(Aftermath._fields))),
        "terms": (Terms(0, 0.0, 0.0),) * hired,
        "reviews": ReviewStock(0.0, (), 0.0),
        "return_handling": 0,
        "media_value": MediaValue(0.0, 0.0, 0.0),
    }
    return Brief(**{**nothing, **facts})
