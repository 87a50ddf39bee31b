"""How far and how long a post carries: feeds, posting frequency, size; and content used again in ads and shops."""

from __future__ import annotations

from simulator.quantity import Quantity
from simulator.scenario.mechanisms.base import Mechanism, inert, neutral


class Feed(Mechanism):
    """Feeds hold so many posts: an author's posts of one day, and all advertisers' posts, crowd each other out."""

    crowding: Quantity = neutral(0.0, "share")
    slots: Quantity = inert(2.0, "per day")
    other_posts: Quantity = inert(5.0, "per week")
    load: Quantity = neutral(1.0, "ratio")
    load_on_order: Quantity = inert(0.0, "exponent")


class PostingRate(Mechanism):
    """Who posts more or less often than is best engages less."""

    penalty: Quantity = neutral(0.0, "per squared log")
    optimum: Quantity = inert(5.0, "per week")
    usual: Quantity = inert(5.0, "per week")


class Goldilocks(Mechanism):
    """Beyond some size engagement falls faster than followers grow."""

    strength: Quantity = neutral(0.0, "share")
    turning_point: Quantity = inert(985_000.0, "count")
    steepness: Quantity = inert(1.6, "exponent")


class DecayBySize(Mechanism):
    """Posts of large accounts are seen sooner, those of small ones longer, or the other way round."""

    exponent: Quantity = neutral(0.0, "exponent")


class Amplification(Mechanism):
    """Creators' posts do better as ads than the brand's own, the more so the better they did by themselves."""

    quality: Quantity = neutral(0.0, "exponent")
    click_ratio: Quantity = neutral(1.0, "ratio")


class Reuse(Mechanism):
    """Creators' content on the brand's own channels makes those who see it there likelier to buy."""

    conversion_odds: Quantity = neutral(1.0, "odds ratio")


class SalesRep(Mechanism):
    """What a sales representative costs and sells: a benchmark outside social media, for arms with `sales_rep`."""

    cost_per_day: Quantity = inert(400.0, "money")
    visits_per_day: Quantity = inert(6.0, "per day")
    close_rate: Quantity = inert(0.1, "share")
