"""What the feed leaves of posts, known before the first day: all calendars and the market's load are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from simulator.rules.facts import Post
from simulator.rules.feed import share_shown, spent_elsewhere
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


def shares_shown(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> list[dict[int, float]]:
    """Of each author, by day of publication: the share of viewers whom posts of that day still reach."""
    feed = scenario.mechanisms.feed
    crowding, slots = draws.number(feed.crowding), draws.number(feed.slots)
    of_market = share_shown(1.0, draws.number(feed.load), crowding)

    def shown(contract: Contract, posts: int) -> float:
        others = contract.creator.posts_per_week
        others = (draws.number(feed.other_posts) if others is None else others) / 7.0
        return of_market * share_shown(slots, posts + others, crowding)

    by_day = [Counter(day for _, day in contract.published) for contract in authors]
    return [
        {day: shown(contract, posts) for day, posts in days.items()}
        for contract, days in zip(authors, by_day, strict=True)
    ]


def load_on_orders(scenario: Scenario, draws: Draws) -> float:
    """Log-odds that the market's load adds to every order of the campaign."""
    feed = scenario.mechanisms.feed
    return spent_elsewhere(draws.number(feed.load), draws.number(feed.load_on_order))


def under_load(scenario: Scenario, draws: Draws, posts: Sequence[Post]) -> list[Post]:
    """Posts as they are met where people see more offers than when the rates were published."""
    shift = load_on_orders(scenario, draws)
    if shift == 0.0:
        return list(posts)
    return [post._replace(order=post.order + shift, view_through=post.view_through + shift) for post in posts]
