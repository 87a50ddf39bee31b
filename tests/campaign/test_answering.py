"""Who answers how much, and how comments dry up where people know it; units of days, people and agents."""

from __future__ import annotations

import pytest
from campaigns import Campaign
from hires import NO_SHOCKS, hire, village
from hypothesis import given
from hypothesis import strategies as st

from simulator.campaign.answering import answered_of_post, draw_answering, known_to_answer
from simulator.campaign.brief import brief_run
from simulator.rules.answers import NOBODY_ANSWERS
from simulator.rules.facts import Post
from simulator.scenario.draws import Draws

REPLIES = "\nmechanisms: {replies: {capacity: 10, gain: 0.2, dry_up: 0.5, automated: 0.25, automated_loss: 0.1}}\n"
ONE = f"\narms: {{one: {{hire: [{hire('a', 2000)}]}}}}\n"
POST = Post(0.0, 0.0, 0.0, 0.0, comment=0.3, share=0.2, trust=0.5, by_peer=0.0)
curves = st.lists(st.floats(0.0, 1.0), max_size=20).map(lambda seen: (*sorted(seen), 1.0))


@pytest.mark.parametrize("people_per_agent", [1, 4])
def test_a_day_has_so_many_answers_whatever_an_agent_stands_for(campaign: Campaign, people_per_agent: int) -> None:
    scenario, _ = campaign(ONE + REPLIES)
    found = draw_answering(scenario, Draws(7, 0, 1), people_per_agent)
    assert (10.0 / people_per_agent, 0.25, 0.2, 0.1, True) == found


@pytest.mark.parametrize(
    ("numbers", "counts"),
    [
        ("gain: 0, dry_up: 0, automated: 0", False),
        ("gain: 0.1, dry_up: 0, automated: 0", True),
        ("gain: 0, dry_up: 0.1, automated: 0", True),
        ("gain: 0, dry_up: 0, automated: 1, automated_loss: 0.1", True),
        ("gain: 0, dry_up: 0, automated: 1, automated_loss: 0", False),
    ],
)
def test_answers_count_where_something_hangs_on_them(campaign: Campaign, numbers: str, counts: bool) -> None:
    scenario, _ = campaign(ONE + f"\nmechanisms: {{replies: {{{numbers}}}}}\n")
    assert counts == draw_answering(scenario, Draws(7, 0, 1), 1).counts


def test_without_the_mechanism_nobody_answers(campaign: Campaign) -> None:
    scenario, _ = campaign(ONE)
    assert NOBODY_ANSWERS[1:] == draw_answering(scenario, Draws(7, 0, 1), 1)[1:]
    assert POST is known_to_answer(scenario, Draws(7, 0, 1), POST, 1e6, 10_000)


@pytest.mark.parametrize(
    ("comments", "curve", "expected"),
    [
        (5.0, (1.0,), 1.0),  # all on one day, fewer than it holds
        (40.0, (1.0,), 0.25),
        (40.0, (0.25, 0.5, 0.75, 1.0), 1.0),  # ten a day are answered
        (80.0, (0.25, 0.5, 0.75, 1.0), 0.5),
        (80.0, (0.5, 0.5, 1.0), 0.25),  # a day without any helps nobody
        (100.0, (0.9, 1.0), 0.2),  # of 90 and of 10
    ],
)
def test_a_post_is_answered_day_by_day(comments: float, curve: tuple[float, ...], expected: float) -> None:
    """Comments come as the post is seen; each day has ten answers."""
    assert answered_of_post(10.0, comments, curve) == pytest.approx(expected, rel=1e-12)


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6), curves)
def test_the_share_answered_lies_between_that_of_one_day_and_all(
    capacity: float, comments: float, curve: tuple[float, ...]
) -> None:
    found = answered_of_post(capacity, comments, curve)
    at_once = min(1.0, capacity / comments) if comments > 0.0 else 1.0
    assert at_once * (1.0 - 1e-12) <= found <= 1.0


def test_comments_dry_up_with_the_size_of_the_audience(campaign: Campaign) -> None:
    """comment × (1 − dry_up × (1 − answered)), from the comments that engaging people would write."""
    scenario, _ = campaign(ONE + REPLIES, "platform.lifetime_days=1")
    for engaging in (10.0, 33.0, 100.0, 1e4, 1e7):
        answered = min(1.0, 10.0 / (engaging * 0.3))
        found = known_to_answer(scenario, Draws(7, 0, 1), POST, engaging, 10_000)
        assert found.comment == pytest.approx(0.3 * (1.0 - 0.5 * (1.0 - answered)), rel=1e-12)
        assert found._replace(comment=POST.comment) == POST


def test_hired_accounts_dry_up_by_their_expected_comments_in_people(campaign: Campaign) -> None:
    """The same share whether an agent stands for one person or four; followers, reach and engagement as stated."""
    text = (
        f"\narms: {{one: {{hire: [{hire('a', 40000, 'reach_rate: 0.5, engagement_rate: 0.1, real_share: 0.8')}]}}}}\n"
    )
    settings = ("population.size=200000", "behavior.comment_given_engaged=0.2", "platform.lifetime_days=1", *NO_SHOCKS)
    found = []
    for people_per_agent in (1, 4):
        scenario, plan = campaign(text + REPLIES, f"population.people_per_agent={people_per_agent}", *settings)
        world = village(scenario, plan, 200_000)
        brief = brief_run(scenario, world, plan.arms[1], Draws(7, 0, 1))
        comments = 40_000 * 0.1 * 0.2
        expected = 0.2 * (1.0 - 0.5 * (1.0 - 10.0 / comments))
        assert brief.posts[0].organic.comment == pytest.approx(expected, rel=1e-9)
        found.append(brief.posts[0].organic.comment)
    assert found[0] == pytest.approx(found[1], rel=1e-9)
