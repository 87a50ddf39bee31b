"""Scandals of one run: who falls into disgrace on which day, and what that does to posts and to the brand's demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from simulator.dice import SCANDAL
from simulator.rules.scandal import demand_lost, scandal_day
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


class Scandals(NamedTuple):
    """The day of each author's scandal (the horizon: none), and what one costs."""

    days: tuple[int, ...]
    loss: float  # share of trust in the author
    brand_loss: float  # share of the brand's demand, at full exposure
    half_life: float  # days


NO_SCANDALS: Final = Scandals((), 0.0, 0.0, 0.0)


def draw_scandals(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> Scandals:
    """One throw for each author, the same in every arm."""
    m = scenario.mechanisms.scandals
    if not m.on:
        return NO_SCANDALS
    days = tuple(
        scandal_day(_die(draws, contract), draws.curve(m.hazard, float(contract.creator.followers)), scenario.horizon)
        for contract in authors
    )
    return Scandals(days, draws.number(m.loss), draws.number(m.brand_loss), draws.number(m.half_life_days))


def _die(draws: Draws, contract: Contract) -> float:
    return draws.luck(SCANDAL, contract.creator.name)[0]


def demand_left(scandals: Scandals, day: int, exposed: dict[int, float]) -> float:
    """Share of the brand's demand that is left on a day; `exposed` are the parts of the authors in disgrace."""
    left = 1.0
    for author in sorted(exposed):
        since = day - scandals.days[author]
        left *= 1.0 - demand_lost(since, exposed[author], scandals.brand_loss, scandals.half_life)
    return left
