"""Trust at the end as it is felt: what ties hold, times what the author's name is worth by then."""

from __future__ import annotations

from typing import Any

from simulator.campaign.brief import Brief
from simulator.campaign.situation import STANDING
from simulator.compiled import kernel
from simulator.engines.columns import A_TRUST
from simulator.engines.followers import Followers
from simulator.engines.passes.encounters import facts_of
from simulator.rules.facts import Tie
from simulator.rules.trust import trust_felt
from simulator.world.audiences import FIXED_POINT


def count_trust_felt(brief: Brief, followers: Followers) -> None:
    """Add to each author's change of trust what its name adds to, or takes from, trust as its last post is met."""
    facts = followers.posts.organic
    if (facts[:, STANDING] == 1.0).all():
        return
    for author, due in enumerate(brief.due):
        last = max(due, default=None)
        if last is not None and facts[last[1], STANDING] != 1.0:
            followers.counts().authors[author, A_TRUST] += _felt_less_held(followers.trust_in(author), facts, last[1])


@kernel
def _felt_less_held(trust: Any, facts: Any, number: int) -> int:
    """Trust felt less trust held, in fixed point, summed over ties."""
    difference = 0
    for edge in range(trust.size):
        held = float(trust[edge])
        felt = trust_felt(Tie(held, 0.0), facts_of(facts, number))
        difference += int(felt * FIXED_POINT) - int(held * FIXED_POINT)
    return difference
