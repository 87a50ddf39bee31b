"""Posts as strangers meet them: how many are shown each, and how they respond on average.

A stranger meets the author's own post without knowing the author: rates are means over the market, trust is that of a
typical account, no peer vouches, and there is no halo, which is published for an author's own audience.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from simulator.campaign.accounts import Account
from simulator.campaign.reference import PEOPLE, Market, fill_people
from simulator.campaign.settling import (
    FACTS,
    SAMPLE,
    Kinds,
    Shocks,
    engagement_of_run,
    room_for_samples,
    row_account,
    row_sample,
    write_facts,
)
from simulator.compiled import kernel
from simulator.dice import identity
from simulator.rules.discovery import chances_of_strangers
from simulator.rules.facts import Post, Response
from simulator.rules.rates import Rates, Scratch, settle_post
from simulator.rules.reference import NEVER
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario
from simulator.world.world import World

NOT_MET: Final = Post(NEVER, NEVER, NEVER, NEVER, 0.0, 0.0, 0.0, 0.0)


class Discovery(NamedTuple):
    """One post among strangers: chances to be shown it, and how they meet it."""

    topic: int  # of the author, an index into the population's topics
    inside: float  # mean chance of a stranger whose main interest it is
    outside: float  # of any other
    facts: Post


def discovery(
    scenario: Scenario, world: World, draws: Draws, contract: Contract, reach: float, facts: Post
) -> Discovery | None:
    """Whom the platform shows a post that reaches a share of its author's followers; none where it shows nobody."""
    creator, platform = contract.creator, scenario.platform
    ratio = draws.curve(platform.nonfollower_reach, creator.followers)
    if ratio <= 0.0:
        return None
    number = world.creator(creator.name)
    edges = world.audiences.edges(number)
    topic = tuple(scenario.population.topics).index(creator.topic)
    interested, others = world.strangers(number, topic)
    views = ratio * reach * (edges.stop - edges.start)
    chances = chances_of_strangers(views, interested, others, draws.number(platform.nonfollower_targeting))
    return Discovery(topic, *chances, facts)


def discovered_posts(
    scenario: Scenario,
    draws: Draws,
    accounts: Sequence[Account],
    authors: Sequence[Contract],
    shocks: Shocks,
    response: Response,
    market: Market,
    kinds: Kinds,
) -> list[Post]:
    """Each account's posts as strangers meet them; not worked out where no stranger meets any."""
    curve = scenario.platform.nonfollower_reach
    if not any(draws.curve(curve, contract.creator.followers) > 0.0 for contract in authors):
        return [NOT_MET] * len(authors)
    names = np.array([identity(contract.creator.name) for contract in authors], np.int64)
    found = np.empty((len(accounts), FACTS))
    rows = np.array([account.flat() for account in accounts])
    _settle_discovered(rows, names, shocks, response, market, kinds, room_for_samples(), found)
    return [Post(*row) for row in found.tolist()]


@kernel
def _settle_discovered(
    rows: Any, names: Any, shocks: Shocks, response: Response, market: Market, kinds: Kinds, room: Any, found: Any
) -> None:
    people = row_sample(room, 0, PEOPLE)
    scratch = Scratch(room[3 * SAMPLE], room[3 * SAMPLE + 1], room[3 * SAMPLE + 2])
    fill_people(people, market)
    for number in range(names.size):
        account = row_account(rows[number])
        engage = engagement_of_run(account, names[number], shocks, room[3 * SAMPLE])
        rates = Rates(engage, account.click, account.order, 0.0, kinds.comment, kinds.share)
        write_facts(settle_post(rates, response, account.trust, 0.0, people, people, people, scratch), found[number])
