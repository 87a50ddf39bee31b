"""One run of one arm: brief the campaign, let it play, add up the outcome. The door to both engines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from simulator.campaign.brief import Brief, brief_run
from simulator.engines.adding_up import outcome
from simulator.engines.custom_rules import named_if_failing, put_in_force
from simulator.engines.followers_compiled import CompiledFollowers, RoomFull
from simulator.engines.model import CampaignModel, Played
from simulator.engines.room import Room
from simulator.errors import RuleError
from simulator.results.outcome import Outcome
from simulator.scenario.draws import Draws, draws_of
from simulator.scenario.offers import ArmPlan, Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world
from simulator.world.world import World

Engine = Literal["compiled", "mesa"]
Scratch = Room


def play(scenario: Scenario, world: World, arm: ArmPlan, run: int, engine: Engine, scratch: Scratch) -> Outcome:
    """Play one arm in one run (from 1) of a world. `scratch` belongs to the calling thread; Mesa needs none.

    Raises RuleError when a rule leaves its range, or when one of the scenario's own fails.
    """

    def form(brief: Brief) -> Played:
        return play_mesa(brief, world) if engine == "mesa" else play_compiled(brief, world, scratch)

    return play_as(form, scenario, world, arm, draws_of(scenario, world.index, run))


def play_as(form: Callable[[Brief], Played], scenario: Scenario, world: World, arm: ArmPlan, draws: Draws) -> Outcome:
    """Play one arm with these draws, followers in whatever form. Raises RuleError as `play` does."""
    put_in_force(scenario.custom_rules)
    brief = brief_run(scenario, world, arm, draws)
    with named_if_failing(scenario.custom_rules, f"run {draws.run}, world {world.index}, arm {arm.name!r}"):
        played = form(brief)
    return outcome(scenario, world, arm, brief, played, draws)


def play_compiled(brief: Brief, world: World, room: Room) -> Played:
    """Play with compiled followers, again from the start whenever a list turns out too short."""
    while True:
        model = CampaignModel(brief)
        try:
            return model.play(CompiledFollowers(brief, world, room))
        except RoomFull:
            room.grow()
        finally:
            model.close()


def play_mesa(brief: Brief, world: World) -> Played:
    """Play with followers as Mesa agents."""
    from simulator.engines.followers_mesa import MesaFollowers

    model = CampaignModel(brief)
    try:
        return model.play(MesaFollowers(model, brief, world))
    finally:
        model.close()


def warm_up(scenario: Scenario, plan: Plan) -> None:
    """Compile all kernels, or load them from the cache, by playing the plan once in a village."""
    put_in_force(scenario.custom_rules)
    village = build_world(scenario, replace(plan, population=200 * plan.people_per_agent), 0)
    for arm in plan.arms:
        with suppress(RuleError):  # a run that fails says so itself
            play(scenario, village, arm, 1, "compiled", Room())
