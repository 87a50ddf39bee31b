"""Invitations, refusals, replacements and missing posts, counted against their stated chances."""

from __future__ import annotations

import numpy as np
import pytest
from campaigns import Campaign, within
from hires import village

from simulator.campaign.brief import brief_run
from simulator.campaign.hiring import Hired, hire, hire_in_order
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

RUNS = range(1, 401)
PAID = "{kind: flat_fee, amount: 50}"
FAIR = "accept_paid: 0.4, accept_performance: 0.4, accept_product: 0.4, reservation: 0, status_odds: 1, invitations: 5"


def arms(
    outreach: str = "", *, pay: str = PAID, count: int | str = 6, more: str = "", posts: str = "2", rest: str = ""
):
    on = f"outreach: {{{FAIR}{', ' if outreach else ''}{outreach}}}, " if outreach is not None else ""
    hires = f"{{key: a, followers: 900, count: {count}, posts: {posts}, {more}pay: {pay}}}"
    return f"\narms: {{one: {{hire: [{hires}]}}}}\nmechanisms: {{{on}{rest}}}\n"


def hires(loaded: tuple[Scenario, Plan], runs: range = RUNS) -> list[Hired]:
    scenario, plan = loaded
    return [hire(scenario, plan.arms[1], Draws(scenario.seed, 0, run)) for run in runs]


def test_acceptance_replacement_and_the_length_of_the_list(campaign: Campaign) -> None:
    """Six places, thirty candidates: asked in order until six have accepted."""
    loaded = campaign(arms(), "budget=100000")
    assert 24 == len(loaded[1].arms[1].reserves)
    found = hires(loaded)
    invited = np.array([len(one.contracts) + one.declined for one in found])
    assert within(6 / 0.4, invited)  # negative binomial; 30 are hardly ever too few
    assert all(len(one.contracts) == 6 or len(one.contracts) + one.declined == 30 for one in found)
    assert any(contract.creator.name not in {f"a#{k}" for k in range(1, 7)} for contract in found[0].contracts)


def test_handling_is_paid_for_everybody_invited_within_the_budget(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(), "budget=460", "brand.handling_cost=10")
    arm = plan.arms[1]
    assert 46_000 - 6 * (5_000 + 2_500) == arm.unspent  # each place takes 1 / 0.4 invitations
    for one in hires((scenario, plan)):
        assert len(one.contracts) * 5_000 + (len(one.contracts) + one.declined) * 1_000 <= 46_000
        assert len(one.contracts) + one.unaffordable <= 6


def test_the_same_creator_answers_the_same_offer_the_same_in_every_arm(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(count=3), "budget=100000")
    short, long = plan.arms[1], campaign(arms(count=9), "budget=100000")[1].arms[1]
    for run in range(1, 60):
        draws = Draws(scenario.seed, 0, run)
        few, many = ({c.creator.name for c in hire(scenario, arm, draws).contracts} for arm in (short, long))
        asked = {contract.creator.name for contract in long.contracts}
        assert few & asked <= many


@pytest.mark.parametrize("pay", [PAID, "{kind: commission, share: 0.1}", "{kind: product_only}"])
def test_more_acceptance_never_lowers_hires(campaign: Campaign, pay: str) -> None:
    found = [
        hires(campaign(arms().replace("0.4", str(chance)).replace(PAID, pay), "budget=460"), range(1, 60))
        for chance in (0.2, 0.5, 0.8, 1)
    ]
    for run in zip(*found, strict=True):
        counts = [len(one.contracts) for one in run]
        assert sorted(counts) == counts
    assert len(found[0][0].contracts) < 6 or found[0][0].declined > found[-1][0].declined


def test_an_agreed_hire_is_left_alone(campaign: Campaign) -> None:
    loaded = campaign(arms(more="agreed: true, "))
    assert not loaded[1].arms[1].reserves
    assert all((6, 0) == (len(one.contracts), one.declined) for one in hires(loaded))


def test_the_kind_of_pay_decides_which_chance_counts(campaign: Campaign) -> None:
    only = {"accept_paid: 0.4": "accept_paid: 1", "accept_performance: 0.4": "accept_performance: 0"}
    for pay, accepted in ((PAID, 6), ("{kind: commission, share: 0.1}", 0), ("{kind: hybrid, base: 9, share: 0.1}", 6)):
        text = arms(pay=pay)
        for old, new in only.items():
            text = text.replace(old, new)
        assert {accepted} == {len(one.contracts) for one in hires(campaign(text, "budget=100000"), range(1, 20))}


def test_a_small_brand_hears_back_less_from_those_above_it(campaign: Campaign) -> None:
    text = arms("brand_followers: %d, typical_brand_followers: 500, status_odds: 0.5".replace("status_odds: 1, ", ""))
    text = text.replace("status_odds: 1, ", "")
    rates = []
    for followers in (50, 500, 5000):
        found = hires(campaign(text % followers, "budget=100000"))
        rates.append(sum(len(one.contracts) for one in found) / sum(len(one.contracts) + one.declined for one in found))
    assert rates[0] < rates[1] < rates[2]
    gap = np.log(900 / 50) - np.log(900 / 500)
    odds = 0.4 / 0.6 * 0.5**gap
    assert abs(rates[0] - odds / (1 + odds)) < 0.02


def test_a_poor_offer_is_refused_or_taken_with_less_effort(campaign: Campaign) -> None:
    """Market price 2 x 160 x 0.09^0.8 = 46.6; a reservation price at the market's median without spread."""
    terms = "reservation_sd: 0, settle_below: 0.5, effort_cut: 0.8"
    text = arms(terms).replace("reservation: 0,", "reservation: 1,").replace("accept_paid: 0.4", "accept_paid: 1")
    market = 2 * 160 * 0.09**0.8
    fair = hires(campaign(text.replace("amount: 50", "amount: 47"), "budget=100000"), range(1, 60))
    assert {(6, 0)} == {(len(one.contracts), one.declined) for one in fair}
    poor = hires(campaign(text.replace("amount: 50", "amount: 10"), "budget=100000"))
    efforts = {round(contract.effort, 6) for one in poor for contract in one.contracts}
    assert {round(1 - 0.8 * (1 - 10 / (round(market * 100) / 100)), 6)} == efforts
    first = [float(any(contract.creator.name == "a#1" for contract in one.contracts)) for one in poor]
    assert within(0.5, first)


def test_better_pay_never_lowers_acceptance_or_effort(campaign: Campaign) -> None:
    terms = "reservation_sd: 0.6, settle_below: 0.3, effort_cut: 0.8"
    text = arms(terms).replace("reservation: 0,", "reservation: 1,")
    found = [hires(campaign(text.replace("amount: 50", f"amount: {fee}"), "budget=100000"), range(1, 80))
             for fee in (5, 20, 45, 90)]  # fmt: skip
    for run in zip(*found, strict=True):
        declined = [one.declined for one in run]
        assert sorted(declined, reverse=True) == declined
    efforts = [np.mean([contract.effort for one in runs for contract in one.contracts]) for runs in found]
    assert sorted(efforts) == efforts
    assert efforts[0] < efforts[-1]


def test_missed_posts_have_their_stated_chance_and_lower_posts_only(campaign: Campaign) -> None:
    scenario, plan = campaign(arms(None, rest="no_shows: {chance: 0.25}", posts="4"))  # type: ignore[arg-type]
    found = hires((scenario, plan))
    missed = [len(contract.missed) / 4 for one in found for contract in one.contracts]
    assert within(0.25, missed)
    assert {5_000} == {fee for one in found for fee in one.fees}  # prepaid
    brief = brief_run(scenario, village(scenario, plan), plan.arms[1], Draws(scenario.seed, 0, 1))
    assert len(brief.posts) == 24 - sum(len(contract.missed) for contract in brief.authors) < 24
    whole = brief_run(*_without(scenario, plan), Draws(scenario.seed, 0, 1))
    assert {post.about for post in brief.posts} < {post.about for post in whole.posts}


def _without(scenario: Scenario, plan: Plan):
    mechanisms = type(scenario.mechanisms)()
    plain = scenario.model_copy(update={"mechanisms": mechanisms})
    return plain, village(plain, plan), plan.arms[1]


def test_more_no_shows_never_raise_posts_or_fees(campaign: Campaign) -> None:
    rows = []
    for chance in (0, 0.1, 0.4, 1):
        rest = f"no_shows: {{chance: {chance}, prepaid: 0.25}}"
        rows.append(hires(campaign(arms(None, rest=rest, posts="3")), range(1, 50)))  # type: ignore[arg-type]
    for run in zip(*rows, strict=True):
        posts = [sum(len(contract.published) for contract in one.contracts) for one in run]
        assert sorted(posts, reverse=True) == posts
        assert sorted((sum(one.fees) for one in run), reverse=True) == [sum(one.fees) for one in run]
    assert (6 * 1_250, 0) == (sum(rows[-1][0].fees), sum(len(c.published) for c in rows[-1][0].contracts))


def test_who_leaves_misses_all_that_is_left_and_regular_work_keeps_everybody(campaign: Campaign) -> None:
    seldom, often = "[{day: 0}, {day: 40}, {day: 80}]", "[{day: 0}, {day: 20}, {day: 40}, {day: 60}, {day: 80}]"
    rest = "dropout: {hazard: 0.3, regular_days: 25}"
    long = ("days=90", "budget=100000")
    found = hires(campaign(arms(None, rest=rest, posts=seldom), *long))  # type: ignore[arg-type]
    missed = [contract.missed for one in found for contract in one.contracts]
    assert {(), (3,), (2, 3)} == set(missed)
    assert within(1 - 0.7**0.5, [2 in posts for posts in missed])
    assert within(1 - 0.7, [3 in posts for posts in missed])
    kept = hires(campaign(arms(None, rest=rest, posts=often), *long), range(1, 40))  # type: ignore[arg-type]
    assert {()} == {contract.missed for one in kept for contract in one.contracts}


def test_a_favor_is_one_post_more_for_the_same_money(campaign: Campaign) -> None:
    loaded = campaign(arms(None, rest="reciprocity: {chance: 0.3, delay_days: 4}"))  # type: ignore[arg-type]
    found = hires(loaded)
    favors = [contract.favor for one in found for contract in one.contracts]
    assert within(0.3, [favor is not None for favor in favors])
    assert {None, 11} == set(favors)  # days 0 and 7 are paid for
    assert {5_000} == {fee for one in found for fee in one.fees}
    assert {2, 3} == {len(contract.published) for one in found for contract in one.contracts}


def test_neutral_outreach_invites_nobody_else(campaign: Campaign) -> None:
    neutral = arms().replace("0.4", "1")
    scenario, plan = campaign(neutral)
    assert not plan.arms[1].reserves
    draws = Draws(scenario.seed, 0, 3)
    assert hire_in_order(plan.arms[1], draws) == hire(scenario, plan.arms[1], draws)
