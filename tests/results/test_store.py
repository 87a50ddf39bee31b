"""A results folder is whole or says that it is not, and the same runs give the same bytes."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulator.errors import ResultsError
from simulator.results.files import replacing, write_json, write_table
from simulator.results.losses import lost_tables, told
from simulator.results.parts import add_part
from simulator.results.store import Store, load, open_store, read_manifest, whose, writing
from simulator.scenario.identity import model_version

TABLES = ("runs.parquet", "influencers.parquet", "daily.parquet")


def part(*runs: int, arms: tuple[str, ...] = ("no campaign", "b", "Ä", "a")) -> dict[str, pa.Table]:
    rows = [(arm, run) for run in runs for arm in arms]
    arm, run = [row[0] for row in rows], pa.array([row[1] for row in rows], pa.int32())
    return {
        "runs": pa.table({"arm": arm, "run": run, "value": [number * 0.1 for _, number in rows]}),
        "influencers": pa.table({"arm": arm, "run": run, "influencer": ["x#10"] * len(rows)}),
        "daily": pa.table({"arm": arm, "run": run, "day": [0] * len(rows)}),
    }


def filled(folder: Path, *parts: tuple[int, ...], runs: int, daily: bool = True) -> Store:
    store = open_store(folder, identity="abc", daily=daily)
    store.write_manifest(state("partial", runs))
    for numbers in parts:
        store.add(part(*numbers))
    store.merge(["b", "a", "no campaign", "Ä"], runs)
    return store


def state(word: str, runs: int, *, daily: bool = True, identity: str = "abc") -> dict[str, object]:
    return {"hash": identity, "state": word, "daily": daily, "counts": {"runs": runs, "finished": runs}}


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in TABLES]


def test_bytes_do_not_depend_on_parts_or_their_order(tmp_path: Path) -> None:
    filled(tmp_path / "one", (1, 2, 3, 4, 5, 6), runs=6)
    filled(tmp_path / "many", (5,), (2, 4, 6), (1, 3), runs=6)
    assert contents(tmp_path / "one") == contents(tmp_path / "many")


def test_rows_are_sorted_by_arm_and_run_with_no_campaign_first(tmp_path: Path) -> None:
    table = filled(tmp_path / "out", (2, 3), (1,), runs=3).read("runs")
    expected = [(arm, run) for arm in ("no campaign", "a", "b", "Ä") for run in (1, 2, 3)]
    assert expected == list(zip(table["arm"].to_pylist(), table["run"].to_pylist(), strict=True))


def test_runs_beyond_those_asked_for_are_left_out(tmp_path: Path) -> None:
    filled(tmp_path / "few", (1, 2), runs=2)
    filled(tmp_path / "cut", (3, 1), (2, 4), runs=2)
    assert contents(tmp_path / "few") == contents(tmp_path / "cut")


def test_a_complete_folder_takes_more_runs_and_ends_as_if_played_at_once(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1, 2), runs=2).conclude(state("complete", 2), {"version": 1})
    assert not (tmp_path / "out" / "parts").exists()
    store = open_store(tmp_path / "out", identity="abc")
    assert {1, 2} == store.ledger().finished
    assert not (tmp_path / "out" / "summary.json").exists()
    store.add(part(3))
    store.merge(["a", "b", "Ä", "no campaign"], 3)
    filled(tmp_path / "at once", (1, 2, 3), runs=3)
    assert contents(tmp_path / "at once") == contents(tmp_path / "out")


def test_tables_carry_no_metadata_of_their_writer(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1,), runs=1)
    assert pq.ParquetFile(tmp_path / "out" / "runs.parquet").metadata.metadata is None


def test_large_tables_have_row_groups_of_a_fixed_size(tmp_path: Path) -> None:
    table = pa.table({"run": pa.array(range(70_000), pa.int32())})
    write_table(tmp_path / "large.parquet", [table], table.schema)
    file = pq.ParquetFile(tmp_path / "large.parquet").metadata
    assert [65_536, 70_000 - 65_536] == [file.row_group(place).num_rows for place in range(file.num_row_groups)]


def test_days_are_not_asked_of_finished_runs_that_have_none(tmp_path: Path) -> None:
    store = open_store(tmp_path / "out", identity="abc")
    store.write_manifest(state("partial", 3, daily=False))
    store.add(part(1, 2))
    with pytest.raises(ResultsError, match="holds finished runs without days; go on without --daily, or choose"):
        open_store(tmp_path / "out", identity="abc", daily=True)
    assert {1, 2} == open_store(tmp_path / "out", identity="abc").ledger().finished


def test_a_complete_answer_stays_until_one_with_days_takes_its_place(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1, 2), runs=2, daily=False).conclude(state("complete", 2, daily=False), {"version": 1})
    before = (tmp_path / "out" / "runs.parquet").read_bytes()
    store = open_store(tmp_path / "out", identity="abc", daily=True)
    assert set() == store.ledger().finished
    assert before == (tmp_path / "out" / "runs.parquet").read_bytes()
    assert {"version": 1} == load(tmp_path / "out").summary


def test_runs_beyond_those_merged_stay_for_whoever_asks_for_more(tmp_path: Path) -> None:
    store = filled(tmp_path / "out", (1, 2), (5, 6), runs=2)
    store.conclude(state("complete", 2), {"version": 1})
    assert {1, 2, 5, 6} == open_store(tmp_path / "out", identity="abc").ledger().finished


def test_parts_that_were_being_removed_are_not_taken_for_all(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1, 2), (3,), runs=3).conclude(state("complete", 3), {"version": 1})
    (tmp_path / "out" / "parts").mkdir()
    add_part(tmp_path / "out" / "parts", "abc", part(3), [])  # as a writer killed while it removed parts leaves it
    assert {1, 2, 3} == open_store(tmp_path / "out", identity="abc").ledger().finished


def test_days_once_kept_stay_kept(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1,), runs=1).conclude(state("complete", 1), {})
    assert open_store(tmp_path / "out", identity="abc").daily


def test_a_part_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "out", identity="abc", daily=True)
    broken = part(1) | {"daily": None}
    with pytest.raises(AttributeError):
        store.add(broken)
    assert [] == list((tmp_path / "out" / "parts").iterdir())


def test_what_a_killed_writer_left_is_no_part(tmp_path: Path) -> None:
    store = open_store(tmp_path / "out", identity="abc")
    store.add(part(1))
    (tmp_path / "out" / "parts" / ".unfinished-xy" / "2-2").mkdir(parents=True)
    assert {1} == store.ledger().finished


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"old": 1})
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "a.json", {"new": math.nan})
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.json") as beside:
        (beside.parent / "half of it").write_text("half")
    assert ["a.json"] == [path.name for path in tmp_path.iterdir()]
    assert {"old": 1} == json.loads((tmp_path / "a.json").read_text())


def test_results_of_another_scenario_are_refused_with_the_remedy(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1,), runs=1)
    with pytest.raises(ResultsError, match=r"another scenario \(abc, this one is xyz\); choose another") as found:
        open_store(tmp_path / "out", identity="xyz")
    assert 2 == found.value.exit_code


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        ({"model": model_version()}, "results of another scenario (abc, this one is xyz)"),
        (
            {"model": "old"},
            "results of the same or another scenario, of another version of the model (abc",
        ),
        ({}, "results of another scenario (abc"),
    ],
)
def test_results_of_another_model_are_not_blamed_on_the_scenario(versions: dict[str, str], told: str) -> None:
    assert told in whose({"hash": "abc", "versions": versions}, "xyz")


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("dear")
    with pytest.raises(ResultsError, match="holds other files"):
        open_store(tmp_path, identity="abc")


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="choose another folder with --out"):
        open_store(tmp_path / "file" / "out", identity="abc")


def test_a_damaged_file_is_explained(tmp_path: Path) -> None:
    store = filled(tmp_path / "out", (1,), runs=1)
    (tmp_path / "out" / "parts" / "1-1" / "runs.parquet").write_bytes(b"half a file")
    with pytest.raises(
        ResultsError, match=r"parts/1-1: is damaged \(runs.parquet differs .* only its runs are played anew"
    ):
        store.ledger()


def test_showing_what_is_not_there_or_not_complete_says_so(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="holds no results"):
        load(tmp_path / "nowhere")
    store = open_store(tmp_path / "out", identity="abc")
    store.write_manifest({**state("partial", 9), "counts": {"runs": 9, "finished": 0}})
    store.add(part(1, 2, 3, 4))  # and killed before the manifest knew
    with pytest.raises(ResultsError, match="4 of 9 runs are finished"):
        load(tmp_path / "out")
    store.write_manifest(state("complete", 9))
    with pytest.raises(ResultsError, match=r"has no summary.json; go on .* which writes it anew"):
        load(tmp_path / "out")


def test_a_folder_being_written_is_refused_to_a_second_writer(tmp_path: Path) -> None:
    with writing(tmp_path / "out", identity="abc") as store:
        store.add(part(1))
        (tmp_path / "out" / "parts" / ".unfinished-xy").mkdir()
        with pytest.raises(ResultsError, match="another run is writing"), writing(tmp_path / "out", identity="abc"):
            pass
        assert (tmp_path / "out" / "parts" / ".unfinished-xy").exists()
    with writing(tmp_path / "out", identity="abc") as store:
        assert {1} == store.ledger().finished


def test_what_a_run_killed_before_its_manifest_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".unfinished-xy").mkdir()
    (tmp_path / ".lock").touch()
    with writing(tmp_path, identity="abc") as store:
        assert set() == store.ledger().finished


@pytest.mark.parametrize(
    ("foreign", "words"),
    [
        (part(2, 3), "hold a run of an arm twice"),
        (part(4, 5, arms=("no campaign", "b")), "lack a run of an arm that another arm has"),
        (part(4, 4), "hold a run of an arm twice"),
        (part(5), "lack run 4"),
        (part(4, arms=("no campaign", "Ä", "a", "b", "c")), "lack a run of an arm"),
        (part(4) | {"influencers": part(3, 4)["influencers"]}, "hold rows of no campaign twice"),
        (part(4) | {"daily": part(4, 4)["daily"]}, "hold rows of no campaign twice"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused_and_the_tables_left_alone(
    tmp_path: Path, foreign: dict[str, pa.Table], words: str
) -> None:
    store = filled(tmp_path / "out", (1, 3), (2,), runs=3)
    before = contents(tmp_path / "out")
    store.add(foreign)
    with pytest.raises(ResultsError, match=f"{words}.*remove its folder `parts` and run again") as found:
        store.merge(["no campaign", "a", "b", "Ä"], 4)
    assert str(tmp_path / "out") in str(found.value)
    assert before == contents(tmp_path / "out")


def test_arms_that_the_plan_does_not_have_are_refused(tmp_path: Path) -> None:
    store = filled(tmp_path / "out", (1,), runs=1)
    with pytest.raises(ResultsError, match="hold the arms a, b, no campaign, Ä instead of no campaign, a, b"):
        store.merge(["a", "b", "no campaign"], 1)


def test_runs_that_are_there_twice_are_found_before_anything_is_played(tmp_path: Path) -> None:
    store = filled(tmp_path / "out", (1, 2), runs=2)
    (tmp_path / "out" / "parts" / "1-2").rename(tmp_path / "out" / "parts" / "copy")
    store.add(part(1, 2))
    with pytest.raises(ResultsError, match="twice"):
        store.ledger()


def test_a_complete_folder_with_a_damaged_table_keeps_all_it_has(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1, 2), runs=2).conclude(state("complete", 2), {"version": 1})
    table = tmp_path / "out" / "influencers.parquet"
    content = bytearray(table.read_bytes())
    content[4:60] = b"\0" * 56  # its first page; the schema and the count of rows, at the end, are sound
    table.write_bytes(content)
    before = contents(tmp_path / "out")
    with pytest.raises(ResultsError, match=r"influencers.parquet is damaged .* remove it, then go on with the"):
        open_store(tmp_path / "out", identity="abc")
    assert before == contents(tmp_path / "out")
    assert {"version": 1} == load(tmp_path / "out").summary


@pytest.mark.parametrize("content", [None, b"", b"PAR1 half a file PAR1"])
@pytest.mark.parametrize("table", TABLES)
def test_a_lost_table_is_made_again_and_the_rest_stays_until_then(
    tmp_path: Path, table: str, content: bytes | None
) -> None:
    filled(tmp_path / "out", (1, 2), runs=2).conclude(state("complete", 2), {"version": 1})
    expected = contents(tmp_path / "out")
    spoil(tmp_path / "out" / table, content)
    store = open_store(tmp_path / "out", identity="abc")
    assert set() == store.ledger().finished
    assert {"version": 1} == load(tmp_path / "out").summary
    store.add(part(1, 2))
    store.merge(["b", "a", "no campaign", "Ä"], 2)
    assert expected == contents(tmp_path / "out")


def spoil(table: Path, content: bytes | None) -> None:
    """Remove a table, or put something else in its place."""
    table.unlink() if content is None else table.write_bytes(content)


def test_what_a_folder_has_lost_is_said_of_each_table(tmp_path: Path) -> None:
    filled(tmp_path / "out", (1, 2), runs=2).conclude(state("complete", 2), {"version": 1})
    manifest = read_manifest(tmp_path / "out")
    assert manifest is not None
    assert {} == lost_tables(tmp_path / "out", manifest)
    (tmp_path / "out" / "daily.parquet").unlink()
    (tmp_path / "out" / "influencers.parquet").write_bytes(b"half a file")
    found = lost_tables(tmp_path / "out", manifest)
    assert "influencers.parquet is damaged, daily.parquet is missing" == told(found)
    assert "influencers.parquet is damaged" == told(lost_tables(tmp_path / "out", manifest | {"daily": False}))
    counts = {"runs": 2, "finished": 2, "arms": 4}
    assert "runs" not in lost_tables(tmp_path / "out", manifest | {"counts": counts})
    assert "is damaged" == lost_tables(tmp_path / "out", manifest | {"counts": counts | {"failed": 1}})["runs"]
    assert {} == lost_tables(tmp_path / "out", manifest | {"state": "partial"})


@pytest.mark.parametrize(("content", "fault"), [(None, "is missing"), (b"half a file", "is damaged")])
def test_reading_a_lost_table_names_it(tmp_path: Path, content: bytes | None, fault: str) -> None:
    store = filled(tmp_path / "out", (1, 2), runs=2)
    spoil(tmp_path / "out" / "runs.parquet", content)
    with pytest.raises(ResultsError, match=f"out: runs.parquet {fault}.* go on with the same `simulator run`"):
        store.read("runs")


@pytest.mark.parametrize(
    "content", ['{"name": "an app"}', "[1]", "7", '{"hash": 1, "state": "complete", "daily": true, "counts": {}}']
)
def test_a_manifest_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ResultsError, match="is not of a simulator run; choose another folder"):
        read_manifest(tmp_path)
