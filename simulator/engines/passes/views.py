"""Who sees a post, and on which day: every follower throws once, when it is published."""

from __future__ import annotations

from typing import Any

from simulator.compiled import borrowing, inlined
from simulator.dice import SEEN, inner_unit, throw, words_below
from simulator.engines.block import BLOCK, whole_lanes
from simulator.engines.room import C_VIEWS
from simulator.rules.attention import age_when_seen, chance_of_class


@borrowing
def publish(key: Any, world: Any, posts: Any, number: int, seen_by_age: Any, sieve: Any, lists: Any) -> None:
    """Find out who sees a post, and when: its followers' edges go to `views`, sorted by age."""
    post = posts[number]
    alike = _set_chances(world, post.reach, seen_by_age, sieve)
    for age in range(seen_by_age.size + 1):
        sieve.by_age[age] = 0
    place = lists.cursor[C_VIEWS]
    lists.view_starts[number, 0] = place
    for start in range(post.first_edge, post.last_edge, BLOCK):
        size = min(BLOCK, post.last_edge - start)
        _throw_for_seen(start, size, post.about, key, world, sieve)
        viewers = _viewers_of_block(start, size, alike, world, sieve)
        at_once, late = _part(start, viewers, place, world, sieve, lists.views)
        place += at_once
        _put_aside(start, late, seen_by_age, world, sieve)
    lists.view_starts[number, 1] = place
    lists.cursor[C_VIEWS] = place + sieve.by_age[0]
    _sort_by_age(seen_by_age.size, lists.view_starts[number], sieve, lists.views)


@inlined
def _set_chances(world: Any, reach: float, seen_by_age: Any, sieve: Any) -> bool:
    """For each class of activity the words that mean that the post is seen; whether they are the same for all."""
    for c in range(sieve.at_once.size):
        chance = chance_of_class(world.activity_table, c, reach)
        sieve.chance[c] = chance
        sieve.ever[c] = words_below(chance)
        sieve.at_once[c] = words_below(chance * float(seen_by_age[0]))
    alike = True
    for c in range(sieve.at_once.size):
        alike = alike and sieve.ever[c] == sieve.ever[0]
    return alike


@inlined
def _throw_for_seen(start: int, size: int, about: int, key: Any, world: Any, sieve: Any) -> None:
    """Words for some neighboring edges, and each edge's place among them.

    Four people share a throw. Where followers lie densely among people, all throws of the stretch are made in a row;
    elsewhere each follower's is made, and three of its words go unused.
    """
    first = world.person[start] >> 2
    throws = (world.person[start + size - 1] >> 2) - first + 1
    if throws <= BLOCK:
        for i in range(size):
            who = world.person[start + i]
            sieve.place[i] = (who >> 2) - first + (who & 3) * BLOCK
        for i in range(whole_lanes(throws)):
            sieve.four[i] = first + i
    else:
        throws = size
        for i in range(size):
            who = world.person[start + i]
            sieve.place[i] = i + (who & 3) * BLOCK
            sieve.four[i] = who >> 2
    words = sieve.words
    for i in range(whole_lanes(throws)):
        thrown = throw(key.seed, key.world, sieve.four[i], about, key.run, SEEN, 0)
        words[i] = thrown[0]
        words[BLOCK + i] = thrown[1]
        words[2 * BLOCK + i] = thrown[2]
        words[3 * BLOCK + i] = thrown[3]


@inlined
def _viewers_of_block(start: int, size: int, alike: bool, world: Any, sieve: Any) -> int:  # noqa: FBT001
    """How many of some neighboring edges see the post; their places go to `viewer`. No branch that luck could take."""
    viewers = 0
    if alike:
        for i in range(size):
            sieve.viewer[viewers] = i
            viewers += sieve.words[sieve.place[i]] < sieve.ever[0]
    else:
        for i in range(size):
            sieve.viewer[viewers] = i
            viewers += sieve.words[sieve.place[i]] < sieve.ever[world.activity[world.person[start + i]]]
    return viewers


@inlined
def _part(start: int, viewers: int, place: int, world: Any, sieve: Any, views: Any) -> tuple[int, int]:
    """Write the edges of those who see the post at once to `views`, from `place` on; leave the others in `viewer`.

    Returns how many there are of both.
    """
    at_once = 0
    late = 0
    for k in range(viewers):
        i = sieve.viewer[k]
        edge = start + i
        now = sieve.words[sieve.place[i]] < sieve.at_once[world.activity[world.person[edge]]]
        views[place + at_once] = edge
        at_once += now
        sieve.viewer[late] = i
        late += not now
    return at_once, late


@inlined
def _put_aside(start: int, late: int, seen_by_age: Any, world: Any, sieve: Any) -> None:
    """Note at which age those who do not see the post at once will see it. `by_age[0]` counts them all."""
    for k in range(late):
        i = sieve.viewer[k]
        edge = start + i
        chance = sieve.chance[world.activity[world.person[edge]]]
        age = age_when_seen(inner_unit(sieve.words[sieve.place[i]]), chance, seen_by_age)
        sieve.edge[sieve.by_age[0]] = edge
        sieve.age[sieve.by_age[0]] = age
        sieve.by_age[0] += 1
        sieve.by_age[age] += 1


@inlined
def _sort_by_age(lifetime: int, starts: Any, sieve: Any, views: Any) -> None:
    """Put the edges of those who see the post on a later day behind the others, by age, then as they come."""
    place = starts[1]
    for age in range(1, lifetime):
        found = sieve.by_age[age]
        sieve.by_age[age] = place
        place += found
        starts[age + 1] = place
    for i in range(sieve.by_age[0]):
        age = sieve.age[i]
        views[sieve.by_age[age]] = sieve.edge[i]
        sieve.by_age[age] += 1
