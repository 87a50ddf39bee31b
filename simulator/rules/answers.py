"""Comments and who answers them: an author has so many answers a day; a machine may give others."""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.compiled import rule

NO_ANSWER: Final = 0
BY_AUTHOR: Final = 1
BY_MACHINE: Final = 2


class Answering(NamedTuple):
    """How comments are answered in one run, and what an answer does to trust."""

    capacity: float  # answers of one author in a day, to agents
    automated: float  # share of the comments left over that a machine answers
    gain: float  # share of the distance to full trust that an answer of the author gains
    machine_loss: float  # share of trust that an answer of a machine costs
    counts: bool  # whether anything hangs on answers


NOBODY_ANSWERS: Final = Answering(0.0, 0.0, 0.0, 0.0, False)


@rule
def answered_share(capacity: float, comments: float) -> float:
    """Share of a day's comments that the author answers: all of them as far as the day goes."""
    return 1.0 if comments <= capacity else capacity / comments


@rule
def answer(die: float, answered: float, automated: float) -> int:
    """Who answers one comment; a machine answers its share of what the author leaves."""
    if die < answered:
        return BY_AUTHOR
    return BY_MACHINE if die < answered + (1.0 - answered) * automated else NO_ANSWER


@rule
def trust_after_answer(trust: float, answered_by: int, answering: Answering) -> float:
    """Trust after an answer: the author's own moves it toward 1, a machine's toward 0."""
    if answered_by == BY_AUTHOR:
        return trust + answering.gain * (1.0 - trust)
    if answered_by == BY_MACHINE:
        return trust * (1.0 - answering.machine_loss)
    return trust


@rule
def comments_written(share: float, answered: float, dry_up: float) -> float:
    """Share of engagements that are comments, where people know that so many comments are answered."""
    return share * (1.0 - dry_up * (1.0 - answered))
