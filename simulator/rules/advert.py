"""Paid social: how bought impressions spread over the posting window, and what one does."""

from __future__ import annotations

from simulator.compiled import rule


@rule
def shown_before(day: int, impressions: int, days: int) -> int:
    """Impressions shown before a day, when they spread evenly over the first `days` days."""
    if day >= days:
        return impressions
    return int(impressions * day) // days


@rule
def advert_clicked(die: float, click_rate: float) -> bool:
    """Whether the one who sees an ad clicks: at the platform's rate, whoever it is."""
    return die < click_rate


@rule
def advert_sells(die: float, conversion_rate: float) -> bool:
    """Whether the one who clicked on an ad intends to order; ads have no halo."""
    return die < conversion_rate
