"""Contacts that are bought or owned: how they spread over days, what one does, and what creators' content adds."""

from __future__ import annotations

from typing import Final

from simulator.arithmetic import exp_, power_
from simulator.compiled import rule

# Kinds of contacts.
PAID: Final = 0  # a display of an ad: seen, perhaps clicked, perhaps ordered after the click
VISIT: Final = 1  # of a sales representative: no display; sold on the spot or not at all
OWNED: Final = 2  # a visit to the brand's own site or shop, where creators' content is seen


@rule
def shown_before(day: int, impressions: int, days: int) -> int:
    """Impressions shown before a day, when they spread evenly over the first `days` days."""
    if day <= 0:
        return 0
    if day >= days:
        return impressions
    return int(impressions * day) // days


@rule
def advert_clicked(die: float, click_rate: float) -> bool:
    """Whether the one who sees an ad clicks: at the platform's rate, whoever it is."""
    return die < click_rate


@rule
def advert_sells(die: float, conversion_rate: float) -> bool:
    """Whether a contact leads to an order, after a click where there is one; contacts have no halo."""
    return die < conversion_rate


@rule
def carried_over(click_rate: float, quality: float, elasticity: float, ratio: float, spread: float) -> float:
    """Click rate of an ad that shows a creator's post.

    `quality` is the post's organic engagement per view relative to a typical account of 10,000 followers; `ratio` is
    what creators' content gets against the brand's own ads, whoever the creator is. Where quality is lognormal around
    a mean of one, with a log-sd of `spread`, its power is divided by that power's mean: typical ads click as published.
    """
    mean = exp_(0.5 * elasticity * (elasticity - 1.0) * spread * spread)
    return min(1.0, click_rate * ratio * power_(max(quality, 0.000001), elasticity) / mean)


@rule
def with_odds(chance: float, odds_ratio: float) -> float:
    """A probability whose odds are multiplied."""
    if odds_ratio == 1.0:
        return chance
    return chance * odds_ratio / (1.0 - chance + chance * odds_ratio)
