"""Waves of one run: which post belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from simulator.scenario.offers import ArmPlan, Contract


class Waves(NamedTuple):
    """A plan in waves; without days, there are none."""

    days: tuple[int, ...] = ()  # of the waves
    keep: int = 0
    by: str = ""  # what counts as performance
    places: tuple[tuple[int, int], ...] = ()  # of each post of the brief: its wave, and its place in it, from 0


NO_WAVES: Final = Waves()


def brief_waves(arm: ArmPlan, authors: Sequence[Contract]) -> Waves:
    """The waves of an arm, for those who are hired in this run."""
    if arm.waves is None or not authors:
        return NO_WAVES
    days = authors[0].post_days
    beyond = len(authors[0].spare) // max(1, len(days) - 1)  # spare posts of one wave

    def place(number: int) -> tuple[int, int]:
        own = number - 1
        if own < len(days):
            return own, 0
        spare = own - len(days)
        return 1 + spare // beyond, 1 + spare % beyond

    places = tuple(place(number) for contract in authors for number, _ in contract.published)
    return Waves(days, arm.waves.keep, arm.waves.by, places)
