"""What one author's post is like, and what that does: everything that sets it apart from a typical post of its size."""

from __future__ import annotations

from typing import NamedTuple

from simulator.arithmetic import exp_
from simulator.compiled import rule
from simulator.rules.facts import Post


class Content(NamedTuple):
    """One post beside a typical one of an account of that size: differences, 0 where there is none."""

    polish: float  # standard deviations
    effort: float  # standard deviations
    control: float  # share of the content that the brand decides
    disclosed: float  # 1: marked as an ad
    lacking: float  # credibility that the product needs and the author lacks: 0 to 1
    belief: float  # in the brand, standard deviations
    rivals: float  # brands endorsed within 90 days
    partnership: float  # with the brand: 0 new, 1 fully grown


class Compared(NamedTuple):
    """One post beside the typical ones that each of its rates is the mean of: they may be of different accounts."""

    engage: Content
    click: Content
    order: Content
    name: Content  # for trust in the author


class Weights(NamedTuple):
    """What a unit of each fact does: log-odds, shares of trust."""

    polish_on_engage: float = 0.0
    polish_doubt: float = 0.0
    effort_on_engage: float = 0.0
    effort_on_click: float = 0.0
    control_on_engage: float = 0.0
    control_on_order: float = 0.0
    disclosed_on_engage: float = 0.0
    disclosed_doubt: float = 0.0
    lacking_on_order: float = 0.0
    belief_trust: float = 0.0
    rival_penalty: float = 0.0
    partnership_trust: float = 0.0
    partnership_fit: float = 0.0
    partnership_relief: float = 0.0


@rule
def partnership_grown(earlier_posts: float, saturation: float) -> float:
    """How far a partnership has grown after so many posts: it saturates."""
    if earlier_posts <= 0.0:
        return 0.0
    return 1.0 - exp_(-earlier_posts / saturation) if saturation > 0.0 else 1.0


@rule
def engaging(content: Content, weights: Weights) -> float:
    """Log-odds of engaging that the content adds."""
    return (
        weights.polish_on_engage * content.polish
        + weights.effort_on_engage * content.effort
        + weights.control_on_engage * content.control
        + weights.disclosed_on_engage * content.disclosed
    )


@rule
def clicking(content: Content, weights: Weights) -> float:
    """Log-odds of clicking that the content adds."""
    return weights.effort_on_click * content.effort + weights.partnership_fit * content.partnership


@rule
def ordering(content: Content, weights: Weights) -> float:
    """Log-odds of ordering that the content adds."""
    return (
        weights.control_on_order * content.control
        + weights.lacking_on_order * content.lacking
        + weights.partnership_fit * content.partnership
    )


@rule
def standing(content: Content, weights: Weights) -> float:
    """What the author's name is worth when speaking of this brand; 1 is usual, and more rivals never add to it."""
    worth = (
        1.0
        + weights.belief_trust * content.belief
        + weights.partnership_trust * content.partnership
        - weights.rival_penalty * content.rivals
    )
    return max(0.0, worth)


@rule
def doubt(content: Content, weights: Weights) -> float:
    """Share of trust that the post costs who has none: a label and polish raise it, a partnership relieves it."""
    raised = weights.disclosed_doubt * content.disclosed + weights.polish_doubt * content.polish
    return min(1.0, max(0.0, raised * (1.0 - weights.partnership_relief * content.partnership)))


@rule
def with_content(post: Post, content: Compared, weights: Weights) -> Post:
    """The facts of a typical post, made those of this one."""
    return Post(
        post.engage + engaging(content.engage, weights),
        post.click + clicking(content.click, weights),
        post.order + ordering(content.order, weights),
        post.view_through + ordering(content.order, weights),
        post.comment,
        post.share,
        post.trust,
        post.by_peer,
        standing(content.name, weights),
        doubt(content.name, weights),
    )


@rule
def shares_when_asked(share: float, comment: float, factor: float) -> float:
    """Share of engagements that are shares, of a post that asks for them; comments stay as many."""
    return min(share * factor, max(share, 1.0 - comment))
