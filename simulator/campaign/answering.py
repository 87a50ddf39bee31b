"""Who answers how many comments in one run, and how many are written where people know that."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.campaign.decay import decay
from simulator.rules.answers import Answering, answered_share, comments_written
from simulator.rules.facts import Post
from simulator.scenario.draws import Draws
from simulator.scenario.schema import Scenario


def draw_answering(scenario: Scenario, draws: Draws, people_per_agent: int) -> Answering:
    """The same day for every author, small or large: the share answered falls with size by itself."""
    replies = scenario.mechanisms.replies
    gain, dry_up, automated = (draws.number(number) for number in (replies.gain, replies.dry_up, replies.automated))
    loss = draws.number(replies.automated_loss)
    counts = gain != 0.0 or dry_up != 0.0 or automated * loss != 0.0
    return Answering(draws.number(replies.capacity) / people_per_agent, automated, gain, loss, counts)


def known_to_answer(scenario: Scenario, draws: Draws, post: Post, engaging: float, followers: float) -> Post:
    """The post as written under by people who know how many comments of `engaging` people the author can answer.

    What is not answered is partly not written; the author's habits are known before the campaign.
    """
    replies = scenario.mechanisms.replies
    dry_up = draws.number(replies.dry_up)
    if dry_up == 0.0:
        return post
    comments, by_day = engaging * post.comment, draws.once(decay, scenario, followers)
    answered = answered_of_post(draws.number(replies.capacity), comments, by_day)
    return post._replace(comment=comments_written(post.comment, answered, dry_up))


def answered_of_post(capacity: float, comments: float, seen_by_age: Sequence[float]) -> float:
    """Share of all comments on a post that are answered, when they come as the post is seen, day by day."""
    answered, before = 0.0, 0.0
    for seen in seen_by_age:
        of_day = seen - before
        answered += of_day * answered_share(capacity, comments * of_day)
        before = seen
    return min(answered, 1.0)
