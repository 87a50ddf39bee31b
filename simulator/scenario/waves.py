"""Waves of one plan: everybody posts in the first; in each later one only the best of the waves before, in their stead.

A wave costs the same whoever is chosen, so all creators of such a plan have the same calendar and the same fee. Posts
that a creator may have to take over lie on the days after the wave's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from simulator.scenario.creators import NOWHERE
from simulator.scenario.offers import Contract
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Arm, Scenario, Waves

Fault = tuple[str, str, str]  # place below the arm, message, remedy
UNPLANNED: Final = ("outreach", "no_shows", "dropout", "reciprocity")  # by which other posts appear than a wave plans


def with_spare_posts(
    scenario: Scenario, arm: Arm, contracts: Sequence[Contract], problems: Problems
) -> tuple[Contract, ...]:
    """The contracts with the posts that each creator takes over if it is chosen; as they are where no waves are."""
    if arm.waves is None:
        return tuple(contracts)
    faults = [*_faults_of_choice(scenario, arm, arm.waves, contracts), *_faults_of_waves(arm, arm.waves, contracts)]
    for place, message, remedy in faults:
        problems.add(NOWHERE, f"arms.{arm.name}.{place}", message, remedy)
    if faults or not contracts:
        return tuple(contracts)
    spare = spare_posts(contracts[0].post_days, most_posts(len(contracts), arm.waves.keep))
    return tuple(replace(contract, spare=spare) for contract in contracts)


def most_posts(creators: int, keep: int) -> int:
    """Most posts of one creator in a later wave: those of all, spread over the best."""
    return -(-creators // keep)


def spare_posts(days: tuple[int, ...], most: int) -> tuple[tuple[int, int], ...]:
    """Number and day of the posts beyond each wave's own: wave by wave, a day apart."""
    beyond = [(wave, place) for wave in range(1, len(days)) for place in range(1, most)]
    return tuple((len(days) + k, days[wave] + place) for k, (wave, place) in enumerate(beyond, start=1))


def _faults_of_choice(scenario: Scenario, arm: Arm, waves: Waves, contracts: Sequence[Contract]) -> Iterator[Fault]:
    """Why the best could not be told, or could not be counted on."""
    if not arm.hire:
        yield "waves", "has nobody to choose from: the arm hires no creators", "add hire, or leave waves out"
    for name in UNPLANNED:
        if getattr(scenario.mechanisms, name).on:
            message = f"cannot be played with {name}: just those who are chosen publish the posts of a wave"
            yield "waves", message, f"switch it off (mechanisms: {{{name}: off}}), or leave waves out"
    if waves.by == "attributed_orders" and contracts and all(contract.tracking == "none" for contract in contracts):
        yield "waves.by", "looks at tracked orders, but no hire is tracked", "give the hires tracking: utm, or code"


def _faults_of_waves(arm: Arm, waves: Waves, contracts: Sequence[Contract]) -> Iterator[Fault]:
    """Why waves could not be alike, whoever is chosen."""
    if not contracts:
        return
    first = contracts[0]
    if any(hire.reuse for hire in arm.hire):
        yield "hire", "reposts content of creators who may not go on", "leave reuse out"
    if len(first.post_days) < 2:
        yield "hire", "has one wave: nothing is left to choose for", "give a post for each wave: posts: [{day: 0}, …]"
    if waves.keep >= len(contracts):
        message = f"keeps {waves.keep} of {len(contracts)} creators"
        yield "waves.keep", message, f"give at most {len(contracts) - 1}, or leave waves out"
    if any(contract.post_days != first.post_days for contract in contracts):
        yield "hire", "has calendars that differ, but a wave is for all", "give every hire the same posts"
    if any(contract.fee != first.fee or not isinstance(contract.fee, int) for contract in contracts):
        yield "hire", "pays fees that differ or are drawn, but a wave costs the same whoever is chosen", "give one fee"
    if any(contract.exclusivity or contract.license or contract.boost for contract in contracts):
        yield "hire", "has terms for the whole campaign, but not everybody stays", "leave exclusivity and rights out"
    gaps = [later - day for day, later in zip(first.post_days, first.post_days[1:], strict=False)]
    most = most_posts(len(contracts), waves.keep)
    if gaps and min(gaps) < most:
        yield "waves.keep", f"needs {most} days for the posts of a wave; there are {min(gaps)}", "keep more, or wait"
