"""`report`: what it writes, where, and what it says."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pandas as pd
import pytest
from report.conftest import folder, play  # noqa: F401  # fixtures
from report.fake_figures import fake_figures

import simulator.report.figures as gallery
from simulator.cli.main import app


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A copy of the results folder, for one test to write into."""
    copy = tmp_path / "run"
    copy.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            (copy / file.name).write_bytes(file.read_bytes())
    return copy


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(gallery, "each_figure", fake_figures)

    def call(*words: object) -> Ended:
        with pytest.raises(SystemExit) as ended:
            app.main([str(word) for word in words])
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return call


def test_the_page_lies_in_the_runs_folder(simulator, run: Path) -> None:
    ended = simulator("report", run)
    assert 0 == ended.code
    summary = json.loads((run / "summary.json").read_text())
    assert f"{summary['name']}: {summary['verdict']['sentence']}\n" == ended.out
    assert f"The report is {run / 'report.html'}.\n" == ended.err
    assert (run / "report.html").read_text().startswith("<!doctype html>")


def test_json_follows_its_schema(simulator, run: Path, root: Path) -> None:
    ended = simulator("report", run, "--json", "--figures", "png,svg", "--data", "csv")
    told = json.loads(ended.out)
    jsonschema.validate(told, json.loads((root / "tests" / "schemas" / "report.json").read_text()))
    assert '{\n  "version": 1' == ended.out[:16]
    assert (run / "report.html").stat().st_size == told["bytes"]
    assert ["fake-bars", "fake-fixed"] == told["figures"]
    assert json.loads((run / "summary.json").read_text())["verdict"]["sentence"] == told["sentence"]
    assert all(Path(file).stat().st_size for file in told["files"])


def test_figures_and_data_are_written_beside_the_page(simulator, run: Path, tmp_path: Path) -> None:
    ended = simulator("report", run, "-o", tmp_path / "out" / "page.html", "--figures", "svg,png", "--data", "csv")
    assert 0 == ended.code
    assert "and 9 files beside it" in ended.err
    place = tmp_path / "out"
    pictures = {path.name for path in (place / "figures").iterdir()}
    assert {"fake-bars.png", "fake-bars.svg", "fake-fixed.png", "fake-fixed.svg"} == pictures
    assert b"\x89PNG" == (place / "figures" / "fake-fixed.png").read_bytes()[:4]
    assert ET.parse(place / "figures" / "fake-fixed.svg").getroot().tag.endswith("svg")
    for name in ("runs", "influencers", "daily"):
        expected, found = (
            pd.read_parquet(run / f"{name}.parquet"),
            pd.read_csv(place / "data" / f"{name}.csv", dtype={"hire": str}),
        )
        pd.testing.assert_frame_equal(expected, found, check_dtype=False)
    assert [-0.8, 0.123456] == pd.read_csv(place / "data" / "figure-fake-fixed.csv")["roi"].tolist()


def test_several_runs_make_one_page_in_a_place_of_its_own(simulator, run: Path, tmp_path: Path) -> None:
    refused = simulator("report", run, run)
    assert 2 == refused.code
    assert "give -o FILE" in refused.err
    both = simulator("report", run, run, "-o", tmp_path, "--data", "csv")
    assert 0 == both.code
    assert 2 == (tmp_path / "report.html").read_text().count('<p class="verdict">')
    assert ["run1", "run2"] == sorted(path.name for path in (tmp_path / "data").iterdir())


def test_what_is_no_run_or_no_format_is_refused_with_a_remedy(simulator, run: Path, tmp_path: Path) -> None:
    nothing = simulator("report", tmp_path)
    assert 2 == nothing.code
    assert "holds no results; give a folder that `simulator run` wrote" in nothing.err
    other = simulator("report", run, "--figures", "png,gif")
    assert 2 == other.code
    assert "'gif' is none of png, svg" in other.err
    assert not (run / "report.html").exists()


def test_a_folder_of_another_version_is_refused_with_a_remedy(simulator, run: Path) -> None:
    runs = pd.read_parquet(run / "runs.parquet").drop(columns="incremental_orders")
    runs.to_parquet(run / "runs.parquet")
    ended = simulator("report", run)
    assert 2 == ended.code
    assert "lacks incremental_orders: another version of the simulator wrote it; run it again" in ended.err


def test_a_page_that_cannot_be_written_leaves_the_old_one(simulator, run: Path) -> None:
    (run / "blocked").write_text("a file")
    ended = simulator("report", run, "-o", run / "blocked" / "page.html")
    assert 2 == ended.code
    assert "blocked" in ended.err
    assert "a file" == (run / "blocked").read_text()


def test_help_imports_no_charts() -> None:
    script = (
        "import sys; from simulator.cli.main import main; sys.argv = ['simulator', 'report', '--help']\n"
        "try: main()\n"
        "except SystemExit: print('imported:', *sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "RUN..." in shown.stdout
    assert set() == {"altair", "jinja2", "pandas", "vl_convert"} & set(shown.stdout.rsplit("imported:", 1)[1].split())
