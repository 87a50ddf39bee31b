"""Contacts bought or owned: closed forms, directions, what needs what, and the same bytes from both engines."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import NEUTRAL, Campaign, within
from hires import hire, outcomes, village
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.brief import Brief, brief_run
from simulator.compiled import kernel
from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.errors import InputProblems
from simulator.results.outcome import Tally
from simulator.rules.advert import carried_over, shown_before, with_odds
from simulator.scenario.draws import Draws
from simulator.world.build import build_world

RATES = ("platform.ad_click_rate=0.05", "platform.ad_conversion_rate=0.3", "platform.ad_cost_per_thousand=8")
RIGHTS = "mechanisms.contract_terms.license_fee=0"
QUIET = (*NEUTRAL, RIGHTS, "product.baseline_orders_per_day=0", "settle=300", *RATES)


def arms(text: str) -> str:
    return f"\narms: {{one: {text}}}\n"


def tallies(campaign: Campaign, text: str, *settings: str, runs: int = 200) -> list[Tally]:
    scenario, plan = campaign(text, *QUIET, *settings)
    return [outcome.tally for outcome in outcomes(scenario, plan, 1, runs)]


def brief_of(campaign: Campaign, text: str, *settings: str) -> Brief:
    scenario, plan = campaign(text, *QUIET, *settings)
    return brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1))


def column(found: list[Tally], name: str) -> np.ndarray:
    return np.array([getattr(tally, name) for tally in found], float)


@given(st.integers(-5, 400), st.integers(0, 10_000), st.integers(1, 365))
def test_contacts_of_all_days_are_all_contacts_and_none_comes_before_the_first_day(day: int, n: int, days: int) -> None:
    assert 0 <= shown_before(day, n, days) <= shown_before(day + 1, n, days) <= n
    assert 0 == shown_before(min(day, 0), n, days)
    assert n == shown_before(days, n, days)


@given(st.floats(0.0, 0.99), st.floats(0.01, 100.0))
def test_odds_are_multiplied_and_one_changes_no_bit(chance: float, ratio: float) -> None:
    assert chance == with_odds(chance, 1.0)
    raised = with_odds(chance, ratio)
    assert raised / (1.0 - raised) == pytest.approx(ratio * chance / (1.0 - chance), rel=1e-9)


@given(st.floats(0.0, 0.05), st.floats(0.1, 10.0))
def test_quality_carries_over_by_its_elasticity_alone(rate: float, quality: float) -> None:
    assert rate == carried_over(rate, quality, 0.0, 1.0, 0.7)
    assert min(1.0, rate * quality**0.5) == pytest.approx(carried_over(rate, quality, 0.5, 1.0, 0.0))


@kernel
def _compiled(a: float, b: float, elasticity: float) -> tuple[float, float]:
    return carried_over(a, b, elasticity, 1.1, 0.7), with_odds(a, b)


@given(st.floats(0.0, 0.9), st.floats(0.01, 50.0), st.floats(0.0, 1.0))
def test_python_and_compiled_code_give_the_same_bits(a: float, b: float, elasticity: float) -> None:
    assert _compiled(a, b, elasticity) == (carried_over(a, b, elasticity, 1.1, 0.7), with_odds(a, b))


REP = ("mechanisms.sales_rep.close_rate=0.1", "mechanisms.sales_rep.visits_per_day=6", "population.size=200000")


def test_a_sales_representative_costs_per_order_what_days_visits_and_closing_say(campaign: Campaign) -> None:
    """400 a day, 6 visits, one in ten closes: 666.67 an order."""
    found = tallies(campaign, arms("{sales_rep: {days: 10, count: 3}}"), *REP, "budget=12000")
    assert {400 * 30 * 100} == set(column(found, "cost_sales_rep"))
    orders = column(found, "orders")
    assert within(6 * 30 * 0.1, orders)
    assert 400 / 0.6 == pytest.approx(400 * 30 / orders.mean(), rel=0.05)


def test_visits_are_no_displays_and_their_orders_are_tracked(campaign: Campaign) -> None:
    found = tallies(campaign, arms("{sales_rep: {days: 10}}"), *REP, "budget=4000", runs=30)
    assert {0} == {tally.impressions + tally.reach + tally.clicks + tally.cost_boost for tally in found}
    assert all(tally.orders == tally.attributed_orders for tally in found)
    assert sum(tally.orders for tally in found) > 0


def test_representatives_need_the_mechanism_and_the_money(campaign: Campaign) -> None:
    with pytest.raises(InputProblems, match=r"add mechanisms: \{sales_rep: on\}"):
        campaign(arms("{sales_rep: {days: 10}}"))
    with pytest.raises(InputProblems, match=r"commits USD 4,000\.00"):
        campaign(arms("{sales_rep: {days: 10}}"), "mechanisms.sales_rep=on")


BOOSTED = hire(
    "a", 1000, "reach_rate: 0, engagement_rate: 0, click_rate: 0, usage_rights: 30, boost: 400", posts="[{day: 0}]"
)


def test_boosted_posts_do_what_ads_do_at_the_same_rates(campaign: Campaign) -> None:
    """Everybody cares for the one topic, nobody sees the post by itself: what is left is the boost."""
    one_topic = "population.topics=[beauty]"
    boosted = tallies(
        campaign,
        arms(f"{{hire: [{BOOSTED}]}}"),
        one_topic,
        "mechanisms.amplification.quality=0",
        "mechanisms.amplification.click_ratio=1",
    )
    ads = tallies(campaign, arms("{paid_social: {spend: 400}}"), one_topic)
    assert {50_000} == set(column(boosted, "impressions")) == set(column(ads, "impressions"))
    for name in ("clicks", "orders", "reach"):
        ours, theirs = column(boosted, name), column(ads, name)
        error = np.sqrt(ours.var(ddof=1) / len(ours) + theirs.var(ddof=1) / len(theirs))
        assert abs(ours.mean() - theirs.mean()) <= 4 * error, name
    assert within(50_000 * 0.05, column(boosted, "clicks"))


def test_boost_reaches_people_who_care_for_the_creator_s_topic(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(f"{{hire: [{BOOSTED}]}}"), *QUIET)
    interested = int(
        (build_world(scenario, plan, 0).people.topic == tuple(scenario.population.topics).index("beauty")).sum()
    )
    assert interested < 500
    assert all(tally.reach == interested for tally in tallies(campaign, arms(f"{{hire: [{BOOSTED}]}}"), runs=3))


def test_better_posts_make_better_ads_by_the_elasticity(campaign: Campaign) -> None:
    rates = {}
    for engaged in (0.02, 0.08):
        stated = f"reach_rate: 0.2, engagement_rate: {engaged}, usage_rights: 30, boost: 100"
        contacts = brief_of(
            campaign, arms(f"{{hire: [{hire('a', 1000, stated)}]}}"), "mechanisms.amplification.quality=0.5"
        ).contacts
        rates[engaged] = contacts[0].click_rate
    assert rates[0.08] == pytest.approx(2.0 * rates[0.02])


def test_ads_of_typical_accounts_click_as_the_platform_s_do_on_average(campaign: Campaign) -> None:
    """Accounts differ and so do their ads; a plain power of quality would lower their mean."""
    scenario, plan = campaign(
        arms(f"{{hire: [{hire('a', 10_000, 'usage_rights: 30, boost: 100')}]}}"),
        "mechanisms.amplification.quality=0.5", "mechanisms.amplification.click_ratio=1", "population.size=100000",
        RIGHTS, *RATES,
    )  # fmt: skip
    world = village(scenario, plan)
    rates = [
        brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, run)).contacts[0].click_rate
        for run in range(1, 2001)
    ]
    assert 0.05 == pytest.approx(np.mean(rates), rel=0.02)  # shocks act on log-odds: rates are lognormal only nearly
    assert np.std(rates) > 0.01


def test_the_level_of_engagement_that_all_accounts_share_makes_no_post_a_better_ad(campaign: Campaign) -> None:
    """A typical account of the reference size clicks like the platform's ads, whatever the level of a run."""
    scenario, plan = campaign(
        arms(f"{{hire: [{hire('a', 10_000, 'usage_rights: 30, boost: 100')}]}}"),
        *QUIET,
        "population.size=1000000",
        "mechanisms.amplification={quality: 1, click_ratio: 1}",
        "platform.engagement_level_sd=0.6",
    )
    world = village(scenario, plan)
    briefs = [brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, run)) for run in range(1, 6)]
    assert 5 == len({brief.posts[0].organic.engage for brief in briefs})
    assert [brief.contacts[0].click_rate for brief in briefs] == pytest.approx([0.05] * 5)


def test_boost_and_license_are_paid_and_shown_per_creator(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(f"{{hire: [{BOOSTED}]}}"), *QUIET, "mechanisms.contract_terms.license_fee=0.07")
    outcome = outcomes(scenario, plan, 1, 1)[0]
    assert (40_000, 700, 100_000 - 10_000 - 500 - 40_700) == (
        outcome.tally.cost_boost,
        outcome.tally.cost_license,
        plan.arms[1].unspent,
    )
    assert (40_000, 700) == (outcome.influencers[0].cost_boost, outcome.influencers[0].cost_license)


@pytest.mark.parametrize("use", ["boost: 100", "reuse: 2"])
def test_using_content_needs_the_right_to_it(campaign: Campaign, use: str) -> None:
    with pytest.raises(InputProblems, match=r"needs usage rights; add usage_rights"):
        campaign(arms(f"{{hire: [{hire('a', 1000, use)}]}}"), RIGHTS, "brand.owned_channels={followers: 500}")


def test_nothing_is_reposted_before_it_is_posted(campaign: Campaign) -> None:
    early = hire("a", 1000, "usage_rights: 30, reuse: 2", posts="[{day: 5}]")
    with pytest.raises(InputProblems, match=r"begins on day 0, before the first post on day 5"):
        campaign(arms(f"{{hire: [{early}]}}"), RIGHTS, "brand.owned_channels={followers: 500}")


def test_reuse_needs_channels(campaign: Campaign) -> None:
    with pytest.raises(InputProblems, match="has no channels to go to"):
        campaign(arms(f"{{hire: [{hire('a', 1000, 'usage_rights: 30, reuse: 1')}]}}"), RIGHTS)


REUSED = arms(f"{{hire: [{hire('a', 1000, 'usage_rights: 30, reuse: 2')}]}}")


def test_the_own_account_reaches_its_followers_for_nothing(campaign: Campaign) -> None:
    scenario, plan = campaign(REUSED, *QUIET, "brand.owned_channels={followers: 1200}")
    outcome = outcomes(scenario, plan, 1, 1)[0]
    own = next(row for row in outcome.influencers if row.hire == "own account")
    assert (1200, 2) == (own.followers, own.posts)
    assert 0 == own.cost_fees + own.cost_handling + own.cost_product + own.market_fee
    assert own.reach > 0
    assert 1 == outcome.tally.hired
    assert 10_500 == outcome.tally.cost_fees + outcome.tally.cost_handling


def test_content_on_the_own_pages_sells_what_the_odds_add(campaign: Campaign) -> None:
    """1,000 visitors a day for 14 days at 2%, odds times 1.5: 0.97 points more of 14,000."""
    stated = "brand.owned_channels={visitors_per_day: 1000, visitor_conversion: 0.02}"
    text = arms(f"{{hire: [{BOOSTED.replace('boost: 400', 'reuse: 1')}]}}")
    found = tallies(campaign, text, stated, "mechanisms.reuse.conversion_odds=1.5", "population.size=200000")
    assert {14_000} == set(column(found, "impressions"))
    expected = 14_000 * (0.03 / 1.01 - 0.02)
    assert within(expected, column(found, "orders"))
    assert {0} == set(column(tallies(campaign, text, stated, runs=5), "orders"))


def test_the_own_account_sells_better_with_creators_content(campaign: Campaign) -> None:
    plain, better = (
        brief_of(campaign, REUSED, "brand.owned_channels={followers: 1200}", f"mechanisms.reuse.conversion_odds={odds}")
        for odds in (1, 2)
    )
    number = [contract.creator.hire for contract in plain.authors].index("own account")
    orders = [[post.organic.order for post in brief.posts if post.author == number] for brief in (plain, better)]
    assert orders[1] == pytest.approx([logit + np.log(2.0) for logit in orders[0]])


def test_more_load_never_makes_ads_sell_more(campaign: Campaign) -> None:
    spent = "mechanisms.feed.load_on_order=-1"
    rates = [
        brief_of(campaign, arms("{paid_social: {spend: 400}}"), f"mechanisms.feed.load={load}", spent).contacts[0]
        for load in (1, 2, 4)
    ]
    assert [0.3, 0.3 / 2 / (0.7 + 0.15), 0.3 / 4 / (0.7 + 0.075)] == pytest.approx(
        [ads.conversion_rate for ads in rates]
    )


@pytest.mark.parametrize("run", [1, 2, 3])
def test_both_engines_make_the_same_contacts(campaign: Campaign, run: int) -> None:
    lively = hire(
        "a",
        1000,
        "usage_rights: 30, boost: 30, reuse: [{day: 3}, {day: 7}], tracking: code",
        posts="[{day: 2}, {day: 6}]",
    )
    other = hire("b", 500, "topic: food, usage_rights: 30, boost: 9")
    text = arms(f"{{hire: [{lively}, {other}], paid_social: {{spend: 20}}, sales_rep: {{days: 5}}}}")
    settings = (
        "brand.owned_channels={followers: 900, visitors_per_day: 60, visitor_conversion: 0.3}", RIGHTS,
        "mechanisms.reuse.conversion_odds=3", "mechanisms.amplification=on", "mechanisms.feed.load=2",
        "mechanisms.sales_rep={cost_per_day: 10, close_rate: 0.3}", "mechanisms.decay_by_size=on",
        "platform.ad_click_rate=0.3", "platform.ad_conversion_rate=0.5", "platform.nonfollower_reach=1",
        "settle=2", "behavior.reproduction=0.9",
    )  # fmt: skip
    scenario, plan = campaign(text, *settings)
    world = build_world(scenario, plan, 0)
    compiled, mesa = (play(scenario, world, plan.arms[1], run, engine, Room()) for engine in ("compiled", "mesa"))
    assert mesa.tally == compiled.tally
    assert mesa.influencers == compiled.influencers
    assert np.array_equal(mesa.daily, compiled.daily)
    assert min(compiled.tally.orders, compiled.tally.late_orders, compiled.tally.attributed_orders) > 0


def test_reach_of_disjoint_audiences_adds_up_exactly(campaign: Campaign) -> None:
    """Authors of different topics whose followers all follow for the topic share nobody."""
    topics = "population.topics=[beauty, food, travel]"
    hires = ", ".join(
        hire(key, 500, f"topic: {topic}, focus: 1, reach_rate: 0.4", posts="3", amount="1")
        for key, topic in (("a", "beauty"), ("b", "food"), ("c", "travel"))
    )
    scenario, plan = campaign(arms(f"{{hire: [{hires}]}}"), *QUIET, topics)
    for outcome in outcomes(scenario, plan, 1, 20):
        assert outcome.tally.audience_union == outcome.tally.audiences
        assert outcome.tally.reach == outcome.tally.reach_audience == sum(row.reach for row in outcome.influencers)
