"""What a contract's posts are like beside typical ones: what the scenario states, beside what is usual for the size."""

from __future__ import annotations

from typing import Final

from simulator.distributions import Fixed
from simulator.quantity import Curve, Quantity
from simulator.rules.audience import audience_left, reach_with_bonus
from simulator.rules.content import Compared, Content, Weights, partnership_grown, shares_when_asked, with_content
from simulator.rules.facts import Post
from simulator.rules.rates import per_step
from simulator.rules.sharing import share_allowed, share_by_size
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario

NO_RIVALS: Final = Quantity("", Fixed(0.0), "count")  # of who endorses one brand only


def draw_weights(scenario: Scenario, draws: Draws) -> Weights:
    """What each fact about content does in this run."""
    m = scenario.mechanisms

    def odds(number: Quantity) -> float:
        return per_step(draws.number(number), 1.0)

    return Weights(
        polish_on_engage=odds(m.polish.on_engage),
        polish_doubt=draws.number(m.polish.doubt),
        effort_on_engage=odds(m.effort.on_engage),
        effort_on_click=odds(m.effort.on_click),
        control_on_engage=odds(m.creative_control.on_engage),
        control_on_order=odds(m.creative_control.on_order),
        disclosed_on_engage=odds(m.disclosure.on_engage),
        disclosed_doubt=draws.number(m.disclosure.doubt),
        lacking_on_order=odds(m.expertise.on_order),
        belief_trust=draws.number(m.brand_belief.trust),
        rival_penalty=draws.number(m.rivals.penalty),
        partnership_trust=draws.number(m.partnership.trust),
        partnership_fit=odds(m.partnership.fit),
        partnership_relief=draws.number(m.partnership.relief),
    )


def compared(scenario: Scenario, draws: Draws, contract: Contract, earlier_posts: int) -> Compared:
    """One post of a contract, after so many earlier ones for the brand, beside what each of its rates stands for.

    Engagement rates are those of accounts of the same size, and so are rates that the scenario states of this account.
    """
    creator, reference = contract.creator, scenario.reference_followers
    alike = content_of(scenario, draws, contract, earlier_posts, float(creator.followers))
    if reference == "same":
        return Compared(alike, alike, alike, alike)
    other = content_of(scenario, draws, contract, earlier_posts, float(reference))
    return Compared(
        engage=alike,
        click=other if creator.click_rate is None else alike,
        order=other if creator.conversion_rate is None else alike,
        name=other,
    )


def content_of(scenario: Scenario, draws: Draws, contract: Contract, earlier_posts: int, reference: float) -> Content:
    """One post of a contract beside a typical one of an account with so many followers as `reference`."""
    m, stated, ties = scenario.mechanisms, contract.content, contract.relationship
    size = float(contract.creator.followers)
    underpaid = (1.0 - contract.effort) * draws.number(m.effort.underpaid)

    def beside(usual: Curve, known: Quantity | None) -> float:
        return (draws.curve(usual, size) if known is None else known.value) - draws.curve(usual, reference)

    return Content(
        polish=beside(m.polish.usual, stated.polish),
        effort=beside(m.effort.usual, stated.effort) - underpaid,
        control=beside(m.creative_control.usual, stated.control),
        disclosed=1.0 if stated.disclosed else 0.0,
        lacking=draws.number(scenario.product.complexity) * (1.0 - draws.curve(m.expertise.credibility, size)),
        belief=0.0 if ties.belief is None else ties.belief.value,
        rivals=beside(m.rivals.usual, NO_RIVALS if contract.exclusive else ties.rivals),
        partnership=partnership_grown(float(earlier_posts), draws.number(m.partnership.saturation)),
    )


def posts_with_content(
    scenario: Scenario, draws: Draws, contract: Contract, organic: Post, shared: Post, shown: Post
) -> list[tuple[Post, Post, Post]]:
    """The facts of each post of a contract, in the order of publication, as followers, peers and strangers meet it."""
    weights = draws.once(draw_weights, scenario)
    organic = as_shared(scenario, draws, contract, organic)
    if weights == Weights():
        return [(organic, shared, shown)] * len(contract.published)
    earlier = contract.relationship.earlier_posts
    contents = [compared(scenario, draws, contract, earlier + k) for k in range(len(contract.published))]
    return [
        (
            with_content(organic, each, weights),
            with_content(shared, each, weights),
            with_content(shown, each, weights),
        )
        for each in contents
    ]


def as_shared(scenario: Scenario, draws: Draws, contract: Contract, post: Post) -> Post:
    """The post as shared by followers of an account of that size: when asked to, and as far as they may."""
    mix, share = scenario.mechanisms.sharing_mix, post.share
    slope, banned = draws.number(mix.slope), draws.number(mix.banned)
    if slope != 0.0:
        share = share_by_size(share, post.comment, float(contract.creator.followers), slope)
    if contract.content.call_to_action:
        share = shares_when_asked(share, post.comment, draws.number(scenario.mechanisms.call_to_action.on_share))
    return post._replace(share=share_allowed(share, banned))


def reaches_of(scenario: Scenario, draws: Draws, contract: Contract, reach: float) -> list[float]:
    """Mean reach of each post of a contract, in the order of publication, before the posts' shocks."""
    m, size = scenario.mechanisms, float(contract.creator.followers)
    if m.early_platform.on:
        present = draws.curve(m.early_platform.adopters, size)
        reach = reach_with_bonus(reach, present, draws.number(m.early_platform.bonus))
    if not m.audience_growth.on:
        return [reach] * len(contract.published)
    growth = draws.curve(m.audience_growth.per_month, size)
    loss = draws.curve(m.audience_growth.loss_per_post, size)
    return [min(1.0, reach * audience_left(day, k, growth, loss)) for k, (_, day) in enumerate(contract.published)]
