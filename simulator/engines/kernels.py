"""Compiled passes over the columns of one run: who sees a post, encounters in blocks, purchases. Order as in `day`.

Each pass does what `followers_mesa` does person by person, and must give the same bits.
"""

from __future__ import annotations

from typing import Any, Final

from simulator.compiled import kernel
from simulator.dice import (
    ADVERT,
    BUYER,
    MEET,
    MEET_PEER,
    PURCHASE,
    PURCHASE_PEER,
    SEEN,
    inner_unit,
    pick,
    throw,
)
from simulator.engines.columns import (
    A_ATTRIBUTED,
    A_CLICKS,
    A_COMMENTS,
    A_ENGAGED,
    A_ENGAGED_BY_PEER,
    A_ENGAGERS,
    A_IMPRESSIONS,
    A_LIKES,
    A_REACH,
    A_SHARES,
    A_TRUST,
    ATTRIBUTED,
    BLOCK,
    BOUGHT,
    BOUGHT_BASELINE,
    BY_AD,
    BY_PEER,
    CLICKS,
    D_ATTRIBUTED,
    D_CLICKS,
    D_ENGAGED,
    D_ENGAGED_BY_PEER,
    D_IMPRESSIONS,
    D_ORDERS,
    ENGAGED,
    ENGAGED_BY_PEER,
    ENGAGERS,
    IMPRESSIONS,
    LATE,
    ORDERS,
    ORDERS_BY_PEER,
    ORGANIC,
    REACH,
    REACH_AUDIENCE,
    REACHED,
    REACHED_BY_AUTHOR,
)
from simulator.engines.room import C_CHANNEL, C_DAY, C_DUE, C_MET, C_PERSON, C_POST, C_SHARES, C_VIEWS
from simulator.rules.attention import age_when_seen, chance_of_class
from simulator.rules.conversion import credited_author, order_lag
from simulator.rules.encounter import encounter
from simulator.rules.facts import ADS, COMMENT, IGNORED, LIKE, NOBODY, SHARE, UNTRACKED, Person, Post, Tie, Words
from simulator.world.audiences import FIXED_POINT

# What a pass returns.
DONE: Final = 0
FULL: Final = 1  # a list overflowed: grow and play the run again
UNSOUND: Final = 2  # a rule left its range: the cursor tells where


@kernel
def publish(key: Any, world: Any, posts: Any, number: int, seen_by_age: Any, sieve: Any, lists: Any) -> None:
    """Find out who sees a post, and when: its followers' edges go to `views`, sorted by age."""
    about = posts.about[number]
    lifetime = seen_by_age.size
    for c in range(sieve.chance.size):
        sieve.chance[c] = chance_of_class(world.activity_table, c, posts.reach[number])
    for age in range(lifetime + 1):
        sieve.count[age] = 0
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
            sieve.count[age + 1] += 1
            found += 1
    start = lists.cursor[C_VIEWS]
    for age in range(lifetime + 1):
        start += sieve.count[age]
        lists.view_starts[number, age] = start
        sieve.count[age] = start
    for i in range(found):
        age = sieve.age[i]
        lists.views[sieve.count[age]] = sieve.edge[i]
        sieve.count[age] += 1
    lists.cursor[C_VIEWS] += found


@kernel
def live(
    first: int,
    stop: int,
    key: Any,
    world: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    block: Any,
    counts: Any,
    response: Any,
    sales: Any,
    codes: Any,
    ads: Any,
    ad_days: int,
    buyer_offsets: Any,
    buyers: Any,
) -> int:
    """All followers' days from `first` up to, not including, `stop`: see `day` for the order within a day."""
    for day in range(first, stop):
        lists.cursor[C_SHARES + (day & 1)] = 0
        status = _meet_audiences(
            day, key, world, state, stamps, epoch, posts, lists, block, counts, response, sales
        )
        if status != DONE:
            return status
        status = _meet_peers(day, key, world, state, stamps, epoch, posts, lists, block, counts, response, sales)
        if status != DONE:
            return status
        status = _meet_ads(day, key, state, stamps, epoch, lists, counts, sales, ads, ad_days, state.flags.size)
        if status != DONE:
            return status
        lists.shares[day & 1][: lists.cursor[C_SHARES + (day & 1)]].sort()
        _buy(day, key, state, stamps, epoch, posts, lists, counts, sales, codes, buyer_offsets, buyers)
    return DONE


@kernel
def _meet_audiences(
    day: int,
    key: Any,
    world: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    block: Any,
    counts: Any,
    response: Any,
    sales: Any,
) -> int:
    """Posts of authors reach those of their followers who see them today."""
    lifetime = lists.view_starts.shape[1] - 1
    for number in range(posts.day.size):
        age = day - posts.day[number]
        if 0 <= age < lifetime:
            low = lists.view_starts[number, age]
            high = lists.view_starts[number, age + 1]
            for start in range(low, high, BLOCK):
                size = min(BLOCK, high - start)
                for i in range(size):
                    edge = lists.views[start + i]
                    block.item[i] = edge
                    block.who[i] = world.person[edge]
                    block.trust[i] = state.trust[edge] if stamps.edge[edge] == epoch else world.trust[edge]
                status = _meet_block(
                    size, day, number, ORGANIC, 0,
                    key, world, state, stamps, epoch, posts, lists, block, counts, response, sales,
                )  # fmt: skip
                if status != DONE:
                    return status
    return DONE


@kernel
def _meet_peers(
    day: int,
    key: Any,
    world: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    block: Any,
    counts: Any,
    response: Any,
    sales: Any,
) -> int:
    """Shares of yesterday reach the peers of those who shared, in the order of posts and senders."""
    yesterday = (day - 1) & 1
    for s in range(lists.cursor[C_SHARES + yesterday]):
        number = lists.shares[yesterday, s] >> 32
        sender = lists.shares[yesterday, s] & 0xFFFFFFFF
        low = world.peer_offsets[sender]
        high = world.peer_offsets[sender + 1]
        for start in range(low, high, BLOCK):
            size = min(BLOCK, high - start)
            for i in range(size):
                block.item[i] = -1
                block.who[i] = world.peers[start + i]
                block.trust[i] = posts.shared[number, 6]
            status = _meet_block(
                size, day, number, BY_PEER, sender,
                key, world, state, stamps, epoch, posts, lists, block, counts, response, sales,
            )  # fmt: skip
            if status != DONE:
                return status
    return DONE


@kernel
def _meet_block(
    size: int,
    day: int,
    number: int,
    channel: int,
    sender: int,
    key: Any,
    world: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    block: Any,
    counts: Any,
    response: Any,
    sales: Any,
) -> int:
    """A block of encounters of one post with different people: gather facts, throw dice, play, write back."""
    for i in range(size):
        who = block.who[i]
        known = stamps.person[who] == epoch
        block.affinity[i] = world.affinity[who]
        block.susceptibility[i] = world.susceptibility[who]
        block.exposures[i] = state.exposures[who] if known else 0.0
        block.days[i] = day - state.touched[who] if known else 0
    decision = MEET if channel == ORGANIC else MEET_PEER
    about = posts.about[number]
    for i in range(size):
        engage, kind, click, intent = throw(key.seed, key.world, block.who[i], about, key.run, decision, sender)
        block.engage[i] = inner_unit(engage)
        block.kind_die[i] = inner_unit(kind)
        block.click[i] = inner_unit(click)
        block.intent[i] = inner_unit(intent)
    post = _post(posts.organic if channel == ORGANIC else posts.shared, number)
    for i in range(size):
        outcome = encounter(
            Person(block.affinity[i], block.susceptibility[i], block.exposures[i], block.days[i]),
            Tie(block.trust[i]),
            post,
            response,
            Words(block.engage[i], block.kind_die[i], block.click[i], block.intent[i]),
        )
        block.kind[i] = outcome.kind
        block.clicked[i] = outcome.clicked
        block.intends[i] = outcome.intends
        block.trust[i] = outcome.trust
        block.exposures[i] = outcome.exposures
        block.sound[i] = outcome.sound
    return _write_back(
        size, day, number, channel, sender, key, world, state, stamps, epoch, posts, lists, block, counts, sales
    )


@kernel
def _post(facts: Any, number: int) -> Any:
    row = facts[number]
    return Post(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])


@kernel
def _write_back(
    size: int,
    day: int,
    number: int,
    channel: int,
    sender: int,
    key: Any,
    world: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    block: Any,
    counts: Any,
    sales: Any,
) -> int:
    """Write outcomes to the columns and count them."""
    author = posts.author[number]
    authors = counts.authors[author]
    counts.totals[IMPRESSIONS] += size
    counts.daily[day, D_IMPRESSIONS] += size
    if channel == ORGANIC:
        authors[A_IMPRESSIONS] += size
    for i in range(size):
        who = block.who[i]
        if block.sound[i] == 0:
            lists.cursor[C_PERSON], lists.cursor[C_POST] = who, number
            lists.cursor[C_CHANNEL], lists.cursor[C_DAY] = channel, day
            return UNSOUND
        _touch(who, state, stamps, epoch)
        _reach(who, channel, state, counts)
        state.exposures[who] = block.exposures[i]
        state.touched[who] = day
        if channel == ORGANIC:
            _update_edge(block.item[i], block.trust[i], authors, world, state, stamps, epoch)
        if block.kind[i] != IGNORED:
            status = _engage(
                who, block.item[i], block.kind[i], day, number, channel, authors, state, lists, counts
            )
            if status != DONE:
                return status
        if block.clicked[i]:
            authors[A_CLICKS] += 1
            counts.totals[CLICKS] += 1
            counts.daily[day, D_CLICKS] += 1
            state.clicked_day[who] = day
            state.clicked_author[who] = author
        if block.intends[i]:
            decision = PURCHASE if channel == ORGANIC else PURCHASE_PEER
            lag_word = throw(key.seed, key.world, who, posts.about[number], key.run, decision, sender)[0]
            due = day + order_lag(inner_unit(lag_word), sales.half_life)
            if _plan_order(due, who, number, sender, channel, lists, counts) != DONE:
                return FULL
    return DONE


@kernel
def _touch(who: int, state: Any, stamps: Any, epoch: int) -> None:
    """Forget what an earlier run left behind, on the first touch of this run."""
    if stamps.person[who] != epoch:
        stamps.person[who] = epoch
        state.flags[who] = 0
        state.exposures[who] = 0.0
        state.touched[who] = 0
        state.clicked_author[who] = NOBODY


@kernel
def _reach(who: int, channel: int, state: Any, counts: Any) -> None:
    flags = state.flags[who]
    if flags & REACHED == 0:
        counts.totals[REACH] += 1
    if channel == ORGANIC:
        if flags & REACHED_BY_AUTHOR == 0:
            counts.totals[REACH_AUDIENCE] += 1
        state.flags[who] = flags | REACHED | REACHED_BY_AUTHOR
    else:
        state.flags[who] = flags | REACHED


@kernel
def _update_edge(edge: int, trust: float, authors: Any, world: Any, state: Any, stamps: Any, epoch: int) -> None:
    if stamps.edge[edge] != epoch:
        stamps.edge[edge] = epoch
        state.engaged[edge] = 0
        state.trust[edge] = world.trust[edge]
        authors[A_REACH] += 1
    before = float(state.trust[edge])
    state.trust[edge] = trust
    authors[A_TRUST] += int(float(state.trust[edge]) * FIXED_POINT) - int(before * FIXED_POINT)


@kernel
def _engage(
    who: int,
    edge: int,
    kind: int,
    day: int,
    number: int,
    channel: int,
    authors: Any,
    state: Any,
    lists: Any,
    counts: Any,
) -> int:
    """Count an engagement, once per person and post; remember a share for tomorrow."""
    entry = (number << 32) | who
    status = _remember(entry, lists)
    if status != 1:
        return DONE if status == 0 else FULL
    if channel == ORGANIC:
        authors[A_ENGAGED] += 1
        counts.daily[day, D_ENGAGED] += 1
        if kind == LIKE:
            authors[A_LIKES] += 1
        elif kind == COMMENT:
            authors[A_COMMENTS] += 1
        else:
            authors[A_SHARES] += 1
        if state.engaged[edge] == 0:
            state.engaged[edge] = 1
            authors[A_ENGAGERS] += 1
        if state.flags[who] & ENGAGED == 0:
            state.flags[who] |= ENGAGED
            counts.totals[ENGAGERS] += 1
    else:
        authors[A_ENGAGED_BY_PEER] += 1
        counts.totals[ENGAGED_BY_PEER] += 1
        counts.daily[day, D_ENGAGED_BY_PEER] += 1
    if kind == SHARE:
        place = lists.cursor[C_SHARES + (day & 1)]
        if place >= lists.shares.shape[1]:
            return FULL
        lists.shares[day & 1, place] = entry
        lists.cursor[C_SHARES + (day & 1)] += 1
    return DONE


@kernel
def _remember(entry: int, lists: Any) -> int:
    """Put an entry into the set of engagements: 1 new, 0 known, -1 the set is half full."""
    mask = lists.met.size - 1
    place = ((entry * 0x9E3779B97F4A7C1) >> 20) & mask
    while lists.met[place] != -1:
        if lists.met[place] == entry:
            return 0
        place = (place + 1) & mask
    if 2 * lists.cursor[C_MET] >= lists.met.size:
        return -1
    lists.met[place] = entry
    lists.cursor[C_MET] += 1
    return 1


@kernel
def _plan_order(due: int, who: int, number: int, sender: int, channel: int, lists: Any, counts: Any) -> int:
    """Put an order on the calendar, behind those planned earlier for the same day."""
    if due >= lists.due_first.size:
        counts.totals[LATE] += 1
        return DONE
    place = lists.cursor[C_DUE]
    if place >= lists.due_person.size:
        return FULL
    lists.cursor[C_DUE] += 1
    lists.due_person[place] = who
    lists.due_post[place] = number
    lists.due_sender[place] = sender
    lists.due_channel[place] = channel
    lists.due_next[place] = -1
    if lists.due_first[due] == -1:
        lists.due_first[due] = place
    else:
        lists.due_next[lists.due_last[due]] = place
    lists.due_last[due] = place
    return DONE


@kernel
def _meet_ads(
    day: int,
    key: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    lists: Any,
    counts: Any,
    sales: Any,
    ads: Any,
    ad_days: int,
    people: int,
) -> int:
    """Today's part of the paid-social impressions, each shown to someone in the market."""
    if day >= ad_days or ads.impressions == 0:
        return DONE
    for impression in range(ads.impressions * day // ad_days, ads.impressions * (day + 1) // ad_days):
        who_word, click_word, order_word, lag_word = throw(
            key.seed, key.world, impression, ads.about, key.run, ADVERT, 0
        )
        who = pick(who_word, people)
        _touch(who, state, stamps, epoch)
        _reach(who, BY_AD, state, counts)
        counts.totals[IMPRESSIONS] += 1
        counts.daily[day, D_IMPRESSIONS] += 1
        if inner_unit(click_word) < ads.click_rate:
            counts.totals[CLICKS] += 1
            counts.daily[day, D_CLICKS] += 1
            state.clicked_day[who] = day
            state.clicked_author[who] = ADS
            if inner_unit(order_word) < ads.conversion_rate:
                due = day + order_lag(inner_unit(lag_word), sales.half_life)
                if _plan_order(due, who, -1, impression, BY_AD, lists, counts) != DONE:
                    return FULL
    return DONE


@kernel
def _buy(
    day: int,
    key: Any,
    state: Any,
    stamps: Any,
    epoch: int,
    posts: Any,
    lists: Any,
    counts: Any,
    sales: Any,
    codes: Any,
    buyer_offsets: Any,
    buyers: Any,
) -> None:
    """Orders of the day: baseline demand first, then what was planned, in the order of intent."""
    for ordinal in range(buyer_offsets[day + 1] - buyer_offsets[day]):
        who = buyers[buyer_offsets[day] + ordinal]
        _touch(who, state, stamps, epoch)
        if state.flags[who] & BOUGHT == 0:
            words = throw(key.seed, key.world, ordinal, 0, key.run, BUYER, day)
            state.flags[who] |= BOUGHT_BASELINE
            _count_order(day, who, words[1], words[2], state, counts, sales, codes)
    place = lists.due_first[day]
    while place != -1:
        who = lists.due_person[place]
        if state.flags[who] & (BOUGHT | BOUGHT_BASELINE) == 0:
            channel = lists.due_channel[place]
            code_word, whose_word = 0xFFFFFFFF, 0
            if channel != BY_AD:
                decision = PURCHASE if channel == ORGANIC else PURCHASE_PEER
                about = posts.about[lists.due_post[place]]
                words = throw(key.seed, key.world, who, about, key.run, decision, lists.due_sender[place])
                code_word, whose_word = words[1], words[2]
            state.flags[who] |= BOUGHT
            if channel == BY_PEER:
                counts.totals[ORDERS_BY_PEER] += 1
            _count_order(day, who, code_word, whose_word, state, counts, sales, codes)
        place = lists.due_next[place]


@kernel
def _count_order(
    day: int, who: int, code_word: int, whose_word: int, state: Any, counts: Any, sales: Any, codes: Any
) -> None:
    counts.totals[ORDERS] += 1
    counts.daily[day, D_ORDERS] += 1
    coded = NOBODY
    if codes.author.size > 0:
        chosen = pick(whose_word, codes.author.size)
        if codes.first_day[chosen] <= day:
            coded = codes.author[chosen]
    clicked = int(state.clicked_author[who])
    tracking = codes.tracking[clicked] if clicked >= 0 else UNTRACKED
    author = credited_author(
        clicked,
        day - state.clicked_day[who],
        tracking,
        coded,
        inner_unit(code_word),
        sales.window,
        sales.code_use,
        sales.code_leak,
    )
    if author != NOBODY:
        counts.totals[ATTRIBUTED] += 1
        counts.daily[day, D_ATTRIBUTED] += 1
        if author >= 0:
            counts.authors[author, A_ATTRIBUTED] += 1
