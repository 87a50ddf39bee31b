"""One run looked at closely: who is worth watching in it, and what they were asked, day by day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import numpy as np

from simulator.campaign.brief import Brief, brief_run
from simulator.engines import columns as c
from simulator.engines.model import CampaignModel, Played
from simulator.engines.play import play, play_as
from simulator.engines.room import Room
from simulator.engines.watching import Watch, demanding, watched_draws
from simulator.results.outcome import Outcome
from simulator.scenario.draws import draws_of
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario
from simulator.world.world import World

if TYPE_CHECKING:
    from simulator.engines.watched import Day


def inspect_run(
    scenario: Scenario,
    world: World,
    arm: ArmPlan,
    run: int,
    people: Collection[int],
    tell: Callable[[Day], None],
) -> Outcome:
    """Play one run with some people watched; `tell` is called after each day. The outcome is that of `play`."""
    from simulator.engines.watched import WatchedFollowers

    draws = watched_draws(draws_of(scenario, world.index, run), Watch(frozenset(people)))

    def form(brief: Brief) -> Played:
        model = CampaignModel(brief)
        try:
            return model.play(WatchedFollowers(model, brief, world, draws, tell))
        finally:
            model.close()

    return play_as(form, scenario, world, arm, draws)


def baseline_orders(scenario: Scenario, world: World, arm: ArmPlan, run: int) -> int:
    """Orders of people that a run brings without any campaign, which is what `arm` must be."""
    brief = brief_run(scenario, world, arm, draws_of(scenario, world.index, run))
    return sum(demanding(brief, world)) * world.people_per_agent


def worth_watching(
    scenario: Scenario, world: World, arm: ArmPlan, run: int, *, among: Collection[int] | None, limit: int
) -> tuple[int, ...]:
    """At most `limit` people, those first to whom most happened.

    First who orders because of the campaign, be it due after the last day; then who is reached and would have ordered
    anyway, then who engages, then who orders without having seen anything. Among those who order, who engages too comes
    first; equals stand by number. Of those `among`, if they are given, others follow until the limit is reached. The
    run is played once for it, compiled.
    """
    room = Room()
    play(scenario, world, arm, run, "compiled", room)
    assert room.state is not None  # a run has been played in it
    marks = room.state.marks
    won, anyway, reached, engaged = (
        marks & which != 0 for which in (c.BOUGHT, c.BOUGHT_BASELINE, c.REACHED, c.ENGAGED | c.ENGAGED_VIA_PEER)
    )
    crowd = np.flatnonzero(won | anyway | engaged) if among is None else np.array(sorted(among), np.int64)
    order = (~won, ~(anyway & reached), ~engaged, ~anyway)
    best = np.lexsort((crowd, *(which[crowd] for which in reversed(order))))[:limit]
    return tuple(crowd[best].tolist())
