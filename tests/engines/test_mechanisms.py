"""Mechanisms in the running engine: the same luck with and without, so that many directions hold run by run.

Where an effect can only add to decisions, or only take from them, every run must show it; the rest is held to theory
within four standard errors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from briefs import plain_brief
from campaigns import NEUTRAL, Campaign, within

from simulator.campaign.brief import Brief
from simulator.campaign.posts import PostBrief
from simulator.campaign.scandals import Scandals
from simulator.dice import identity
from simulator.engines.columns import A_COMMENTS, A_REPLIES, A_TRUST, AUTHORS, TOTALS, Counts
from simulator.engines.play import play, play_compiled, play_mesa
from simulator.engines.room import Room
from simulator.results.outcome import Outcome
from simulator.rules.answers import Answering
from simulator.rules.facts import Post, Response
from simulator.rules.reference import ALWAYS, NEVER
from simulator.scenario.offers import Contract, Creator, Plan
from simulator.scenario.schema import Scenario
from simulator.world.audiences import FIXED_POINT, Audiences
from simulator.world.build import build_world
from simulator.world.network import PeerNetwork
from simulator.world.people import People, activity_table
from simulator.world.world import World

ROOM = Room()
IMPRESSIONS, ORDERS = TOTALS.index("impressions"), TOTALS.index("orders")
ENGAGEMENTS = AUTHORS.index("engagements")
SILENT = Response(*[0.0] * len(Response._fields))
SEEN = Post(NEVER, NEVER, NEVER, NEVER, 0.0, 0.0, 0.5, 0.0)  # by everybody, who then do nothing


def market(people: int, authors: int, trust: float = 0.5) -> World:
    """People alike, all of whom follow every author; no peers."""
    zeros = np.zeros(people, np.float32)
    who = People(np.zeros(people, np.uint8), np.full(people, 128, np.uint8), zeros, zeros, zeros)
    edges = people * authors
    audiences = Audiences(
        tuple(f"a#{k}" for k in range(authors)), np.arange(authors + 1) * people,
        np.tile(np.arange(people, dtype=np.int32), authors), np.full(edges, trust, np.float32),
        np.full(authors, trust), np.full(authors, int(float(np.float32(trust)) * FIXED_POINT) * people),
        np.ones(authors),
    )  # fmt: skip
    network = PeerNetwork(np.zeros(people + 1, np.int64), np.empty(0, np.int32))
    return World(0, people, who, audiences, network, activity_table(0.3), 0.5, 0.0)


def brief_of(run: int, posts: Sequence[tuple[int, int, Post]], horizon: int = 3, **facts: object) -> Brief:
    """Posts as (author, day, facts), each named by its place, seen by all on its day; one run of one plan."""
    authors = max(author for author, _, _ in posts) + 1
    contracts = tuple(
        Contract(Creator(f"a#{k}", "a", "nano", 1000, "beauty"), (0,), 0, 0, 0, 0, "utm") for k in range(authors)
    )
    plain = plain_brief(
        authors,
        seed=11,
        run=run,
        horizon=horizon,
        authors=contracts,
        response=SILENT,
        posts=tuple(
            PostBrief(identity("post", number), author, day, 1.0, post, post)
            for number, (author, day, post) in enumerate(posts)
        ),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def counted(world: World, brief: Brief) -> Counts:
    return play_compiled(brief, world, ROOM).counts


# Answers.

TALKED_ABOUT = SEEN._replace(engage=ALWAYS, comment=1.0)
WITH = {"automated": 0.0, "gain": 0.1, "machine_loss": 0.0, "counts": True}


def test_an_author_answers_as_many_as_a_day_holds_binomially() -> None:
    """200 comments, each answered with probability capacity ÷ 200: mean and variance of a binomial."""
    world, capacity, comments, runs = market(200, 1), 30.0, 200, 400
    replies = []
    for run in range(runs):
        counts = counted(world, brief_of(run, [(0, 0, TALKED_ABOUT)], answering=Answering(capacity, **WITH)))
        assert comments == counts.authors[0, A_COMMENTS]
        replies.append(counts.authors[0, A_REPLIES])
    variance = capacity * (1 - capacity / comments)
    assert abs(np.mean(replies) - capacity) < 4 * math.sqrt(variance / runs)
    assert abs(np.var(replies, ddof=1) / variance - 1) < 4 * math.sqrt(2 / runs)


def test_posts_of_a_day_share_their_authors_answers_and_no_other_authors() -> None:
    """Author 0 has two posts that day and author 1 has one: 20 answers each, of 400 and of 200 comments."""
    world = market(200, 2)
    posts = [(0, 0, TALKED_ABOUT), (0, 0, TALKED_ABOUT), (1, 0, TALKED_ABOUT)]
    replies = np.array(
        [
            counted(world, brief_of(run, posts, answering=Answering(20.0, **WITH))).authors[:, A_REPLIES]
            for run in range(300)
        ]
    )
    assert within(20.0, replies[:, 0])
    assert within(20.0, replies[:, 1])


def test_each_day_has_answers_of_its_own_and_the_last_days_comments_wait() -> None:
    world = market(50, 1)
    posts = [(0, 0, TALKED_ABOUT), (0, 1, TALKED_ABOUT), (0, 2, TALKED_ABOUT)]
    for horizon, answered in ((3, 2), (4, 3), (30, 3)):
        counts = counted(world, brief_of(1, posts, horizon, answering=Answering(1e9, **WITH)))
        assert (3 * 50, answered * 50) == (counts.authors[0, A_COMMENTS], counts.authors[0, A_REPLIES])


def test_who_is_answered_trusts_more_by_the_gain_and_by_a_machine_less_by_the_loss() -> None:
    """All are answered: by the author, or with no capacity all by a machine; both engines sum the same."""
    world = market(100, 1, trust=0.4)
    for answering, after in (
        (Answering(1e9, 0.0, 0.25, 0.0, True), 0.4 + 0.25 * 0.6),
        (Answering(0.0, 1.0, 0.25, 0.5, True), 0.4 * 0.5),
        (Answering(0.0, 0.0, 0.25, 0.5, True), 0.4),
    ):
        brief = brief_of(1, [(0, 0, TALKED_ABOUT)], answering=answering)
        change = counted(world, brief).authors[0, A_TRUST]
        assert change / FIXED_POINT == pytest.approx(100 * (after - 0.4), abs=1e-5)
        assert change == play_mesa(brief, world).counts.authors[0, A_TRUST]


def test_more_time_never_answers_fewer_and_never_more_than_are_written() -> None:
    world = market(300, 1)
    post = SEEN._replace(engage=0.0, comment=0.5)
    for run in range(40):
        found = [
            counted(world, brief_of(run, [(0, 0, post), (0, 1, post)], answering=Answering(each, **WITH))).authors[0]
            for each in (0.0, 1.0, 5.0, 25.0, 125.0, 1e9)
        ]
        replies = [int(author[A_REPLIES]) for author in found]
        assert sorted(replies) == replies
        assert 0 == replies[0]
        assert {int(author[A_COMMENTS]) for author in found} == {replies[-1]}


# Sources.

BUYERS = SEEN._replace(view_through=-2.0)


def test_a_second_source_sells_more_at_the_same_impressions() -> None:
    """The same two posts with the same luck, by one author or by two: only whom they come from differs."""
    world, doubled = market(500, 2), SILENT._replace(second_source=math.log(3.0))
    gained = []
    for run in range(60):
        one, two = ([(0, 0, BUYERS), (0, 1, BUYERS)], [(0, 0, BUYERS), (1, 1, BUYERS)])
        counts = {
            (name, response.second_source > 0.0): counted(world, brief_of(run, posts, response=response)).totals
            for name, posts in (("one", one), ("two", two))
            for response in (SILENT, doubled)
        }
        assert {1000} == {int(totals[IMPRESSIONS]) for totals in counts.values()}
        orders = {key: int(totals[ORDERS]) for key, totals in counts.items()}
        assert orders["one", False] == orders["one", True] == orders["two", False]
        assert orders["two", True] >= orders["two", False]
        gained.append(orders["two", True] - orders["two", False])
    # Who did not buy from the first post buys from the second at tripled odds.
    chance, raised = (1 / (1 + math.exp(2.0 - shift)) for shift in (0.0, math.log(3.0)))
    assert within(500 * (1 - chance) * (raised - chance), gained)


def test_a_third_source_adds_to_the_second() -> None:
    world = market(500, 3)
    posts = [(author, author, BUYERS) for author in range(3)]
    chances = [1 / (1 + math.exp(2.0 - shift)) for shift in (0.0, math.log(2.0), math.log(2.0) + math.log(1.5))]
    response = SILENT._replace(second_source=math.log(2.0), third_source=math.log(1.5))
    orders = [int(counted(world, brief_of(run, posts, response=response)).totals[ORDERS]) for run in range(200)]
    assert within(500 * (1 - math.prod(1 - chance for chance in chances)), orders)


# Scandals.


def test_baseline_demand_falls_by_the_stated_share_from_the_day_on() -> None:
    """Poisson(20) people a day would buy; from day 4, 1 − 0.5 × 2^(−days ÷ 2) of them still do."""
    world, runs, horizon = market(100_000, 1), 300, 9
    daily = np.zeros((runs, horizon))
    for run in range(runs):
        scandals = Scandals((4,), 0.0, brand_loss=0.5, half_life=2.0)
        brief = brief_of(run, [(0, 0, SEEN._replace(trust=0.5))], horizon, baseline_per_day=20.0, scandals=scandals)
        daily[run] = counted(replace_audience(world), replace(brief, audience=(0,))).daily[:, 4]
    for day in range(horizon):
        left = 1.0 - (0.5 * 2 ** (-(day - 4) / 2) if day >= 4 else 0.0)
        assert abs(daily[:, day].mean() - 20 * left) < 4 * math.sqrt(20 * left / runs), day


def replace_audience(world: World) -> World:
    """The same people, ten of whom follow the author: enough to be seen, and quick."""
    few = world.audiences._replace(
        offsets=np.array([0, 10]), person=np.arange(10, dtype=np.int32), trust=np.full(10, 0.5, np.float32)
    )
    return replace(world, audiences=few)


def test_a_scandal_halves_trust_as_it_is_felt_and_no_tie() -> None:
    """At the end the name is worth half, in both engines; who engages is then as trusting as half the trust makes."""
    world = market(400, 1, trust=0.8)
    believing = SILENT._replace(trust_on_engage=4.0)
    post = SEEN._replace(engage=0.0, trust=0.8)
    felt, engaged = [], []
    for run in range(100):
        brief = brief_of(run, [(0, 0, post), (0, 1, post)], response=believing, scandals=Scandals((1,), 0.5, 0.0, 15.0))
        counts = counted(world, brief)
        felt.append((0.8 * 400 + counts.authors[0, A_TRUST] / FIXED_POINT) / 400)
        engaged.append(int(counts.authors[0, ENGAGEMENTS]))
    assert felt == pytest.approx([0.4] * 100, abs=1e-6)
    expected = 400 * (0.5 + 1 / (1 + math.exp(4.0 * 0.4)))
    assert within(expected, engaged)
    assert np.array_equal(counts.authors, play_mesa(brief, world).counts.authors)


def test_trust_felt_at_the_end_is_never_more_than_full() -> None:
    """A name worth three times the usual, and trust of 0.4 and 0.2."""
    for trust, felt in ((0.4, 1.0), (0.2, 0.6)):
        world = market(50, 1, trust=trust)
        counts = counted(world, brief_of(1, [(0, 0, SEEN._replace(standing=3.0))]))
        assert counts.authors[0, A_TRUST] / FIXED_POINT == pytest.approx(50 * (felt - trust), abs=1e-5)


def test_the_last_post_tells_what_a_name_is_worth_at_the_end() -> None:
    world = market(50, 2, trust=0.4)
    grown = [(0, 0, SEEN), (0, 2, SEEN._replace(standing=1.5)), (1, 1, SEEN)]
    brief = brief_of(1, grown)
    change = counted(world, brief).authors[:, A_TRUST]
    assert change / FIXED_POINT == pytest.approx([50 * 0.2, 0.0], abs=1e-5)
    assert np.array_equal(change, play_mesa(brief, world).counts.authors[:, A_TRUST])


def test_a_larger_loss_of_the_brand_never_earns_more(campaign: Campaign) -> None:
    losses = {
        loss: results(campaign, mechanisms=f"scandals: {{hazard: 0.9, loss: 0.3, brand_loss: {loss}}}")
        for loss in (0.0, 0.1, 0.5, 1.0)
    }
    assert_never_more(losses, "orders")
    assert {True} == {o.tally.scandals <= o.tally.hired for o in losses[0.5]}


# Paired campaigns: everything else is as it was.

MANY = """
arms:
  many:
    hire:
      - {key: a, followers: 2500, posts: 3, pay: {kind: flat_fee, amount: 50}%s}
      - {key: b, followers: 1500, posts: 3, pay: {kind: flat_fee, amount: 50}%s}
"""
# Nothing that could turn more decisions of one kind into fewer of another: no wear-out, no demand to take from.
ADDING = (
    "product.baseline_orders_per_day=0", "behavior.wear_on_engage=1", "behavior.wear_on_click=1",
    "platform.reach_rate=0.5", "platform.click_rate=0.1", "platform.conversion_rate=0.2", "worlds=1",
)  # fmt: skip


def results(
    campaign: Campaign, facts: str = "", mechanisms: str = "", settings: tuple[str, ...] = (), runs: int = 12
) -> list[Outcome]:
    """Runs of the plan whose hires say `facts`, in the first world."""
    more = f"\nmechanisms: {{{mechanisms}}}\n" if mechanisms else ""
    scenario, plan = campaign(MANY % (facts, facts) + more, *settings)
    return outcomes(scenario, plan, runs)


def outcomes(scenario: Scenario, plan: Plan, runs: int, world: int = 0) -> list[Outcome]:
    market = build_world(scenario, plan, world)
    return [play(scenario, market, plan.arms[1], run, "compiled", ROOM) for run in range(1, runs + 1)]


def assert_never_more(found: dict[float, list[Outcome]], *metrics: str) -> None:
    """Run by run, each step of the number lowers the metric or leaves it, and the whole way lowers it."""
    levels = sorted(found)
    for metric in metrics:
        for low, high in pairwise(levels):
            pairs = zip(found[low], found[high], strict=True)
            assert all(getattr(one.tally, metric) >= getattr(other.tally, metric) for one, other in pairs), metric
        first, last = (sum(getattr(o.tally, metric) for o in found[level]) for level in (levels[0], levels[-1]))
        assert first > last, metric


def test_more_rivals_never_raise_trust_or_orders(campaign: Campaign) -> None:
    found = {
        rivals: results(
            campaign, f", relationship: {{rivals: {rivals}}}", "rivals: {penalty: 0.15, usual: 2}",
            (*ADDING, "behavior.trust_on_order=1.3", "behavior.trust_on_engage=1.3", "behavior.trust_on_click=1.3"),
        )
        for rivals in (0, 2, 4, 8)
    }  # fmt: skip
    assert_never_more(found, "trust_sum", "orders", "engagements", "clicks")


def test_exclusivity_never_lowers_trust_or_orders(campaign: Campaign) -> None:
    """Whoever endorses no rival while under contract, in place of what is usual."""
    scenario, plan = campaign(
        MANY % ("", "") + "\nmechanisms: {rivals: {penalty: 0.15, usual: 3}}\n", *ADDING,
        "behavior.trust_on_order=1.3",
    )  # fmt: skip
    arm = plan.arms[1]
    exclusive = replace(arm, contracts=tuple(replace(contract, exclusive=True) for contract in arm.contracts))
    bound = outcomes(scenario, replace(plan, arms=(plan.arms[0], exclusive)), 12)
    assert_never_more({0.0: bound, 1.0: outcomes(scenario, plan, 12)}, "trust_sum", "orders")


def test_disclosure_costs_trust_and_nothing_where_nothing_is_doubted(campaign: Campaign) -> None:
    found = {
        doubt: results(campaign, mechanisms=f"disclosure: {{doubt: {doubt}}}", settings=ADDING)
        for doubt in (0.0, 0.1, 0.4)
    }
    assert_never_more(found, "trust_sum")
    hidden = results(campaign, ", content: {disclosed: false}", "disclosure: {doubt: 0.4}", ADDING)
    assert [o.tally for o in hidden] == [o.tally for o in found[0.0]]


def test_several_creatives_weaken_wear_out_up_to_none(campaign: Campaign) -> None:
    settings = (*(s for s in ADDING if "wear" not in s), "behavior.trust_step=0", "behavior.wear_on_click=1")
    found = {
        -fresh: results(
            campaign, mechanisms=f"creative_diversity: {{fresh: {fresh}}}",
            settings=(*settings, "behavior.wear_on_engage=0.5", "behavior.reproduction=0"),
        )
        for fresh in (0.0, 0.5, 1.0)
    }  # fmt: skip
    assert_never_more(found, "engagements", "clicks")
    unworn = results(campaign, settings=(*settings, "behavior.wear_on_engage=1", "behavior.reproduction=0"))
    assert [o.tally for o in unworn] == [o.tally for o in found[-1.0]]


def test_quality_sells_less_to_who_is_blind_to_it(campaign: Campaign) -> None:
    """And not at all where all are blind: then the product may as well be of usual quality."""
    settings = (*ADDING, "product.quality=2", "behavior.share_given_engaged=0")
    only_quality = "persona: {{on_click: 1, on_order: 1, quality_on_order: 1.8, blindness: {}}}"
    found = {
        blindness: results(campaign, ", focus: 0", only_quality.format(blindness), settings)
        for blindness in (0.0, 0.5, 1.0)
    }
    assert_never_more(found, "orders")
    plain = results(campaign, ", focus: 0", settings=settings)
    assert [o.tally for o in plain] == [o.tally for o in found[1.0]]


def test_a_call_to_action_multiplies_shares_by_its_factor(campaign: Campaign) -> None:
    """Of the same engagements, 0.05 × 3 are shares; comments stay as many."""
    settings = (*ADDING, *NEUTRAL, "behavior.share_given_engaged=0.05", "behavior.peer_engagement=0")
    plain, asking = (
        results(campaign, facts, "call_to_action: {on_share: 3}", settings, runs=40)
        for facts in ("", ", content: {call_to_action: true}")
    )
    for one, other in zip(plain, asking, strict=True):
        assert one.tally.engagements == other.tally.engagements
        assert one.tally.shares <= other.tally.shares
    for found, chance in ((plain, 0.05), (asking, 0.15)):
        engaged, shares = (sum(getattr(o.tally, name) for o in found) for name in ("engagements", "shares"))
        assert abs(shares - chance * engaged) < 4 * math.sqrt(engaged * chance * (1 - chance))


TYPICAL = (
    "population.size=60000", "platform.reach_rate=0.3", "platform.click_rate=0.1", "platform.conversion_rate=0.2",
    "behavior.halo=0", "product.baseline_orders_per_day=0", "behavior.order_half_life_days=0",
)  # fmt: skip
PERSONA = "\nmechanisms: {persona: {on_engage: 0.7, on_click: 0.5, on_order: 0.6}}\n"


def test_a_typical_audience_shows_the_stated_rates_and_one_that_follows_the_person_lower_ones(
    campaign: Campaign,
) -> None:
    """The published mean is over both motives; it is the mix of an audience that moves it."""
    rates = {}
    for focus in ("", ", focus: 0.05", ", focus: 0.95"):
        text = (
            f"\narms: {{one: {{hire: [{{followers: 10000, posts: 1, pay: {{kind: flat_fee, amount: 9}}{focus}}}]}}}}\n"
        )
        scenario, plan = campaign(text + PERSONA, *NEUTRAL, *TYPICAL)
        found = []  # one row per world: runs share their world's audience
        for world in range(8):
            tallies = [o.tally for o in outcomes(scenario, plan, 8, world)]
            views, clicks, orders, engaged = (
                sum(getattr(tally, name) for tally in tallies)
                for name in ("impressions", "clicks", "orders", "engagements")
            )
            found.append((clicks / views, orders / clicks, engaged / views))
        rates[focus] = np.array(found)
    clicked, ordered, engaged = rates[""].T
    assert within(0.1, clicked)
    assert within(0.2, ordered)
    assert within(0.035 / 0.3, engaged)
    for place in range(3):
        assert within_less(rates[", focus: 0.05"][:, place], rates[", focus: 0.95"][:, place])


def within_less(low: np.ndarray, high: np.ndarray) -> bool:
    """Whether one mean lies below another by more than four standard errors."""
    error = math.sqrt((low.var(ddof=1) + high.var(ddof=1)) / low.size)
    return bool(high.mean() - low.mean() > 4 * error)


def test_growth_shows_in_the_reach_of_later_posts(campaign: Campaign) -> None:
    """Paired: whoever saw a post of an audience that loses people saw it of one that does not."""
    found = {
        loss: results(campaign, mechanisms=f"audience_growth: {{per_month: 0, loss_per_post: {loss}}}", settings=ADDING)
        for loss in (0.0, 0.2, 0.6)
    }
    assert_never_more(found, "impressions", "reach")
