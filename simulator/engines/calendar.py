"""The days on which somebody decides something. Between them followers live on their own."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.campaign.brief import Brief


def stretches(brief: Brief) -> Iterator[tuple[int, int]]:
    """(first day, day after the last) of each stretch that begins with a decision, up to the horizon."""
    first = 0 if brief.reviews.per_log != 0.0 else min(brief.scandals.days, default=brief.horizon)
    bearing = range(first, brief.horizon)  # reviews come, and demand recovers, day by day
    days = sorted({0, *bearing, *(post.day for post in brief.posts if post.day < brief.horizon)})
    yield from zip(days, [*days[1:], brief.horizon], strict=True)
