"""What an engine says when a rule has left its range: where, and with which facts."""

from __future__ import annotations

from simulator.campaign.brief import Brief
from simulator.errors import RuleError
from simulator.rules.facts import Person, Post
from simulator.rules.wear_out import remembered_exposures
from simulator.world.world import World


def unsound(
    brief: Brief, world: World, *, day: int, who: int, number: int, by_peer: bool, person: Person, post: Post
) -> RuleError:
    """The error of a meeting whose chances, or whose trust, are no probabilities. `post` as it was met that day."""
    return RuleError(
        f"a rule gave a probability outside [0, 1] in run {brief.run}, world {world.index}, day {day}: person {who} "
        f"(affinity {person.affinity:g}, exposures {remembered_exposures(person):g}) met post {number} "
        f"{'through a peer' if by_peer else 'of its author'} with {post}; {brief.response}"
    )
