"""What a contract's posts are like beside typical ones: what the scenario states, beside what is usual for the size."""

from __future__ import annotations

from simulator.arithmetic import log_
from simulator.quantity import Curve, Quantity
from simulator.rules.audience import audience_left, reach_with_bonus
from simulator.rules.content import Content, Weights, partnership_grown, shares_when_asked, with_content
from simulator.rules.facts import Post
from simulator.rules.rates import per_step
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


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


def content_of(scenario: Scenario, draws: Draws, contract: Contract, earlier_posts: int) -> Content:
    """One post of a contract, after so many earlier ones for the brand."""
    m, stated, ties = scenario.mechanisms, contract.content, contract.relationship
    size = float(contract.creator.followers)
    credibility = draws.curve(m.expertise.credibility, size)
    rivals = 0.0 if contract.exclusive else None
    underpaid = (1.0 - contract.effort) * draws.number(m.effort.underpaid)
    return Content(
        polish=_beside(scenario, draws, m.polish.usual, size, stated.polish),
        effort=_beside(scenario, draws, m.effort.usual, size, stated.effort) - underpaid,
        control=_beside(scenario, draws, m.creative_control.usual, size, stated.control),
        disclosed=1.0 if stated.disclosed else 0.0,
        lacking=draws.number(scenario.product.complexity) * (1.0 - credibility),
        belief=0.0 if ties.belief is None else ties.belief.value,
        rivals=_beside(scenario, draws, m.rivals.usual, size, ties.rivals, rivals),
        partnership=partnership_grown(float(earlier_posts), draws.number(m.partnership.saturation)),
    )


def _beside(
    scenario: Scenario, draws: Draws, usual: Curve, size: float, stated: Quantity | None, known: float | None = None
) -> float:
    """What is stated, or usual for that size, beside what is usual for the accounts that published rates stand for."""
    reference = size if scenario.reference_followers == "same" else float(scenario.reference_followers)
    value = draws.curve(usual, size) if known is None else known
    if stated is not None and known is None:
        value = stated.value
    return value - draws.curve(usual, reference)


def posts_with_content(
    scenario: Scenario, draws: Draws, contract: Contract, organic: Post, shared: Post, shown: Post
) -> list[tuple[Post, Post, Post]]:
    """The facts of each post of a contract, in the order of publication, as followers, peers and strangers meet it."""
    weights = draws.once(draw_weights, scenario)
    asked = draws.number(scenario.mechanisms.call_to_action.on_share) if contract.content.call_to_action else 1.0
    if asked != 1.0:
        organic = organic._replace(share=shares_when_asked(organic.share, organic.comment, asked))
    if weights == Weights():
        return [(organic, shared, shown)] * len(contract.published)
    earlier = contract.relationship.earlier_posts
    contents = [content_of(scenario, draws, contract, earlier + k) for k in range(len(contract.published))]
    return [
        (
            with_content(organic, each, weights),
            with_content(shared, each, weights),
            with_content(shown, each, weights),
        )
        for each in contents
    ]


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


def log_odds_kept(lost: float) -> float:
    """Log-odds of ordering where a share of demand is lost."""
    return log_(max(1.0 - lost, 1e-9))
