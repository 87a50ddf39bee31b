"""One world from the dice: its people, audiences and peers. Read-only once built, shared by all runs and threads."""

from __future__ import annotations

from simulator.dice import identity
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Creator, Plan
from simulator.scenario.schema import Scenario
from simulator.world import shelf
from simulator.world.audiences import NO_MOTIVES, AudienceWish, Motives, build_audiences, build_motives
from simulator.world.peers import build_peers, known_by, mean_audience, shares_with, ties_of
from simulator.world.people import activity_table, build_people
from simulator.world.recipe import Recipe
from simulator.world.world import Parts, World


def build_world(scenario: Scenario, plan: Plan, world: int) -> World:
    """World number `world` (from 0) of a scenario: the same for every arm, run, engine and machine.

    A large one is taken from the shelf if it was built before, and put there if not.
    """
    recipe = recipe_of(scenario, plan, world)
    parts = shelf.find(recipe)
    if parts is None:
        parts = _parts(recipe)
        shelf.keep(recipe, parts)
    motives = _motives(recipe, parts) if scenario.mechanisms.persona.on else NO_MOTIVES
    return _world(recipe, parts, plan.people_per_agent, motives)


def recipe_of(scenario: Scenario, plan: Plan, world: int) -> Recipe:
    """What world number `world` of a scenario is made of: the only place that says what a world depends on."""
    draws = Draws(scenario.seed, world, 0)
    behavior, population = scenario.behavior, scenario.population
    topics = tuple(population.topics)
    ties = ties_of(population.network, topics, plan.agents, draws)
    return Recipe(
        seed=scenario.seed,
        world=world,
        size=plan.agents,
        topic_shares=shares_with(ties, tuple(population.topics.values())),
        brand_topic=topics.index(scenario.brand.topic),
        topic_affinity_share=draws.number(behavior.topic_affinity_share),
        influence_correlation=draws.number(behavior.influence_correlation),
        activity_correlation=draws.number(scenario.platform.activity_correlation),
        trust_spread=draws.number(behavior.trust_spread),
        ties=ties,
        wishes=tuple(_wish(scenario, draws, topics, creator, plan.people_per_agent) for creator in plan.creators),
    )


def build(recipe: Recipe) -> World:
    """The world of a recipe, always from the dice."""
    return _world(recipe, _parts(recipe))


def _parts(recipe: Recipe) -> Parts:
    people = build_people(
        recipe.seed,
        recipe.world,
        recipe.size,
        topic_shares=recipe.topic_shares,
        brand_topic=recipe.brand_topic,
        topic_affinity_share=recipe.topic_affinity_share,
        influence_correlation=recipe.influence_correlation,
        known=known_by(recipe.ties),
    )
    audiences = build_audiences(
        recipe.seed,
        recipe.world,
        people.topic,
        topic_shares=recipe.topic_shares,
        brand_topic=recipe.brand_topic,
        trust_spread=recipe.trust_spread,
        wishes=recipe.wishes,
    )
    network = build_peers(recipe.seed, recipe.world, people, len(recipe.topic_shares), recipe.ties)
    return Parts(people, audiences, network)


def _motives(recipe: Recipe, parts: Parts) -> Motives:
    """Why people follow: drawn anew each time, since few scenarios ask."""
    return build_motives(
        recipe.seed,
        recipe.world,
        parts.people.topic,
        parts.audiences,
        topic_shares=recipe.topic_shares,
        brand_topic=recipe.brand_topic,
        wishes=recipe.wishes,
    )


def _world(recipe: Recipe, parts: Parts, people_per_agent: int = 1, motives: Motives = NO_MOTIVES) -> World:
    """What was drawn or found, and what follows from it."""
    return World(
        index=recipe.world,
        size=recipe.size,
        people=parts.people,
        audiences=parts.audiences,
        network=parts.network,
        activity=activity_table(recipe.activity_correlation),
        topic_share=recipe.topic_shares[recipe.brand_topic],
        mean_peers=mean_audience(recipe.ties, parts.network),
        people_per_agent=people_per_agent,
        motives=motives,
    )


def real_share(scenario: Scenario, draws: Draws, creator: Creator) -> float:
    """Real people among a creator's followers: stated, or the reference of accounts of that size in this world."""
    if creator.real_share is not None:
        return creator.real_share
    return draws.curve(scenario.platform.real_share, creator.followers)


def topic_focus(scenario: Scenario, draws: Draws, creator: Creator) -> float:
    """Share of a creator's followers who follow for the topic: stated, or typical of that size."""
    if creator.focus is not None:
        return creator.focus
    return draws.curve(scenario.platform.topic_focus, creator.followers)


def _wish(
    scenario: Scenario, draws: Draws, topics: tuple[str, ...], creator: Creator, people_per_agent: int
) -> AudienceWish:
    return AudienceWish(
        name=creator.name,
        about=identity(creator.name),
        followers=creator.followers * real_share(scenario, draws, creator) / people_per_agent,
        topic=topics.index(creator.topic),
        focus=topic_focus(scenario, draws, creator),
        trust_prior=draws.curve(scenario.platform.trust_prior, creator.followers),
        topic_ceiling=draws.number(scenario.behavior.topic_ceiling),
    )
