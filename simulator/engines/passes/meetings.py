"""Who meets which post today: followers who see their author's, then peers of those who shared yesterday."""

from __future__ import annotations

from typing import Any

from simulator.compiled import borrowing, inlined
from simulator.engines import block as b
from simulator.engines import columns as c
from simulator.engines.block import BLOCK
from simulator.engines.passes.bookkeeping import DONE
from simulator.engines.passes.encounters import TRUST_FACT, meet
from simulator.engines.room import C_SHARES


@borrowing
def meet_audiences(day: int, run: Any) -> int:
    """Posts of authors reach those of their followers who see them today."""
    starts = run.lists.view_starts
    for number in range(run.posts.day.size):
        age = day - run.posts.day[number]
        if 0 <= age < starts.shape[1] - 1:
            for start in range(starts[number, age], starts[number, age + 1], BLOCK):
                size = min(BLOCK, starts[number, age + 1] - start)
                _gather_followers(start, size, run.posts.author[number], run)
                status = meet(size, day, number, c.ORGANIC, run)
                if status != DONE:
                    return status
    return DONE


@inlined
def _gather_followers(start: int, size: int, author: int, run: Any) -> None:
    """The next followers who see a post: they count as reached, and bring their trust."""
    block, marks, tie_marks = run.block, run.state.marks, run.state.tie_marks
    reached = 0
    by_author = 0
    ties = 0
    for i in range(size):
        edge = run.lists.views[start + i]
        who = run.world.person[edge]
        mark, tie = marks[who], tie_marks[edge]
        reached += mark & c.REACHED == 0
        by_author += mark & c.REACHED_BY_AUTHOR == 0
        ties += tie & c.TIE_MET == 0
        marks[who] = mark | (c.REACHED | c.REACHED_BY_AUTHOR | c.MET)
        tie_marks[edge] = tie | c.TIE_MET
        block.who[i], block.edge[i], block.sender[i] = who, edge, 0
        block.marks[i], block.tie_marks[i] = mark, tie
    run.counts.totals[c.REACH] += reached
    run.counts.totals[c.REACH_AUDIENCE] += by_author
    run.counts.authors[author, c.A_REACH] += ties
    if run.asked.trust:
        for i in range(size):
            edge = block.edge[i]
            moved = block.tie_marks[i] & c.TIE_MET != 0 and run.asked.trust_moves
            block.facts[b.TRUST + i] = run.state.trust[edge] if moved else run.world.trust[edge]


@borrowing
def meet_peers(day: int, run: Any) -> int:
    """Shares of yesterday reach the peers of those who shared, in the order of posts and senders."""
    yesterday = (day - 1) & 1
    share = 0
    shown = 0
    while share < run.lists.cursor[C_SHARES + yesterday]:
        number = run.lists.shares[yesterday, share] >> 32
        size, share, shown = _line_up_peers(share, shown, yesterday, number, run)
        _gather_peers(size, number, run)
        status = meet(size, day, number, c.BY_PEER, run)
        if status != DONE:
            return status
    return DONE


@inlined
def _line_up_peers(share: int, shown: int, yesterday: int, number: int, run: Any) -> tuple[int, int, int]:
    """Fill a block with peers of those who shared a post, from the peer `shown` of the share `share` on.

    Returns how many there are, and the share and peer to go on from.
    """
    world, block, memory, shares = run.world, run.block, run.state.memory, run.lists.shares
    size = 0
    while share < run.lists.cursor[C_SHARES + yesterday] and shares[yesterday, share] >> 32 == number:
        sender = shares[yesterday, share] & 0xFFFFFFFF
        for place in range(world.peer_offsets[sender] + shown, world.peer_offsets[sender + 1]):
            who = world.peers[place]
            # Who is in the block already must have lived through that meeting before the next.
            if size == BLOCK or memory[who].in_block:
                return size, share, shown
            memory[who].in_block = 1
            block.who[size], block.sender[size] = who, sender
            size += 1
            shown += 1
        share += 1
        shown = 0
    return size, share, shown


@inlined
def _gather_peers(size: int, number: int, run: Any) -> None:
    """The people of a block count as reached; they trust the author like anybody, and bring their susceptibility."""
    block, marks = run.block, run.state.marks
    reached = 0
    for i in range(size):
        mark = marks[block.who[i]]
        reached += mark & c.REACHED == 0
        marks[block.who[i]] = mark | (c.REACHED | c.MET)
        run.state.memory[block.who[i]].in_block = 0
        block.marks[i] = mark
        block.edge[i] = -1
        block.facts[b.TRUST + i] = run.posts.shared[number, TRUST_FACT]
    run.counts.totals[c.REACH] += reached
    if run.asked.susceptibility:
        for i in range(size):
            block.facts[b.SUSCEPTIBILITY + i] = run.world.susceptibility[block.who[i]]
