"""One run looked at closely: who is worth watching in it, and what they were asked, day by day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from simulator.engines import columns as c
from simulator.engines.model import CampaignModel, Played
from simulator.engines.play import play_as
from simulator.engines.watching import Watch, watched_draws
from simulator.results.outcome import Outcome
from simulator.scenario.draws import draws_of
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario
from simulator.world.world import World

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief
    from simulator.engines.followers_mesa import MesaFollowers
    from simulator.engines.watched import Day

Opened = Callable[[CampaignModel, "Brief"], "MesaFollowers"]


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
    return play_as(
        lambda brief: _played(brief, lambda model, brief: WatchedFollowers(model, brief, world, draws, tell)),
        scenario,
        world,
        arm,
        draws,
    )


def worth_watching(
    scenario: Scenario, world: World, arm: ArmPlan, run: int, *, among: Collection[int] | None, limit: int
) -> tuple[int, ...]:
    """At most `limit` people: first who orders because of the campaign, then who engages alone.

    Among those who order, who engages too comes first; equals stand by number. Of those `among`, if they are given,
    others follow until the limit is reached.
    """
    from simulator.engines.followers_mesa import MesaFollowers

    opened: list[MesaFollowers] = []

    def form(brief: Brief) -> Played:
        def followers(model: CampaignModel, brief: Brief) -> MesaFollowers:
            opened.append(MesaFollowers(model, brief, world))
            return opened[0]

        return _played(brief, followers)

    play_as(form, scenario, world, arm, draws_of(scenario, world.index, run))
    society = opened[0].society
    engaged = {who for _, who in society.met}
    ordered = [bool(mark & c.BOUGHT) for mark in society.marks.tolist()]
    crowd = range(world.size) if among is None else sorted(among)
    kept = [who for who in crowd if among is not None or ordered[who] or who in engaged]
    return tuple(sorted(kept, key=lambda who: (not ordered[who], who not in engaged, who))[:limit])


def _played(brief: Brief, followers: Opened) -> Played:
    model = CampaignModel(brief)
    try:
        return model.play(followers(model, brief))
    finally:
        model.close()
