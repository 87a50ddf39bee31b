"""Which facts rules ask for in a run: what only zero coefficients act on changes nothing and need not be looked up."""

from __future__ import annotations

from typing import NamedTuple

from simulator.compiled import rule
from simulator.rules.facts import Response


class Asked(NamedTuple):
    """What an engine must know of people before it asks the rules about them."""

    fit: bool  # affinity
    memory: bool  # earlier exposures, and when
    trust: bool  # trust in the author, as it stands
    trust_moves: bool  # and what becomes of it
    susceptibility: bool  # of people shown a post by a peer
    persona: bool  # why they follow the author
    sources: bool  # how many others told them before
    answers: bool  # who commented, to be answered
    anything: bool  # all there is to know, in every channel


@rule
def asked_for(response: Response, doubted: bool, answered: bool, own: bool) -> Asked:
    """The facts that count under these coefficients; any finite value serves for the others.

    `doubted`: whether posts cost trust by what they look like. `answered`: whether comments are. `own`: whether a rule
    of the scenario's own plays, which may ask for anything.
    """
    trust_moves = own or response.trust_step != 0.0 or answered or doubted
    return Asked(
        fit=own or response.fit_on_engage != 0.0 or response.fit_on_click != 0.0 or response.fit_on_order != 0.0,
        memory=own or response.wear_on_engage != 0.0 or response.wear_on_click != 0.0,
        trust=trust_moves
        or response.trust_on_engage != 0.0
        or response.trust_on_click != 0.0
        or response.trust_on_order != 0.0,
        trust_moves=trust_moves,
        susceptibility=own or response.susceptibility_on_engage != 0.0,
        persona=own or motives_count(response),
        sources=own or response.second_source != 0.0 or response.third_source != 0.0,
        answers=answered,
        anything=own,
    )


@rule
def motives_count(response: Response) -> bool:
    """Whether it counts why people follow."""
    return (
        response.persona_on_engage != 0.0
        or response.persona_on_click != 0.0
        or response.persona_on_order != 0.0
        or response.quality * response.blindness != 0.0
    )
