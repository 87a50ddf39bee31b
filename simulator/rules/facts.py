"""The facts rules may ask for, and what an encounter leaves behind. Names, units, nothing else.

A default is neutral: with it, what the fact is about has no effect.
"""

from __future__ import annotations

from typing import Final, NamedTuple

IGNORED: Final = 0
LIKE: Final = 1
COMMENT: Final = 2
SHARE: Final = 3

# Whom an order is attributed to, where it is not an author.
NOBODY: Final = -1
ADS: Final = -2

# How an author's orders are tracked.
UNTRACKED: Final = 0
BY_LINK: Final = 1
BY_CODE: Final = 2


class Person(NamedTuple):
    """One person on the day of an encounter."""

    affinity: float  # to the brand's topic, in standard deviations of the market
    susceptibility: float  # to peers, in standard deviations of the market
    exposures: float  # remembered earlier exposures to this campaign, when last touched
    remembered: float  # share of them not forgotten since
    sources: float = 0.0  # others who told of the campaign before: authors, and peers


class Tie(NamedTuple):
    """What binds the person to who shows the post."""

    trust: float  # in the author, 0 to 1; the post's reference trust where no tie exists
    persona: float = 0.0  # 1 where the person follows the author for who it is, 0 where for the topic


class Post(NamedTuple):
    """One sponsored post as its viewers meet it, through one channel, on one day of one run.

    The four logits are log-odds for a person with zero affinity, reference trust and no earlier exposure, who follows
    for the topic.
    """

    engage: float
    click: float  # of those who did not engage
    order: float  # of those who clicked
    view_through: float  # order of those who saw and did not click
    comment: float  # share of engagements
    share: float  # share of engagements
    trust: float  # reference trust: the prior of a typical account
    by_peer: float  # 1 where a peer shows the post, 0 where its author does
    standing: float = 1.0  # what the author's name is worth now: trust is felt so many times as strongly
    doubt: float = 0.0  # share of trust that a post as ad-like as this costs who trusts little


class Response(NamedTuple):
    """How people of this run respond: log-odds per unit, shares and speeds."""

    trust_on_engage: float  # per unit of trust
    trust_on_click: float
    trust_on_order: float
    fit_on_engage: float  # per standard deviation of affinity
    fit_on_click: float
    fit_on_order: float
    wear_on_engage: float  # per remembered exposure
    wear_on_click: float
    engaged_on_click: float
    susceptibility_on_engage: float  # per standard deviation of susceptibility
    forgetting: float  # of exposures, per day
    trust_step: float
    trust_ignored_weight: float
    persona_on_engage: float = 0.0  # of followers for persona, against those for the topic
    persona_on_click: float = 0.0
    persona_on_order: float = 0.0
    quality: float = 0.0  # log-odds of ordering that the product's quality adds
    blindness: float = 0.0  # share of it that followers for persona overlook
    second_source: float = 0.0  # where one other told before
    third_source: float = 0.0  # and where two or more did


class Words(NamedTuple):
    """The dice of one encounter, each in (0, 1)."""

    engage: float
    kind: float
    click: float
    intent: float


class Chances(NamedTuple):
    """Of the three decisions of one encounter."""

    engage: float
    click: float
    order: float


class Outcome(NamedTuple):
    """What one encounter leaves behind."""

    kind: int  # IGNORED, LIKE, COMMENT or SHARE
    clicked: int
    intends: int  # 1: an order will follow
    trust: float  # after
    exposures: float  # after
    sound: int  # 0: some rule left [0, 1]
