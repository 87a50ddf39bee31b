"""A scenario's own rules play on both engines alike, in processes of their own: a process has one set of rules."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import own_rules
import pytest
from lively import LIVELY, lively
from own_rules import FUNCTIONS, Row, elsewhere, plays, replacing
from test_agreement import MECHANISMS

import simulator
from simulator.engines import custom_rules
from simulator.engines.custom_rules import put_in_force
from simulator.errors import InputProblems, OtherRules
from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario.custom_rules import CustomRule
from simulator.scenario.loader import load_campaign

RUNS = (1, 2, 3, 4)
SAME = replacing("same.py", ("engage", "trust_after"))
OTHER = (*replacing("other.py", FUNCTIONS), "replicates=1")  # draws enough for one to fail


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything happens in this scenario, and every mechanism works; rules are named as seen from its folder."""
    folder = tmp_path_factory.mktemp("own")
    lively(folder, MECHANISMS)
    (folder / "plain.yaml").write_text(LIVELY)
    (folder / "same.py").write_text(own_rules.SAME)
    (folder / "other.py").write_text(own_rules.OTHER)
    return folder


def rows(
    folder: Path, engine: str, *settings: str, runs: tuple[int, ...] = RUNS, file: str = "lively.yaml"
) -> list[Row]:
    return [tuple(row) for row in elsewhere(folder, file, engine, json.dumps(runs), *settings)]


@pytest.fixture(scope="module")
def others(folder: Path) -> list[Row]:
    return rows(folder, "compiled", *OTHER)


def failed(found: list[Row]) -> set[int]:
    return {run for run, _, said in found if said.startswith("a rule of the scenario failed")}


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_the_built_in_rules_as_own_rules_change_nothing(folder: Path, engine: str) -> None:
    assert plays(str(folder / "lively.yaml"), "compiled", RUNS) == rows(folder, engine, *SAME)


def test_both_engines_agree_on_other_rules_and_on_where_they_fail(folder: Path, others: list[Row]) -> None:
    assert others == rows(folder, "mesa", *OTHER)
    assert 0 < len(failed(others)) < len(RUNS)


def test_where_no_mechanism_looks_at_a_fact_own_rules_find_it_all_the_same(folder: Path) -> None:
    quiet = [f"behavior.{name}=1" for name in ("fit_on_engage", "fit_on_click", "fit_on_order", "wear_on_engage")]
    quiet += ["behavior.wear_on_click=1", "behavior.susceptibility_on_engage=1", "behavior.trust_step=0", *OTHER]
    quiet += [f"behavior.trust_on_{name}=1" for name in ("engage", "click", "order")]
    compiled = rows(folder, "compiled", *quiet, file="plain.yaml")
    assert compiled == rows(folder, "mesa", *quiet, file="plain.yaml")
    assert not failed(compiled)


def test_other_rules_give_other_results(folder: Path, others: list[Row]) -> None:
    played = [row for row in others if row[1] in ("codes", "many")]
    assert not set(played) & set(plays(str(folder / "lively.yaml"), "compiled", RUNS))


def test_a_failure_says_which_rule_failed_where(others: list[Row]) -> None:
    run = min(failed(others))
    assert (
        f"a rule of the scenario failed in run {run}, world 0, arm 'codes': ValueError: trust counts too much "
        "(other.py:18, in engage)"
    ) in [said for _, _, said in others]


def test_after_a_failed_run_the_next_is_as_in_a_fresh_process(folder: Path, others: list[Row]) -> None:
    after = tuple(run for run in RUNS if run > min(failed(others)))
    assert after
    assert [row for row in others if row[0] in after] == rows(folder, "compiled", *OTHER, runs=after)


def test_the_shipped_example_plays_on_both_engines(root: Path) -> None:
    example = root / "scenarios" / "own_rules"
    compiled = rows(example, "compiled", runs=(1, 2), file="overlooked.yaml")
    assert compiled == rows(example, "mesa", runs=(1, 2), file="overlooked.yaml")
    plain = rows(example, "mesa", "behavior.engage=null", runs=(1, 2), file="overlooked.yaml")
    assert [arm for _, arm, _ in compiled] == [arm for _, arm, _ in plain]
    assert compiled != plain


def test_the_text_of_a_rule_travels_to_workers(folder: Path, tmp_path: Path) -> None:
    """Spawned processes play a scenario whose rule file is gone, each its run, and start in any order."""
    for name in ("lively.yaml", "other.py"):
        (tmp_path / name).write_text((folder / name).read_text())
    setting = f"behavior.order_lag={tmp_path / 'other.py'}:lag"
    campaign = load_campaign(tmp_path / "lively.yaml", [setting])
    (tmp_path / "other.py").unlink()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(own_rules.play_mesa, [campaign] * 2, (2, 1)))
    setting = "behavior.order_lag=other.py:lag"
    assert found[1] + found[0] == rows(folder, "mesa", setting, runs=(1, 2))


def test_a_process_plays_by_one_set_of_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_campaign(folder / "lively.yaml", [f"behavior.order_lag={folder}/other.py:lag"])[0].custom_rules
    monkeypatch.setattr(custom_rules, "_in_force", [()])
    with pytest.raises(
        OtherRules, match=r"plays by the built-in rules, not by order_lag: .*other\.py:lag; start a new"
    ):
        put_in_force(rules)
    monkeypatch.setattr(custom_rules, "_in_force", [rules])
    put_in_force(tuple(rule.model_copy(update={"file": "elsewhere.py"}) for rule in rules))  # the same text
    with pytest.raises(OtherRules):
        put_in_force(())


WRONG = {
    "a whole where a number should be": ("return len(post.order)", "len"),
    "two answers": ("return (0.1, 0.2)", "it gives UniTuple(float64 x 2), not a number"),
    "a rule called wrongly": ("return trust_felt(exposures)", "No implementation of function trust_felt"),
}


@pytest.mark.parametrize(("body", "message"), WRONG.values(), ids=WRONG)
def test_a_rule_that_cannot_be_compiled_is_a_problem_of_its_file(
    body: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "from simulator.rules.trust import trust_felt\ndef f(person, tie, post, response, exposures):\n    " + body
    rule = CustomRule(name="engage", file="mine.py", function="f", text=text)
    with pytest.raises(InputProblems) as found:
        _put_alone(monkeypatch, rule)
    (problem,) = found.value.problems
    assert ("mine.py", "behavior.engage") == (problem.file, problem.path)
    assert problem.message.startswith("f cannot be compiled: ")
    assert message in problem.message
    assert problem.line in (2, 3)


def test_a_constant_that_cannot_be_computed_is_a_problem_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "A = 1 / 0\ndef f(person, tie, post, response, exposures):\n    return A"
    with pytest.raises(InputProblems, match=r"mine\.py: a constant cannot be computed: division by zero"):
        _put_alone(monkeypatch, CustomRule(name="engage", file="mine.py", function="f", text=text))


def test_a_text_nobody_has_checked_is_checked_before_it_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = f"open({str(tmp_path / 'trace')!r}, 'w')\ndef f(person, tie, post, response, exposures):\n    return 0.5"
    with pytest.raises(InputProblems, match="no expr here"):
        _put_alone(monkeypatch, CustomRule(name="engage", file="mine.py", function="f", text=text))
    assert not (tmp_path / "trace").exists()


def _put_alone(monkeypatch: pytest.MonkeyPatch, rule: CustomRule) -> None:
    """Try to put a rule in force that cannot be; this process goes on with the rules it has."""
    monkeypatch.setattr(custom_rules, "_in_force", [])
    monkeypatch.setattr(custom_rules, "kernels_of", lambda _package: [])
    put_in_force((rule,))


def test_rules_that_may_be_replaced_are_known_to_rules_and_engines_alone() -> None:
    """So worlds and briefs are the same whatever rules play, and so is the code compiled for them."""
    built_in = {id(each.function) for each in REPLACEABLE.values()}
    for found in walk_packages(simulator.__path__, "simulator."):
        if not found.name.startswith(("simulator.rules.", "simulator.engines.", "simulator.__main__")):
            module = import_module(found.name)
            assert not [name for name, value in vars(module).items() if id(value) in built_in], found.name


LOOK = """
import sys
from importlib import import_module
from pkgutil import walk_packages

import simulator.engines.play
from simulator import compiled
from simulator.engines.custom_rules import put_in_force
from simulator.scenario.custom_rules import CustomRule
from simulator.world.audiences import build_audiences

before = len(compiled.kernels_of("simulator.engines"))
text = "def f(person, tie, post, response, exposures):\\n    return 0.5"
put_in_force((CustomRule(name="engage", file="mine.py", function="f", text=text),))
for found in walk_packages(simulator.engines.__path__, "simulator.engines."):
    import_module(found.name)
assert 0 < before == len(compiled.kernels_of("simulator.engines"))
for room, apart in (("engines", True), ("world", False), ("campaign", False)):
    for kernel in compiled.kernels_of(f"simulator.{room}"):
        assert apart == ("-rules-" in kernel._cache.cache_path), kernel
import simulator.rules.encounter, simulator.engines.block
assert "f" == simulator.rules.encounter.engage.__name__
assert 1 == simulator.engines.block.whole_lanes.py_func(1)
"""


def test_compiled_code_of_own_rules_lies_apart_and_that_of_worlds_stays() -> None:
    looked = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=False)
    assert 0 == looked.returncode, looked.stderr  # it asserts there: rules in force stay so in this process
