"""An influencer: a Mesa agent that publishes what its contract says, and may disgrace itself, in both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from simulator.campaign.situation import STANDING, Situation

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Influencer(mesa.Agent):  # type: ignore[misc]
    """One hired author. `author` is its position among the arm's authors, sorted by name."""

    def __init__(self, model: Any, brief: Brief, author: int) -> None:
        super().__init__(model)
        self.author = author
        self.due = brief.due[author]
        self.scandals = brief.scandals

    def act(self, situation: Situation) -> None:
        """On the day of a scandal its name loses worth, under posts already out and those to come."""
        if self.scandals.days and self.scandals.days[self.author] == situation.day:
            for _, number in self.due:
                for facts in (situation.organic, situation.shared, situation.discovered):
                    facts[number, STANDING] *= 1.0 - self.scandals.loss

    def posts_due(self, day: int) -> tuple[int, ...]:
        """Numbers (in the brief) of the posts it publishes today."""
        return tuple(number for due, number in self.due if due == day)
