"""Room in the feed: what is published at once shares it, and how often an author should post."""

from __future__ import annotations

from simulator.arithmetic import exp_, log_
from simulator.compiled import rule


@rule
def share_shown(slots: float, arrivals: float, crowding: float) -> float:
    """Share of viewers who still see a post when more arrives than fits: min(1, slots / arrivals) at full crowding.

    With crowding 0 everything is shown.
    """
    if arrivals <= slots or arrivals <= 0.0:
        return 1.0
    return 1.0 - crowding * (1.0 - slots / arrivals)


@rule
def effect_of_frequency(per_week: float, optimum: float, penalty: float) -> float:
    """Engagement relative to that of an author who posts as often as is best: quadratic in the log of the rate.

    Leung et al. 2022 find the optimum at about five posts a week.
    """
    distance = log_(max(per_week, 0.01) / max(optimum, 0.01))
    return exp_(-penalty * distance * distance)


@rule
def spent_elsewhere(load: float, load_on_order: float) -> float:
    """Log-odds of ordering when people see `load` times as many offers: their money is not more for that."""
    return load_on_order * log_(max(load, 0.001))
