"""Waves of one run: which post belongs to which, and who goes on, by the closed counts of the waves before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.campaign.situation import Situation
from simulator.rules.waves import fee_of_wave, posts_in_wave
from simulator.scenario.offers import ArmPlan, Contract

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief
    from simulator.campaign.ledger import Ledger


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


class Selection:
    """Decides on the morning of each later wave who takes part, and pays for it."""

    def __init__(self, brief: Brief) -> None:
        self.waves, self.fees = brief.waves, brief.fees
        self.posts = [1] * len(brief.fees)  # of each author in the wave that runs

    @property
    def in_waves(self) -> bool:
        """Whether the plan comes in waves."""
        return bool(self.waves.days)

    def first_fee(self, author: int) -> int:
        """Cents due at the start."""
        fee = self.fees[author]
        return fee_of_wave(fee, len(self.waves.days), 0) if self.in_waves else fee

    def choose(self, situation: Situation, ledger: Ledger) -> None:
        """Rank everybody by performance so far (the name decides between equals), and pay those who go on."""
        if situation.day not in self.waves.days[1:]:
            return
        wave = self.waves.days.index(situation.day)
        results = situation.results[self.waves.by].tolist()
        ranked = sorted(range(len(results)), key=lambda author: (-results[author], author))
        for rank, author in enumerate(ranked):
            self.posts[author] = posts_in_wave(rank, len(results), self.waves.keep)
            ledger.fees[author] += self.posts[author] * fee_of_wave(self.fees[author], len(self.waves.days), wave)

    def wants(self, number: int, author: int) -> bool:
        """Whether a post of the brief is to be published."""
        return not self.in_waves or self.waves.places[number][1] < self.posts[author]
