"""Who sees a post, and on which day: every follower throws once, when it is published."""

from __future__ import annotations

from typing import Any

from simulator.compiled import kernel
from simulator.dice import SEEN, inner_unit, throw
from simulator.engines.room import C_VIEWS
from simulator.rules.attention import age_when_seen, chance_of_class


@kernel
def publish(key: Any, world: Any, posts: Any, number: int, seen_by_age: Any, sieve: Any, lists: Any) -> None:
    """Find out who sees a post, and when: its followers' edges go to `views`, sorted by age."""
    about = posts.about[number]
    lifetime = seen_by_age.size
    for c in range(sieve.chance.size):
        sieve.chance[c] = chance_of_class(world.activity_table, c, posts.reach[number])
    for age in range(lifetime + 1):
        sieve.by_age[age] = 0
    found = 0
    for edge in range(posts.first_edge[number], posts.last_edge[number]):
        who = world.person[edge]
        words = throw(key.seed, key.world, who >> 2, about, key.run, SEEN, 0)
        lane = who & 3
        word = words[0] if lane == 0 else (words[1] if lane == 1 else (words[2] if lane == 2 else words[3]))
        chance = sieve.chance[world.activity[who]]
        die = inner_unit(word)
        if die < chance:
            age = age_when_seen(die, chance, seen_by_age)
            sieve.edge[found] = edge
            sieve.age[found] = age
            sieve.by_age[age + 1] += 1
            found += 1
    start = lists.cursor[C_VIEWS]
    for age in range(lifetime + 1):
        start += sieve.by_age[age]
        lists.view_starts[number, age] = start
        sieve.by_age[age] = start
    for i in range(found):
        age = sieve.age[i]
        lists.views[sieve.by_age[age]] = sieve.edge[i]
        sieve.by_age[age] += 1
    lists.cursor[C_VIEWS] += found
