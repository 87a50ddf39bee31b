"""Only runs on the same people and luck are compared; what keeps others apart is named with its remedy."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from simulator.decide.pairing import MOST_NAMED, check_paired, differences
from simulator.errors import InputProblems


@pytest.fixture(scope="session")
def manifest(played) -> dict[str, Any]:
    return json.loads((played("one folder") / "manifest.json").read_text())


def changed(manifest: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The manifest with one entry changed; path parts are parted by slashes."""
    other = copy.deepcopy(manifest)
    *way, last = path.split("/")
    part = other
    for key in way:
        part = part[key]
    assert part[last] != value
    part[last] = value
    return other


WORLDS = [
    ("scenario/seed", 8, "seed: 7 in a, 8 in b; set seed: 7 in all files"),
    ("scenario/worlds", 8, "worlds: 4 in a, 8 in b; set worlds: 4 in all files"),
    ("scenario/replicates", 1, "replicates: 2 in a, 1 in b; set replicates: 2 in all files"),
    ("scenario/design", "sobol", "design: random in a, sobol in b; set design: random in all files"),
    ("scenario/currency", "EUR", "currency: USD in a, EUR in b; another word alone would relabel the money: convert"),
    ("scenario/settle", 28, "days + settle: 28 days in a, 42 days in b; choose settle so that days + settle is 42 in"),
    ("scenario/population/topics/beauty", 0.5, "population.topics.beauty: 0.6 in a, 0.5 in b; give all files the same"),
    ("scenario/population/people_per_agent", 2, "population.people_per_agent: 1 in a, 2 in b; give all files the same"),
    ("scenario/population/network/kind", "scale_free", "population.network.kind: heavy_tailed in a, scale_free in b"),
    (
        "scenario/population/network/numbers/exponent/distribution", ["pert", 1.8, 2.0, 2.2],
        "population.network.exponent: 2 per world in a, pert(1.8, 2, 2.2) per world in b; give all files the same",
    ),
    ("versions/model", "0.2+abc", "in b; run them again with one version of the simulator"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "said"), WORLDS, ids=[path for path, *_ in WORLDS])
def test_another_world_is_refused_with_both_values_and_the_remedy(
    manifest: dict[str, Any], path: str, value: Any, said: str
) -> None:
    found = differences([manifest, changed(manifest, path, value)])
    assert ["world"] == [each.kind for each in found]
    with pytest.raises(InputProblems) as refused:
        check_paired(["a", "b"], found, across_beliefs=True)
    first, second = str(refused.value).split("\n")
    assert "a and b: cannot be compared run by run: they were not played on the same people and luck" == first
    assert said in second


def test_markets_that_auto_resolved_apart_are_refused_and_the_larger_one_is_proposed(manifest: dict[str, Any]) -> None:
    small = changed(manifest, "population/rule", "auto: no creator needs more")
    large = changed(small, "population/people", 5200)
    (found,) = differences([small, large])
    said = "population.size: auto resolved to 4,000 in a, auto resolved to 5,200 in b; "
    assert f"{said}set population.size: 5200 in all files" == str(found.problem(["a", "b"]))


def test_a_market_counts_by_its_people_however_it_was_stated(manifest: dict[str, Any]) -> None:
    assert [] == differences([manifest, changed(manifest, "scenario/population/size", "auto")])


def test_what_was_played_by_an_unknown_model_is_not_paired(manifest: dict[str, Any]) -> None:
    old = copy.deepcopy(manifest)
    del old["versions"]["model"]
    assert ["model"] == [each.path for each in differences([manifest, old])]
    assert ["model"] == [each.path for each in differences([old, old])]


REACH = [
    ["pert", 0.08, 0.25, 0.45], ["pert", 0.06, 0.18, 0.32], ["pert", 0.04, 0.14, 0.25], ["pert", 0.035, 0.12, 0.22],
    ["pert", 0.03, 0.09, 0.19],
]  # fmt: skip
BELIEFS = [
    ("scenario/behavior/halo/distribution", ["fixed", 8.0], r"behavior\.halo: lognormal\(3, 0\.9\) in a, 8 in b"),
    ("scenario/behavior/halo/varies", "influencer", r"lognormal\(3, 0\.9\) per influencer in b"),
    (
        "scenario/platform/reach_rate/rows",
        [["fixed", 0.5], *REACH[1:]],
        r"reach_rate: 3162: pert\(0.08, 0.25, 0.45\) in a, 3162: 0.5 in b;",
    ),
    ("scenario/reference_followers", 10_000, "reference_followers: .* in a, 10000 in b"),
    ("scenario/mechanisms_at", "modes", "mechanisms_at: ranges in a, modes in b"),
]


@pytest.mark.parametrize(("path", "value", "said"), BELIEFS, ids=[path for path, *_ in BELIEFS])
def test_another_belief_is_refused_unless_it_is_asked_for(
    manifest: dict[str, Any], path: str, value: Any, said: str
) -> None:
    found = differences([manifest, changed(manifest, path, value)])
    assert ["belief"] == [each.kind for each in found]
    with pytest.raises(InputProblems) as refused:
        check_paired(["a", "b"], found)
    told = str(refused.value)
    assert re.search(said, told)
    assert "not played on the same beliefs" in told
    assert "compare with --across-beliefs" in told
    check_paired(["a", "b"], found, across_beliefs=True)


PLANS = [
    ("scenario/product/price/distribution", ["fixed", 60.0], ("product.price", "40", "60")),
    ("scenario/product/margin/distribution", ["uniform", 0.4, 0.6], ("product.margin", "0.5", "uniform(0.4, 0.6)")),
    ("scenario/brand/topic", "other", ("brand.topic", "beauty", "other")),
    ("scenario/budget/distribution", ["fixed", 500.0], ("budget", "300", "500")),
    ("scenario/budget", None, ("budget", "300", "nothing")),
    ("scenario/platform/name", "tiktok", ("platform", "instagram", "tiktok")),
]


@pytest.mark.parametrize(("path", "value", "listed"), PLANS, ids=[path for path, *_ in PLANS])
def test_another_plan_is_what_is_compared(manifest: dict[str, Any], path: str, value: Any, listed: Any) -> None:
    (found,) = differences([manifest, changed(manifest, path, value)])
    assert ("plan", *listed) == (found.kind, found.path, *found.values)
    check_paired(["a", "b"], [found])


def test_days_of_posting_are_a_plan_as_long_as_as_many_days_are_observed(manifest: dict[str, Any]) -> None:
    shorter = changed(changed(manifest, "scenario/days", 10), "scenario/settle", 18)
    assert [("days", "plan")] == [(each.path, each.kind) for each in differences([manifest, shorter])]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("scenario/name", "another"), ("scenario/behavior/halo/source", "elsewhere"),
        ("scenario/behavior/halo/grade", "measured"), ("scenario/behavior/halo/high", 99.0),
        ("scenario/platform/title", "the same by another name"), ("scenario/arms", {}),
        ("scenario/targets", {"roi": ">= 1"}),
        ("scenario/indifference", 3.0), ("engine", "mesa"), ("executor", "serial:2"), ("counts/runs", 7),
    ],
)  # fmt: skip
def test_what_changes_no_run_is_no_difference(manifest: dict[str, Any], path: str, value: Any) -> None:
    assert [] == differences([manifest, changed(manifest, path, value)])


def test_numbers_of_a_mechanism_that_is_off_are_no_difference(manifest: dict[str, Any]) -> None:
    mechanisms = manifest["scenario"]["mechanisms"]
    name, number = next(
        (name, number)
        for name, mechanism in mechanisms.items()
        if mechanism.get("on") is False
        for number, value in mechanism.items()
        if isinstance(value, dict) and "distribution" in value
    )
    place = f"scenario/mechanisms/{name}"
    other = changed(manifest, f"{place}/{number}/distribution", ["fixed", 0.123])
    assert [] == differences([manifest, other])
    on = changed(manifest, f"{place}/on", True), changed(other, f"{place}/on", True)
    assert ["belief"] == [each.kind for each in differences(on)]
    (switch,) = differences([manifest, on[0]])
    assert ("belief", f"mechanisms.{name}.on", ("no", "yes")) == (switch.kind, switch.path, switch.values)


def test_three_results_are_told_apart_by_all_their_values(manifest: dict[str, Any]) -> None:
    third = changed(manifest, "scenario/seed", 9)
    (found,) = differences([manifest, manifest, third])
    assert "seed: 7 in a, 7 in b, 9 in c; set seed: 7 in all files" == str(found.problem(["a", "b", "c"]))


def test_worlds_come_first_and_no_more_is_named_than_anybody_reads(manifest: dict[str, Any]) -> None:
    other = changed(manifest, "scenario/seed", 8)
    for number in other["scenario"]["behavior"].values():
        if isinstance(number, dict):
            number["distribution"] = ["fixed", 0.123]
    found = differences([manifest, other])
    with pytest.raises(InputProblems) as refused:
        check_paired(["a", "b"], found)
    head, seed, *numbers, rest = [str(problem) for problem in refused.value.problems]
    assert seed.startswith("seed: 7 in a, 8 in b")
    assert MOST_NAMED - 1 == len(numbers)
    assert f"{len(found) - MOST_NAMED} more numbers differ; mend these first" == rest
    assert "people and luck" in head


def test_what_a_real_run_drew_is_the_same_where_runs_are_paired(played) -> None:
    """The promise behind pairing: numbers drawn in run 17 are the same in both folders, whatever the plans."""
    import pyarrow.parquet as pq

    folders: list[Path] = [played("one folder"), played("dear", "product.price=60", runs=80)]
    tables = [pq.read_table(folder / "runs.parquet").to_pandas() for folder in folders]
    drawn = [name for name in tables[0].columns if name.startswith("param.")]
    one, dear = (table[(table.arm == "one") & (table.run <= 60)][drawn].reset_index(drop=True) for table in tables)
    assert len(drawn) > 10
    assert one.equals(dear)
