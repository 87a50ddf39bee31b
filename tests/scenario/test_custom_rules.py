"""Rules that a scenario names: found beside it, checked before anything else; their text is part of the question."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

import own_rules
import pytest
from campaigns import HEAD, ONE

from simulator.errors import InputProblems
from simulator.scenario.explain import settings as explained
from simulator.scenario.identity import scenario_hash
from simulator.scenario.loader import load_campaign, load_scenario
from simulator.scenario.schema import Scenario

ENGAGE = "behavior: {engage: my_rules.py:engage}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my_rules.py").write_text(own_rules.SAME)
    (tmp_path / "scenario.yaml").write_text(HEAD + ONE + ENGAGE)
    return tmp_path


def problems(folder: Path, *settings: str, allowed: bool = True) -> list[str]:
    with pytest.raises(InputProblems) as found:
        load_campaign(folder / "scenario.yaml", settings, allow_custom_rules=allowed)
    return [str(problem).removeprefix(f"{folder}/") for problem in found.value.problems]


def scenario_with(folder: Path, *settings: str) -> Scenario:
    return load_scenario(folder / "scenario.yaml", settings)


def test_a_rule_is_found_beside_the_scenario_that_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (rule,) = scenario_with(folder).custom_rules
    assert ("engage", "engage", own_rules.SAME) == (rule.name, rule.function, rule.text)
    assert str(folder / "my_rules.py") == rule.file


def test_a_rule_of_a_scenario_below_is_found_beside_that(folder: Path) -> None:
    above = folder / "above"
    above.mkdir()
    (above / "scenario.yaml").write_text("extends: ../scenario.yaml\n")
    (rule,) = scenario_with(above).custom_rules
    assert own_rules.SAME == rule.text


def test_a_rule_of_the_command_line_is_found_in_this_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "scenario.yaml").write_text(HEAD + ONE)
    monkeypatch.chdir(folder)
    (rule,) = scenario_with(folder, "behavior.trust_after=my_rules.py:trust_after").custom_rules
    assert ("trust_after", "my_rules.py") == (rule.name, rule.file)


def test_the_numbers_of_the_behavior_stay_as_they_are(folder: Path) -> None:
    named = scenario_with(folder, "behavior.trust_step=0.02")
    (folder / "scenario.yaml").write_text(HEAD + ONE)
    assert named.behavior == scenario_with(folder, "behavior.trust_step=0.02").behavior


def test_a_layer_above_can_give_the_built_in_rule_back(folder: Path) -> None:
    assert () == scenario_with(folder, "behavior.engage=null").custom_rules


def test_a_rule_counts_for_the_hash_by_its_text_alone(folder: Path) -> None:
    before = scenario_hash(scenario_with(folder), "")
    (folder / "my_rules.py").rename(folder / "others.py")
    (folder / "scenario.yaml").write_text(HEAD + ONE + ENGAGE.replace("my_rules", "others"))
    assert before == scenario_hash(scenario_with(folder), "")
    with (folder / "others.py").open("a") as file:
        file.write("\nUNUSED = 1\n")
    assert before != scenario_hash(scenario_with(folder), "")


def test_line_ends_do_not_count(folder: Path) -> None:
    before = scenario_hash(scenario_with(folder), "")
    (folder / "my_rules.py").write_bytes(own_rules.SAME.replace("\n", "\r\n").encode("utf-8-sig"))
    assert before == scenario_hash(scenario_with(folder), "")


def test_which_function_of_a_file_plays_counts(folder: Path) -> None:
    text = own_rules.SAME + "\n\ndef other(person, tie, post, response, exposures):\n    return 0.5\n"
    (folder / "my_rules.py").write_text(text)
    one, other = (scenario_with(folder, f"behavior.engage={folder}/my_rules.py:{name}") for name in ("engage", "other"))
    assert scenario_hash(one, "") != scenario_hash(other, "")


def test_the_hash_without_own_rules_is_what_it_was(folder: Path) -> None:
    (folder / "scenario.yaml").write_text(HEAD + ONE)
    scenario = scenario_with(folder)
    assert "custom_rules" in Scenario.model_fields
    assert scenario_hash(scenario, "") == scenario_hash(scenario.model_copy(update={"custom_rules": ()}), "")
    from simulator.scenario.identity import canonical

    assert "custom_rules" not in canonical(scenario)


def test_the_text_travels_with_the_scenario(folder: Path) -> None:
    scenario = pickle.loads(pickle.dumps(scenario_with(folder)))
    assert own_rules.SAME == scenario.custom_rules[0].text


def test_explain_names_the_rule_and_its_text(folder: Path) -> None:
    shown = explained(scenario_with(folder))["behavior.engage"]
    assert shown.startswith(f"{folder}/my_rules.py:engage (text ")


def test_nothing_of_a_file_runs_while_it_is_checked(folder: Path) -> None:
    before = set(sys.modules)
    (folder / "my_rules.py").write_text(f"open({str(folder / 'trace')!r}, 'w')\n" + own_rules.SAME)
    assert ["my_rules.py:1:1: no expr here; a rule file has imports, constants and functions"] == problems(folder)
    assert not (folder / "trace").exists()
    assert not [name for name in set(sys.modules) - before if "rules" in name]


def test_own_rules_can_be_forbidden(folder: Path) -> None:
    (folder / "my_rules.py").unlink()  # which is then not even looked for
    (problem,) = problems(folder, allowed=False)
    assert problem.startswith(
        "scenario.yaml:14:12: behavior.engage: names a rule of its own, my_rules.py:engage, which"
    )
    assert problem.endswith("--no-custom-rules forbids; remove it, or leave that option out")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("engage: 0.3", "behavior.engage: is 0.3, not a rule of your own; write FILE.py:FUNCTION"),
        ("engage: [1]", "behavior.engage: is a list, not a rule"),
        ("engage: my_rules.py", "behavior.engage: is 'my_rules.py', not a rule"),
        ("engage: my_rules.txt:engage", "not a rule of your own"),
        ("engage: 'my_rules.py:engage()'", "not a rule of your own"),
        ("engage: nowhere.py:engage", "nowhere.py is not found; a rule's file is found beside the scenario"),
        ("engage: my_rules.py:engaje", "my_rules.py has no function 'engaje'; did you mean 'engage'?"),
        (
            "click: my_rules.py:engage",
            "not the facts of click; write def engage(person, tie, post, response, exposures, ",
        ),
        ("engaje: my_rules.py:engage", "behavior.engaje: is unknown; did you mean 'engage'?"),
        ("encounter: my_rules.py:engage", "behavior.encounter: is unknown"),
    ],
)
def test_a_wrong_name_is_one_problem_at_its_place(folder: Path, said: str, message: str) -> None:
    (folder / "scenario.yaml").write_text(f"{HEAD}{ONE}behavior: {{{said}}}\n")
    (problem,) = problems(folder)
    assert message in problem
    assert problem.startswith(("scenario.yaml:14:", "my_rules.py:11:1: "))


def test_rules_are_named_in_the_behavior_alone(folder: Path) -> None:
    (folder / "scenario.yaml").write_text(HEAD + ONE + "custom_rules: []\n")
    (problem,) = problems(folder)
    assert "custom_rules: is unknown; name rules in behavior" in problem


def test_a_file_that_cannot_be_read_is_a_problem(folder: Path) -> None:
    path = folder / "my_rules.py"
    path.write_bytes(b"x = '\xff'\n")
    assert "is not UTF-8 text (byte 6)" in problems(folder)[0]
    path.write_text("#" * 100_001)
    assert "is larger than 100,000 bytes" in problems(folder)[0]
    path.unlink()
    path.mkdir()
    assert "is not a regular file" in problems(folder)[0]
    path.rmdir()
    os.mkfifo(path)
    assert "is not a regular file" in problems(folder)[0]


def test_what_is_wrong_with_a_file_is_said_once_though_two_rules_are_in_it(folder: Path) -> None:
    (folder / "my_rules.py").write_text(own_rules.SAME.replace("post.engage\n", "post.engage ** 2.0\n"))
    rules = "behavior: {engage: my_rules.py:engage, trust_after: my_rules.py:trust_after}\n"
    (folder / "scenario.yaml").write_text(HEAD + ONE + rules)
    assert ["my_rules.py:13:9: engage: no ** in the language of rules; write a product, or call power_"] == problems(
        folder
    )
