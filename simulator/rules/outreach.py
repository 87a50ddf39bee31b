"""Whether a creator takes an offer, works as hard as for a fair one, and keeps it."""

from __future__ import annotations

from simulator.arithmetic import exp_, log_, logistic, logit
from simulator.compiled import rule


@rule
def status_gap(followers: float, brand_followers: float) -> float:
    """How far a creator stands above a brand, in log followers; nothing if it does not."""
    if not followers > brand_followers > 0.0:
        return 0.0
    return log_(followers / brand_followers)


@rule
def accept_chance(typical: float, odds_per_gap: float, gap: float, typical_gap: float) -> float:
    """Chance to take a fair offer: typical odds, times `odds_per_gap` for each unit of gap beyond the typical one."""
    if gap == typical_gap or odds_per_gap == 1.0 or not 0.0 < typical < 1.0:
        return typical
    return logistic(logit(typical) + log_(odds_per_gap) * (gap - typical_gap))


@rule
def reservation_price(market: float, share: float, sd: float, shock: float) -> float:
    """What a creator's work is worth to itself: a share of the market price, in the median, with a lognormal shock."""
    return market * share * exp_(sd * shock)


@rule
def effort_for(offer: float, reservation: float, cut: float) -> float:
    """Effort relative to a fair deal's: below the reservation price it falls by `cut` times the part that lacks."""
    if not offer < reservation:
        return 1.0
    return 1.0 - cut * (1.0 - offer / reservation)


@rule
def leave_chance(idle_days: float, hazard: float, regular_days: float) -> float:
    """Chance to drop out of a deal in a gap between posts: `hazard` per 30 days beyond what counts as regular work."""
    beyond = idle_days - regular_days
    if not beyond > 0.0 or not hazard > 0.0:
        return 0.0
    if hazard >= 1.0:
        return 1.0
    return 1.0 - exp_(log_(1.0 - hazard) * beyond / 30.0)


@rule
def link_orders(per_day: float, exponent: float, followers: float) -> float:
    """Orders a day that the link of an account of that size brings; `per_day` is that of 10,000 followers."""
    return per_day * exp_(exponent * log_(followers / 10_000.0))


@rule
def withheld(fee: int, missed: int, posts: int, share: int) -> int:
    """Part of a fee not paid for missing posts, in cents: `share` millionths of it are paid on delivery only."""
    return fee * missed * share // (posts * 1_000_000)
