"""One person meets one post: the whole customer journey, read top to bottom. The first file to open.

An encounter happens when a post reaches a person, through its author's feed or through a peer who shared it. The
person may engage, click and come to intend an order; the meeting itself leaves traces in trust and wear-out. The
dice are thrown beside it and handed in, so this is a pure function, for one person in Python or for a block of
people in compiled code.
"""

from __future__ import annotations

from simulator.compiled import rule
from simulator.rules.conversion import click, order
from simulator.rules.engagement import engage, engagement_kind
from simulator.rules.facts import IGNORED, Chances, Outcome, Person, Post, Response, Tie, Words
from simulator.rules.trust import trust_after
from simulator.rules.wear_out import remembered_exposures


@rule
def encounter(person: Person, tie: Tie, post: Post, response: Response, words: Words) -> Outcome:
    """All that happens when one person meets one post."""
    exposures = remembered_exposures(person)

    engaging = engage(person, tie, post, response, exposures)
    engaged = 1 if words.engage < engaging else 0
    kind = engagement_kind(words.kind, post) if engaged else IGNORED

    clicking = click(person, tie, post, response, exposures, engaged)
    clicked = 1 if words.click < clicking else 0

    ordering = order(person, tie, post, response, clicked)
    intends = 1 if words.intent < ordering else 0

    trust = trust_after(tie, post, engaged, response)
    decided = is_probability(engaging) and is_probability(clicking) and is_probability(ordering)
    sound = 1 if decided and is_probability(trust) else 0
    return Outcome(kind, clicked, intends, trust, exposures + 1.0, sound)


@rule
def highest_chances(person: Person, tie: Tie, post: Post, response: Response) -> Chances:
    """The chance of each decision, as high as the others can make it: whose dice lie above all ignores the post."""
    exposures = remembered_exposures(person)
    return Chances(
        engage(person, tie, post, response, exposures),
        max(click(person, tie, post, response, exposures, 0), click(person, tie, post, response, exposures, 1)),
        max(order(person, tie, post, response, 0), order(person, tie, post, response, 1)),
    )


@rule
def is_probability(value: float) -> bool:
    """Whether a rule's answer lies in [0, 1]; false for a value that is not a number."""
    return 0.0 <= value <= 1.0
