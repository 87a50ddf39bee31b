"""Trust of a follower in an influencer: how it is felt, and what each post seen makes of it."""

from __future__ import annotations

from simulator.compiled import rule
from simulator.rules.facts import Post, Response, Tie


@rule
def trust_felt(tie: Tie, post: Post) -> float:
    """Trust as it counts today: a name in disrepute is trusted less, whatever the tie; no name beyond full trust."""
    return min(tie.trust * post.standing, 1.0)


@rule
def trust_after(tie: Tie, post: Post, engaged: int, response: Response) -> float:
    """Trust after a post was met: an engagement moves it toward 1, a view that was ignored a little toward 0.

    What looks like an ad costs trust, the more the less there is of it.
    """
    if engaged:
        trust = tie.trust + response.trust_step * (1.0 - tie.trust)
    else:
        trust = tie.trust - response.trust_step * response.trust_ignored_weight * tie.trust
    return trust * (1.0 - post.doubt * (1.0 - trust))
