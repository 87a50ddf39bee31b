"""A part says what it is, and is refused with the remedy when it is not that any more."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from simulator.errors import ResultsError
from simulator.results.failures import Failure
from simulator.results.parts import HEADER, add_part, read_ledger

ARMS = ("no campaign", "a")


def tables(*runs: int) -> dict[str, pa.Table]:
    rows = [(arm, run) for run in runs for arm in ARMS]
    keys = {"arm": [arm for arm, _ in rows], "run": pa.array([run for _, run in rows], pa.int32())}
    return {"runs": pa.table(keys), "influencers": pa.table({**keys, "influencer": ["x#1"] * len(rows)})}


def failure(run: int) -> Failure:
    return Failure(run, "a", "ValueError", "too high", "Traceback …\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add_part(tmp_path, "abc", tables(1, 4), [failure(3)])
    add_part(tmp_path, "abc", {}, [failure(2)])
    return tmp_path


def test_the_ledger_knows_what_is_finished_and_what_failed(folder: Path) -> None:
    ledger = read_ledger(folder, "abc", ("runs", "influencers"))
    assert (set(ARMS), {1, 4}, (failure(2), failure(3))) == (ledger.arms, ledger.finished, ledger.failures)
    assert {1, 2, 3, 4} == ledger.done


def test_a_part_without_a_table_that_is_wanted_is_refused_and_left_alone(folder: Path) -> None:
    with pytest.raises(ResultsError, match=r"1-4: has no table of daily; remove it"):
        read_ledger(folder, "abc", ("runs", "influencers", "daily"))
    assert (folder / "1-4" / "runs.parquet").exists()


def test_what_killed_writers_left_is_removed_and_other_hidden_files_are_left_alone(folder: Path) -> None:
    (folder / ".unfinished-x").mkdir()
    (folder / ".unfinished-y").touch()
    (folder / ".DS_Store").touch()
    assert {1, 2, 3, 4} == read_ledger(folder, "abc", ("runs",)).done
    assert [".DS_Store", "1-4", "2-2"] == sorted(path.name for path in folder.iterdir())


def test_a_part_of_another_experiment_is_refused_and_left_alone(folder: Path) -> None:
    with pytest.raises(ResultsError, match=r"1-4: belongs to another experiment \(abc, this one is xyz\); remove it"):
        read_ledger(folder, "xyz", ("runs",))
    assert (folder / "1-4" / "runs.parquet").exists()


@pytest.mark.parametrize("file", ["runs.parquet", "influencers.parquet"])
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_part_is_named_and_only_its_runs_need_be_played_anew(folder: Path, file: str, damage: str) -> None:
    path = folder / "1-4" / file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    {"flipped": lambda: path.write_bytes(content), "cut": lambda: path.write_bytes(content[:50]), "gone": path.unlink}[
        damage
    ]()
    with pytest.raises(ResultsError, match=rf"1-4: is damaged \({file} differs from its checksum\); .*only its runs"):
        read_ledger(folder, "abc", ("runs",))


@pytest.mark.parametrize(
    "header",
    [
        None,
        "{",
        "[]",
        "{}",
        '{"hash": "abc"}',
        '{"hash": "abc", "crc32": [], "failures": []}',
        '{"hash": "abc", "crc32": {}, "failures": [{"run": 1}]}',
        '{"hash": "abc", "crc32": {}, "failures": [7]}',
    ],
)
def test_a_folder_without_a_sound_header_is_no_part(folder: Path, header: str | None) -> None:
    path = folder / "1-4" / HEADER
    path.unlink() if header is None else path.write_text(header)
    with pytest.raises(ResultsError, match=r"1-4: is no part of a simulator run \(part.json is missing or damaged\)"):
        read_ledger(folder, "abc", ("runs",))


def test_a_file_among_the_parts_is_no_part(folder: Path) -> None:
    (folder / "notes.txt").write_text("dear")
    with pytest.raises(ResultsError, match=r"notes.txt: is no part"):
        read_ledger(folder, "abc", ("runs",))


def test_the_header_holds_tracebacks(folder: Path) -> None:
    assert "Traceback …\n" == json.loads((folder / "1-4" / HEADER).read_text())["failures"][0]["traceback"]
