"""Recipes of small worlds, for tests."""

from __future__ import annotations

from dataclasses import replace

from simulator.world.audiences import AudienceWish
from simulator.world.recipe import Recipe, Ties

WISH = AudienceWish("a#1", about=1, followers=900.0, topic=0, focus=0.5, trust_prior=0.4, topic_ceiling=0.8)
RECIPE = Recipe(
    seed=7,
    world=0,
    size=3000,
    topic_shares=(0.25, 0.75),
    brand_topic=0,
    topic_affinity_share=0.5,
    influence_correlation=-0.3,
    activity_correlation=0.3,
    trust_spread=0.2,
    ties=Ties("heavy_tailed", (("exponent", 2.0), ("homophily", 0.4), ("mean_peers", 5.0), ("most_peers", 99.0))),
    wishes=(WISH,),
)
NO_PEERS = (*RECIPE.ties.numbers[:2], ("mean_peers", 0.0), ("most_peers", 99.0))
LONELY = replace(RECIPE, ties=Ties("heavy_tailed", NO_PEERS))
