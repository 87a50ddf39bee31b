"""What an engine says when a rule has left its range: where, and with which facts."""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.campaign.brief import Brief
from simulator.errors import RuleError
from simulator.rules.facts import Person, Post
from simulator.rules.wear_out import remembered_exposures
from simulator.world.world import World

THROUGH: Final = ("of its author", "through the platform", "through a peer")  # by channel


class Place(NamedTuple):
    """Which meeting it was."""

    day: int
    who: int
    number: int  # of the post
    channel: int


def unsound(brief: Brief, world: World, at: Place, person: Person, post: Post) -> RuleError:
    """The error of a meeting whose chances, or whose trust, are no probabilities. `post` as it was met that day."""
    return RuleError(
        f"a rule gave a probability outside [0, 1] in run {brief.run}, world {world.index}, day {at.day}: person "
        f"{at.who} (affinity {person.affinity:g}, exposures {remembered_exposures(person):g}) met post {at.number} "
        f"{THROUGH[at.channel]} with {post}; {brief.response}"
    )
