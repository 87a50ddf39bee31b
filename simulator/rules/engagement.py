"""Does a person who sees a post engage with it, and how?"""

from __future__ import annotations

from simulator.arithmetic import logistic
from simulator.compiled import rule
from simulator.rules.facts import COMMENT, LIKE, SHARE, Person, Post, Response, Tie
from simulator.rules.trust import trust_felt


@rule
def engage(person: Person, tie: Tie, post: Post, response: Response, exposures: float) -> float:
    """Probability of liking, commenting or sharing, given that the post is seen."""
    return logistic(
        post.engage
        + response.trust_on_engage * (trust_felt(tie, post) - post.trust)
        + response.fit_on_engage * person.affinity
        + response.wear_on_engage * exposures
        + response.susceptibility_on_engage * person.susceptibility * post.by_peer
        + response.persona_on_engage * tie.persona
    )


@rule
def engagement_kind(die: float, post: Post) -> int:
    """SHARE, COMMENT or LIKE, in that order along the die."""
    if die < post.share:
        return SHARE
    if die < post.share + post.comment:
        return COMMENT
    return LIKE
