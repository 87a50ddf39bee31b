"""`export`: tables and worlds for other tools, read back as they were; nothing is overwritten unasked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from simulator.cli.main import app
from simulator.results.metrics import metrics_of
from simulator.results.store import TABLES
from simulator.scenario.loader import load_campaign
from simulator.world.build import build_world
from simulator.world.world import World

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "export.json").read_text())
SMALL = "population.size=2000"
GIVEN = "{kind: file, file: net/people.graphml}"
Call = Callable[..., Result]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder with all three tables."""
    root, folder = Path(__file__).parents[2], tmp_path_factory.mktemp("results") / "R"
    words = ["run", str(root / "scenarios" / "quick.yaml"), "--runs", "12", "--daily", "--out", str(folder)]
    assert 0 == CliRunner().invoke(app, words).exit_code
    return folder


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, results: Path) -> Call:
    """Runs `export` beside a fresh copy of the results, R."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(results, "R")
    return lambda *words: CliRunner().invoke(app, ["export", *words])


@pytest.fixture
def quick(root: Path) -> str:
    return str(root / "scenarios" / "quick.yaml")


def as_objects(found: dict[str, Any]) -> list[dict[str, Any]]:
    jsonschema.validate(found, SCHEMA)
    files: list[dict[str, Any]] = found["files"]
    return files


@pytest.mark.parametrize("table", TABLES)
def test_csv_read_by_pandas_equals_the_parquet_table(call: Call, table: str) -> None:
    assert 0 == call("R", "--table", table).exit_code
    kept = pd.read_parquet(f"R/{table}.parquet")
    read = pd.read_csv(f"R/export/{table}.csv", engine="python", keep_default_na=False, na_values=[""])
    read = read.astype(kept.dtypes.to_dict())
    pd.testing.assert_frame_equal(kept, read, check_exact=True)
    assert 0 < len(read)


@pytest.mark.parametrize("table", TABLES)
def test_json_rows_equal_the_parquet_table_and_columns_are_explained(call: Call, table: str) -> None:
    assert 0 == call("R", "--table", table, "--format", "json").exit_code
    found = json.loads(Path(f"R/export/{table}.json").read_text())
    assert ["version", "table", "columns", "rows"] == list(found)
    assert (1, table) == (found["version"], found["table"])
    assert pq.read_table(f"R/{table}.parquet").to_pylist() == found["rows"]
    assert pq.read_schema(f"R/{table}.parquet").names == [column["name"] for column in found["columns"]]
    meanings = {column["name"]: column["meaning"] for column in found["columns"]}
    assert {metric.name: metric.meaning for metric in metrics_of(table)}.items() <= meanings.items()


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_the_same_file(call: Call, table: str) -> None:
    assert 0 == call("R", "--table", table, "--format", "parquet", "-o", "elsewhere").exit_code
    assert Path(f"R/{table}.parquet").read_bytes() == Path(f"elsewhere/{table}.parquet").read_bytes()


def test_all_tables_are_written_unless_one_is_named(call: Call) -> None:
    ended = call("R", "--json")
    files = as_objects(json.loads(ended.stdout))
    assert [f"R/export/{name}.csv" for name in TABLES] == [each["path"] for each in files]
    assert [pq.read_metadata(f"R/{name}.parquet").num_rows for name in TABLES] == [each["rows"] for each in files]
    assert "runs: 36 rows" in ended.stderr
    assert sorted(f"{name}.csv" for name in TABLES) == sorted(path.name for path in Path("R/export").iterdir())


def test_the_results_stay_as_they_were(call: Call, results: Path) -> None:
    call("R")
    for path in results.iterdir():
        if path.is_file():
            assert path.read_bytes() == Path("R", path.name).read_bytes()


def test_nothing_is_overwritten_unless_forced(call: Call) -> None:
    call("R")
    Path("R/export/influencers.csv").write_text("mine")
    Path("R/export/runs.csv").unlink()
    ended = call("R")
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert "R/export/influencers.csv: is there already and is left as it is; overwrite it with --force" in ended.stderr
    assert "mine" == Path("R/export/influencers.csv").read_text()
    assert not Path("R/export/runs.csv").exists()  # all is checked before anything is written
    assert 0 == call("R", "--force").exit_code
    assert "mine" != Path("R/export/influencers.csv").read_text()


def test_days_that_were_not_kept_are_missed_with_the_command_that_keeps_them(call: Call, quick: str) -> None:
    CliRunner().invoke(app, ["run", quick, "--runs", "8", "--out", "without", "--set", "seed=3"])
    there = as_objects(json.loads(call("without", "--json", "-o", "there").stdout))
    assert ["runs", "influencers"] == [each["table"] for each in there]
    ended = call("without", "--table", "daily")
    assert (2, "") == (ended.exit_code, ended.stdout)
    command = f"simulator run {quick} --set seed=3 --out without --runs 8 --daily"
    assert f"without: has no table daily; days are kept by: {command}" in ended.stderr
    assert not Path("without/export").exists()
    assert 0 == CliRunner().invoke(app, command.split()[1:]).exit_code
    assert 0 == call("without", "--table", "daily").exit_code


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_without_results_is_refused(call: Call, folder: str) -> None:
    Path("empty").mkdir()
    ended = call(folder)
    assert 2 == ended.exit_code
    assert f"{folder}: holds no results; give a folder that `simulator run` wrote" in ended.stderr
    assert not Path(folder, "export").exists()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_damaged_table_is_named_and_nothing_half_written_stays(call: Call, form: str) -> None:
    table = Path("R/runs.parquet")
    content = bytearray(table.read_bytes())
    content[200:2000] = b"\0" * 1800  # the pages; what says how many rows there are stands at the end
    table.write_bytes(content)
    ended = call("R", "--format", form)
    assert 2 == ended.exit_code
    assert "Error: R: a file is damaged" in ended.stderr
    assert [] == list(Path("R/export").iterdir())


def test_tables_that_are_lost_are_named_before_anything_is_written(call: Call) -> None:
    Path("R/runs.parquet").unlink()
    Path("R/daily.parquet").write_bytes(b"half a file")
    ended = call("R")
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert "R: runs.parquet is missing, daily.parquet is damaged; go on with the same `simulator run`" in ended.stderr
    assert "or export the rest with --table influencers" in ended.stderr
    assert not Path("R/export").exists()
    assert "R: daily.parquet is damaged; go on with the same" in call("R", "--table", "daily").stderr
    assert 0 == call("R", "--table", "influencers").exit_code


def test_a_place_that_is_a_file_is_refused(call: Call) -> None:
    Path("taken").write_text("mine")
    ended = call("R", "-o", "taken")
    assert (2, "mine") == (ended.exit_code, Path("taken").read_text())
    assert "taken" in ended.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("R", "--people-only"), "--people-only: goes with --world only"),
        (("R", "--world-number", "1"), "--world-number: goes with --world only"),
        (("R", "--set", "seed=3"), "--set: goes with --world only"),
        (("quick", "--world", "graphml", "--format", "csv"), "--format: goes with tables only"),
        (("quick", "--world", "graphml", "--table", "runs"), "--table: goes with tables only"),
        (("quick", "--world", "graphml", "--world-number", "4"), "--world-number: 4 is beyond the last world; give a"),
        (("quick", "--world", "graphml", "--set", "bugdet=3"), "did you mean"),
        (("quick",), "quick.yaml: is a file and has no tables; give a results folder, or add --world graphml"),
        (("nowhere.yaml", "--world", "graphml"), "nowhere.yaml"),
    ],
)
def test_what_is_wrong_is_said(call: Call, quick: str, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    ended = call(*(quick if word == "quick" else word for word in words))
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert message in ended.stderr
    assert ["R"] == [path.name for path in tmp_path.iterdir()]


def world_of(quick: str, number: int) -> World:
    return build_world(*load_campaign(quick, [SMALL]), number)


def test_a_world_read_by_networkx_is_the_world(call: Call, quick: str) -> None:
    ended = call(quick, "--world", "graphml", "--world-number", "2", "--set", SMALL, "--json")
    (written,) = as_objects(json.loads(ended.stdout))
    assert "quick-world-2.graphml" == written["path"]
    world, graph = world_of(quick, 2), nx.read_graphml("quick-world-2.graphml")
    people, audiences = world.people, world.audiences
    assert 2000 + len(audiences.names) == written["nodes"] == graph.number_of_nodes()
    ties = world.network.peers.size, audiences.person.size
    assert sum(ties) == written["edges"] == graph.number_of_edges()
    assert ties == tuple(
        sum(1 for *_, kind in graph.edges(data="kind") if kind == wanted) for wanted in ("peer", "follow")
    )
    for name, column in (
        ("affinity", people.affinity),
        ("susceptibility", people.susceptibility),
        ("rank", people.rank),
    ):
        assert np.array_equal(column, np.array([graph.nodes[str(who)][name] for who in range(2000)], np.float32))
    assert people.activity.tolist() == [graph.nodes[str(who)]["activity"] for who in range(2000)]
    topics = ["beauty", "other"]
    assert [topics[code] for code in people.topic] == [graph.nodes[str(who)]["topic"] for who in range(2000)]
    for place, name in enumerate(audiences.names):
        edges = audiences.edges(place)
        followers = sorted((int(who), tie["trust"]) for who, tie in graph[name].items())
        assert audiences.person[edges].tolist() == [who for who, _ in followers]
        assert np.array_equal(audiences.trust[edges], np.array([trust for _, trust in followers], np.float32))
    facts = {"scenario": "One of 2,000 or five of 400", "seed": 7, "world": 2, "people_per_agent": 1}
    assert facts.items() <= graph.graph.items()


def test_the_people_alone_are_a_network_that_scenarios_read(call: Call, quick: str) -> None:
    ended = call(quick, "--world", "graphml", "--people-only", "--set", SMALL, "-o", "net/people.graphml")
    assert (0, "Wrote net/people.graphml\n") == (ended.exit_code, ended.stdout)
    Path("given.yaml").write_text(f"version: 1\nextends: {quick}\npopulation: {{size: auto, network: {GIVEN}}}\n")
    world, again = world_of(quick, 0), build_world(*load_campaign("given.yaml"), 0)
    assert np.array_equal(world.network.offsets, again.network.offsets)
    assert np.array_equal(world.network.peers, again.network.peers)
    assert np.array_equal(world.people.topic, again.people.topic)


def test_the_same_world_gives_the_same_bytes_and_is_not_overwritten_unasked(call: Call, quick: str) -> None:
    words = (quick, "--world", "graphml", "--set", SMALL)
    call(*words, "-o", "one.graphml")
    call(*words, "-o", "two.graphml")
    assert Path("one.graphml").read_bytes() == Path("two.graphml").read_bytes()
    Path("two.graphml").write_text("mine")
    ended = call(*words, "-o", "two.graphml")
    assert (2, "mine") == (ended.exit_code, Path("two.graphml").read_text())
    assert "overwrite it with --force" in ended.stderr
    assert 0 == call(*words, "-o", "two.graphml", "--force").exit_code
    assert Path("one.graphml").read_bytes() == Path("two.graphml").read_bytes()


def test_a_world_too_large_for_graphml_is_refused_with_the_remedy(
    call: Call, quick: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("simulator.cli.exporting.MOST_PARTS", 10_000)
    ended = call(quick, "--world", "graphml")
    assert 2 == ended.exit_code
    assert (
        "people and ties are too many for GraphML (most: 10,000); add --set population.people_per_agent="
        in ended.stderr
    )
    assert ["R"] == [path.name for path in tmp_path.iterdir()]
