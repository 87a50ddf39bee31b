"""`run` and `show`: what is written, what is printed, and how they end."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.cli.main import app
from simulator.experiment import worker
from simulator.results.lock import locked


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Watch:
    """The fake engine in place of the real one, and a folder of its own with the scenario deal.yaml."""
    watch = Watch()
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    monkeypatch.setitem(sys.modules, "simulator.engines.play", SimpleNamespace(warm_up=lambda *_: None))
    monkeypatch.chdir(tmp_path)
    campaign(tmp_path)
    return watch


@pytest.fixture
def simulator(watch: Watch, capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            app.main(list(words))
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return call


def folders() -> list[Path]:
    return sorted(Path("results").iterdir())


def test_run_writes_a_folder_named_for_the_scenario_and_prints_the_answer(simulator, watch: Watch) -> None:
    ended = simulator("run", "deal.yaml")
    (folder,) = folders()
    assert 0 == ended.code
    assert folder.name.startswith("deal-")
    assert ["influencers.parquet", "manifest.json", "runs.parquet", "summary.json"] == sorted(
        path.name for path in folder.iterdir()
    )
    assert str(folder) in ended.err
    for words in ("One macro or three micros", "three micros", "P(ROI > 0)", "Verdict", "Walk away above", "Next"):
        assert words in ended.out


def test_show_prints_what_run_printed(simulator) -> None:
    ran = simulator("run", "deal.yaml")
    shown = simulator("show", str(folders()[0]))
    assert (0, ran.out) == (shown.code, shown.out)


def test_json_is_one_object_and_the_summary_of_the_folder(simulator) -> None:
    ended = simulator("run", "deal.yaml", "--json")
    assert json.loads((folders()[0] / "summary.json").read_text()) == json.loads(ended.out)
    assert '{\n  "version": 1' == ended.out[:16]
    assert ended.out == simulator("show", str(folders()[0]), "--json").out


def test_options_reach_the_experiment(simulator, watch: Watch) -> None:
    ended = simulator(
        "run", "deal.yaml", "--runs", "5", "--seed", "11", "--executor", "serial", "--set", "worlds=2",
        "--out", "mine", "--daily",
    )  # fmt: skip
    manifest = json.loads(Path("mine/manifest.json").read_text())
    assert 0 == ended.code
    assert (5, 11, 2, "serial", True) == (
        manifest["counts"]["runs"], manifest["seed"], manifest["worlds"], manifest["executor"], manifest["daily"],
    )  # fmt: skip
    assert Path("mine/daily.parquet").exists()
    assert 3 * 5 == len(watch.played)


def test_a_complete_folder_is_not_played_again(simulator, watch: Watch) -> None:
    first = simulator("run", "deal.yaml")
    watch.played.clear()
    again = simulator("run", "deal.yaml")
    assert (0, first.out, []) == (again.code, again.out, watch.played)
    fewer = simulator("run", "deal.yaml", "--runs", "10")
    assert "holds the answer of 24 runs, more than the 10 asked for" in fewer.err
    assert [] == watch.played


def test_a_complete_folder_without_its_summary_gets_it_again(simulator) -> None:
    first = simulator("run", "deal.yaml")
    (folders()[0] / "summary.json").unlink()
    again = simulator("run", "deal.yaml")
    assert (0, first.out) == (again.code, again.out)
    assert (folders()[0] / "summary.json").exists()


@pytest.mark.parametrize(("content", "fault"), [(None, "is missing"), (b"PAR1", "is damaged")])
def test_a_table_that_was_lost_is_noticed_and_played_again(
    simulator, watch: Watch, content: bytes | None, fault: str
) -> None:
    first = simulator("run", "deal.yaml")
    table = folders()[0] / "influencers.parquet"
    before = table.read_bytes()
    table.unlink() if content is None else table.write_bytes(content)
    assert f"influencers.parquet {fault}" in simulator("compare", str(folders()[0])).err
    watch.played.clear()
    again = simulator("run", "deal.yaml")
    assert f"{folders()[0]}: influencers.parquet {fault}; played again, as many runs as are asked for." in again.err
    assert (0, first.out, 3 * 24) == (again.code, again.out, len(watch.played))
    assert before == table.read_bytes()


def test_more_runs_and_days_are_played_in_addition(simulator, watch: Watch) -> None:
    simulator("run", "deal.yaml", "--runs", "8")
    watch.played.clear()
    simulator("run", "deal.yaml")
    assert 3 * 16 == len(watch.played)
    simulator("run", "deal.yaml", "--daily")
    assert (folders()[0] / "daily.parquet").exists()


def test_an_interruption_keeps_parts_and_says_how_to_go_on(simulator, watch: Watch) -> None:
    watch.fail_at, watch.error = frozenset({7}), KeyboardInterrupt()
    ended = simulator("run", "deal.yaml", "--executor", "serial")
    assert 130 == ended.code
    assert "of 24 runs are kept in results" in ended.err
    assert "the same command goes on" in ended.err
    assert 2 == simulator("show", str(folders()[0])).code
    watch.fail_at = frozenset()
    assert 0 == simulator("run", "deal.yaml").code


def test_resume_starts_goes_on_extends_and_prints_again(simulator, watch: Watch) -> None:
    assert 0 == simulator("run", "deal.yaml", "--resume", "--runs", "8").code
    watch.played.clear()
    first = simulator("run", "deal.yaml", "--resume")
    assert 3 * 16 == len(watch.played)
    watch.played.clear()
    again = simulator("run", "deal.yaml", "--resume")
    assert (0, first.out, []) == (again.code, again.out, watch.played)


def test_a_second_run_into_a_folder_being_written_ends_with_2(simulator, watch: Watch) -> None:
    with locked(Path("mine")):
        ended = simulator("run", "deal.yaml", "--out", "mine")
    assert (2, []) == (ended.code, watch.played)
    assert "another run is writing here" in ended.err
    assert 0 == simulator("run", "deal.yaml", "--out", "mine").code


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_control_characters_never_reach_the_terminal(simulator, form: tuple[str, ...]) -> None:
    text = Path("deal.yaml").read_text()
    text = text.replace("One macro or three micros", r'"One \e[2Jmacro"').replace(
        "three micros:", r'"three\x9b31m \e[5m":'
    )
    Path("deal.yaml").write_text(text)
    ended = simulator("run", "deal.yaml", "--out", "mine\x1b[1m", *form)
    assert 0 == ended.code
    assert not set("\x1b\x9b") & set(ended.out + ended.err)
    assert r"three\u009b31m" in ended.out
    if form:
        assert "One \x1b[2Jmacro" == json.loads(ended.out)["name"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--executor", "dask"), "use local[:N], serial, processes[:N]"),
        (("--precision", "rio:0.1"), "'rio' is no metric; did you mean 'roi'?"),
        (("--precision", "roi:tight"), "write METRIC:HALF_WIDTH"),
        (("--time-limit", "soon"), "write 90s, 10m or 1.5h"),
        (("--runs", "0"), "runs"),
        (("--set", "targets.rio='>= 0'"), "targets.rio"),
        (("--engine", "fortran"), "--engine"),
    ],
)
def test_bad_input_ends_with_2_before_anything_is_created(simulator, options: tuple[str, ...], words: str) -> None:
    ended = simulator("run", "deal.yaml", *options)
    assert 2 == ended.code
    assert words in ended.err
    assert not Path("results").exists()


def test_another_scenario_in_the_same_folder_ends_with_2(simulator) -> None:
    simulator("run", "deal.yaml", "--out", "mine")
    ended = simulator("run", "deal.yaml", "--seed", "8", "--out", "mine")
    assert 2 == ended.code
    assert "choose another folder with --out" in ended.err


def test_showing_a_folder_without_results_ends_with_2(simulator) -> None:
    ended = simulator("show", "nowhere")
    assert (2, "") == (ended.code, ended.out)
    assert "holds no results" in ended.err


def test_runs_that_fail_are_said_and_make_the_exit_code_1(simulator, watch: Watch) -> None:
    watch.fail_at = frozenset({4, 17})
    ended = simulator("run", "deal.yaml")
    told = " ".join(ended.out.split())
    assert 1 == ended.code
    assert "2 runs failed and are left out (4, 17); run 4 in 'no campaign': the engine failed" in told
    again = simulator("run", "deal.yaml")
    assert (1, ended.out) == (again.code, again.out)
    failures = json.loads((folders()[0] / "failures.json").read_text())["failures"]
    assert [4, 17] == [failure["run"] for failure in failures]


def test_a_time_limit_ends_with_3_and_a_partial_answer_that_goes_on(simulator, watch: Watch) -> None:
    watch.seconds = 0.02
    ended = simulator("run", "deal.yaml", "--time-limit", "0.5s", "--executor", "serial")
    assert 3 == ended.code
    assert "of 24 runs: the time limit came first" in " ".join(ended.out.split())
    shown = simulator("show", str(folders()[0]))
    assert (0, ended.out) == (shown.code, shown.out)
    watch.seconds = 0.0
    assert 0 == simulator("run", "deal.yaml", "--resume").code
    assert "complete" == json.loads((folders()[0] / "manifest.json").read_text())["state"]


def test_an_answer_that_is_precise_enough_stops_by_itself_and_says_why(simulator, watch: Watch) -> None:
    ended = simulator("run", "deal.yaml", "--precision", "best:0.05")
    summary = json.loads((folders()[0] / "summary.json").read_text())
    assert 0 == ended.code
    assert "Stopped after" in ended.out
    assert 500 <= summary["runs"] < 20_000
    assert summary["stopped"]["precision"]["half_width"] <= 0.05
    watch.played.clear()
    again = simulator("run", "deal.yaml", "--precision", "best:0.05")
    assert (0, ended.out, []) == (again.code, again.out, watch.played)


def test_a_precision_that_the_runs_do_not_reach_ends_with_3(simulator, watch: Watch) -> None:
    ended = simulator("run", "deal.yaml", "--precision", "roi:0.0001", "--runs", "600")
    assert 3 == ended.code
    assert "Not as precise as asked for after all 600 runs" in " ".join(ended.out.split())


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("..yaml", "scenario-"),
        (".yaml", "yaml-"),
        ("-x.yaml", "x-"),
        ("a\nb\x1b[2J.yaml", "a_b__2J-"),
        ("é" * 120 + ".yaml", "é" * 75 + "-"),
    ],
)
def test_a_folder_has_a_harmless_name_whatever_the_file_is_called(simulator, name: str, folder: str) -> None:
    Path(name).write_text(Path("deal.yaml").read_text())
    assert 0 == simulator("run", "--runs", "2", "--", name).code
    assert [folder] == [path.name[:-12] for path in folders()]


def test_asking_for_fewer_runs_never_gives_up_finished_ones(simulator, watch: Watch) -> None:
    simulator("run", "deal.yaml", "--runs", "600", "--out", "mine")
    ended = simulator("run", "deal.yaml", "--runs", "520", "--precision", "roi:0.000001", "--out", "mine")
    assert 3 == ended.code
    assert 600 == json.loads(Path("mine/summary.json").read_text())["runs"]
    watch.played.clear()
    watch.seconds = 0.02
    simulator("run", "deal.yaml", "--time-limit", "0.4s", "--executor", "serial", "--out", "part")
    assert 4 < json.loads(Path("part/summary.json").read_text())["runs"] < 24
    watch.seconds = 0.0
    assert 0 == simulator("run", "deal.yaml", "--runs", "4", "--out", "part").code
    assert 0 == simulator("run", "deal.yaml", "--out", "part").code
    assert 3 * 24 == len(watch.played) == len({(arm, run) for arm, run, _ in watch.played})


def test_a_time_limit_that_comes_with_the_last_run_changes_nothing(simulator, watch: Watch) -> None:
    watch.seconds = 0.05
    ended = simulator("run", "deal.yaml", "--runs", "1", "--time-limit", "0.01s", "--executor", "serial")
    assert (0, False) == (ended.code, "Partial" in ended.out)


@pytest.mark.parametrize("options", [(), ("--precision", "best:0.05", "--runs", "24")])
def test_where_every_run_fails_the_first_one_says_why(simulator, watch: Watch, options: tuple[str, ...]) -> None:
    watch.fail_at = frozenset(range(1, 25))
    ended = simulator("run", "deal.yaml", "--out", "mine", *options)
    assert 1 == ended.code
    assert "run 1 of 'no campaign' failed: RuntimeError: the engine failed (so did all 24 runs played" in ended.err
    assert 24 == len(json.loads(Path("mine/failures.json").read_text())["failures"])


def test_runs_set_as_a_number_of_the_scenario_are_the_most_as_well(simulator) -> None:
    ended = simulator("run", "deal.yaml", "--set", "runs=510", "--precision", "roi:0.0001", "--out", "mine")
    assert 3 == ended.code
    assert 510 == json.loads(Path("mine/summary.json").read_text())["runs"]


def test_what_never_happened_is_not_known_precisely(simulator) -> None:
    ended = simulator("run", "deal.yaml", "--runs", "510", "--precision", "user_posts:0.01", "--out", "mine")
    assert 3 == ended.code
    assert "the interval is not known" in " ".join(ended.out.split())
