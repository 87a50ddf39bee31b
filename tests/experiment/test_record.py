"""However often an experiment is stopped, and whoever plays it, its folder ends the same."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from experiment.fake_engine import Watch, campaign

from simulator.errors import RunFailed
from simulator.experiment import worker
from simulator.experiment.executors import open_team
from simulator.experiment.halt import Halt
from simulator.experiment.record import Orders, Progress, record
from simulator.results.manifest import Request
from simulator.results.store import Saved, load, open_store, read_failures, read_manifest

TABLES = ("runs.parquet", "influencers.parquet", "daily.parquet")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    return watch


def recorded(
    tmp_path: Path,
    name: str,
    *settings: str,
    executor: str = "local:2",
    seen: list[Progress] | None = None,
    **how: object,
) -> Saved:
    scenario, plan = campaign(tmp_path, *settings)
    store = open_store(tmp_path / name, identity="abc", daily=True)
    request = Request("deal.yaml", "abc", "compiled", executor)
    with open_team(executor) as team:
        orders = Orders(team, **how)  # type: ignore[arg-type]
        saved = record(scenario, plan, store, request, orders, on_progress=[].append if seen is None else seen.append)
    assert saved is not None
    return saved


def contents(saved: Saved) -> list[bytes]:
    return [(saved.folder / name).read_bytes() for name in (*TABLES, "summary.json")]


def test_a_folder_does_not_depend_on_who_played(watch: Watch, tmp_path: Path) -> None:
    expected = contents(recorded(tmp_path, "serial", executor="serial"))
    assert expected == contents(recorded(tmp_path, "threads", executor="local:3"))


def test_a_stopped_experiment_keeps_its_parts_and_goes_on_to_the_same_bytes(watch: Watch, tmp_path: Path) -> None:
    expected = contents(recorded(tmp_path, "at once"))
    watch.fail_at, watch.error = frozenset({12}), KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        recorded(tmp_path, "stopped", executor="serial")
    manifest = read_manifest(tmp_path / "stopped")
    assert ("partial", 24) == (manifest["state"], manifest["counts"]["runs"])
    kept = manifest["counts"]["finished"]
    assert 0 < kept < 24
    watch.fail_at = frozenset()
    watch.played.clear()
    assert expected == contents(recorded(tmp_path, "stopped"))
    assert 3 * (24 - kept) == len(watch.played)


def test_more_runs_extend_a_complete_folder(watch: Watch, tmp_path: Path) -> None:
    recorded(tmp_path, "grown", "runs=10")
    watch.played.clear()
    grown = recorded(tmp_path, "grown")
    assert 3 * 14 == len(watch.played)
    assert contents(recorded(tmp_path, "at once")) == contents(grown)


def test_the_order_of_arms_changes_no_table(watch: Watch, tmp_path: Path) -> None:
    one = recorded(tmp_path, "one")
    file = tmp_path / "deal.yaml"
    lines = file.read_text().splitlines()
    place = lines.index("arms:")
    lines[place + 1 : place + 3] = reversed(lines[place + 1 : place + 3])
    file.write_text("\n".join(lines))
    other = recorded(tmp_path, "other")
    assert contents(one)[:3] == contents(other)[:3]


def test_more_runs_contain_fewer(watch: Watch, tmp_path: Path) -> None:
    few = pq.read_table(recorded(tmp_path, "few", "runs=9").folder / "runs.parquet").to_pylist()
    many = pq.read_table(recorded(tmp_path, "many").folder / "runs.parquet").to_pylist()
    assert few == [row for row in many if row["run"] <= 9]


def test_the_manifest_says_what_was_played(watch: Watch, tmp_path: Path) -> None:
    manifest = recorded(tmp_path, "out").manifest
    assert load(tmp_path / "out").manifest == manifest == json.loads(json.dumps(manifest))
    assert ("complete", 7, 4, "abc") == tuple(manifest[key] for key in ("state", "seed", "worlds", "hash"))
    assert {"runs": 24, "finished": 24, "arms": 3, "influencers": 4, "failed": 0} == manifest["counts"]
    assert "Beichert" in json.dumps(manifest["scenario"])
    assert {"simulator", "python", "numpy", "pyarrow"} <= set(manifest["versions"])


def test_versions_engine_and_times_stand_in_the_manifest_alone(watch: Watch, tmp_path: Path) -> None:
    saved = recorded(tmp_path, "out")
    assert not {"engine", "executor", "versions", "times"} & set(saved.summary)


def test_progress_counts_up_to_all_runs(watch: Watch, tmp_path: Path) -> None:
    seen: list[Progress] = []
    recorded(tmp_path, "out", seen=seen)
    counts = [state.finished for state in seen]
    assert sorted(counts) == counts
    assert Progress(24, 24, 24) == seen[-1]


def failures(saved: Saved) -> list[int]:
    return [failure.run for failure in read_failures(saved.folder)]


@pytest.mark.parametrize("executor", ["serial", "local:3"])
def test_runs_that_fail_are_named_and_the_others_are_as_without_the_fault(
    watch: Watch, tmp_path: Path, executor: str
) -> None:
    sound = pq.read_table(recorded(tmp_path, "sound").folder / "runs.parquet").to_pylist()
    watch.fail_at = frozenset({4, 17})
    saved = recorded(tmp_path, "faulty", executor=executor)
    assert [row for row in sound if row["run"] not in {4, 17}] == pq.read_table(
        saved.folder / "runs.parquet"
    ).to_pylist()
    assert ("complete", 2, [4, 17]) == (saved.manifest["state"], saved.summary["failed"]["count"], failures(saved))
    assert {"run": 4, "arm": "no campaign", "error": "RuntimeError", "message": "the engine failed"} == (
        saved.summary["failed"]["first"]
    )
    assert 22 == saved.summary["runs"]


def test_runs_that_failed_stay_failed_when_more_runs_are_added(watch: Watch, tmp_path: Path) -> None:
    watch.fail_at = frozenset({4, 17})
    recorded(tmp_path, "grown", "runs=10")
    watch.played.clear()
    grown = recorded(tmp_path, "grown")
    assert 3 * 13 == len(watch.played)
    assert [4, 17] == failures(grown)
    assert contents(recorded(tmp_path, "at once")) == contents(grown)


def test_an_experiment_in_which_every_run_fails_says_why(watch: Watch, tmp_path: Path) -> None:
    watch.fail_at = frozenset(range(1, 25))
    with pytest.raises(RunFailed, match=r"RuntimeError: the engine failed \(so did all 24 runs played"):
        recorded(tmp_path, "faulty")


def test_a_time_limit_leaves_a_partial_answer_that_goes_on_to_the_same_bytes(watch: Watch, tmp_path: Path) -> None:
    expected = contents(recorded(tmp_path, "at once"))
    watch.seconds = 0.02
    partial = recorded(tmp_path, "limited", executor="serial", halt=Halt(0.8), chunk_size=1)
    finished = partial.summary["runs"]
    assert 1 <= finished < 24  # how many there are is up to the machine
    assert ("partial", "time limit") == (partial.manifest["state"], partial.summary["stopped"]["reason"])
    assert f"Partial answer of {finished} of 24 runs" in partial.summary["stopped"]["sentence"]
    rows = pq.read_table(partial.folder / "runs.parquet")
    assert 3 * finished == rows.num_rows
    assert partial == load(partial.folder)
    watch.seconds = 0.0
    assert expected == contents(recorded(tmp_path, "limited"))


def test_who_interrupts_gets_no_answer_but_keeps_what_is_finished(watch: Watch, tmp_path: Path) -> None:
    scenario, plan = campaign(tmp_path)
    store, halt = open_store(tmp_path / "out", identity="abc", daily=True), Halt()
    request = Request("deal.yaml", "abc", "compiled", "serial")
    with open_team("serial") as team:
        orders = Orders(team, halt=halt, chunk_size=1)
        answer = record(scenario, plan, store, request, orders, on_progress=lambda _: halt.ask("interrupted"))
    assert answer is None
    assert 1 == len(store.ledger().done) == read_manifest(tmp_path / "out")["counts"]["finished"]
