"""An influencer: a Mesa agent that publishes what its contract says, in both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief


class Influencer(mesa.Agent):  # type: ignore[misc]
    """One hired author. `author` is its position among the arm's authors, sorted by name."""

    def __init__(self, model: Any, brief: Brief, author: int) -> None:
        super().__init__(model)
        self.author = author
        self.due = brief.due[author]

    def posts_due(self, day: int) -> tuple[int, ...]:
        """Numbers (in the brief) of the posts it publishes today."""
        return tuple(number for due, number in self.due if due == day)
