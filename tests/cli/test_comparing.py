"""`simulator compare`: what it prints, writes and refuses, and how it ends."""

from __future__ import annotations

import copy
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from rich.console import Console

from simulator.cli.comparing import CONDITIONS
from simulator.cli.comparison import print_comparison
from simulator.cli.main import app
from simulator.decide.compare import compare
from simulator.decide.requirements import read_requirements

ARM, OTHER = "one (one folder)", "one (dear)"


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def one(played) -> Path:
    return played("one folder")


@pytest.fixture
def dear(played) -> Path:
    return played("dear", "product.price=60", runs=80)


@pytest.fixture
def simulator(one: Path, dear: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(one.parent)
    capsys.readouterr()  # what playing printed

    def call(*words: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            app.main(["compare", *map(str, words)])
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return call


def on_a_screen(content: Mapping[str, Any], width: int) -> list[str]:
    """The lines that a terminal of that width shows."""
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_comparison(content, console)
    return console.file.getvalue().split("\n")


@pytest.fixture
def schema(root: Path) -> dict:
    return json.loads((root / "tests" / "schemas" / "compare.json").read_text())


def test_two_folders_are_shown_with_all_choices_and_what_differs(simulator, one: Path, dear: Path) -> None:
    ended = simulator(one, dear)
    assert (0, "") == (ended.code, ended.err)
    for words in (
        "60 runs that both results have", "product.price: 40 in one folder, 60 in dear", "P(best choice)",
        "Expected regret", "mean of the worst 5%", "P(first more)", "order 2", "Verdict", "No decision yet", "Mind",
        "60 of its 80 runs are used", "Next",
    ):  # fmt: skip
        assert words in re.sub(r"\s*\n", " ", ended.out)
    assert max(map(len, ended.out.split("\n"))) <= 100
    assert "\x1b" not in ended.out


def test_one_folder_is_shown_by_itself(simulator, one: Path) -> None:
    out = simulator(one).out
    assert "60 runs in 4 simulated markets of 4,000 people" in out
    assert "Differs" not in out
    assert re.search(r"P\(best choice\) +96\.7 ± 3\.3%", out)
    assert re.search(r"\[1\] no campaign +\[2\] one +\[3\] five", out)
    assert re.search(r"\[2\] − \[3\] +9\.0 ± 5\.6", out)


@pytest.mark.parametrize("width", [80, 100])
def test_the_names_of_choices_are_never_cut_and_no_line_is_too_long(one: Path, dear: Path, width: int) -> None:
    lines = on_a_screen(compare([one, dear]).content, width)
    assert max(map(len, lines)) <= width
    heads = " ".join(re.sub(r" {2,}", "  ", line) for line in lines if "[" in line and "]" in line)
    assert all(f"[{place}] " in heads for place in range(1, 6))
    rows = [line for line in lines if re.match(r"\[\d\] − \[\d\] ", line)]
    assert all(re.search(r"\d ± \d.* to .*%  ", row) for row in rows)


@pytest.mark.parametrize("best", [0, 2, 4])
def test_of_many_choices_the_pairs_with_the_best_are_listed_as_the_best_sees_them(
    one: Path, dear: Path, best: int
) -> None:
    content = copy.deepcopy(dict(compare([one, dear]).content))
    content["arms"][best]["profit"]["value"] = 1e6
    names = [arm["arm"] for arm in content["arms"]]
    lines = on_a_screen(content, 100)
    rows = [line for line in lines if re.match(r"\[\d\] − \[\d\] ", line)]
    others = [place for place in range(len(names)) if place != best]
    assert [f"[{best + 1}] − [{place + 1}]" for place in others] == [row[:9] for row in rows]
    gaps = {(each["arm"], each["other"]): each for each in content["pairs"] if each["metric"] == "profit"}
    for place, row in zip(others, rows, strict=True):
        two, sign = (names[best], names[place]), 1
        if two not in gaps:
            two, sign = two[::-1], -1
        told = re.search(r" ([−\d.,]+)(?: ± [\d.]+)? +([−\d.,]+) to ([−\d.,]+) +([\d.]+)", row[9:]).groups()
        gap, low, high, chance = (float(each.replace("−", "-").replace(",", "")) for each in told)
        difference, better = gaps[two]["difference"], gaps[two]["p_better"]["value"]
        assert sign * difference["value"] == pytest.approx(gap, abs=0.6)
        assert sorted(sign * difference[end] for end in ("low", "high")) == pytest.approx([low, high], abs=0.6)
        assert 100 * (better if sign > 0 else 1 - better) == pytest.approx(chance, abs=0.6)
    assert "Not listed: 6 pairs without the best choice; --json has them." in lines


def test_every_number_shown_is_that_of_the_json(simulator, one: Path) -> None:
    out, content = simulator(one).out, json.loads(simulator(one, "--json").out)
    regrets = re.search(r"Expected regret(.*)", out)[1]
    for arm, shown in zip(content["arms"], re.findall(r"([\d.,]+) ± ([\d.]+)", regrets), strict=True):
        assert arm["regret"]["value"] == pytest.approx(float(shown[0]), abs=0.6)
        assert arm["regret"]["error"] == pytest.approx(float(shown[1]), abs=0.6)


@pytest.mark.parametrize(
    "options", [(), ("--target", "roi >= -0.5", "--require", "decision", "--require", "roi(five) < 1")]
)
def test_json_of_one_folder_follows_its_schema(simulator, one: Path, schema: dict, options: tuple[str, ...]) -> None:
    content = json.loads(simulator(one, *options, "--json").out)
    jsonschema.validate(content, schema, cls=jsonschema.Draft202012Validator)
    assert "version" == next(iter(content))


def test_json_of_several_folders_follows_its_schema(simulator, one: Path, dear: Path, played, schema: dict) -> None:
    hopeful = played("hopeful", "behavior.halo=8")
    for words in ((one, dear), (one, dear, hopeful, "--across-beliefs")):
        out = simulator(*words, "--json").out
        content = json.loads(out[out.index('{\n  "version"') :])  # after what playing printed
        jsonschema.validate(content, schema, cls=jsonschema.Draft202012Validator)
    assert {"belief", "plan"} == {each["kind"] for each in content["differs"]}


def test_a_target_adds_its_probability_for_every_choice(simulator, one: Path) -> None:
    assert re.search(r"P\(roi >= -0\.95\) +– +\d.*% +\d.*%", simulator(one, "--target", "roi >= -0.95").out)


def test_what_is_required_is_told_and_makes_the_exit_code(simulator, one: Path) -> None:
    met = simulator(one, "--require", "profit(one) < 0", "--require", "decision")
    assert 0 == met.code
    assert re.search(r"met: profit\(one\) < 0; it is −243, 95% interval −\d+ to −\d+", met.out)
    missed = simulator(one, "--require", "profit(one) > 0", "--require", "decision")
    assert 4 == missed.code
    assert "not met: profit(one) > 0" in missed.out
    open_ = simulator(one, "--require", "p_best(no campaign) >= 0.95", "--json")
    assert 4 == open_.code
    assert "not shown" == json.loads(open_.out)["requirements"][0]["state"]


def test_o_writes_what_would_be_printed(simulator, one: Path, tmp_path: Path) -> None:
    for name, options in (("c.txt", ()), ("c.json", ("--json",))):
        printed = simulator(one, *options, "--require", "profit(one) > 0")
        written = simulator(one, *options, "--require", "profit(one) > 0", "-o", tmp_path / name)
        assert (4, "") == (written.code, written.out)
        assert printed.out == (tmp_path / name).read_text()
        assert str(tmp_path / name) in written.err


def test_a_file_that_cannot_be_written_is_an_error_in_words(simulator, one: Path, tmp_path: Path) -> None:
    ended = simulator(one, "-o", tmp_path / "missing" / "c.txt")
    assert 2 == ended.code
    assert re.match(r"Error: .*missing.*: cannot be used: No such file or directory", ended.err)


def test_what_is_not_paired_exits_with_2_and_says_why(simulator, one: Path, played) -> None:
    elsewhere = played("elsewhere", "seed=8", "worlds=8", "population.size=auto")
    ended = simulator(one, elsewhere)
    assert 2 == ended.code
    assert "one folder and elsewhere: cannot be compared run by run" in ended.err
    assert "population.size: 4,000 in one folder, auto resolved to 10,000 in elsewhere" in ended.err
    assert "set population.size: 10000 in all files" in ended.err
    problems = json.loads(simulator(one, elsewhere, "--json").out)["problems"]
    assert ["population.size", "worlds", "seed"] == [each["path"] for each in problems[1:]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--target", "rio >= 0"), "--target 'rio >= 0': is not a metric of runs; did you mean 'roi'?"),
        (("--target", "roi"), "--target 'roi': '' is not a target; write a comparison and a number"),
        (("--require", "profit(two) > 0"), "--require 'profit(two) > 0': 'two' is no arm"),
    ],
)
def test_what_cannot_be_read_exits_with_2(simulator, one: Path, options: tuple[str, ...], said: str) -> None:
    ended = simulator(one, *options)
    assert (2, "") == (ended.code, ended.out)
    assert said in ended.err


def test_a_folder_without_results_exits_with_2(simulator, tmp_path: Path) -> None:
    ended = simulator(tmp_path)
    assert 2 == ended.code
    assert "holds no results" in ended.err


def test_names_from_files_do_not_steer_the_terminal(simulator, one: Path, played) -> None:
    red = played("red", instead=("five:", '"fi\\e[31mve [bold]":'))
    ended = simulator(red)
    assert "\x1b" not in ended.out
    assert "fi\\u001b[31mve [bold]" in re.sub(r"\s*\n", "", ended.out) or "fi\\u001b[31mve" in ended.out


def test_help_explains_conditions_that_can_be_read() -> None:
    forms = [line.split("  ")[0] for line in CONDITIONS.replace("\n  ", "\n").split("\n")[2:] if line.strip()]
    forms = [form for form in forms if form.strip()]
    assert 6 == len(read_requirements(forms, ["ARM", "OTHER"]))


def test_help_imports_nothing_that_is_slow() -> None:
    code = (
        "import sys\nfrom simulator.cli.main import app\n"
        "try:\n    app.main(['compare', '--help'])\nexcept SystemExit:\n    pass\n"
        "print({'numpy', 'pandas', 'rich', 'pyarrow'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "A CONDITION is met if" in ended.stdout
    assert ended.stdout.endswith("set()\n")
