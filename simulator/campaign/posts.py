"""The posts of one run: what each could reach, and how those who see it respond on average."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from simulator.arithmetic import exp_, log_, normal_quantile, sqrt_
from simulator.campaign.reference import NORMAL_NODES, NORMAL_WEIGHTS, follower_sample, market_sample
from simulator.compiled import kernel
from simulator.dice import ACCOUNT, NO_WORLD, PARAMETER, POST, identity, inner_unit, throw
from simulator.distributions import Distribution, Fixed
from simulator.rules.facts import Post, Response
from simulator.rules.rates import Audience, Rates, Scratch, settle_post
from simulator.rules.reference import shocked_chance
from simulator.rules.sharing import share_of_peer_engagements
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario
from simulator.world.world import World

SLOPES: Final = 512  # quantiles by which the mean over an uncertain slope is taken


@dataclass(frozen=True)
class PostBrief:
    """One post of one run: when it is published, how many see it, and how viewers meet it."""

    about: int  # identity: same creator and number, same luck
    author: int  # position among the arm's hired authors, sorted by name
    day: int
    reach: float  # mean chance that a follower sees it within its lifetime
    organic: Post
    shared: Post  # the same post, shown by a peer


def brief_posts(
    scenario: Scenario, world: World, draws: Draws, contract: Contract, position: int, response: Response
) -> list[PostBrief]:
    """The posts of one author. They differ in reach only: one set of facts serves all."""
    creator = contract.creator
    reach, rates = _rates(scenario, world, draws, contract)
    organic = _organic(scenario, world, draws, contract, response, rates)
    shared = _shared(scenario, world, draws, response, rates, organic.trust)
    noise = draws.number(scenario.platform.post_reach_sd)
    posts = []
    for number, day in enumerate(contract.post_days, start=1):
        about = identity(creator.name, "post", number)
        shock = _normal(scenario.seed, about, draws.run, POST, 0)
        chance = _shocked(reach, noise, shock)
        posts.append(PostBrief(about, position, day, chance, organic, shared))
    return posts


def _rates(scenario: Scenario, world: World, draws: Draws, contract: Contract) -> tuple[float, Rates]:
    """Chance that a real follower sees a post, and the mean rates of those who see it."""
    creator, platform, behavior = contract.creator, scenario.platform, scenario.behavior
    reference = draws.curve(platform.real_share, creator.followers)
    number = world.creator(creator.name)
    edges = world.audiences.edges(number)
    own = (edges.stop - edges.start) / creator.followers
    reach = draws.curve(platform.reach_rate, creator.followers) / reference
    if creator.reach_rate is not None:
        reach = creator.reach_rate / own if own > 0.0 else 0.0
    if creator.engagement_rate is not None:
        engaged = creator.engagement_rate / own if own > 0.0 else 0.0
    else:
        engaged = organic_engagement_rate(scenario, draws, creator.followers) / reference
        engaged *= draws.number(behavior.sponsored_ratio)
    ceiling = draws.number(behavior.engagement_ceiling)
    reach = min(1.0, max(reach, engaged / ceiling if ceiling > 0.0 else 0.0))
    engage = min(ceiling, engaged / reach) if reach > 0.0 else 0.0
    if creator.engagement_rate is None:
        engage = _account_chance(scenario, draws, creator.name, engage)
    click = creator.click_rate
    conversion = creator.conversion_rate
    halo = draws.number(behavior.halo) * exp_(draws.number(behavior.halo_slope) * log_(creator.followers / 10_000.0))
    return reach, Rates(
        engage=engage,
        click=draws.curve(platform.click_rate, creator.followers) if click is None else click,
        order=draws.curve(platform.conversion_rate, creator.followers) if conversion is None else conversion,
        halo=halo,
        comment=draws.number(behavior.comment_given_engaged),
        share=draws.number(behavior.share_given_engaged),
    )


def organic_engagement_rate(scenario: Scenario, draws: Draws, followers: float) -> float:
    """Mean organic engagement of one post per nominal follower, before any shock."""
    platform = scenario.platform
    if platform.engagement_rate is not None:
        return draws.curve(platform.engagement_rate, followers)
    distance = log_(followers / 10_000.0)
    slope = exp_(draws.number(platform.engagement_slope) * distance)
    level = draws.number(platform.engagement_rate_at_10k)
    return level * slope * _mean_keeping(platform.engagement_slope.distribution, distance)


@lru_cache(maxsize=4096)
def _mean_keeping(slope: Distribution, distance: float) -> float:
    """What makes the mean over uncertain slopes the curve of the mean slope: a convex curve would lift it."""
    if isinstance(slope, Fixed):
        return 1.0
    lifted = [exp_(slope.quantile((k + 0.5) / SLOPES) * distance) for k in range(SLOPES)]
    return exp_(slope.mean() * distance) * SLOPES / sum(lifted)


def _account_chance(scenario: Scenario, draws: Draws, name: str, mean: float) -> float:
    """Engagement given seen with the platform's common shock and the account's own, both with mean one."""
    platform = scenario.platform
    level_sd = draws.number(platform.engagement_level_sd)
    account_sd = draws.number(platform.engagement_account_sd)
    sd = sqrt_(level_sd * level_sd + account_sd * account_sd)
    if sd <= 0.0:
        return mean
    level = _normal(scenario.seed, identity("engagement level", platform.name), draws.run, PARAMETER, 0)
    account = _normal(scenario.seed, identity(name), draws.run, ACCOUNT, 0)
    return _shocked(mean, sd, (level_sd * level + account_sd * account) / sd)


def _organic(
    scenario: Scenario, world: World, draws: Draws, contract: Contract, response: Response, rates: Rates
) -> Post:
    creator = contract.creator
    typical_size = scenario.reference_followers
    same = _typical(scenario, world, draws, creator.followers, creator.followers)
    fixed = same if typical_size == "same" else _typical(scenario, world, draws, typical_size, creator.followers)
    own = _own(scenario, world, draws, contract)
    return _settle(
        rates,
        response,
        trust=float(world.audiences.trust_prior[world.creator(creator.name)]),
        by_peer=0.0,
        engagers=same if creator.engagement_rate is None else own,
        clickers=fixed if creator.click_rate is None else own,
        buyers=fixed if creator.conversion_rate is None else own,
    )


def _shared(scenario: Scenario, world: World, draws: Draws, response: Response, rates: Rates, trust: float) -> Post:
    behavior = scenario.behavior
    engage = draws.number(behavior.peer_engagement)
    share = share_of_peer_engagements(draws.number(behavior.reproduction), world.mean_peers, engage)
    comment = min(rates.comment, 1.0 - share)
    # Halo orders per tracked order are counted for the author's own audience; people shown by peers add none.
    shown = rates._replace(engage=engage, share=share, comment=comment, halo=0.0)
    market = market_sample(world.topic_share, draws.number(behavior.topic_affinity_share))
    return _settle(shown, response, trust=trust, by_peer=1.0, engagers=market, clickers=market, buyers=market)


def _typical(scenario: Scenario, world: World, draws: Draws, size: float, followers: float) -> Audience:
    """Followers of a typical account of `size` in the brand's topic, relative to trust in one of `followers`."""
    platform, behavior = scenario.platform, scenario.behavior
    focus = draws.curve(platform.topic_focus, size)
    share = focus + (1.0 - focus) * world.topic_share
    offset = draws.curve(platform.trust_prior, size) - draws.curve(platform.trust_prior, followers)
    return follower_sample(
        share,
        world.topic_share,
        draws.number(behavior.topic_affinity_share),
        offset,
        draws.number(behavior.trust_spread),
    )


def _own(scenario: Scenario, world: World, draws: Draws, contract: Contract) -> Audience:
    return follower_sample(
        float(world.audiences.brand_share[world.creator(contract.creator.name)]),
        world.topic_share,
        draws.number(scenario.behavior.topic_affinity_share),
        0.0,
        draws.number(scenario.behavior.trust_spread),
    )


def _normal(seed: int, about: int, run: int, decision: int, word: int) -> float:
    return normal_quantile(inner_unit(throw(seed, NO_WORLD, 0, about, run, decision, 0)[word]))


_NORMAL_WEIGHTS = np.array(NORMAL_WEIGHTS)
_NORMAL_NODES = np.array(NORMAL_NODES)


def _shocked(mean: float, sd: float, shock: float) -> float:
    return _shocked_kernel(mean, sd, shock, _NORMAL_WEIGHTS, _NORMAL_NODES, np.empty(_NORMAL_NODES.size))


def _settle(
    rates: Rates,
    response: Response,
    *,
    trust: float,
    by_peer: float,
    engagers: Audience,
    clickers: Audience,
    buyers: Audience,
) -> Post:
    size = 2 * max(engagers.weight.size, clickers.weight.size, buyers.weight.size)
    scratch = Scratch(np.empty(size), np.empty(size), np.empty(size))
    return Post(*_settle_kernel(rates, response, trust, by_peer, engagers, clickers, buyers, scratch))


@kernel
def _shocked_kernel(mean, sd, shock, weights, nodes, scratch):  # type: ignore[no-untyped-def]
    return shocked_chance(mean, sd, shock, weights, nodes, scratch)


@kernel
def _settle_kernel(rates, response, trust, by_peer, engagers, clickers, buyers, scratch):  # type: ignore[no-untyped-def]
    return settle_post(rates, response, trust, by_peer, engagers, clickers, buyers, scratch)
