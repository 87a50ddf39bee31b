"""One row: a claim in our own words, what is looked at, and in which scenario.

    Claim(
        "M3", "consequence", ("a0",), "Choosing creators by fit earns more than choosing them by size.",
        Observable("profit, fitting less large", "USD", difference("profit", "fitting", "large")),
    )

A row's scenario is `scenarios/claims/<id>.yaml`. `variants` are the same scenario with some settings changed; an arm of
one is written `arm @ variant`. Runs of all variants share their draws, worlds and luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from simulator.decide.claims.observable import Observable
from simulator.decide.claims.runs import AS_WRITTEN

Kind = Literal["definition", "assumed", "arithmetic", "outside", "consequence"]
Settings = tuple[str, ...]
FEWEST_DRAWS: Final = 60  # with 50 or fewer, no probability is told from 0.9: a single draw weighs too much
MOST_DRAWS: Final = 150


@dataclass(frozen=True)
class Claim:
    """A row of the table."""

    id: str
    kind: Kind
    articles: tuple[str, ...]
    says: str
    observable: Observable  # above zero where the articles are right
    why: str = ""  # why this is looked at, where something else would be the obvious choice
    also: tuple[Observable, ...] = ()  # told beside it
    variants: Mapping[str, Settings] = field(default_factory=dict)
    facts: tuple[str, ...] = ()  # figures beside the simulation
    most_draws: int = MOST_DRAWS  # when the row gives up telling a probability from a border

    @property
    def scenario(self) -> str:
        """The row's file, as the project's folder knows it."""
        return f"scenarios/claims/{self.id}.yaml"

    @property
    def settings(self) -> dict[str, Settings]:
        """Settings of every variant, the scenario as written first."""
        return {AS_WRITTEN: (), **self.variants}


def scenario_folder() -> Path:
    """Where the rows' scenarios lie: below the current folder, else in the checkout that this code is part of."""
    here = Path("scenarios/claims")
    return here if here.is_dir() else Path(__file__).parents[3] / here
