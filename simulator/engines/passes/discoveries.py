"""Recommendation: strangers to whom the platform shows a post. Each throws once, when the post is published."""

from __future__ import annotations

from typing import Any, Final

from simulator.compiled import borrowing, inlined
from simulator.dice import SHOWN, inner_unit, throw, words_below
from simulator.engines import block as b
from simulator.engines import columns as c
from simulator.engines.block import BLOCK
from simulator.engines.passes.bookkeeping import DONE
from simulator.engines.passes.encounters import TRUST_FACT, meet
from simulator.engines.passes.meetings import hear_elsewhere
from simulator.rules.attention import age_when_seen, chance_of_class

FOURS: Final = BLOCK // 4  # throws for a block of people


@borrowing
def find_strangers(key: Any, world: Any, post: Any, seen_by_age: Any, sieve: Any) -> int:
    """Put the strangers who see a post, and their ages, into the sieve, by person. Returns how many they are."""
    classes = _set_chances(world.activity_table, post, sieve)
    for age in range(seen_by_age.size + 1):
        sieve.by_age[age] = 0
    edge = post.first_edge
    found = 0
    for start in range(0, world.topic.size, BLOCK):
        size = min(BLOCK, world.topic.size - start)
        _throw_for_strangers(start >> 2, post.about, key, sieve.words)
        for k in range(_viewers_of_block(start, size, post.topic, classes, world, sieve)):
            who = start + sieve.viewer[k]
            while edge < post.last_edge and world.person[edge] < who:
                edge += 1
            if edge == post.last_edge or world.person[edge] != who:
                place = _class_of(who, post.topic, classes, world)
                word = sieve.words[_place_of_word(sieve.viewer[k])]
                age = age_when_seen(inner_unit(word), sieve.chance[place], seen_by_age)
                sieve.edge[found] = who
                sieve.age[found] = age
                sieve.by_age[age + 1] += 1
                found += 1
    return found


@inlined
def _set_chances(table: Any, post: Any, sieve: Any) -> int:
    """Chances by class of activity: of those not interested, then of the interested. Returns how many classes."""
    classes = table.shape[1]
    for k in range(classes):
        sieve.chance[k] = chance_of_class(table, k, post.outside)
        sieve.chance[classes + k] = chance_of_class(table, k, post.inside)
    for k in range(2 * classes):
        sieve.ever[k] = words_below(sieve.chance[k])
    return classes


@inlined
def _throw_for_strangers(first: int, about: int, key: Any, words: Any) -> None:
    for i in range(FOURS):
        thrown = throw(key.seed, key.world, first + i, about, key.run, SHOWN, 0)
        words[i] = thrown[0]
        words[FOURS + i] = thrown[1]
        words[2 * FOURS + i] = thrown[2]
        words[3 * FOURS + i] = thrown[3]


@inlined
def _viewers_of_block(start: int, size: int, topic: int, classes: int, world: Any, sieve: Any) -> int:
    """How many of some neighboring people would see the post; their places go to `viewer`."""
    viewers = 0
    for i in range(size):
        sieve.viewer[viewers] = i
        viewers += sieve.words[_place_of_word(i)] < sieve.ever[_class_of(start + i, topic, classes, world)]
    return viewers


@inlined
def _place_of_word(i: int) -> int:
    return (i >> 2) + (i & 3) * FOURS


@inlined
def _class_of(who: int, topic: int, classes: int, world: Any) -> int:
    return world.activity[who] + (classes if world.topic[who] == topic else 0)


@borrowing
def file_strangers(found: int, number: int, starts: Any, sieve: Any, strangers: Any) -> None:
    """Append those in the sieve to `strangers`, by age, then by person; where each age begins goes to `starts`."""
    place = starts[number, 0]
    for age in range(starts.shape[1] - 1):
        starts[number, age] = place
        place += sieve.by_age[age + 1]
        sieve.by_age[age + 1] = starts[number, age]
    starts[number, starts.shape[1] - 1] = place
    for k in range(found):
        age = sieve.age[k] + 1
        strangers[sieve.by_age[age]] = sieve.edge[k]
        sieve.by_age[age] += 1


@inlined
def meet_strangers(day: int, run: Any) -> int:
    """Posts reach those strangers who are shown them today."""
    starts = run.lists.stranger_starts
    for number in range(starts.shape[0]):
        age = day - run.posts.row[number].day
        if 0 <= age < starts.shape[1] - 1:
            for start in range(starts[number, age], starts[number, age + 1], BLOCK):
                size = min(BLOCK, starts[number, age + 1] - start)
                _gather_strangers(start, size, day, number, run)
                status = meet(size, day, number, c.DISCOVERED, run)
                if status != DONE:
                    return status
    return DONE


@inlined
def _gather_strangers(start: int, size: int, day: int, number: int, run: Any) -> None:
    """The next strangers count as reached; they trust the author like anybody."""
    block, marks, strangers = run.block, run.state.marks, run.lists.strangers
    trust = run.posts.discovered[number, TRUST_FACT]
    reached = 0
    for i in range(size):
        who = strangers[start + i]
        mark = marks[who]
        reached += mark & c.REACHED == 0
        marks[who] = mark | (c.REACHED | c.MET)
        block.who[i], block.edge[i], block.sender[i] = who, -1, 0
        block.marks[i] = mark
        block.facts[b.TRUST + i] = trust
    hear_elsewhere(size, run)
    run.counts.totals[c.REACH] += reached
    run.counts.daily[day, c.D_REACHED] += reached
    run.counts.totals[c.DISPLAYS_DISCOVERED] += size
    run.counts.authors[run.posts.row[number].author, c.A_DISPLAYS_DISCOVERED] += size
