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


@rule
def asked_for(response: Response) -> Asked:
    """The facts that count under these coefficients; any finite value serves for the others."""
    trust_moves = response.trust_step != 0.0
    return Asked(
        fit=response.fit_on_engage != 0.0 or response.fit_on_click != 0.0 or response.fit_on_order != 0.0,
        memory=response.wear_on_engage != 0.0 or response.wear_on_click != 0.0,
        trust=trust_moves
        or response.trust_on_engage != 0.0
        or response.trust_on_click != 0.0
        or response.trust_on_order != 0.0,
        trust_moves=trust_moves,
        susceptibility=response.susceptibility_on_engage != 0.0,
    )
