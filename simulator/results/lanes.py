"""Lanes: groups of worlds whose draws are spread over what is not known, each lane by dice of its own.

Draws of one lane avoid each other and are not independent; lanes are. So errors rest on lanes where there are any.
"""

from __future__ import annotations

from simulator.results.likeness import Groups
from simulator.scenario.designs import lane_and_place
from simulator.scenario.schema import Scenario


def lanes_of(scenario: Scenario) -> int | None:
    """How many lanes there are; none where draws are independent."""
    return lanes_by(scenario.design, scenario.worlds, scenario.replicates)


def lanes_by(design: str, worlds: int, replicates: int) -> int | None:
    """The same by what a manifest says of a scenario."""
    return None if design == "random" else worlds // replicates


def lane_of(draw: Groups, lanes: int) -> Groups:
    """The lane of draws, from 0; draws count from 1, and take lanes in turn."""
    return lane_and_place(draw, lanes)[0]
