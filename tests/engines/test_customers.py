"""After the click and the order: directions first, then theory, then the same bits from both engines."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from campaigns import Campaign, within
from engines.test_theory import cascade_brief, cascade_world

from simulator.campaign.brief import Brief
from simulator.engines import columns as c
from simulator.engines.play import play, play_compiled, play_mesa
from simulator.engines.room import Room
from simulator.results.outcome import Outcome, Tally
from simulator.results.tables import daily_table, influencers_table, runs_table
from simulator.rules.afterwards import Aftermath
from simulator.rules.reference import ALWAYS, NEVER
from simulator.world.build import build_world

HEAD = """
version: 1
name: after the order
brand: {topic: beauty, handling_cost: 5}
product: {price: 80, margin: 0.5, baseline_orders_per_day: 4}
population: {size: 2000}
days: 14
settle: 6
budget: 1000
seed: 7
arms:
  codes:
    hire: [{followers: 1500, posts: 3, pay: {kind: flat_fee, amount: 300}, tracking: code, discount: 0.2}]
  links: {hire: [{followers: 800, count: 2, posts: 3, reviews: 3, pay: {kind: flat_fee, amount: 100}}]}
  ads: {paid_social: {spend: 60}}
behavior: {reproduction: 0.9, share_given_engaged: 0.3, peer_engagement: 0.3, code_leak: 0.2, code_use: 0.6}
platform:
  name: instagram
  engagement_rate: 0.1
  reach_rate: 0.5
  click_rate: 0.2
  conversion_rate: 0.4
  ad_click_rate: 0.1
  ad_conversion_rate: 0.3
"""
EVERYTHING = """
mechanisms:
  returns: {rate: 0.3}
  price_response: on
  user_content: {posts: 0.5}
  repeat_purchase: {again: 0.6, half_life: 2}
  subscriptions: {subscribe: 0.5, order: 0.5, half_life: 3}
  reviews: {written: 0.4}
  tracking_loss: {share: 0.3}
  earned_media: on
  bought_engagement: on
"""
COUNTED = (
    "returns", "repeat_orders", "orders_by_list", "redemptions", "user_posts", "owned_audience", "reviews",
    "discounts", "discounts_anyway", "emv", "engagements_bought",
)  # fmt: skip
NO_SHARES = ("behavior.share_given_engaged=0", "behavior.reproduction=0")
ONE_POST = ("arms.codes.hire.0.posts=1",)
NO_SALE_BY_POSTS = ("platform.conversion_rate=0", "behavior.halo=0", "platform.ad_conversion_rate=0")

Plays = dict[str, list[Outcome]]


@pytest.fixture
def plays(campaign: Campaign) -> Callable[..., Plays]:
    """Outcomes of a few runs, by arm, under the given settings of mechanisms."""
    room = Room()

    def outcomes(*settings: str, runs: int = 4, engine: str = "compiled", text: str = "") -> Plays:
        scenario, plan = campaign(text, *settings, head=HEAD)
        world = build_world(scenario, plan, 0)
        return {
            arm.name: [play(scenario, world, arm, run, engine, room) for run in range(1, runs + 1)]  # type: ignore[arg-type]
            for arm in plan.arms
        }

    return outcomes


def on(mechanism: str, **numbers: float) -> list[str]:
    """Settings that switch a mechanism on with numbers of its own."""
    return [f"mechanisms.{mechanism}.{name}={value}" for name, value in numbers.items()]


def tallies(played: Plays, *arms: str) -> list[Tally]:
    return [outcome.tally for arm in arms or played for outcome in played[arm]]


def tables(played: Plays) -> list[object]:
    outcomes = [outcome for of_arm in played.values() for outcome in of_arm]
    bare = [replace(outcome, parameters={}) for outcome in outcomes]
    budgets = dict.fromkeys(played)
    return [runs_table(bare, budgets), influencers_table(bare), daily_table(bare)]


@pytest.mark.parametrize(
    "neutral",
    [
        on("returns", rate=0, quality_on_return=1), on("price_response", elasticity=0), on("user_content", posts=0),
        on("repeat_purchase", again=0), on("subscriptions", subscribe=0, order=0),
        on("reviews", at_start=0, written=0, per_log=0), on("tracking_loss", share=0),
        on("earned_media", like=0, comment=0, share=0), on("bought_engagement", per_real=0),
    ],
    ids=lambda settings: settings[0].split(".")[1],
)  # fmt: skip
def test_a_mechanism_at_its_neutral_numbers_changes_nothing(plays, neutral: list[str]) -> None:
    assert tables(plays()) == tables(plays(*neutral))


def test_both_engines_count_the_same(plays) -> None:
    compiled = plays(text=EVERYTHING, runs=3)
    for one, other in zip(tables(compiled), tables(plays(text=EVERYTHING, runs=3, engine="mesa")), strict=True):
        assert one == other
    for name in COUNTED:
        assert any(getattr(tally, name) for tally in tallies(compiled)), name
    assert any(outcome.tally.orders_by_list for outcome in compiled["ads"])


def test_money_adds_up_to_the_cent(plays) -> None:
    """Orders kept at price or contribution, less discounts and the handling of returns; days sum to runs."""
    played = plays(text=EVERYTHING.replace("rate: 0.3", "rate: 0.3, handling_cost: 7"))
    for outcome in (outcome for of_arm in played.values() for outcome in of_arm):
        tally = outcome.tally
        kept = tally.orders - tally.returns
        assert kept * 8000 - tally.discounts == tally.revenue
        unit = (tally.contribution + tally.discounts + 700 * tally.returns) / kept
        assert unit == int(unit)
        assert 0.3 * 8000 <= unit <= 0.7 * 8000
        assert [tally.orders, tally.attributed_orders] == outcome.daily[:, 4:6].sum(axis=0).tolist()
        assert [tally.revenue, tally.contribution] == outcome.daily[:, 6:8].sum(axis=0).tolist()
        for name in ("redemptions", "discounts", "emv", "engagements_bought"):
            assert sum(getattr(author, name) for author in outcome.influencers) == getattr(tally, name)
        credited = sum(author.attributed_revenue for author in outcome.influencers)
        assert credited == tally.attributed_revenue or outcome.arm == "ads"


def test_a_kept_code_takes_its_discount(plays) -> None:
    """20% of 80, for each order with the code: 16.00, by whom the campaign won and by who would have bought anyway."""
    for tally in tallies(plays(), "codes"):
        assert 1600 * tally.redemptions == tally.discounts >= tally.discounts_anyway
        assert tally.redemptions == tally.attributed_orders > 0
    assert any(tally.discounts_anyway for tally in tallies(plays("behavior.code_leak=1"), "codes"))


def test_more_returns_never_raise_profit(plays) -> None:
    rates = [plays(*on("returns", rate=rate, handling_cost=3), "product.margin=0.5") for rate in (0, 0.1, 0.5, 1)]
    for few, many in pairwise(rates):
        for one, other in zip(tallies(few), tallies(many), strict=True):
            assert one.orders == other.orders
            assert one.returns < other.returns
            assert one.contribution > other.contribution
            assert one.revenue > other.revenue
    assert all(tally.returns == tally.orders and tally.revenue == 0 for tally in tallies(rates[-1]))


def test_better_quality_never_raises_returns(plays) -> None:
    worse, better = (plays(*on("returns", rate=0.3, quality=quality, quality_on_return=0.7)) for quality in (0.2, 0.8))
    for bad, good in zip(tallies(worse), tallies(better), strict=True):
        assert bad.orders == good.orders
        assert bad.returns > good.returns


def test_subscribers_who_never_order_change_no_order(plays) -> None:
    plain, with_list = plays(), plays(*on("subscriptions", subscribe=0.5, order=0))
    for one, other in zip(tallies(plain), tallies(with_list), strict=True):
        assert replace(other, owned_audience=0) == one
    assert all(tally.owned_audience for tally in tallies(with_list, "codes", "links", "ads"))


def test_lost_tracking_never_raises_attributed_orders_and_changes_nothing_else(plays) -> None:
    played = [plays(*on("tracking_loss", share=share)) for share in (0, 0.3, 1)]
    for few, many in pairwise(played):
        for one, other in zip(tallies(few), tallies(many), strict=True):
            assert one.attributed_orders >= other.attributed_orders
            lost = {"attributed_orders": one.attributed_orders, "attributed_revenue": one.attributed_revenue}
            assert replace(other, **lost) == one
    assert not any(tally.attributed_orders for tally in tallies(played[-1], "links"))
    assert tallies(played[0], "codes") == tallies(played[-1], "codes")


@pytest.mark.parametrize(
    ("settings", "moved"),
    [
        (on("bought_engagement", per_real=0.5, prevalence=1), "engagements_bought"),
        (on("earned_media", like=0.1, comment=0.5, share=1), "emv"),
    ],
)
def test_what_is_bought_or_priced_moves_no_other_figure(plays, settings: list[str], moved: str) -> None:
    for one, other in zip(tallies(plays()), tallies(plays(*settings)), strict=True):
        assert replace(other, **{moved: 0}) == one
        assert (getattr(other, moved) > 0) == (other.engagements > 0)


def test_the_response_to_a_discount_sells_more_with_the_same_luck(plays) -> None:
    played = [plays(*on("price_response", elasticity=elasticity), "behavior.code_leak=0") for elasticity in (0, -1, -3)]
    totals = [sum(tally.orders for tally in tallies(of, "codes")) for of in played]
    assert totals[0] < totals[1] < totals[2]
    assert tallies(played[0], "links", "ads") == tallies(played[2], "links", "ads")


def test_posts_of_buyers_reach_more_people(plays) -> None:
    """The same people with the same luck see one thing more: nobody is reached who was, and is not any longer."""
    quiet, loud = plays(*NO_SHARES), plays(*NO_SHARES, *on("user_content", posts=1))
    for one, other in zip(tallies(quiet, "codes", "links"), tallies(loud, "codes", "links"), strict=True):
        assert other.reach > one.reach == one.reach_audience == other.reach_audience
        assert one.engagements_word_of_mouth == 0 < other.engagements_word_of_mouth
    assert tallies(quiet, "ads", "no campaign") == tallies(loud, "ads", "no campaign")


def test_returns_are_binomial(plays) -> None:
    """Pearson: the squared deviations of returns from rate × orders, in units of their variance, are 1 on average."""
    found = tallies(plays(*on("returns", rate=0.3), runs=60), "links")
    squares = [(t.returns - 0.3 * t.orders) ** 2 / (0.3 * 0.7 * t.orders) for t in found]
    assert within(0.0, [t.returns - 0.3 * t.orders for t in found])
    assert abs(np.mean(squares) - 1.0) < 4 * math.sqrt(2 / len(squares))


@pytest.mark.parametrize("again", [0.3, 0.7])
def test_repeat_orders_are_geometric(plays, again: float) -> None:
    """Each buyer won repeats again / (1 - again) times on average, when there is time enough; baseline buyers never."""
    slow = ("settle=120", *on("repeat_purchase", again=again, half_life=0))
    played = plays(*slow, "product.baseline_orders_per_day=0", runs=40)
    found = tallies(played, "links", "ads")
    assert within(0.0, [t.repeat_orders - (t.orders - t.repeat_orders) * again / (1 - again) for t in found])
    assert not any(t.repeat_orders for t in tallies(plays(*slow), "no campaign"))


def test_without_returns_the_first_orders_are_the_same_with_repeats(plays) -> None:
    plain, again = plays(), plays(*on("repeat_purchase", again=0.5, half_life=1))
    for one, other in zip(tallies(plain), tallies(again), strict=True):
        assert one.orders == other.orders - other.repeat_orders


def test_clicks_become_subscribers_at_their_chance(plays) -> None:
    """One post, nobody shares: each clicker clicks once, and subscribers are binomial among clicks."""
    found = tallies(plays(*NO_SHARES, *on("subscriptions", subscribe=0.3), *ONE_POST, runs=60), "codes")
    assert all(t.clicks for t in found)
    assert within(0.0, [t.owned_audience - 0.3 * t.clicks for t in found])
    squares = [(t.owned_audience - 0.3 * t.clicks) ** 2 / (0.21 * t.clicks) for t in found]
    assert abs(np.mean(squares) - 1.0) < 4 * math.sqrt(2 / len(squares))


def test_the_list_sells_once_to_each_subscriber(plays) -> None:
    """Everybody who clicks subscribes and orders within a day; posts and ads sell nothing."""
    sure = on("subscriptions", subscribe=1, order=1, half_life=0)
    played = plays(*NO_SALE_BY_POSTS, *sure, "product.baseline_orders_per_day=0")
    for tally in tallies(played, "codes", "links", "ads"):
        assert tally.owned_audience == tally.orders + tally.late_orders
        assert tally.orders == tally.orders_by_list > 0


def test_buyers_write_reviews_at_their_chance_beside_those_delivered(plays) -> None:
    found = plays(*on("reviews", written=0.4, at_start=20), runs=40)
    assert within(0.0, [t.reviews - 26 - 0.4 * t.orders for t in tallies(found, "links")])
    assert within(0.0, [t.reviews - 20 - 0.4 * t.orders for t in tallies(found, "no campaign")])
    for tally in tallies(plays(*on("reviews", written=1, at_start=20)), "no campaign"):
        assert tally.orders + 20 == tally.reviews


def test_tracking_loss_thins_attributed_orders(plays) -> None:
    """Each of the attributed orders loses its track with the chance stated."""
    whole, thin = (plays(*on("tracking_loss", share=share), runs=40) for share in (0, 0.4))
    pairs = zip(tallies(whole, "links"), tallies(thin, "links"), strict=True)
    assert within(0.0, [other.attributed_orders - 0.6 * one.attributed_orders for one, other in pairs])


NOTHING = Aftermath(*([0.0] * 8))


def both(brief: Brief, edges: list[tuple[int, int]], size: int) -> c.Counts:
    """What both engines count, which must be the same."""
    world = cascade_world(edges, size)
    compiled, mesa = play_compiled(brief, world, Room()).counts, play_mesa(brief, world).counts
    assert [column.tolist() for column in compiled] == [column.tolist() for column in mesa]
    return compiled


def buyer_brief(*, engage: float, share: float) -> Brief:
    """Person 0 sees the post on day 0, clicks, buys and posts about it; peers who are shown it share it."""
    brief = cascade_brief(1 - 1e-12, 1)
    (post,) = brief.posts
    organic = post.organic._replace(engage=engage, click=ALWAYS, order=ALWAYS, share=share)
    return replace(brief, posts=(replace(post, organic=organic),), aftermath=NOTHING._replace(posted=1.0))


def test_a_buyers_post_is_seen_by_peers_the_next_day() -> None:
    counts = both(replace(buyer_brief(engage=NEVER, share=0.0), horizon=2), [(0, 1)], 2)
    assert (1, 1, 2) == tuple(counts.totals[[c.ORDERS, c.USER_POSTS, c.IMPRESSIONS]])
    assert [1, 1] == counts.daily[:, c.D_IMPRESSIONS].tolist()


def test_who_shares_and_posts_shows_it_once() -> None:
    counts = both(buyer_brief(engage=ALWAYS, share=1.0), [(0, 1)], 2)
    assert (1, 2) == tuple(counts.totals[[c.USER_POSTS, c.IMPRESSIONS]])


def test_who_posted_and_shares_later_shows_it_once() -> None:
    """Person 0 posts on day 0; 1 shares it back on day 1; 0 shares on day 2, and 1 is not shown it again."""
    counts = both(buyer_brief(engage=NEVER, share=0.0), [(0, 1), (1, 0)], 2)
    assert [1, 1, 1] + [0] * 9 == counts.daily[:, c.D_IMPRESSIONS].tolist()
    assert 2 == counts.totals[c.ENGAGED_BY_PEER]
