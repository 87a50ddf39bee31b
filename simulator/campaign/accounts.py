"""What a hired account's posts start from in one run: its reach, its mean rates, and the audience they are means of.

What the scenario states about an account beats what is typical of its size.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from simulator.arithmetic import exp_, log_
from simulator.campaign.reference import Crowd
from simulator.distributions import Distribution, Fixed
from simulator.rules.advert import with_odds
from simulator.rules.feed import effect_of_frequency
from simulator.rules.size import by_size, rolled_over
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Creator
from simulator.scenario.schema import Scenario
from simulator.world.audiences import persona_matched
from simulator.world.world import World

SLOPES: Final = 512  # quantiles by which the mean over an uncertain slope is taken


class Typical(NamedTuple):
    """A typical account of one size, sponsored. Rates are those of a real follower."""

    reach: float
    engaged: float  # engagements per follower, before any shock
    click: float  # given seen
    order: float  # given click
    halo: float


class Rated(NamedTuple):
    """What an account's posts do on average, all in floats."""

    reach: float  # chance that a real follower sees a post, before the post's shock
    engage: float  # chance given seen, before the shocks of run and account
    shocked: float  # 1 where they apply, 0 where the rate is stated
    click: float
    order: float
    halo: float
    trust: float


class Account(NamedTuple):
    """A hired account: its rates, and the audiences that each of them is the mean of."""

    rates: Rated
    engagers: Crowd
    clickers: Crowd
    buyers: Crowd

    def flat(self) -> tuple[float, ...]:
        """All numbers in a row."""
        return (*self.rates, *self.engagers, *self.clickers, *self.buyers)


def account_of(scenario: Scenario, world: World, draws: Draws, creator: Creator) -> Account:
    """A creator's account in one run."""
    number = world.creator(creator.name)
    typical = draws.once(typical_account, scenario, creator.followers)
    reach, engage = _reach_and_engage(scenario, world, draws, creator, number, typical)
    same = draws.once(typical_audience, scenario, world.topic_share, creator.followers, creator.followers)
    fixed = same
    if scenario.reference_followers != "same":
        size = scenario.reference_followers
        fixed = draws.once(typical_audience, scenario, world.topic_share, size, creator.followers)
    own = Crowd(float(world.audiences.brand_share[number]), 0.0, *world.persona_shares(number))
    return Account(
        Rated(
            reach=reach,
            engage=engage,
            shocked=1.0 if creator.engagement_rate is None else 0.0,
            click=typical.click if creator.click_rate is None else creator.click_rate,
            order=_conversion(scenario, draws, creator, typical),
            halo=typical.halo,
            trust=float(world.audiences.trust_prior[number]),
        ),
        engagers=same if creator.engagement_rate is None else own,
        clickers=fixed if creator.click_rate is None else own,
        buyers=fixed if creator.conversion_rate is None else own,
    )


def _conversion(scenario: Scenario, draws: Draws, creator: Creator, typical: Typical) -> float:
    """Orders per click; on the brand's own account, of those who see creators' content there."""
    if creator.own:
        return with_odds(typical.order, draws.number(scenario.mechanisms.reuse.conversion_odds))
    return typical.order if creator.conversion_rate is None else creator.conversion_rate


def _reach_and_engage(
    scenario: Scenario, world: World, draws: Draws, creator: Creator, number: int, typical: Typical
) -> tuple[float, float]:
    """Chance that a real follower sees a post, and that who sees it engages."""
    own = world.real_followers(number) / creator.followers
    reach, engaged = typical.reach, typical.engaged * _effect_of_frequency(scenario, draws, creator)
    if creator.reach_rate is not None:
        reach = creator.reach_rate / own if own > 0.0 else 0.0
    if creator.engagement_rate is not None:
        engaged = creator.engagement_rate / own if own > 0.0 else 0.0
    ceiling = draws.number(scenario.behavior.engagement_ceiling)
    reach = min(1.0, max(reach, engaged / ceiling if ceiling > 0.0 else 0.0))
    return reach, min(ceiling, engaged / reach) if reach > 0.0 else 0.0


def typical_account(scenario: Scenario, draws: Draws, followers: float) -> Typical:
    """A typical account of that size."""
    platform, behavior = scenario.platform, scenario.behavior
    real = draws.curve(platform.real_share, followers)
    engaged = organic_engagement_rate(scenario, draws, followers) / real
    return Typical(
        reach=typical_reach(scenario, draws, followers) / real,
        engaged=engaged * draws.number(behavior.sponsored_ratio),
        click=draws.curve(platform.click_rate, followers),
        order=draws.curve(platform.conversion_rate, followers),
        halo=draws.number(behavior.halo) * exp_(draws.number(behavior.halo_slope) * log_(followers / 10_000.0)),
    )


def typical_reach(scenario: Scenario, draws: Draws, followers: float) -> float:
    """Share of the nominal followers of a typical account who see a post."""
    platform = scenario.platform
    return min(1.0, by_size(draws.curve(platform.reach_rate, followers), followers, draws.number(platform.reach_slope)))


def _effect_of_frequency(scenario: Scenario, draws: Draws, creator: Creator) -> float:
    """What an author's posting frequency does to a typical account's engagement."""
    numbers = scenario.mechanisms.posting_rate
    per_week = draws.number(numbers.usual) if creator.posts_per_week is None else creator.posts_per_week
    return effect_of_frequency(per_week, draws.number(numbers.optimum), draws.number(numbers.penalty))


def typical_audience(scenario: Scenario, draws: Draws, topic_share: float, size: float, followers: float) -> Crowd:
    """A typical audience of `size`; its trust is relative to that of one of `followers`."""
    platform = scenario.platform
    focus = draws.curve(platform.topic_focus, size)
    offset = draws.curve(platform.trust_prior, size) - draws.curve(platform.trust_prior, followers)
    by_chance = (1.0 - focus) * topic_share
    return Crowd(focus + by_chance, offset, persona_matched(focus, topic_share), 1.0)


def organic_engagement_rate(scenario: Scenario, draws: Draws, followers: float) -> float:
    """Mean organic engagement of one post per nominal follower, before any shock."""
    numbers = scenario.mechanisms.goldilocks
    shape = draws.number(numbers.turning_point), draws.number(numbers.steepness)
    return rolled_over(_engagement_curve(scenario, draws, followers), followers, *shape, draws.number(numbers.strength))


def _engagement_curve(scenario: Scenario, draws: Draws, followers: float) -> float:
    """The platform's rows, per follower or per view, or its level and slope."""
    platform = scenario.platform
    if platform.engagement_rate is not None:
        return draws.curve(platform.engagement_rate, followers)
    if platform.engagement_rate_by_views is not None:
        return draws.curve(platform.engagement_rate_by_views, followers) * typical_reach(scenario, draws, followers)
    level, exponent = platform.engagement_rate_at_10k, platform.engagement_slope
    if level is None or exponent is None:
        raise ValueError(f"platform {platform.name} gives neither engagement per view nor a level and a slope")
    distance = log_(followers / 10_000.0)
    slope = exp_(draws.number(exponent) * distance)
    return draws.number(level) * slope * _mean_keeping(exponent.distribution, distance)


@lru_cache(maxsize=1 << 14)
def _mean_keeping(slope: Distribution, distance: float) -> float:
    """What makes the mean over uncertain slopes the curve of the mean slope: a convex curve would lift it."""
    if isinstance(slope, Fixed):
        return 1.0
    lifted = [exp_(slope.quantile((k + 0.5) / SLOPES) * distance) for k in range(SLOPES)]
    return exp_(slope.mean() * distance) * SLOPES / sum(lifted)
