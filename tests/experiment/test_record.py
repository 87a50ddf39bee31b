"""However often an experiment is stopped, and whoever plays it, its folder ends the same."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from experiment.fake_engine import Watch, campaign

from simulator.experiment import runner
from simulator.experiment.record import Progress, record
from simulator.results.manifest import Request
from simulator.results.store import Saved, load, open_store, read_manifest

TABLES = ("runs.parquet", "influencers.parquet", "daily.parquet")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(runner, "machinery", watch.machinery)
    return watch


def recorded(
    tmp_path: Path, name: str, *settings: str, executor: str = "local:2", seen: list[Progress] | None = None
) -> Saved:
    scenario, plan = campaign(tmp_path, *settings)
    store = open_store(tmp_path / name, identity="abc", daily=True)
    request = Request("deal.yaml", "abc", "compiled", executor)
    return record(scenario, plan, store, request, on_progress=[].append if seen is None else seen.append)


def contents(saved: Saved) -> list[bytes]:
    return [(saved.folder / name).read_bytes() for name in (*TABLES, "summary.json")]


def test_a_folder_does_not_depend_on_who_played(watch: Watch, tmp_path: Path) -> None:
    expected = contents(recorded(tmp_path, "serial", executor="serial"))
    assert expected == contents(recorded(tmp_path, "threads", executor="local:3"))


def test_a_stopped_experiment_keeps_its_parts_and_goes_on_to_the_same_bytes(watch: Watch, tmp_path: Path) -> None:
    expected = contents(recorded(tmp_path, "at once"))
    watch.fail_at, watch.error = 12, KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        recorded(tmp_path, "stopped", executor="serial")
    manifest = read_manifest(tmp_path / "stopped")
    assert ("partial", 24) == (manifest["state"], manifest["counts"]["runs"])
    kept = manifest["counts"]["finished"]
    assert 0 < kept < 24
    watch.fail_at = None
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
    assert {"runs": 24, "finished": 24, "arms": 3, "influencers": 4} == manifest["counts"]
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
