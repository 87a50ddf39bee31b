"""Markets without a campaign, built straight from the dice; tolerances of four standard errors."""

from __future__ import annotations

from simulator.world.people import People, build_people

TOPICS = (0.3, 0.2, 0.1, 0.25, 0.15)
BRAND = 1


def market(size: int, *, seed: int = 3, world: int = 0, explained: float = 0.5, correlation: float = -0.3) -> People:
    """People of a market of five topics, of which the brand's is the second."""
    return build_people(
        seed, world, size,
        topic_shares=TOPICS, brand_topic=BRAND, topic_affinity_share=explained, influence_correlation=correlation,
    )  # fmt: skip
