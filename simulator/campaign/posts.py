"""The posts of one run: what each could reach, and how those who see it respond on average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.campaign.accounts import account_of
from simulator.campaign.answering import known_to_answer
from simulator.campaign.content import posts_with_content, reaches_of
from simulator.campaign.crowding import shares_shown, under_load
from simulator.campaign.discovering import Discovery, discovered_posts, discovery
from simulator.campaign.reference import Market, market_of
from simulator.campaign.settling import Kinds, Shocks, organic_posts, shared_posts, shocked_reaches
from simulator.dice import identity
from simulator.rules.asked import motives_count
from simulator.rules.facts import Post, Response
from simulator.rules.sharing import share_of_peer_engagements
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario
from simulator.world.world import World


@dataclass(frozen=True)
class PostBrief:
    """One post of one run: when it is published, how many see it, and how viewers meet it."""

    about: int  # identity: same creator and number, same luck
    author: int  # position among the arm's hired authors, sorted by name
    day: int
    reach: float  # mean chance that a follower sees it within its lifetime
    organic: Post
    shared: Post  # the same post, shown by a peer
    discovery: Discovery | None = None  # the same post, shown to strangers by the platform


def brief_posts(
    scenario: Scenario, world: World, draws: Draws, authors: Sequence[Contract], response: Response
) -> tuple[PostBrief, ...]:
    """The posts of all authors, by author. What is typical of an account is settled once for all its posts."""
    accounts = [account_of(scenario, world, draws, contract.creator) for contract in authors]
    names = [identity(contract.creator.name) for contract in authors]
    shocks = draws.once(draw_shocks, scenario)
    market = draws.once(draw_market, scenario, world.topic_share, 2 if motives_count(response) else 1)
    kinds = draws.once(draw_kinds, scenario, world.mean_peers)
    organic = under_load(scenario, draws, organic_posts(accounts, names, shocks, response, market, kinds))
    shared = under_load(scenario, draws, shared_posts(accounts, response, market, kinds))
    found = discovered_posts(scenario, draws, accounts, authors, shocks, response, market, kinds)
    found = under_load(scenario, draws, found)
    posts = [
        (identity(contract.creator.name, "post", number), author, day)
        for author, contract in enumerate(authors)
        for number, day in contract.published
    ]
    engaging = [
        world.real_followers(world.creator(contract.creator.name)) * account.rates.reach * account.rates.engage
        for contract, account in zip(authors, accounts, strict=True)
    ]
    organic = [
        known_to_answer(scenario, draws, post, people, contract.creator.followers)
        for post, people, contract in zip(organic, engaging, authors, strict=True)
    ]
    ways = list(zip(authors, organic, shared, found, strict=True))
    facts = [each for way in ways for each in posts_with_content(scenario, draws, *way)]
    shown = shares_shown(scenario, draws, authors)
    pairs = zip(authors, accounts, strict=True)
    reached = [reach for c, account in pairs for reach in reaches_of(scenario, draws, c, account.rates.reach)]
    means = [reach * shown[author][day] for reach, (_, author, day) in zip(reached, posts, strict=True)]
    reaches = shocked_reaches([about for about, _, _ in posts], means, shocks)
    return tuple(
        PostBrief(*post, reach, own, peers, discovery(scenario, world, draws, authors[post[1]], reach, strangers))
        for post, reach, (own, peers, strangers) in zip(posts, reaches, facts, strict=True)
    )


def draw_shocks(scenario: Scenario, draws: Draws) -> Shocks:
    """How far rates deviate in this run."""
    platform = scenario.platform
    return Shocks(
        seed=scenario.seed,
        run=draws.run,
        draw=draws.draw,
        level_about=identity("engagement level", platform.name),
        level_sd=draws.number(platform.engagement_level_sd),
        account_sd=draws.number(platform.engagement_account_sd),
        post_sd=draws.number(platform.post_reach_sd),
    )


def draw_market(scenario: Scenario, draws: Draws, topic_share: float, *motives: int) -> Market:
    """What the people of this run are like; two motives where it counts why they follow."""
    behavior = scenario.behavior
    explained, spread = draws.number(behavior.topic_affinity_share), draws.number(behavior.trust_spread)
    return market_of(topic_share, explained, spread, *motives)


def draw_kinds(scenario: Scenario, draws: Draws, mean_peers: float) -> Kinds:
    """How engagements split in this run; peers share so that each share makes `reproduction` further ones."""
    behavior = scenario.behavior
    comment = draws.number(behavior.comment_given_engaged)
    engage = draws.number(behavior.peer_engagement)
    share = share_of_peer_engagements(draws.number(behavior.reproduction), mean_peers, engage)
    return Kinds(
        comment=comment,
        share=draws.number(behavior.share_given_engaged),
        peer_engage=engage,
        peer_comment=min(comment, 1.0 - share),
        peer_share=share,
    )
