"""When a post is seen: the curve of one run, by the days of its life."""

from __future__ import annotations

from functools import lru_cache

from simulator.rules.attention import share_seen_by_age
from simulator.rules.size import by_size
from simulator.scenario.draws import Draws
from simulator.scenario.schema import Scenario


def decay(scenario: Scenario, draws: Draws, followers: float) -> tuple[float, ...]:
    """Share of a post's views that came by the end of each day of its life, by size of its author; the last is 1."""
    shape = draws.number(scenario.platform.decay_shape)
    exponent = draws.number(scenario.mechanisms.decay_by_size.exponent)
    scale = by_size(draws.number(scenario.platform.decay_scale_hours), followers, exponent)
    return _seen_by_age(scenario.platform.lifetime_days, shape, scale)


@lru_cache(maxsize=1 << 12)
def _seen_by_age(lifetime: int, shape: float, scale: float) -> tuple[float, ...]:
    return (*(share_seen_by_age(age, lifetime, shape, scale) for age in range(lifetime - 1)), 1.0)
