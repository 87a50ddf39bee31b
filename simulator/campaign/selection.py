"""Who goes on from wave to wave, by the closed counts of the waves before, and what that costs."""

from __future__ import annotations

from simulator.campaign.brief import Brief
from simulator.campaign.ledger import Ledger
from simulator.campaign.situation import Situation
from simulator.rules.waves import fee_of_wave, posts_in_wave


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
