"""One world from the dice: its people, audiences and peers. Read-only once built, shared by all runs and threads."""

from __future__ import annotations

from simulator.dice import identity
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Creator, Plan
from simulator.scenario.schema import Scenario
from simulator.world.audiences import AudienceWish, build_audiences
from simulator.world.networks import generator
from simulator.world.people import activity_table, build_people
from simulator.world.world import World


def build_world(scenario: Scenario, plan: Plan, world: int) -> World:
    """World number `world` (from 0) of a scenario: the same for every arm, run, engine and machine."""
    draws = Draws(scenario.seed, world, 0)
    behavior, platform = scenario.behavior, scenario.platform
    topics = tuple(scenario.population.topics)
    shares = tuple(scenario.population.topics.values())
    brand_topic = topics.index(scenario.brand.topic)
    people = build_people(
        scenario.seed,
        world,
        plan.population,
        topic_shares=shares,
        brand_topic=brand_topic,
        topic_affinity_share=draws.number(behavior.topic_affinity_share),
        influence_correlation=draws.number(behavior.influence_correlation),
    )
    audiences = build_audiences(
        scenario.seed,
        world,
        people.topic,
        topic_shares=shares,
        brand_topic=brand_topic,
        trust_spread=draws.number(behavior.trust_spread),
        wishes=tuple(_wish(scenario, draws, topics, creator) for creator in plan.creators),
    )
    network = scenario.population.network
    numbers = {name: draws.number(number) for name, number in network.numbers.items()}
    peers = generator(network.kind)(scenario.seed, world, people.topic, people.rank, len(topics), numbers)
    return World(
        index=world,
        size=plan.population,
        people=people,
        audiences=audiences,
        network=peers,
        activity=activity_table(draws.number(platform.activity_correlation)),
        topic_share=shares[brand_topic],
        mean_peers=peers.peers.size / plan.population,
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


def _wish(scenario: Scenario, draws: Draws, topics: tuple[str, ...], creator: Creator) -> AudienceWish:
    return AudienceWish(
        name=creator.name,
        about=identity(creator.name),
        followers=creator.followers * real_share(scenario, draws, creator),
        topic=topics.index(creator.topic),
        focus=topic_focus(scenario, draws, creator),
        trust_prior=draws.curve(scenario.platform.trust_prior, creator.followers),
        topic_ceiling=draws.number(scenario.behavior.topic_ceiling),
    )
