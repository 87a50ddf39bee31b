"""Which posts of a contract appear: some are missed, some creators leave early, some add one that nobody paid for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from simulator.dice import KEEPING, LINK, OUTREACH
from simulator.rules.outreach import leave_chance, link_orders
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


def as_kept(scenario: Scenario, draws: Draws, contract: Contract) -> Contract:
    """The contract with the posts it misses and the one it adds in this run."""
    mechanisms = scenario.mechanisms
    if contract.creator.own:
        return contract
    if mechanisms.no_shows.on or mechanisms.dropout.on:
        contract = replace(contract, missed=_missed(scenario, draws, contract))
    if mechanisms.reciprocity.on:
        contract = _with_favor(scenario, draws, contract)
    return contract


class Link(NamedTuple):
    """A link to the brand: whose, from which day, and how many orders a day it brings."""

    author: int
    day: int
    orders_per_day: float


def earned_links(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> Iterator[Link]:
    """The links that those who published set in this run, with their first post."""
    links = scenario.mechanisms.earned_links
    for author, contract in enumerate(authors if links.on else ()):
        followers, published = float(contract.creator.followers), contract.published
        luck = draws.luck(LINK, contract.creator.name)[0]
        if published and not contract.creator.own and luck < draws.curve(links.response, followers):
            orders = link_orders(draws.number(links.orders_per_day), draws.number(links.authority), followers)
            yield Link(author, published[0][1], orders)


def _missed(scenario: Scenario, draws: Draws, contract: Contract) -> tuple[int, ...]:
    """Numbers of the posts that do not appear: each by its own die, and all after the gap in which a creator leaves."""
    no_shows, dropout = scenario.mechanisms.no_shows, scenario.mechanisms.dropout
    chance = draws.curve(no_shows.chance, float(contract.creator.followers))
    hazard, regular = draws.number(dropout.hazard), draws.number(dropout.regular_days)
    found: list[int] = []
    left, before = False, contract.post_days[0] if contract.post_days else 0
    for number, day in enumerate(contract.post_days, start=1):
        luck = draws.luck(KEEPING, contract.creator.name, "post", number)
        left = left or luck[1] < leave_chance(float(day - before), hazard, regular)
        if left or luck[0] < chance:
            found.append(number)
        before = day
    return tuple(found)


def _with_favor(scenario: Scenario, draws: Draws, contract: Contract) -> Contract:
    """The contract with one more post, a while after the last one that appeared, if its creator returns the favor."""
    reciprocity, published = scenario.mechanisms.reciprocity, contract.published
    luck = draws.luck(OUTREACH, contract.creator.name)[3]
    chance = draws.curve(reciprocity.chance, float(contract.creator.followers))
    if not published or not luck < chance:
        return contract
    day = published[-1][1] + int(draws.number(reciprocity.delay_days) + 0.5)
    return replace(contract, favor=min(day, scenario.days - 1))
