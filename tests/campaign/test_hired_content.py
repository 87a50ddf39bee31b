"""Content of hired posts: what a hire states beside what is usual, at the brief, before anybody meets a post."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from campaigns import Campaign
from hires import NO_SHOCKS, hire, village

from simulator.campaign.brief import Brief, brief_run
from simulator.campaign.content import NO_RIVALS, compared, content_of, reaches_of
from simulator.campaign.posts import PostBrief
from simulator.rules.facts import Post
from simulator.scenario.draws import Draws
from simulator.scenario.offers import ArmPlan, Plan
from simulator.scenario.schema import Scenario

SIZE = 31_623  # a row of the catalog's curves
LARGE = 1_000_000
FIXED = "reference_followers=1000000"
ALL = """
mechanisms:
  polish: {usual: {rows: {31623: 0.5, 1000000: 1.5}}, on_engage: 0.5, doubt: 0.1}
  effort: {usual: {rows: {31623: 0.5, 1000000: -0.5}}, on_engage: 2, on_click: 3}
  creative_control: {usual: {rows: {31623: 0.5, 1000000: 0.25}}, on_engage: 0.25, on_order: 4}
  disclosure: {on_engage: 0.5, doubt: 0.2}
  rivals: {penalty: 0.1, usual: {rows: {31623: 1, 1000000: 3}}}
  brand_belief: {trust: 0.05}
  partnership: {saturation: 4, trust: 0.2, fit: 1.5, relief: 0.5}
  expertise: {credibility: {rows: {31623: 0.6, 1000000: 0.2}}, on_order: 0.5}
"""


def arms(*hires: str) -> str:
    """One arm for each hire of the same creator, whatever differs about its contract."""
    return "\narms:\n" + "".join(f"  arm {k}: {{hire: [{text}]}}\n" for k, text in enumerate(hires))


def briefs(scenario: Scenario, plan: Plan, run: int = 1) -> list[Brief]:
    """The brief of each arm but `no campaign`, in one run of one village."""
    world = village(scenario, plan)
    return [brief_run(scenario, world, arm, Draws(scenario.seed, 0, run)) for arm in plan.arms[1:]]


def posts(campaign: Campaign, *hires: str, more: str = ALL, settings: tuple[str, ...] = ()) -> list[list[PostBrief]]:
    """The posts of each hire in an arm of its own; a small fee fits every budget."""
    found = campaign(arms(*hires) + more, "population.size=9000000", *NO_SHOCKS, *settings)
    return [list(brief.posts) for brief in briefs(*found)]


def signed(text: str) -> str:
    return hire("a", SIZE, text)


def log_odds_moved(one: Post, other: Post) -> tuple[float, ...]:
    """How far two posts differ in engaging, clicking, ordering after a click, and ordering without."""
    return tuple(getattr(one, name) - getattr(other, name) for name in ("engage", "click", "order", "view_through"))


def test_what_is_stated_counts_beside_what_is_usual_for_the_size(campaign: Campaign) -> None:
    """Stated polish 1.5 is one more than usual, and so on; odds ratios per unit, to the power of units."""
    usual, polished, tried, scripted = (
        found[0].organic
        for found in posts(
            campaign, signed(""), signed("content: {polish: 1.5}"), signed("content: {effort: 2.5}"),
            signed("content: {control: 1}"),
        )
    )  # fmt: skip
    log = math.log
    assert log_odds_moved(polished, usual) == pytest.approx((log(0.5), 0, 0, 0), abs=1e-12)
    assert log_odds_moved(tried, usual) == pytest.approx((2 * log(2), 2 * log(3), 0, 0), abs=1e-12)
    assert log_odds_moved(scripted, usual) == pytest.approx((0.5 * log(0.25), 0, 0.5 * log(4), 0.5 * log(4)), abs=1e-12)
    assert (usual.doubt, polished.doubt) == pytest.approx((0.2, 0.3), abs=1e-12)


def test_what_is_stated_as_usual_changes_no_bit(campaign: Campaign) -> None:
    usual, stated = posts(
        campaign, signed(""),
        signed("content: {polish: 0.5, effort: 0.5, control: 0.5, disclosed: true}, relationship: {rivals: 1}"),
    )  # fmt: skip
    assert usual == stated


def test_a_post_that_is_no_open_ad_is_not_doubted_for_a_label(campaign: Campaign) -> None:
    marked, hidden = (found[0].organic for found in posts(campaign, signed(""), signed("content: {disclosed: false}")))
    assert marked.engage - hidden.engage == pytest.approx(math.log(0.5), abs=1e-12)
    assert (marked.doubt, hidden.doubt) == (0.2, 0.0)


def test_rivals_and_belief_change_what_a_name_is_worth(campaign: Campaign) -> None:
    """1 rival is usual; each more costs 0.1; each standard deviation of belief gives 0.05."""
    usual, none, many, faithful = (
        found[0]
        for found in posts(
            campaign, signed(""), signed("relationship: {rivals: 0}"), signed("relationship: {rivals: 5}"),
            signed("relationship: {belief: 2}"),
        )
    )  # fmt: skip
    found = [post.organic.standing for post in (usual, none, many, faithful)]
    assert found == pytest.approx([1.0, 1.1, 0.6, 1.1], abs=1e-12)
    assert found == [post.shared.standing for post in (usual, none, many, faithful)]


def test_who_is_exclusive_endorses_no_rival_whatever_the_hire_states(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(signed("relationship: {rivals: 7}"), signed("")) + ALL, "population.size=9000000")
    draws = Draws(scenario.seed, 0, 1)
    for arm in plan.arms[1:]:
        contract = replace(arm.contracts[0], exclusive=True)
        assert 0.0 - 1.0 == content_of(scenario, draws, contract, 0, float(SIZE)).rivals
    assert 0.0 == NO_RIVALS.value


def test_every_mechanism_is_silent_where_rates_hold_for_the_same_size(campaign: Campaign) -> None:
    """A large account is compared with large ones: what is usual for it moves no rate."""
    draws = Draws(7, 0, 1)
    scenario, plan = campaign(arms(hire("a", LARGE)) + ALL, "population.size=9000000")
    content = content_of(scenario, draws, plan.arms[1].contracts[0], 0, float(LARGE))
    assert (0.0, 0.0, 0.0, 0.0) == (content.polish, content.effort, content.control, content.rivals)
    assert set(compared(scenario, draws, plan.arms[1].contracts[0], 0)) == {content}


def test_engagement_holds_for_the_own_size_even_where_clicks_hold_for_a_fixed_one(campaign: Campaign) -> None:
    """Its slope over followers is typed in; a size effect of polish or effort on top would count twice."""
    draws = Draws(7, 0, 1)
    scenario, plan = campaign(arms(signed("content: {effort: 2}")) + ALL, "population.size=9000000", FIXED)
    contract = plan.arms[1].contracts[0]
    found = compared(scenario, draws, contract, 0)
    assert (0.0, 1.5, 0.0) == (found.engage.polish, found.engage.effort, found.engage.control)
    assert (2.5, 0.25, -2.0, -1.0) == (
        found.click.effort, found.order.control, found.name.rivals, found.name.polish
    )  # fmt: skip
    same, plan = campaign(arms(signed("content: {effort: 2}")) + ALL, "population.size=9000000")
    assert found.engage == compared(same, draws, plan.arms[1].contracts[0], 0).engage


def test_rates_that_a_hire_states_hold_for_that_account(campaign: Campaign) -> None:
    """With a fixed reference, the size of the account moves typical rates and leaves stated ones."""
    draws = Draws(7, 0, 1)
    for text, click, order in (("", 1.0, 0.25), ("click_rate: 0.02", 0.0, 0.25), ("conversion_rate: 0.1", 1.0, 0.0)):
        scenario, plan = campaign(arms(signed(text)) + ALL, "population.size=9000000", FIXED)
        found = compared(scenario, draws, plan.arms[1].contracts[0], 0)
        assert (click, order) == (found.click.effort, found.order.control)


def test_a_complex_product_sells_less_through_who_lacks_credibility(campaign: Campaign) -> None:
    """Odds ratio 0.5 to the power of complexity × (1 − credibility)."""
    (simple,), (complex_,) = (
        posts(campaign, signed(""), settings=(f"product.complexity={complexity}",))[0] for complexity in (0, 1)
    )
    moved = math.log(0.5) * (1.0 - 0.6)
    assert log_odds_moved(complex_.organic, simple.organic) == pytest.approx((0, 0, moved, moved), abs=1e-12)


def test_a_partnership_grows_with_each_post_and_from_where_it_stood(campaign: Campaign) -> None:
    """1 − e^(−posts ÷ 4): the third post of a new partner is the first of one with two earlier posts."""
    new, old = posts(
        campaign, hire("a", SIZE, posts="4"), hire("a", SIZE, "relationship: {earlier_posts: 2}", posts="4")
    )
    grown = [-math.expm1(-k / 4) for k in range(6)]
    assert [post.organic.standing for post in new] == pytest.approx([1 + 0.2 * g for g in grown[:4]], abs=1e-12)
    assert [post.organic.standing for post in old] == pytest.approx([1 + 0.2 * g for g in grown[2:]], abs=1e-12)
    assert [post.organic.doubt for post in new] == pytest.approx([0.2 * (1 - 0.5 * g) for g in grown[:4]], abs=1e-12)
    assert [post.organic[:10] for post in old[:2]] == [post.organic[:10] for post in new[2:]]
    first, second = new[0].organic, new[1].organic
    fit = math.log(1.5) * grown[1]
    assert log_odds_moved(second, first) == pytest.approx((0, fit, fit, fit), abs=1e-12)


def test_whoever_asks_gets_more_shares_as_far_as_engagements_go(campaign: Campaign) -> None:
    call = "\nmechanisms: {call_to_action: {on_share: 3}}\n"
    for share, comment, expected in ((0.1, 0.2, 0.3), (0.3, 0.2, 0.8), (0.4, 0.6, 0.4)):
        settings = (f"behavior.share_given_engaged={share}", f"behavior.comment_given_engaged={comment}")
        (plain,), (asking,) = posts(
            campaign, signed(""), signed("content: {call_to_action: true}"), more=call, settings=settings
        )
        assert asking.organic.share == pytest.approx(expected, abs=1e-12)
        assert plain == replace(asking, organic=asking.organic._replace(share=plain.organic.share))


def test_shares_follow_size_then_the_call_then_the_ban(campaign: Campaign) -> None:
    """0.01 × 100^0.2 for a million followers, three times that when asked, and a quarter less where forbidden."""
    mix = "\nmechanisms: {call_to_action: {on_share: 3}, sharing_mix: {slope: 0.2, banned: 0.25}}\n"
    hires = [hire("b", LARGE, text) for text in ("", "content: {call_to_action: true}")]
    settings = ("behavior.share_given_engaged=0.01", "behavior.comment_given_engaged=0.1")
    expected = 0.01 * 100**0.2
    (plain,), (asking,) = posts(campaign, *hires, more=mix, settings=settings)
    assert plain.organic.share == pytest.approx(0.75 * expected)
    assert asking.organic.share == pytest.approx(0.75 * 3 * expected)
    ((without,),) = posts(campaign, hires[0], more="", settings=settings)
    assert without == replace(plain, organic=plain.organic._replace(share=0.01))


def test_without_the_mechanism_a_call_and_all_that_is_stated_change_no_bit(campaign: Campaign) -> None:
    stated = "content: {polish: 2, effort: 2, control: 1, call_to_action: true}, relationship: {rivals: 5, belief: 2}"
    plain, other = posts(campaign, signed(""), signed(stated), more="")
    assert plain == other


@pytest.mark.parametrize(("growth", "loss"), [(0.5, 0.0), (0.0, 0.2), (0.5, 0.2), (-1.0, 0.0)])
def test_reach_follows_the_audience_of_each_post_and_is_never_above_all(
    campaign: Campaign, growth: float, loss: float
) -> None:
    """(1 + growth)^(days ÷ 30) × (1 − loss)^posts of the reach of the first post, at most 1."""
    more = f"\nmechanisms: {{audience_growth: {{per_month: {growth}, loss_per_post: {loss}}}}}\n"
    days = (0, 3, 9, 12)
    text = hire("a", SIZE, posts="[" + ", ".join(f"{{day: {day}}}" for day in days) + "]")
    for stated in (0.2, 0.74):
        (found,) = posts(
            campaign, text, more=more, settings=(f"platform.reach_rate={stated}", "platform.real_share=0.75")
        )
        reach = stated / 0.75
        expected = [min(1.0, reach * (1 + growth) ** (day / 30) * (1 - loss) ** k) for k, day in enumerate(days)]
        assert [post.reach for post in found] == pytest.approx(expected, rel=1e-9)


def test_a_young_platform_raises_the_reach_of_those_who_are_there(campaign: Campaign) -> None:
    for stated, bonus, expected in ((0.3, 0.5, 0.4 * 1.2), (0.6, 5.0, 1.0), (0.3, 0.0, 0.4)):
        more = f"\nmechanisms: {{early_platform: {{adopters: 0.4, bonus: {bonus}}}}}\n"
        (found,) = posts(
            campaign, signed(""), more=more,
            settings=(f"platform.reach_rate={stated}", "platform.real_share=0.75"),
        )  # fmt: skip
        assert found[0].reach == pytest.approx(expected, rel=1e-12)


def test_growth_and_bonus_together_never_reach_more_than_all(campaign: Campaign) -> None:
    """With shocks, too, since those act on log-odds of what is left."""
    more = "\nmechanisms: {early_platform: {adopters: 1, bonus: 9}, audience_growth: {per_month: 5}}\n"
    scenario, plan = campaign(arms(hire("a", SIZE, posts="5")) + more, "population.size=9000000")
    for run in range(1, 30):
        (brief,) = briefs(scenario, plan, run)
        assert all(0.0 <= post.reach <= 1.0 for post in brief.posts)


def test_arms_share_what_a_creator_is_like(campaign: Campaign) -> None:
    """A contract beside another leaves the creator's posts as they are."""
    scenario, plan = campaign(
        f"\narms: {{one: {{hire: [{signed('')}]}}, two: {{hire: [{hire('b', SIZE, 'relationship: {rivals: 9}')}, "
        f"{signed('')}]}}}}\n" + ALL,
        "population.size=9000000",
    )  # fmt: skip
    one, two = briefs(scenario, plan)
    assert one.posts == tuple(post for post in two.posts if post.author == 0)


def test_reaches_stay_to_the_last_bit_where_audiences_do(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(hire("a", SIZE, posts="3")), "population.size=9000000")
    arm: ArmPlan = plan.arms[1]
    assert [0.123] * 3 == reaches_of(scenario, Draws(7, 0, 1), arm.contracts[0], 0.123)
