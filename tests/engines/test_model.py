"""The campaign as a Mesa model: real agents, no chance but keyed dice, and nothing left behind."""

from __future__ import annotations

import gc
import math
import weakref

import mesa
import pytest
from campaigns import Campaign

from simulator.campaign.brief import brief_run
from simulator.campaign.scandals import Scandals
from simulator.engines.calendar import stretches
from simulator.engines.followers_mesa import MesaFollowers
from simulator.engines.model import CampaignModel
from simulator.engines.play import play, play_compiled
from simulator.engines.room import Room
from simulator.errors import RuleError
from simulator.scenario.draws import Draws
from simulator.world.build import build_world

TWO_POSTS = (
    "\narms: {one: {hire: [{followers: 2000, posts: [{day: 3}, {day: 9}], "
    "pay: {kind: flat_fee, amount: equal_share}}]}}\n"
)


@pytest.fixture
def brief_and_world(campaign: Campaign):
    scenario, plan = campaign(TWO_POSTS)
    world = build_world(scenario, plan, 0)
    return brief_run(scenario, world, plan.arms[1], Draws(scenario.seed, 0, 1)), world


def test_brand_influencers_and_followers_are_mesa_agents(brief_and_world) -> None:
    brief, world = brief_and_world
    model = CampaignModel(brief)
    followers = MesaFollowers(model, brief, world)
    everybody = [model.brand, *model.influencers, *followers.people]
    assert all(isinstance(agent, mesa.Agent) for agent in everybody)
    assert len(everybody) == len(model.agents)
    model.close()


def test_mesa_generators_are_out_of_reach(brief_and_world) -> None:
    model = CampaignModel(brief_and_world[0])
    for generator, throw in ((model.random, "random"), (model.rng, "normal"), (model.agents, "shuffle_do")):
        with pytest.raises(RuntimeError, match="keyed dice"):
            getattr(generator, throw)("act")
    model.close()


def test_a_closed_model_is_freed(brief_and_world) -> None:
    brief, world = brief_and_world
    alive = []
    for _ in range(5):
        model = CampaignModel(brief)
        model.play(MesaFollowers(model, brief, world))
        model.close()
        alive.append(weakref.ref(model))
        del model
    gc.collect()
    assert [None] * 5 == [reference() for reference in alive]


def test_stretches_begin_where_somebody_decides(brief_and_world) -> None:
    assert [(0, 3), (3, 9), (9, 34)] == list(stretches(brief_and_world[0]))


def test_a_room_that_was_used_before_changes_nothing(campaign: Campaign) -> None:
    """Epoch stamps, their overflow, and lists that had to grow: always the outcome of a fresh room."""
    scenario, plan = campaign(TWO_POSTS, "behavior.share_given_engaged=0.9", "behavior.reproduction=0.9")
    world = build_world(scenario, plan, 0)
    used = Room()
    for run in range(1, 6):
        fresh = play(scenario, world, plan.arms[1], run, "compiled", Room())
        assert fresh.tally == play(scenario, world, plan.arms[1], run, "compiled", used).tally
    small = Room()
    small.list_room = 1
    assert fresh.tally == play(scenario, world, plan.arms[1], 5, "compiled", small).tally
    assert small.list_room > 1


def test_a_rule_that_leaves_its_range_stops_the_run_and_shows_its_facts(brief_and_world) -> None:
    """A NaN coefficient: both engines name the run, the meeting and the numbers, in the same words."""
    brief, world = brief_and_world
    object.__setattr__(brief, "response", brief.response._replace(fit_on_engage=float("nan")))
    place = r"outside \[0, 1\] in run 1, world 0, day 3: person \d+ .* met post 0 of its author.*fit_on_engage=nan"
    with pytest.raises(RuleError, match=place) as compiled:
        play_compiled(brief, world, Room())
    model = CampaignModel(brief)
    with pytest.raises(RuleError, match=place) as plain:
        model.play(MesaFollowers(model, brief, world))
    model.close()
    assert str(plain.value) == str(compiled.value)


def test_a_broken_rule_is_shown_with_the_facts_of_that_day(brief_and_world) -> None:
    """A scandal on day 3 has halved the name by the time the first post is met."""
    brief, world = brief_and_world
    object.__setattr__(brief, "response", brief.response._replace(fit_on_engage=float("nan")))
    object.__setattr__(brief, "scandals", Scandals((3,), 0.5, 0.0, 15.0))
    with pytest.raises(RuleError, match=r"standing=0\.5"):
        play_compiled(brief, world, Room())


def test_memory_stays_flat(campaign: Campaign) -> None:
    """Objects that outlive a run would pile up over hundreds of runs."""
    scenario, plan = campaign(TWO_POSTS)
    world, room = build_world(scenario, plan, 0), Room()

    def objects_after(runs: range) -> int:
        for run in runs:
            play(scenario, world, plan.arms[1], run, "compiled", room)
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(range(1, 60))
    assert objects_after(range(60, 360)) - before < 200


def test_a_post_may_be_seen_for_a_year(campaign: Campaign) -> None:
    """Ages beyond a byte: slow decay spreads views over 365 days, and both engines see them on the same ones."""
    scenario, plan = campaign(
        TWO_POSTS,
        "platform.lifetime_days=365",
        "platform.decay_shape=1",
        "platform.decay_scale_hours=4000",
        "settle=400",
    )
    world = build_world(scenario, plan, 0)
    compiled, mesa_form = (play(scenario, world, plan.arms[1], 1, engine, Room()) for engine in ("compiled", "mesa"))
    assert compiled.tally == mesa_form.tally
    assert (compiled.daily == mesa_form.daily).all()
    impressions = compiled.daily[:, 0]
    assert impressions[9 + 365 :].sum() == 0
    left = [math.exp(-24.0 * age / 4000.0) for age in (270 - 3, 270 - 9, 365)]  # of a post's views after so many days
    share = ((left[0] + left[1]) / 2.0 - left[2]) / (1.0 - left[2])
    error = math.sqrt(share * (1.0 - share) / impressions.sum())
    assert abs(impressions[270:].sum() / impressions.sum() - share) < 4.0 * error
