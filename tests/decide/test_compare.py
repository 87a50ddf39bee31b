"""Choices of several folders are one experiment with more arms; of one folder, they are its own answer."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from simulator.decide import together
from simulator.decide.compare import compare
from simulator.errors import InputProblems, ResultsError
from simulator.results.statistics import tail_mean

OTHER_ARM = ("five: {hire: [{followers: 400, count: 5", "four: {hire: [{followers: 500, count: 4")


@pytest.fixture(scope="session")
def one(played) -> Path:
    return played("one folder")


@pytest.fixture(scope="session")
def dear(played) -> Path:
    """The same scenario at another price, and with more runs."""
    return played("dear", "product.price=60", runs=80)


def summary_of(folder: Path) -> dict:
    return json.loads((folder / "summary.json").read_text())


def profits(folder: Path, arm: str, runs: int = 60) -> np.ndarray:
    table = pq.read_table(folder / "runs.parquet")
    return table.filter(pc.equal(table["arm"], arm))["profit"].to_numpy()[:runs]


def row(comparison, arm: str):
    (found,) = [each for each in comparison.content["arms"] if each["arm"] == arm]
    return found


def test_one_folder_alone_gives_the_very_numbers_of_its_answer(one: Path) -> None:
    found, summary = compare(one).content, summary_of(one)
    assert summary["pairs"] == found["pairs"]
    assert [arm["arm"] for arm in summary["arms"]] == [arm["arm"] for arm in found["arms"]]
    for own, compared in zip(summary["arms"], found["arms"], strict=True):
        assert own["p_best"] == compared["p_best"]
        assert own["regret"] == compared["regret"]
        assert own["profit_var05"] == compared["profit_var05"]
        assert own["profit_cvar05"] == compared["profit_cvar05"]["value"]
        assert own["versus_no_campaign"] == compared["profit"]
        assert own["metrics"]["cost"]["value"] == compared["cost"]["value"]
    for key in ("decision", "arm", "contenders", "sentence", "indifference", "conditional_on"):
        assert summary["verdict"][key] == found["verdict"][key]


def test_what_the_best_campaign_hangs_on_is_told_of_its_own_folder(one: Path, dear: Path) -> None:
    told = compare([one, dear]).summary["verdict"]["conditional_on"]
    assert told == summary_of(dear)["verdict"]["conditional_on"].replace("one pays", "one (dear) pays")


def test_a_design_in_lanes_is_compared_as_it_was_summed_up(played) -> None:
    folder = played("lanes", "design=latin_hypercube", "worlds=8", runs=64)
    found, summary = compare(folder).content, summary_of(folder)
    assert summary["pairs"] == found["pairs"]
    assert [arm["p_best"] for arm in summary["arms"]] == [arm["p_best"] for arm in found["arms"]]


def test_arms_of_two_folders_are_paired_run_by_run(one: Path, dear: Path) -> None:
    pairs = compare([one, dear]).pairs
    ((_, pair),) = pairs[
        (pairs.metric == "profit") & (pairs.arm == "one (one folder)") & (pairs.other == "one (dear)")
    ].iterrows()
    gap = profits(one, "one") - profits(dear, "one")
    assert np.mean(gap) == pytest.approx(pair.difference)
    assert np.mean((gap > 0) + 0.5 * (gap == 0)) == pytest.approx(pair.p_better)
    assert pair.correlation > 0.9  # the same people buy


def test_the_best_is_sought_among_all_choices_of_all_folders(one: Path, dear: Path) -> None:
    found = compare([one, dear])
    every = np.array([np.zeros(60), *(profits(folder, arm) for folder in (one, dear) for arm in ("one", "five"))])
    most = np.max(every, axis=0)
    best = every == most
    names = ["no campaign", "one (one folder)", "five (one folder)", "one (dear)", "five (dear)"]
    assert names == list(found.table.arm)
    assert np.mean(best / best.sum(axis=0), axis=1) == pytest.approx(list(found.table.p_best))
    assert np.mean(most - every, axis=1) == pytest.approx(list(found.table.regret))
    assert [tail_mean(each) for each in every] == pytest.approx(list(found.table.profit_cvar05))


def test_only_runs_that_all_folders_have_are_used_and_that_is_said(one: Path, dear: Path, played) -> None:
    found = compare([one, dear]).content
    assert 60 == found["runs"]
    assert ["dear: 60 of its 80 runs are used, those that all results have"] == [
        note for note in found["notes"] if "runs are used" in note
    ]
    short = compare([one, played("short/dear", "product.price=60")]).content
    assert found["pairs"] == short["pairs"]
    assert [each["p_best"] for each in found["arms"]] == [each["p_best"] for each in short["arms"]]


def test_runs_that_failed_in_one_folder_are_left_out_of_all(one: Path, dear: Path, tmp_path: Path) -> None:
    holed = tmp_path / "holed"
    shutil.copytree(dear, holed)
    for name in ("runs", "influencers"):
        table = pq.read_table(dear / f"{name}.parquet")
        pq.write_table(table.filter(pc.not_equal(table["run"], 3)), holed / f"{name}.parquet")
    manifest = json.loads((holed / "manifest.json").read_text())
    manifest["counts"]["failed"] = 1
    (holed / "manifest.json").write_text(json.dumps(manifest))
    found = compare([one, holed])
    kept = np.arange(60) != 2
    assert 59 == found.content["runs"]
    assert np.mean(profits(one, "one")[kept]) == pytest.approx(row(found, "one (one folder)")["profit"]["value"])
    assert "holed: 1 run failed and is left out" in found.content["notes"]


def test_an_arm_that_is_the_same_in_both_is_shown_once(one: Path, played) -> None:
    found = compare([one, played("four", instead=OTHER_ARM)]).content
    assert ["no campaign", "one", "five", "four"] == [arm["arm"] for arm in found["arms"]]
    assert "one is the same in one folder and four, and shown once" in found["notes"]
    assert [] == found["differs"]


def test_doing_nothing_is_one_choice_and_what_it_hides_is_said(one: Path, dear: Path, played) -> None:
    (note,) = [note for note in compare([one, dear]).content["notes"] if note.startswith("without a campaign")]
    assert "dear earns otherwise than one folder" in note
    alike = compare([one, played("handled", "brand.handling_cost=7")]).content
    assert 1 == [arm["own_name"] for arm in alike["arms"]].count("no campaign")
    assert not [note for note in alike["notes"] if note.startswith("without a campaign")]


def test_folders_of_one_name_are_told_apart_by_their_paths(one: Path, tmp_path: Path, dear: Path) -> None:
    namesake = tmp_path / one.name
    shutil.copytree(dear, namesake)
    names = list(compare([one, namesake]).table.arm)
    assert f"one ({one})" in names
    assert f"one ({namesake})" in names


def test_the_same_scenario_twice_is_nothing_to_compare(one: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(one, again)
    for twice in ([one, one], [one, again]):
        with pytest.raises(InputProblems, match="holds the same scenario as"):
            compare(twice)


def test_a_partial_answer_is_compared_and_called_so(one: Path, tmp_path: Path) -> None:
    partial = tmp_path / "partial"
    shutil.copytree(one, partial)
    manifest = json.loads((partial / "manifest.json").read_text())
    (partial / "manifest.json").write_text(json.dumps(manifest | {"state": "partial"}))
    assert "partial: a partial answer, stopped before all runs were played" in compare(partial).content["notes"]


def test_nothing_is_nothing_to_compare() -> None:
    with pytest.raises(InputProblems, match="give at least one results folder"):
        compare([])


def test_a_folder_without_results_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="holds no results"):
        compare(tmp_path)


def test_a_folder_of_an_older_version_is_to_be_run_again(one: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(one, old)
    pq.write_table(pq.read_table(one / "runs.parquet").drop_columns(["emv"]), old / "runs.parquet")
    with pytest.raises(ResultsError, match="another version of the simulator wrote it; run it again"):
        compare(old)


def test_folders_without_a_run_in_common_are_refused(one: Path, dear: Path, tmp_path: Path) -> None:
    late = tmp_path / "late"
    shutil.copytree(dear, late)
    for name in ("runs", "influencers"):
        table = pq.read_table(dear / f"{name}.parquet")
        pq.write_table(table.filter(pc.greater(table["run"], 60)), late / f"{name}.parquet")
    with pytest.raises(InputProblems, match="have no run in common"):
        compare([one, late])


def test_between_different_beliefs_there_is_no_verdict(one: Path, played) -> None:
    hopeful = played("hopeful", "behavior.halo=8")
    with pytest.raises(InputProblems, match=r"behavior\.halo"):
        compare([one, hopeful])
    verdict = compare([one, hopeful], across_beliefs=True).summary["verdict"]
    assert ("incomparable", None, []) == (verdict["decision"], verdict["arm"], verdict["contenders"])
    assert "" == verdict["conditional_on"]
    assert "believe different numbers (behavior.halo)" in verdict["sentence"]


def test_targets_of_the_scenarios_and_stated_ones_have_their_probabilities(one: Path, played) -> None:
    aimed = played("aimed", "targets.profit='> -290'", "product.price=50")
    found = compare([one, aimed], targets=["roi >= -0.9", "profit > -290"]).content
    assert ["profit > -290", "roi >= -0.9"] == list(found["arms"][1]["targets"])
    met = row(compare([one, aimed]), "one (one folder)")["targets"]["profit > -290"]
    assert np.mean(profits(one, "one") > -290) == pytest.approx(met["value"])
    assert found["arms"][0]["targets"]["roi >= -0.9"] is None  # nothing spent, no ROI


def test_the_largest_difference_that_counts_as_equal_counts(one: Path, played) -> None:
    generous = played("generous", "indifference=40", "product.price=45")
    found = compare([one, generous]).content
    assert 40.0 == found["verdict"]["indifference"]
    assert any("below the largest, 40.0 USD" in note for note in found["notes"])


def test_what_would_settle_it_names_every_folder_and_the_comparison(one: Path, dear: Path) -> None:
    verdict = compare([one, dear]).summary["verdict"]
    assert "undecided" == verdict["decision"]
    *runs, again = verdict["next_commands"]
    assert [str(one), str(dear)] == [command.split("--out ")[1].split(" --runs")[0].strip("'") for command in runs]
    assert "--set product.price=60" in runs[1]
    assert f"simulator compare '{one}' {dear}" == again


def test_where_no_more_runs_are_asked_for_the_comparison_is_not_repeated(
    one: Path, dear: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "next_command", lambda _judgment, _worlds, request: f"simulator explain {request}")
    next_commands = compare([one, dear]).content["verdict"]["next_commands"]
    assert [True, True] == [command.startswith("simulator explain ") for command in next_commands]


def test_a_single_folder_of_an_unknown_model_is_shown_but_paired_with_nothing(
    one: Path, dear: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(one, old)
    manifest = json.loads((old / "manifest.json").read_text())
    del manifest["versions"]["model"]
    (old / "manifest.json").write_text(json.dumps(manifest))
    assert summary_of(one)["pairs"] == compare(old).content["pairs"]
    with pytest.raises(InputProblems, match="run them again with one version"):
        compare([old, dear])


def test_the_comparison_that_is_proposed_asks_what_was_asked(one: Path, dear: Path) -> None:
    required = "p_best(one (dear)) > 0.5"
    asked = compare([one, dear], targets=["roi >= 0.2"], requirements=[required], across_beliefs=True)
    options = f"--target 'roi >= 0.2' --require '{required}' --across-beliefs"
    assert f"simulator compare '{one}' {dear} {options}" == asked.content["verdict"]["next_commands"][-1]


def test_frames_hold_what_the_content_holds(one: Path) -> None:
    found = compare(str(one), targets=["roi >= 0"])
    table = found.table.set_index("arm")
    assert row(found, "five")["profit"]["low"] == table.profit_low["five"]
    assert row(found, "five")["targets"]["roi >= 0"]["value"] == table["P(roi >= 0)"]["five"]
    assert len(found.content["pairs"]) == len(found.pairs)
    assert [(1, 2)] * 3 == [tuple(two.order) for _, two in found.dominance.groupby(["arm", "other"])]
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.content = {}


def test_results_in_memory_are_found_by_their_folder(one: Path) -> None:
    assert compare(one).content == compare([SimpleNamespace(folder=one)]).content
    assert compare(one).content == compare(SimpleNamespace(folder=one)).content


def test_requirements_are_held_against_the_same_numbers(one: Path) -> None:
    found = compare(one, requirements=["profit(one) < 0", "profit(one) > 0"])
    assert ["met", "not met"] == [each["state"] for each in found.content["requirements"]]
    assert row(found, "one")["profit"] == found.content["requirements"][0]["estimate"]
    assert not found.requirements_met
    assert compare(one, requirements=["profit(one) < 0"]).requirements_met


def test_plans_at_two_prices_are_said_to_have_the_same_demand(one: Path, dear: Path) -> None:
    assert any("because of product.price" in note for note in compare([one, dear]).content["notes"])
    assert not any("because of product.price" in note for note in compare(one).content["notes"])
