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
    alike = _set_chances(world, posts[number].reach, seen_by_age, sieve)
    first = lists.cursor[C_VIEWS]
    at_once, later = _find_viewers(first, alike, key, world, posts[number], sieve, lists.views)
    lists.view_starts[number, 0] = first
    lists.view_starts[number, 1] = at_once
    lists.cursor[C_VIEWS] = at_once + later
    _sort_by_age(later, number, seen_by_age, world, sieve, lists)


@inlined
def _find_viewers(
    place: int,
    alike: bool,  # noqa: FBT001  (kernels take no keywords)
    key: Any,
    world: Any,
    post: Any,
    sieve: Any,
    views: Any,
) -> tuple[int, int]:
    """Edges that see a post at once go to `views` from `place` on, those that see it later to the sieve.

    Returns the place behind the former, and the number of the latter.
    """
    later = 0
    for start in range(post.first_edge, post.last_edge, BLOCK):
        size = min(BLOCK, post.last_edge - start)
        _throw_for_seen(start, size, post.about, key, world, sieve)
        for k in range(_viewers_of_block(start, size, alike, world, sieve)):
            edge = start + sieve.viewer[k]
            word = sieve.words[sieve.place[sieve.viewer[k]]]
            at_once = word < sieve.at_once[world.activity[world.person[edge]]]
            views[place] = edge
            place += at_once
            sieve.edge[later] = edge
            sieve.word[later] = word
            later += not at_once
    return place, later


@inlined
def _set_chances(world: Any, reach: float, seen_by_age: Any, sieve: Any) -> bool:
    """For each class of activity the words that mean that the post is seen; whether they are the same for all."""
    for c in range(sieve.chance.size):
        chance = chance_of_class(world.activity_table, c, reach)
        sieve.chance[c] = chance
        sieve.ever[c] = words_below(chance)
        sieve.at_once[c] = words_below(chance * float(seen_by_age[0]))
    alike = True
    for c in range(sieve.chance.size):
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
def _sort_by_age(later: int, number: int, seen_by_age: Any, world: Any, sieve: Any, lists: Any) -> None:
    """Put the edges of those who see the post on a later day behind the others, by age, then as they come."""
    lifetime = seen_by_age.size
    for age in range(lifetime + 1):
        sieve.by_age[age] = 0
    for i in range(later):
        chance = sieve.chance[world.activity[world.person[sieve.edge[i]]]]
        age = age_when_seen(inner_unit(sieve.word[i]), chance, seen_by_age)
        sieve.age[i] = age
        sieve.by_age[age] += 1
    place = lists.view_starts[number, 1]
    for age in range(1, lifetime):
        found = sieve.by_age[age]
        sieve.by_age[age] = place
        place += found
        lists.view_starts[number, age + 1] = place
    for i in range(later):
        age = sieve.age[i]
        lists.views[sieve.by_age[age]] = sieve.edge[i]
        sieve.by_age[age] += 1
