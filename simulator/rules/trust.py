"""Trust of a follower in an influencer: a bounded update after each post seen."""

from __future__ import annotations

from simulator.compiled import rule
from simulator.rules.facts import Response


@rule
def trust_after(trust: float, engaged: int, response: Response) -> float:
    """Trust after a post was met: an engagement moves it toward 1, a view that was ignored a little toward 0."""
    if engaged:
        return trust + response.trust_step * (1.0 - trust)
    return trust - response.trust_step * response.trust_ignored_weight * trust
