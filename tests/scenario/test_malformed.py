"""Whatever is wrong with a file, the answer is its place and a remedy: no traceback, no delay, nothing written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from simulator.errors import InputProblems, Problem
from simulator.scenario.loader import load_campaign

# What replaces what in the faultless scenario; where the problem stands; what it must say.
WRONG = [
    ("budget:", "bugdet:", "4:1", "did you mean 'budget'?"),
    ("count:", "cuont:", "8:23", "did you mean 'count'?"),
    ("price: 80", "price: -5", "3:11", "give at least 0"),
    ("price: 80", "price: .nan", "3:11", "finite"),
    ("price: 80", "price: 1e400", "3:11", "finite"),
    ("price: 80", f"price: {'9' * 6000}", "3:11", "finite"),
    ("price: 80", "price: 1e300", "3:11", "give at most 1e+12"),
    ("price: 80", "price: eighty", "3:11", "give a number"),
    ("price: 80", "price: !!python/object/apply:os.system ['touch owned']", "3:18", "without '!'"),
    ("price: 80, ", "", "3:1", "product.price: is missing"),
    ("margin: 0.5", "margin: {pert: [0.7, 0.5, 0.3]}", "3:31", "write pert: [0.3, 0.5, 0.7]"),
    ("margin: 0.5", "margin: {pert: [0.7, 0.5]}", "3:31", "write pert: [low, mode, high]"),
    ("margin: 0.5", "margin: {prt: [0.3, 0.5, 0.7]}", "3:31", "did you mean 'pert'?"),
    ("margin: 0.5", "margin: {normal: {mean: 0.5, sdd: 0.1}}", "3:51", "did you mean 'sd'?"),
    ("margin: 0.5", "margin: {value: 0.5, pert: [0, 0.5, 1]}", "3:43", "give one of them"),
    ("margin: 0.5", "margin: {value: 0.5, varies: person}", "3:43", "once, platform, world"),
    ("margin: 0.5", "margin: {value: 0.5, unit: percent}", "3:43", "write unit: share"),
    ("margin: 0.5", "margin: {empirical: {file: none.csv, column: y}}", "3:43", "not found"),
    ("budget: 10000", "budget: 10000\nbudget: 20000", "5:1", "first in line 4"),
    ("budget: 10000", "budget: {uniform: [1, 2]}", "4:1", "give one number"),
    ("budget: 10000", "days: -3", "4:1", "give at least 1"),
    ("budget: 10000", "days: 1.5", "4:1", "a whole number"),
    ("budget: 10000", "runs: true", "4:1", "a whole number"),
    ("budget: 10000", "behavior: {code_use: 1.7}", "4:12", "give at most 1"),
    ("budget: 10000", "behavior: standart", "4:1", "did you mean 'standard'?"),
    ("budget: 10000", "platform: instagrm", "4:1", "did you mean 'instagram'?"),
    ("budget: 10000", "platform: {reach_rate: {rows: {abc: 1}}}", "4:32", "not a follower count"),
    ("budget: 10000", "population: {network: {kind: heavytailed}}", "4:24", "did you mean 'heavy_tailed'?"),
    ("budget: 10000", "population: {network: {exponnt: 2}}", "4:24", "did you mean 'exponent'?"),
    ("budget: 10000", "population: {topics: {beauty: 0.5, food: 0.4}}", "4:14", "sum to 0.9"),
    ("budget: 10000", "population: {size: 1000}", "4:14", "give at least 37,000"),
    ("budget: 10000", "tiers: latr", "4:1", "did you mean 'later'?"),
    ("budget: 10000", "tiers: {micro: [5, 3]}", "4:9", "not a range"),
    (
        "budget: 10000",
        "tiers: {micro: [10000, 60000], mid: [50000, null]}",
        "4:32",
        "within 'micro'; end micro at 50000",
    ),
    ("budget: 10000", "population: {network: {exponent: 1}}", "4:24", "give at least 1.01"),
    ("budget: 10000", "platform: {decay_shape: 0}", "4:12", "give at least 0.01"),
    ("budget: 10000", "platform: {real_share: 0}", "4:12", "give at least 0.001"),
    ("budget: 10000", "platform: {price_exponent: 100}", "4:12", "give at most 5"),
    ("posts: 1", "posts: 1, real_share: 0", "8:61", "give at least 0.001"),
    (
        "topic: beauty",
        "topic: beauty, handling_cost: {uniform: [40, 60]}",
        "2:24",
        "charged to the budget, so it must be known",
    ),
    ("price: 80", "price: 80, sample_cost: {pert: [1, 2, 3]}", "3:22", "give one number"),
    ("posts: 1", "posts: 1, engagement_rate: 0.2, reach_rate: 0.1", "8:61", "at most 0.09"),
    ("posts: 1", "posts: 1, engagement_rate: 0.5, real_share: 0.4", "8:61", "at most 0.36"),
    ("posts: 1", "posts: 1, reach_rate: 0.5, real_share: 0.4", "8:61", "at most 0.4"),
    ("budget: 10000", "extends: presets/mesured", "4:1", "did you mean 'presets/measured'?"),
    ("budget: 10000", "extends: case.yaml", "4:1", "circle"),
    ("version: 1", "version: 2", "1:1", "give 1"),
    ("topic: beauty", "topic: beaty", "2:9", "did you mean 'beauty'?"),
    ("tier: micro", "tier: mikro", "8:10", "did you mean 'micro'?"),
    ("tier: micro", "tier: macro", "8:33", "write tier: micro"),
    ("tier: micro, count: 2, followers: 50000, ", "", "8:9", "add followers, tier or roster"),
    ("flat_fee", "flat_free", "8:67", "flat_fee"),
    ("amount: 500", "amount: markt", "8:83", "did you mean 'market'?"),
    ("amount: 500", "amount: 6000", "6:3", "USD 2,100.00 too much; raise the budget to 12100"),
    ("budget: 10000", "mechanisms: {replies: {on: {a: 1}}}", "4:24", "valid boolean"),
    ("budget: 10000", "mechanisms: {replies: {on: [on]}}", "4:24", "valid boolean"),
    ("posts: 1", "posts: 0", "8:51", "write posts: 3"),
    ("posts: 1", "posts: [{day: 0}, {day: 30}]", "8:69", "0 to 29"),
    ("posts: 1", "posts: 1, engagement_rate: {uniform: [0.1, 0.2]}", "8:61", "give one number"),
    ("count: 2", "count: many", "8:23", "a whole number"),
    ("count: 2", "count: 0", "8:23", "give at least 1"),
    ("followers: 50000", "followers: 300000000", "8:33", "not micro"),
    ("  a:", "  no campaign:", "6:3", "reserved"),
    ("beauty}", "beauty", "3:8", "not YAML"),
    ("  a:", "\ta:", "6:1", "not YAML"),
]


@pytest.mark.parametrize(("old", "new", "place", "says"), WRONG, ids=[f"{new[:40]}" for _, new, *_ in WRONG])
def test_a_slip_is_reported_at_its_place_with_a_remedy(problems, base: str, tmp_path: Path, old, new, place, says):
    assert old in base
    first = problems(base.replace(old, new, 1))[0]
    assert (f"{first.line}:{first.column}", True) == (place, says in str(first)), str(first)
    assert first.file == str(tmp_path / "case.yaml")
    assert [tmp_path / "case.yaml"] == list(tmp_path.iterdir())


BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("# only a comment\n", "is empty"),
        ("- 1\n- 2\n", "not a mapping"),
        ("hello", "not a mapping"),
        ("a: 1\n---\nb: 2\n", "second document"),
        ("? [1, 2]\n: 3\n", "key must be a word"),
        ("a: \x01\n", "not YAML"),
        ("a: *b\n", "no anchor"),
        ("a: &a [*a]\n", "no anchor"),
        (BOMB, "expands"),
        ("a: " + "[" * 20_000, "nested deeper"),
        ("".join("  " * depth + "a:\n" for depth in range(300)), "nested deeper"),
        ("a: 1\n" * 60_000, "larger than"),
    ],
    ids=lambda text: text[:12],
)
def test_a_file_that_is_no_scenario_is_refused_at_once(problems, text: str, says: str) -> None:
    (problem,) = problems(text)
    assert says in problem.message


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "utf16.yaml"
    file.write_text("version: 1\n", encoding="utf-16")
    with pytest.raises(InputProblems, match="not UTF-8"):
        load_campaign(file)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "none.yaml", "not found"), (tmp_path, "cannot be read")):
        with pytest.raises(InputProblems, match=says):
            load_campaign(path)


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero")):
        with pytest.raises(InputProblems, match="not a regular file"):
            load_campaign(path)


def test_every_slip_of_one_part_is_reported(problems, base: str) -> None:
    text = base.replace("flat_fee, amount: 500", "flat_fe, amount: markt").replace(
        "posts: 1", "posts: 1, tracking: utn"
    )
    assert {"pay.kind", "pay.amount", "tracking"} == {p.path.removeprefix("arms.a.hire.0.") for p in problems(text)}


def test_an_arm_that_does_nothing_is_refused(problems, base: str) -> None:
    for arm in ("{}", "{hire: []}"):
        (found,) = problems(f"{base}  b: {arm}\n")
        assert ("arms.b", 9, True) == (found.path, found.line, "does nothing; 'no campaign' always" in found.message)


def test_stated_rates_may_reach_what_is_possible(campaign, base: str) -> None:
    rates = "engagement_rate: 0.27, reach_rate: 0.3, real_share: 0.3"
    assert 0.27 == campaign(base.replace("posts: 1", f"posts: 1, {rates}"))[1].creators[0].engagement_rate


def test_what_a_check_finds_is_placed_in_the_file_with_all_else(tmp_path: Path, base: str) -> None:
    (tmp_path / "case.yaml").write_text(base.replace("80", "-80") + "targets:\n  rio: x\n")
    with pytest.raises(InputProblems) as caught:
        load_campaign(
            tmp_path / "case.yaml", check=lambda scenario: [Problem(f"targets.{key}", "?") for key in scenario.targets]
        )
    assert [("product.price", 3), ("targets.rio", 10)] == [(found.path, found.line) for found in caught.value.problems]


def test_all_problems_are_reported_at_once_in_the_order_of_the_file(problems, base: str) -> None:
    text = base.replace("topic:", "topc: x, topic:").replace("80", "-80").replace("amount: 500", "amount: 6000")
    found = problems(text + "days: x\nrunz: 5\nbehavior: {code_use: 1.7}\n")
    assert ["brand.topc", "product.price", "arms.a", "days", "runz", "behavior.code_use"] == [p.path for p in found]


def test_a_broken_hire_hides_no_problem_of_another_arm(problems, base: str) -> None:
    text = base.replace("count: 2", "count: -2") + "  b: {paid_social: {spend: 20000}}\n"
    assert ["arms.a.hire.0.count", "arms.b"] == [problem.path for problem in problems(text)]


def test_aliases_that_expand_little_are_welcome(campaign, base: str) -> None:
    scenario, _ = campaign(base.replace("price: 80", "price: &price 80, sample_cost: *price"))
    assert scenario.product.sample_cost.value == 80.0


def places(tree: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(found for key, part in parts for found in places(part, (*path, key)))]


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["max", "market", "auto"]),
)
trees = st.recursive(junk, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


@given(data=st.data(), value=trees)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_replaced_part_leads_to_a_traceback(base: str, tmp_path: Path, data, value: object) -> None:
    yaml = YAML(typ="safe", pure=True)
    more = (
        "platform: {reach_rate: 0.2}\ntiers: later\npopulation: {size: auto, topics: [beauty]}\nroster: {file: x.csv}\n"
    )
    tree = yaml.load(base + more)
    *above, last = data.draw(st.sampled_from(places(tree)[1:]))
    part = tree
    for step in above:
        part = part[step]
    part[last] = value
    file = tmp_path / "fuzz.yaml"
    with file.open("w") as stream:
        yaml.dump(tree, stream)
    assert all(problem.message for problem in problems_of(file))


def problems_of(file: Path) -> tuple[Problem, ...]:
    """What the loader says of a file; anything but problems is an error of this test."""
    try:
        load_campaign(file)
    except InputProblems as error:
        return error.problems
    return ()
