"""What a world depends on stands in its recipe, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import pytest
from campaigns import ONE, Campaign
from recipes import RECIPE, WISH

from simulator.world.build import recipe_of
from simulator.world.recipe import Recipe, Ties


@pytest.mark.parametrize(
    "changes",
    [
        ("runs=3",), ("days=5", "settle=1"), ("product.price=12",), ("budget=5000",), ("brand.handling_cost=1",),
        ("arms.one.hire.0.posts=3",), ("arms.one.hire.0.engagement_rate=0.1",), ("behavior.halo=9",), ("worlds=2",),
        ("platform.click_rate=0.5",), ("brand.objective=awareness",), ("name=other",),
    ],
)  # fmt: skip
def test_what_no_world_depends_on_stands_in_no_recipe(campaign: Campaign, changes: tuple[str, ...]) -> None:
    assert recipe_of(*campaign(), 3) == recipe_of(*campaign(ONE, *changes), 3)


@pytest.mark.parametrize(
    "change",
    [
        "seed=8", "population.size=3001", "brand.topic=food", "population.topics.beauty=0.2",
        "population.network.exponent=2.1", "behavior.topic_affinity_share=0.1", "behavior.influence_correlation=0",
        "behavior.trust_spread=0.1", "behavior.topic_ceiling=0.5", "platform.activity_correlation=0.1",
        "platform.real_share=0.5", "platform.topic_focus=0.5", "platform.trust_prior=0.5",
        "arms.one.hire.0.followers=2001", "arms.one.hire.0.topic=food", "arms.one.hire.0.focus=0.1",
        "arms.one.hire.0.key=other",
    ],
)  # fmt: skip
def test_what_a_world_depends_on_stands_in_its_recipe(campaign: Campaign, change: str) -> None:
    topics = "population.topics={beauty: 0.3, food: 0.7}"
    change = "population.topics={beauty: 0.2, food: 0.8}" if "topics" in change else change
    before, after = recipe_of(*campaign(ONE, topics), 3), recipe_of(*campaign(ONE, topics, change), 3)
    assert before != after
    assert before.text() != after.text()


def test_numbers_that_vary_by_world_make_recipes_that_differ_by_more_than_the_world(campaign: Campaign) -> None:
    case = campaign()
    assert recipe_of(*case, 0).wishes != recipe_of(*case, 1).wishes  # real shares vary


@pytest.mark.parametrize("name", [each.name for each in fields(Recipe)])
def test_every_field_counts_in_the_text(name: str) -> None:
    value = getattr(RECIPE, name)
    other = {
        "topic_shares": (0.5, 0.5),
        "ties": replace(RECIPE.ties, numbers=(("exponent", 2.0000000000000004), *RECIPE.ties.numbers[1:])),
        "wishes": (WISH._replace(followers=900.0000000000001),),
    }
    changed = replace(RECIPE, **{name: other[name] if name in other else value + 1})
    assert RECIPE.text() != changed.text()


def test_where_something_is_found_does_not_count() -> None:
    @dataclass(frozen=True)
    class Elsewhere(Ties):
        path: str = field(default="", compare=False)

    one, other = (replace(RECIPE, ties=Elsewhere("file", path=path)) for path in ("/a", "/b"))
    assert one == other
    assert one.text() == other.text()
