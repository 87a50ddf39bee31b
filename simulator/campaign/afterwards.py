"""What follows clicks and orders in one run: the chances of buyers' deeds, and what discounts do to posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.campaign.posts import PostBrief
from simulator.rules.afterwards import Aftermath, return_chance
from simulator.rules.facts import Post
from simulator.rules.price import price_shift
from simulator.rules.rates import per_step
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


def draw_aftermath(scenario: Scenario, draws: Draws) -> Aftermath:
    """How buyers and clickers of this run go on."""
    known = scenario.mechanisms
    returns, repeat, subscriptions = known.returns, known.repeat_purchase, known.subscriptions
    return Aftermath(
        returned=return_chance(
            draws.number(returns.rate),
            draws.number(returns.quality),
            per_step(draws.number(returns.quality_on_return), 0.1),
        ),
        reviewed=draws.number(known.reviews.written),
        posted=draws.number(known.user_content.posts),
        repeated=draws.number(repeat.again),
        repeat_half_life=draws.number(repeat.half_life),
        subscribed=draws.number(subscriptions.subscribe),
        list_order=draws.number(subscriptions.order),
        list_half_life=draws.number(subscriptions.half_life),
    )


def at_a_discount(
    posts: tuple[PostBrief, ...], authors: Sequence[Contract], elasticity: float
) -> tuple[PostBrief, ...]:
    """The posts, whose viewers order more often where their author's code takes something off the price."""
    if elasticity == 0.0 or not any(contract.discount for contract in authors):
        return posts
    shifts = [price_shift(elasticity, contract.discount) for contract in authors]
    return tuple(
        replace(
            post,
            organic=_likelier_to_order(post.organic, shifts[post.author]),
            shared=_likelier_to_order(post.shared, shifts[post.author]),
        )
        for post in posts
    )


def _likelier_to_order(post: Post, shift: float) -> Post:
    return post._replace(order=post.order + shift, view_through=post.view_through + shift)
