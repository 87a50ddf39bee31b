"""Who meets which post today: followers who see their author's, then peers of those who shared yesterday."""

from __future__ import annotations

from typing import Any

from simulator.compiled import inlined
from simulator.engines import block as b
from simulator.engines import columns as c
from simulator.engines.block import BLOCK
from simulator.engines.passes.bookkeeping import DONE
from simulator.engines.passes.encounters import TRUST_FACT, meet
from simulator.engines.room import C_SHARE, C_SHARES, C_SHOWN
from simulator.rules.sources import others_before, sources_after


@inlined
def meet_audiences(day: int, run: Any) -> int:
    """Posts of authors reach those of their followers who see them today."""
    starts = run.lists.view_starts
    for number in range(run.posts.row.size):
        post = run.posts.row[number]
        age = day - post.day
        if 0 <= age < starts.shape[1] - 1:
            for start in range(starts[number, age], starts[number, age + 1], BLOCK):
                size = min(BLOCK, starts[number, age + 1] - start)
                _gather_followers(start, size, day, post.author, run)
                status = meet(size, day, number, c.ORGANIC, run)
                if status != DONE:
                    return status
    return DONE


@inlined
def _gather_followers(start: int, size: int, day: int, author: int, run: Any) -> None:
    """The next followers who see a post: they count as reached, and bring their trust."""
    block, state, views, person = run.block, run.state, run.lists.views, run.world.person
    reached = 0
    by_author = 0
    ties = 0
    for i in range(size):
        edge = views[start + i]
        who = person[edge]
        mark, tie = state.marks[who], state.tie_marks[edge]
        reached += mark & c.REACHED == 0
        by_author += mark & c.REACHED_BY_AUTHOR == 0
        ties += tie & c.TIE_MET == 0
        state.marks[who] = mark | (c.REACHED | c.REACHED_BY_AUTHOR | c.MET)
        state.tie_marks[edge] = tie | c.TIE_MET
        block.who[i], block.edge[i], block.sender[i] = who, edge, 0
        block.marks[i], block.tie_marks[i] = mark, tie
    run.counts.totals[c.REACH] += reached
    run.counts.daily[day, c.D_REACHED] += reached
    run.counts.totals[c.REACH_AUDIENCE] += by_author
    run.counts.authors[author, c.A_REACH] += ties
    if run.asked.trust:
        _bring_trust(size, run.asked.trust_moves, block, state.trust, run.world.trust)
    if run.asked.persona:
        for i in range(size):
            block.facts[b.PERSONA + i] = run.world.persona[block.edge[i]]
    if run.asked.sources:
        _hear_from_author(size, block, state.sources)


@inlined
def _hear_from_author(size: int, block: Any, sources: Any) -> None:
    """How many others told before; an author who was not met before is one more from now on."""
    for i in range(size):
        who = block.who[i]
        known = block.tie_marks[i] & c.TIE_MET != 0
        block.facts[b.SOURCES + i] = others_before(sources[who], known)
        sources[who] = sources_after(sources[who], known)


@inlined
def _bring_trust(size: int, moves: bool, block: Any, trust: Any, at_start: Any) -> None:  # noqa: FBT001
    """Trust in the author as it stands: where no post of the author was met, as it was at the start."""
    for i in range(size):
        edge = block.edge[i]
        moved = block.tie_marks[i] & c.TIE_MET != 0 and moves
        block.facts[b.TRUST + i] = trust[edge] if moved else at_start[edge]


@inlined
def meet_peers(day: int, run: Any) -> int:
    """Shares of yesterday reach the peers of those who shared, in the order of posts and senders."""
    yesterday = (day - 1) & 1
    lists, world = run.lists, run.world
    lists.cursor[C_SHARE] = 0
    lists.cursor[C_SHOWN] = 0
    while lists.cursor[C_SHARE] < lists.cursor[C_SHARES + yesterday]:
        number = lists.shares[yesterday, lists.cursor[C_SHARE]] >> 32
        size = _line_up_peers(
            number, lists.shares[yesterday], yesterday, lists.cursor, world.peer_offsets, world.peers, run.block,
            run.state.memory,
        )  # fmt: skip
        _gather_peers(size, day, run.posts.shared[number, TRUST_FACT], run)
        status = meet(size, day, number, c.BY_PEER, run)
        if status != DONE:
            return status
    return DONE


@inlined
def _line_up_peers(
    number: int, shares: Any, yesterday: int, cursor: Any, offsets: Any, peers: Any, block: Any, memory: Any
) -> int:
    """Fill a block with the next peers of those who shared a post; the cursor moves on. Returns how many there are."""
    size = 0
    while cursor[C_SHARE] < cursor[C_SHARES + yesterday] and shares[cursor[C_SHARE]] >> 32 == number:
        sender = shares[cursor[C_SHARE]] & 0xFFFFFFFF
        for place in range(offsets[sender] + cursor[C_SHOWN], offsets[sender + 1]):
            who = peers[place]
            # Who is in the block already must have lived through that meeting before the next.
            if size == BLOCK or memory[who].in_block:
                return size
            memory[who].in_block = 1
            block.who[size], block.sender[size] = who, sender
            size += 1
            cursor[C_SHOWN] += 1
        cursor[C_SHARE] += 1
        cursor[C_SHOWN] = 0
    return size


@inlined
def _gather_peers(size: int, day: int, trust: float, run: Any) -> None:
    """The people of a block count as reached; they trust the author like anybody, and bring their susceptibility."""
    block, marks, memory = run.block, run.state.marks, run.state.memory
    reached = 0
    for i in range(size):
        who = block.who[i]
        mark = marks[who]
        reached += mark & c.REACHED == 0
        marks[who] = mark | (c.REACHED | c.MET)
        memory[who].in_block = 0
        block.marks[i] = mark
        block.edge[i] = -1
        block.facts[b.TRUST + i] = trust
    run.counts.totals[c.REACH] += reached
    run.counts.daily[day, c.D_REACHED] += reached
    hear_elsewhere(size, run)
    if run.asked.susceptibility:
        for i in range(size):
            block.facts[b.SUSCEPTIBILITY + i] = run.world.susceptibility[block.who[i]]


@inlined
def hear_elsewhere(size: int, run: Any) -> None:
    """People who do not follow the author as they meet its post: without a motive, and with one source more."""
    block, sources = run.block, run.state.sources
    if run.asked.persona:
        for i in range(size):
            block.facts[b.PERSONA + i] = 0.0
    if run.asked.sources:
        for i in range(size):
            who = block.who[i]
            block.facts[b.SOURCES + i] = others_before(sources[who], False)
            sources[who] = sources_after(sources[who], False)
