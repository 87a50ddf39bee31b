"""`inspect`: a run told for people and as JSON, of whom one asks for, and the very run that `run` plays."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from simulator.cli.main import app

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "inspect.json").read_text())


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path):
    """Runs a command in an empty folder; `inspect` looks at the quick scenario."""
    monkeypatch.chdir(tmp_path)
    quick = str(root / "scenarios" / "quick.yaml")
    return lambda *words: CliRunner().invoke(app, ["inspect", quick, *words])


def told(ended: Result) -> dict[str, Any]:
    """The JSON that was printed."""
    assert 0 == ended.exit_code, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    jsonschema.validate(found, SCHEMA)
    return found


def test_json_fits_its_schema_and_says_its_version_first(call) -> None:
    ended = call("--json")
    found = told(ended)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert "version" == next(iter(found))
    assert (1, "one", 1, 0) == tuple(found[key] for key in ("version", "arm", "run", "world"))
    assert 10 == len(found["people"])
    asked = [event for event in found["events"] if event["probability"] is not None]
    assert len(asked) > 50
    assert all((event["die"] < event["probability"]) == event["outcome"] for event in asked)


def test_it_is_the_run_that_run_plays(call, root: Path, tmp_path: Path) -> None:
    quick = str(root / "scenarios" / "quick.yaml")
    assert 0 == CliRunner().invoke(app, ["run", quick, "--runs", "20", "--out", "R", "--daily"]).exit_code
    found = told(call("--json", "--arm", "five", "--run", "7"))
    which = [("arm", "==", "five"), ("run", "==", 7)]
    (row,) = pq.read_table(tmp_path / "R" / "runs.parquet", filters=which).to_pylist()
    outcome = found["outcome"]
    costs = outcome.pop("costs")
    assert {key: row[key] for key in outcome} == outcome
    assert {key: row[key] for key in costs} == costs
    days = pq.read_table(tmp_path / "R" / "daily.parquet", filters=which).to_pylist()
    for before, after in zip(days, found["days"], strict=True):
        assert {key: before[key] for key in after if key != "costs"} == {k: v for k, v in after.items() if k != "costs"}
    assert 2 == found["world"]  # (7 - 1) mod 4


BONUS = """
version: 1
extends: {quick}
mechanisms: {{outreach: {{accept_paid: 0.5}}, no_shows: {{chance: 0.5}}}}
arms:
  one: null
  five:
    hire:
      - {{followers: 400, count: 5, posts: 4, pay: {{kind: base_plus_bonus, base: 10, bonus: 2, per: 5, cap: 30}}}}
"""


def test_what_is_due_by_result_is_settled_after_the_days(call, root: Path, tmp_path: Path) -> None:
    (tmp_path / "bonus.yaml").write_text(BONUS.format(quick=root / "scenarios" / "quick.yaml"))
    words = ["inspect", str(tmp_path / "bonus.yaml"), "--person", "5"]
    found = told(CliRunner().invoke(app, [*words, "--json"]))
    settled = {kind: sum_ for kind, sum_ in found["settled"].items() if sum_}
    assert {"cost_bonus": found["outcome"]["costs"]["cost_bonus"]} == settled
    for kind, whole in found["outcome"]["costs"].items():
        assert whole == pytest.approx(
            sum(day["costs"].get(kind, 0.0) for day in found["days"]) + found["settled"][kind]
        )
    lines = CliRunner().invoke(app, words).stdout
    assert f"Settled by result after the last day: spent {settled['cost_bonus']:.2f} (bonus" in lines


def test_what_influencers_decide_is_told_with_its_dice(call, root: Path, tmp_path: Path) -> None:
    (tmp_path / "bonus.yaml").write_text(BONUS.format(quick=root / "scenarios" / "quick.yaml"))
    events = told(CliRunner().invoke(app, ["inspect", str(tmp_path / "bonus.yaml"), "--person", "5", "--json"]))[
        "events"
    ]
    offers = [event for event in events if event["decision"] == "takes a fair offer"]
    refused = {event["influencer"] for event in offers if not event["outcome"]}
    published = {event["post"] for event in events if event["decision"] == "publishes"}
    missed = {event["post"] for event in events if event["decision"] == "misses the post" and event["outcome"]}
    assert {0.5} == {event["probability"] for event in offers}
    assert refused
    assert missed
    assert published
    assert not published & missed
    assert not refused & {post.partition(" ")[0] for post in published}


@pytest.mark.parametrize("standing_for", [1, 10])
def test_all_orders_are_split_as_the_tables_of_run_split_them(
    call, root: Path, tmp_path: Path, standing_for: int
) -> None:
    thinned = ("--set", f"population.people_per_agent={standing_for}")
    words = ["run", str(root / "scenarios" / "quick.yaml"), "--runs", "20", "--out", "R", *thinned]
    assert 0 == CliRunner().invoke(app, words).exit_code
    for run in (1, 7):
        which = [("arm", "==", "five"), ("run", "==", run)]
        (row,) = pq.read_table(tmp_path / "R" / "runs.parquet", filters=which).to_pylist()
        lines = call("--arm", "five", "--run", str(run), "--person", "12", *thinned).stdout
        baseline, caused = row["baseline_orders"], row["incremental_orders"]
        split = f"{row['orders']} orders ({baseline:,} baseline, {caused:,} caused by the campaign)"
        assert split.replace("-", "−") in lines


def test_who_orders_is_picked_and_told_why_even_where_the_campaign_sells_nothing(call) -> None:
    found = told(call("--json"))
    assert 0 == found["outcome"]["incremental_orders"]
    whys = {event["outcome"] for event in found["events"] if event["decision"] == "why"}
    assert {"baseline demand, would have ordered anyway"} == whys
    assert "→ yes; why: baseline demand, would have ordered anyway; order is credited to: nobody" in call().stdout


def test_an_order_without_a_click_is_called_the_halo(call) -> None:
    lines = call("--arm", "five", "--run", "5").stdout
    assert "orders; why: an untracked order: the halo (orders that follow a post without a click)" in lines


def test_one_peer_is_one_peer(call) -> None:
    people = [word for who in range(60) for word in ("--person", str(who))]
    found, lines = told(call("--json", *people)), call(*people).stdout
    assert 1 in [person["peers"] for person in found["people"]]
    assert ", 1 peer; " in lines
    assert ", 1 peers; " not in lines


def test_the_same_call_prints_the_same(call) -> None:
    assert call("--limit", "3").stdout == call("--limit", "3").stdout


def test_lines_tell_question_probability_die_and_outcome(call) -> None:
    events, lines = told(call("--json"))["events"], call().stdout
    event = next(each for each in events if each["decision"] == "engages" and each["outcome"])
    line = next(line for line in lines.splitlines() if f"person {event['person']}, {event['post']} (feed)" in line)
    assert "sees? p = " in line
    assert f"engages? p = {event['probability']:.3g}, die {event['die']:.3g} → yes" in lines
    assert "2k#1 post 1: publishes" in lines
    assert "Day 0: " in lines
    assert "spent 300.00 (fees 295.00, handling 5.00)" in lines
    assert "In all: " in lines


def test_a_person_is_told_of_alone(call) -> None:
    found = told(call("--json", "--person", "26", "--person", "12"))
    assert [26, 12] == [person["person"] for person in found["people"]]
    assert {26, 12, None} == {event["person"] for event in found["events"]}


def test_followers_follow_whom_is_asked_for(call) -> None:
    found = told(call("--json", "--arm", "five", "--follower-of", "400#3", "--limit", "4"))
    assert 4 == len(found["people"])
    for person in found["people"]:
        assert "400#3" in [tie["influencer"] for tie in person["follows"]]


def test_an_influencer_or_a_whole_hire_can_be_asked_for(call) -> None:
    found = told(call("--json", "--arm", "five", "--influencer", "400#2"))
    assert {"400#2"} == {event["influencer"] for event in found["events"]}
    assert {None} < {event["person"] for event in found["events"]}
    hired = told(call("--json", "--arm", "five", "--influencer", "400"))
    assert {f"400#{k}" for k in range(1, 6)} == {event["influencer"] for event in hired["events"]}


def test_one_day_is_told_alone(call) -> None:
    found = told(call("--json", "--day", "7"))
    assert [7] == [day["day"] for day in found["days"]]
    assert {7} == {event["day"] for event in found["events"]}
    assert ["Day 7"] == [line.partition(":")[0] for line in call("--day", "7").stdout.splitlines() if "Day " in line]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--arm", "ona"), "--arm: 'ona' is no arm; did you mean 'one'?"),
        (("--run", "201"), "--run: 201 is beyond the 200 runs; add --set runs=201"),
        (("--person", "4000"), "--person: 4000 is nobody; give a number from 0 to 3999"),
        (("--person", "-1"), "--person: -1 is nobody"),
        (("--day", "28"), "--day: 28 is beyond the last day; give a day from 0 to 27"),
        (("--follower-of", "2k"), "--follower-of: '2k' is no influencer; did you mean '2k#1'?"),
        (("--influencer", "3k"), "--influencer: '3k' is no influencer; choose from 2k, 2k#1, 400, 400#1"),
        (("--person", "1", "--follower-of", "2k#1"), "--follower-of: people are picked already"),
        (("--set", "bugdet=3"), "did you mean"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(call, words: tuple[str, ...], message: str) -> None:
    ended = call(*words)
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert message in ended.stderr


def test_nothing_is_written(call, tmp_path: Path) -> None:
    assert 0 == call("--person", "12").exit_code
    assert [] == list(tmp_path.iterdir())


def stepping(monkeypatch: pytest.MonkeyPatch, root: Path, typed: str, *words: str) -> None:
    """Type on a terminal, of which there is only the pretense."""
    keys = io.StringIO(typed)
    monkeypatch.setattr(keys, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", keys)
    with pytest.raises(SystemExit) as ended:
        app.main(["inspect", str(root / "scenarios" / "quick.yaml"), "--person", "12", *words])
    assert 0 == ended.value.code


def test_on_a_terminal_each_day_waits_for_enter_until_q(
    monkeypatch: pytest.MonkeyPatch, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stepping(monkeypatch, root, "\n\nq\n", "--step")
    out = capsys.readouterr().out
    assert ["Day 0", "Day 1", "Day 2"] == [line[:5] for line in out.splitlines() if line.startswith("Day ")]


def test_without_step_nobody_waits(
    monkeypatch: pytest.MonkeyPatch, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stepping(monkeypatch, root, "")
    assert "In all: " in capsys.readouterr().out


def test_without_a_terminal_nobody_waits(call) -> None:
    assert "In all: " in call("--person", "12", "--step").stdout


WITHOUT = """
version: 1
name: Two posts or six
extends: {quick}
arms:
  one: null
  five: null
  two posts: {{hire: [{{followers: 2000, posts: 2, pay: {{kind: flat_fee, amount: equal_share}}}}]}}
  six posts: {{hire: [{{followers: 2000, posts: 6, pay: {{kind: flat_fee, amount: equal_share}}}}]}}
"""


def engaging(found: dict[str, Any]) -> dict[tuple[int, str], float]:
    """Probability of engaging by person and post."""
    return {(e["person"], e["post"]): e["probability"] for e in found["events"] if e["decision"] == "engages"}


def test_own_rules_are_watched_as_they_play(root: Path, tmp_path: Path) -> None:
    """A process plays by one set of rules, so two are asked: who has seen enough engages less by the own rule."""
    scenarios, people = root / "scenarios", [word for who in range(60) for word in ("--person", str(who))]
    (tmp_path / "without.yaml").write_text(WITHOUT.format(quick=scenarios / "quick.yaml"))
    words = ["--arm", "six posts", "--json", *people]
    built_in = told(CliRunner().invoke(app, ["inspect", str(tmp_path / "without.yaml"), *words]))
    command = [sys.executable, "-m", "simulator", "inspect", str(scenarios / "own_rules" / "overlooked.yaml"), *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    found = json.loads(ended.stdout)
    jsonschema.validate(found, SCHEMA)
    own, usual = engaging(found), engaging(built_in)
    both = own.keys() & usual.keys()
    assert len(both) > 60
    assert all(own[key] <= usual[key] * 1.0000001 for key in both if key[1] != "2k#1 post 6")
    assert 10 < sum(own[key] < 0.9 * usual[key] for key in both)
    assert {"kind of engagement"} >= {e["decision"] for e in found["events"]} & {"shares", "kind of engagement"}


def test_own_rules_can_be_refused(root: Path) -> None:
    file = root / "scenarios" / "own_rules" / "overlooked.yaml"
    ended = CliRunner().invoke(app, ["inspect", str(file), "--no-custom-rules"])
    assert (2, "") == (ended.exit_code, ended.stdout)
    assert "names a rule of its own" in ended.stderr
