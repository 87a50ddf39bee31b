"""Commands about scenario files and catalogs, called as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from simulator.cli.main import COMMANDS, app
from simulator.errors import ResultsError

SCENARIOS = sorted(path.name for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
WRONG = "version: 1\nbrand: {topic: beaty}\nproduct: {price: -5}\nbugdet: 3\narms: {}\n"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def as_user(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simulator", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_a_started_scenario_is_valid_and_never_overwritten(call, tmp_path: Path) -> None:
    assert 0 == call("init", "mine").exit_code
    assert 0 == call("validate", "mine/scenario.yaml").exit_code
    before = (tmp_path / "mine/scenario.yaml").read_bytes()
    again = call("init", "mine/scenario.yaml")
    assert (2, True) == (again.exit_code, "exists already" in again.stderr)
    assert before == (tmp_path / "mine/scenario.yaml").read_bytes()


def test_a_thinned_market_is_said_in_people_and_agents(call) -> None:
    call("init", "mine.yaml")
    plain, thinned = call("validate", "mine.yaml"), call(
        "validate", "mine.yaml", "--set", "population.people_per_agent=20"
    )  # fmt: skip
    assert ("agents" in plain.stdout, "agents; arms" in thinned.stdout) == (False, True)
    found = json.loads(call("validate", "mine.yaml", "--json", "--set", "population.people_per_agent=20").stdout)
    assert found["population"] == 20 * found["agents"]
    assert f"{found['agents']:,} agents of 20 people each" in call(
        "explain", "mine.yaml", "--set", "population.people_per_agent=20"
    ).stdout  # fmt: skip


def test_wrong_input_exits_with_2_names_every_place_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    for command in ("validate", "explain"):
        done = as_user(command, "wrong.yaml", folder=tmp_path)
        assert (2, "") == (done.returncode, done.stdout)
        assert [
            "wrong.yaml:2:9: brand.topic: 'beaty' is not among the people's topics; did you mean 'beauty'?",
            "wrong.yaml:3:11: product.price: -5 lies below 0, the least for money; give at least 0",
            "wrong.yaml:4:1: bugdet: is unknown; did you mean 'budget'?",
        ] == done.stderr.splitlines()
    assert [tmp_path / "wrong.yaml"] == list(tmp_path.iterdir())


def test_problems_as_json_go_to_stdout(call, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    done = call("validate", "wrong.yaml", "--json")
    found = json.loads(done.stdout)
    assert (2, 1, 3, "") == (done.exit_code, found["version"], len(found["problems"]), done.stderr)
    assert {"file", "line", "column", "path", "message", "suggestion"} == set(found["problems"][0])


def test_explain_shows_every_number_within_100_columns(call, root: Path) -> None:
    done = call("explain", str(root / "scenarios/quick.yaml"))
    assert 0 == done.exit_code
    table = done.stdout.partition("\n\n")[2]
    assert max(map(len, table.splitlines())) <= 100
    assert "behavior.susceptibility_on_engage" in table
    assert "population.network.most_peers" in table


def test_explain_as_json_can_show_assumed_numbers_alone(call, root: Path) -> None:
    done = call("explain", str(root / "scenarios/quick.yaml"), "--json", "--assumed")
    assert {"assumed"} == {row["grade"] for row in json.loads(done.stdout)["numbers"]}


@pytest.mark.parametrize("name", SCENARIOS)
def test_shipped_scenarios_are_valid_and_fit_the_json_schema(call, root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "roster.csv").write_text(
        "id,followers,category\n" + "".join(f"{k},{50_000 if k else 500_000},beauty\n" for k in range(20))
    )
    (tmp_path / "graph.csv").write_text("".join(f"{k},{(k + 1) % 3000}\n" for k in range(3000)))
    file = root / "scenarios" / name
    graph = ("--set", "population.network.file=graph.csv") if name == "real_graph.yaml" else ()
    done = call("validate", str(file), "--set", "roster.file=roster.csv", *graph)
    assert 0 == done.exit_code, done.stderr
    assert file.read_text().startswith("# ")
    schema = json.loads(call("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(YAML(typ="safe", pure=True).load(file), schema)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("real_roster.yaml", "no roster file is named; add --set roster.file=PATH"),
        ("real_graph.yaml", "no graph file is named; add --set population.network.file=PATH"),
    ],
)
def test_a_shipped_scenario_that_needs_a_file_of_yours_says_how_to_name_it(call, root: Path, name: str, says) -> None:
    done = call("validate", str(root / "scenarios" / name))
    assert (2, True) == (done.exit_code, says in done.stderr)


def test_the_json_schema_refuses_unknown_keys(call) -> None:
    schema = json.loads(call("schema").stdout)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "bugdet": 3}, schema)
    with pytest.raises(jsonschema.ValidationError, match="does not match"):
        jsonschema.validate({"version": 1, "currency": "$"}, schema)


def test_list_shows_what_a_scenario_can_name(call) -> None:
    shown = call("list").stdout
    for name in ("later", "instagram", "standard", "heavy_tailed", "presets/mechanistic"):
        assert name in shown
    assert "later" not in call("list", "platforms").stdout


def test_where_no_scenario_file_lies_the_list_says_so(call) -> None:
    listed = call("list", "scenarios")
    assert (0, "") == (listed.exit_code, listed.stdout)
    assert "No scenario files in ./scenarios; write a first one with: simulator init" in listed.stderr


def test_a_started_scenario_asks_for_no_figure_that_is_shown_anyway(call) -> None:
    """P(ROI > 0) stands in every table."""
    call("init", "mine.yaml")
    assert {"roi": ">= 0.2"} == YAML(typ="safe", pure=True).load(Path("mine.yaml"))["targets"]


def test_result_columns_are_listed_with_their_units(call) -> None:
    shown = call("schema", "--results").stdout
    assert "profit" in shown
    assert "money" in shown
    assert "the ROI of a plan is its mean profit over its mean cost, not the mean of this column" in " ".join(
        word for word in shown.split() if word != "│"
    )


def test_doctor_names_what_matters(call) -> None:
    shown = call("doctor").stdout
    for fact in ("Python", "mesa", "numba", "cores", "memory", "compiled code"):
        assert fact in shown


def test_help_lists_every_command_in_its_own_words(call) -> None:
    shown = call("--help").stdout
    for name, (_, purpose) in COMMANDS.items():
        assert name in shown
        assert purpose.split()[0] in shown


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (ResultsError("the folder is foreign"), 2)])
def test_errors_become_exit_codes(call, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    def fail(*_: object) -> Result:
        raise error

    monkeypatch.setattr("simulator.cli.doctor._memory", fail)
    done = call("doctor")
    assert (code, "") == (done.exit_code, done.stdout)
    assert str(error) in done.stderr


def test_what_nobody_foresaw_is_one_line_unless_a_traceback_is_wanted(call, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        return str(1 // 0)

    monkeypatch.setattr("simulator.cli.doctor._memory", fail)
    done = call("doctor")
    assert (1, "", 1) == (done.exit_code, done.stdout, len(done.stderr.splitlines()))
    assert "internal error: ZeroDivisionError: integer division or modulo by zero; please report it" in done.stderr
    monkeypatch.setenv("SIMULATOR_TRACEBACK", "1")
    assert isinstance(call("doctor").exception, ZeroDivisionError)


def test_a_wrong_target_is_reported_at_its_place_beside_all_else(call, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG + "targets:\n  rio: '>= 0'\n")
    lines = call("validate", "wrong.yaml").stderr.splitlines()
    assert (4, True) == (len(lines), lines[3].startswith("wrong.yaml:7:3: targets.rio: "))


def test_explain_shows_who_is_hired_and_only_numbers_when_asked_for_assumed_ones(call, root: Path) -> None:
    file = str(root / "scenarios/quick.yaml")
    shown = [line.split() for line in call("explain", file).stdout.splitlines()]
    assert ["one", "1", "x", "2k", "2,000", "micro,", "beauty", "0,", "7", "flat_fee", "295.00", "88.30"] in shown
    assert ["platform.lifetime_days", "30"] in shown
    assert ["tiers", "nano", "100", "to", "1,000,", "micro", "1,000", "to", "10,000"] in shown
    assert "lifetime_days" not in call("explain", file, "--assumed").stdout


def test_list_survives_a_scenario_that_cannot_be_read(call, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    os.mkfifo(tmp_path / "scenarios/pipe.yaml")
    assert "(cannot be read)" in call("list", "scenarios").stdout


def test_an_unknown_command_or_option_is_a_usage_error(call) -> None:
    assert [2, 2, 2] == [call(*words).exit_code for words in (["simulat"], ["validate"], ["explain", "x", "--jsn"])]


def test_every_command_that_writes_takes_its_place_under_the_same_three_names() -> None:
    commands = {name: app.get_command(None, name) for name in COMMANDS}
    writing = {
        name: set(option.opts) for name, each in commands.items() for option in each.params if "--out" in option.opts
    }
    assert {"run", "sweep", "sensitivity", "break-even", "compare", "report", "export"} == set(writing)
    assert all({"-o", "--out", "--output"} == names for names in writing.values())
    assert not any("--output" in option.opts for name in {*commands} - {*writing} for option in commands[name].params)
