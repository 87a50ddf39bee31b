"""The columns engines work on: what a world gives, what a run changes, what it counts, and the room it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Brief
from simulator.campaign.discovering import NOT_MET, Discovery
from simulator.rules.facts import BY_CODE, Post
from simulator.world.world import World

# Marks of a person in one run.
REACHED: Final = 1
REACHED_BY_AUTHOR: Final = 2
ENGAGED: Final = 4  # with an author's own post
BOUGHT: Final = 8  # because of the campaign
BOUGHT_BASELINE: Final = 16
MET: Final = 32  # a post; the row of MEMORY_ROW counts
CLICKED: Final = 64  # the row of CLICK_ROW counts
ENGAGED_VIA_PEER: Final = 128  # with a post that a peer or the platform showed

# Marks of a follow edge in one run.
TIE_MET: Final = 1  # a post of the author; the trust of this run counts
TIE_ENGAGED: Final = 2  # with the author

# Channels, in the order in which one person meets them on one day.
ORGANIC: Final = 0
DISCOVERED: Final = 1  # a stranger to whom the platform shows the author's own post
BY_PEER: Final = 2
BY_AD: Final = 3
BY_LIST: Final = 4  # an order only: through the brand's own list
REPEAT: Final = 5  # an order only: of a buyer the campaign won before

NOBODY_ELSE: Final = Discovery(0, 0.0, 0.0, NOT_MET)
NO_CODE: Final = 0xFFFFFFFF  # the word of a buyer who enters no code: above every chance

# Columns of `Counts.totals`.
TOTALS: Final = (
    "impressions",
    "reach",
    "reach_audience",
    "engagements_word_of_mouth",
    "clicks",
    "orders",
    "attributed_orders",
    "orders_word_of_mouth",
    "late_orders",
    "engager_union",
    "returns",
    "attributed_returns",
    "discounts_anyway",  # cents
    "reviews",  # written by buyers
    "user_posts",
    "repeat_orders",
    "owned_audience",
    "orders_by_list",
    "impressions_discovered",
    "engagements_discovered",
    "orders_discovered",
)
IMPRESSIONS, REACH, REACH_AUDIENCE, ENGAGED_BY_PEER, CLICKS = 0, 1, 2, 3, 4
ORDERS, ATTRIBUTED, ORDERS_BY_PEER, LATE, ENGAGERS = 5, 6, 7, 8, 9
RETURNS, ATTRIBUTED_RETURNS, DISCOUNTS_ANYWAY, REVIEWS, USER_POSTS = 10, 11, 12, 13, 14
REPEATS, SUBSCRIBERS, ORDERS_BY_LIST = 15, 16, 17
DISPLAYS_DISCOVERED, ENGAGED_DISCOVERED, ORDERS_DISCOVERED = 18, 19, 20

# Columns of `Counts.authors`, one row per author.
AUTHORS: Final = (
    "impressions",
    "reach",
    "engagements",
    "engagements_word_of_mouth",
    "likes",
    "comments",
    "shares",
    "clicks",
    "attributed_orders",
    "engagers",
    "trust_change",  # fixed point
    "replies",
    "attributed_returns",
    "redemptions",
    "discounts",  # cents, of orders that were kept
    "impressions_discovered",
    "engagements_discovered",
)
A_IMPRESSIONS, A_REACH, A_ENGAGED, A_ENGAGED_BY_PEER, A_LIKES = 0, 1, 2, 3, 4
A_COMMENTS, A_SHARES, A_CLICKS, A_ATTRIBUTED, A_ENGAGERS, A_TRUST = 5, 6, 7, 8, 9, 10
A_REPLIES, A_RETURNS, A_REDEMPTIONS, A_DISCOUNTS = 11, 12, 13, 14
A_DISPLAYS_DISCOVERED, A_ENGAGED_DISCOVERED = 15, 16

# Columns of `Counts.daily`: as in `results.outcome.DAILY` up to the money, then what the money hangs on.
D_IMPRESSIONS, D_ENGAGED, D_ENGAGED_BY_PEER, D_CLICKS, D_ORDERS, D_ATTRIBUTED = 0, 1, 2, 3, 4, 5
D_RETURNS, D_DISCOUNTS = 6, 7  # discounts in cents, of orders that were kept
D_REACHED: Final = 8  # people for the first time
DAILY_COUNTS: Final = 9


class Key(NamedTuple):
    """What all throws of one run have in common."""

    seed: int
    world: int
    run: int


class WorldColumns(NamedTuple):
    """Read-only columns of a world."""

    activity: NDArray[np.uint8]  # per person
    topic: NDArray[np.uint8]
    affinity: NDArray[np.float32]
    susceptibility: NDArray[np.float32]
    person: NDArray[np.int32]  # per follow edge
    trust: NDArray[np.float32]
    persona: NDArray[np.uint8]  # empty where it does not count why people follow
    peer_offsets: NDArray[np.int64]
    peers: NDArray[np.int32]
    activity_table: NDArray[np.float64]


# Rows of what a run changes; rounding to these types happens here and nowhere else.
MEMORY_ROW: Final = np.dtype(
    [
        ("exposures", np.float32),  # remembered, when last touched
        ("touched", np.int16),  # day of the last encounter
        ("in_block", np.int16),  # 1 while in a block of encounters that is being gathered
    ],
    align=True,
)
CLICK_ROW: Final = np.dtype([("day", np.int16), ("author", np.int16)])  # of the last click


class State(NamedTuple):
    """What a run changes. Marks start at zero; whatever else a column holds counts only under its mark."""

    marks: NDArray[np.uint8]  # per person
    memory: NDArray[np.void]  # rows of MEMORY_ROW, under MET
    clicks: NDArray[np.void]  # rows of CLICK_ROW, under CLICKED
    tie_marks: NDArray[np.uint8]  # per follow edge
    trust: NDArray[np.float32]  # per follow edge, under TIE_MET
    sources: NDArray[np.uint8]  # per person: authors met, and showings by peers; empty where it does not count


POST_ROW: Final = np.dtype(
    [
        ("about", np.int64),
        ("author", np.int64),
        ("day", np.int64),
        ("reach", np.float64),
        ("first_edge", np.int64),
        ("last_edge", np.int64),
        ("first_bit", np.int64),  # of `Lists.engaged`: followers of all earlier posts
        ("topic", np.int64),  # of the author, and the chances of strangers with that interest and with others
        ("inside", np.float64),
        ("outside", np.float64),
    ]
)


class PostColumns(NamedTuple):
    """The posts of a brief; facts are rows of `rules.facts.Post`."""

    row: NDArray[np.void]  # rows of POST_ROW
    organic: NDArray[np.float64]  # [posts, facts]
    shared: NDArray[np.float64]
    discovered: NDArray[np.float64]  # as strangers meet them; empty where none does


class Codes(NamedTuple):
    """How authors are tracked, and which codes are out from which day."""

    tracking: NDArray[np.int64]  # per author
    author: NDArray[np.int64]  # authors with a code
    first_day: NDArray[np.int64]
    discount: NDArray[np.int64]  # per author: cents off with the code
    lost: NDArray[np.float64]  # per author: share of orders after a click on a link whose track is lost


class Counts(NamedTuple):
    """What a run counts."""

    totals: NDArray[np.int64]
    authors: NDArray[np.int64]  # [authors, len(AUTHORS)]
    daily: NDArray[np.int64]  # [horizon, DAILY_COUNTS]


def world_columns(world: World) -> WorldColumns:
    """The columns of a world."""
    return WorldColumns(
        activity=world.people.activity,
        topic=world.people.topic,
        affinity=world.people.affinity,
        susceptibility=world.people.susceptibility,
        person=world.audiences.person,
        trust=world.audiences.trust,
        persona=world.motives.persona,
        peer_offsets=world.network.offsets,
        peers=world.network.peers,
        activity_table=world.activity,
    )


def post_columns(brief: Brief, world: World) -> PostColumns:
    """The posts of a brief, in its order."""
    rows = np.zeros(len(brief.posts), POST_ROW)
    bits = 0
    for number, post in enumerate(brief.posts):
        edges = world.audiences.edges(brief.audience[post.author])
        found = post.discovery or NOBODY_ELSE
        chances = found.topic, found.inside, found.outside
        rows[number] = (post.about, post.author, post.day, post.reach, edges.start, edges.stop, bits, *chances)
        bits += edges.stop - edges.start
    return PostColumns(
        row=rows,
        organic=_facts(post.organic for post in brief.posts),
        shared=_facts(post.shared for post in brief.posts),
        discovered=_facts((post.discovery or NOBODY_ELSE).facts for post in brief.posts),
    )


def follower_posts(posts: PostColumns) -> int:
    """Followers of all posts together: each could see each."""
    return int((posts.row["last_edge"] - posts.row["first_edge"]).sum())


def codes(brief: Brief) -> Codes:
    """The codes of a brief's authors."""
    first = [min((day for day, _ in due), default=brief.horizon) for due in brief.due]
    with_code = [a for a, tracking in enumerate(brief.tracking) if tracking == BY_CODE]
    return Codes(
        tracking=_ints(brief.tracking),
        author=_ints(with_code),
        first_day=_ints(first[a] for a in with_code),
        discount=_ints(terms.discount for terms in brief.terms),
        lost=np.array([terms.tracking_loss for terms in brief.terms], np.float64),
    )


def new_state(people: int, edges: int, *, sources: bool) -> State:
    """Columns of people nobody has reached yet; `sources`: whether to keep who told them."""
    return State(
        np.zeros(people, np.uint8),
        np.zeros(people, MEMORY_ROW),
        np.zeros(people, CLICK_ROW),
        np.zeros(edges, np.uint8),
        np.zeros(edges, np.float32),
        np.zeros(people if sources else 0, np.uint8),
    )


def new_counts(authors: int, horizon: int) -> Counts:
    """Counts at zero."""
    return Counts(
        np.zeros(len(TOTALS), np.int64),
        np.zeros((authors, len(AUTHORS)), np.int64),
        np.zeros((horizon, DAILY_COUNTS), np.int64),
    )


def _ints(values: Any) -> NDArray[np.int64]:
    return np.array(list(values), np.int64)


def _facts(posts: Iterable[Post]) -> NDArray[np.float64]:
    """Facts in rows, which brand and influencers may change from day to day."""
    return np.array(list(posts), np.float64).reshape(-1, len(Post._fields))
