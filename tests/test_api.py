"""The simulator from Python: public names, frames that equal the tables, charts, and examples that run."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import altair as alt
import pandas as pd
import pytest

import simulator
from simulator import api
from simulator.decide.question import Question
from simulator.decide.sampling import sampled
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.decide.varied import Varied
from simulator.errors import InputProblems, ResultsError
from simulator.python_words import in_python

ROOT = Path(__file__).parents[1]
QUICK = ROOT / "scenarios" / "quick.yaml"
PUBLIC = [
    "Analysis", "Comparison", "Results", "__version__", "break_even", "compare", "load_scenario", "open_results",
    "sensitivity", "simulate", "sweep",
]  # fmt: skip


@pytest.fixture(scope="module")
def results() -> simulator.Results:
    return simulator.simulate(QUICK, runs=24, executor="serial", daily=True)


def test_public_names_stay() -> None:
    """Whoever changes these breaks other people's notebooks: say so in the changelog."""
    assert PUBLIC == sorted(simulator.__all__) == dir(simulator)
    assert all(getattr(simulator, name) is not None for name in PUBLIC)


def test_the_package_itself_loads_fast() -> None:
    """Nothing heavy is imported until a public name is used."""
    code = "import sys, simulator; print([name for name in ('pandas', 'altair', 'numpy') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'simulte'"):
        _ = simulator.simulte  # type: ignore[attr-defined]


def test_results_are_those_of_the_command(results: simulator.Results, tmp_path: Path) -> None:
    out = tmp_path / "run"
    command = [sys.executable, "-m", "simulator", "run", str(QUICK), "--runs", "24", "--daily", "--out", str(out)]
    subprocess.run(command, capture_output=True, check=True)
    other = simulator.open_results(out)
    assert results.runs.equals(other.runs)
    assert results.influencers.equals(other.influencers)
    assert results.daily is not None
    assert results.daily.equals(other.daily)
    assert results.table.equals(other.table)
    assert results.verdict == other.verdict


def test_the_table_has_every_arm_with_the_figures_of_the_runs(results: simulator.Results) -> None:
    assert ["no campaign", "one", "five"] == list(results.table.index)
    means = results.runs.groupby("arm")["profit"].mean()
    for arm in ("one", "five"):
        assert means[arm] == pytest.approx(results.table.loc[arm, "profit"])
    assert results.verdict in results._repr_html_()


def test_the_tables_figures_are_the_summarys_with_their_errors(results: simulator.Results) -> None:
    for arm in results.summary["arms"]:
        row, metrics = results.table.loc[arm["arm"]], arm["metrics"]
        estimates = {name: metrics[name] for name in ("cost", "reach", "engagements", "incremental_orders", "roi")}
        estimates |= {"profit": arm["versus_no_campaign"], "p_best": arm["p_best"], "regret": arm["regret"]}
        expected = {name: estimate["value"] for name, estimate in estimates.items()}
        expected |= {f"{name}_error": estimate["error"] for name, estimate in estimates.items()}
        expected |= {"profit_var05": arm["profit_var05"]["value"], "profit_cvar05": arm["profit_cvar05"]}
        told = {name: None if pd.isna(value) else value for name, value in row.items()}
        assert expected == told


def test_charts_and_a_report_come_with_results(results: simulator.Results, tmp_path: Path) -> None:
    assert {"roi-distribution", "paired-difference", "profit-over-days"} <= results.charts.keys()
    assert all(isinstance(chart, alt.TopLevelMixin) for chart in results.charts.values())
    page = results.report(tmp_path / "report.html")
    assert results.verdict.split(":")[0] in page.read_text()


def test_a_folder_is_kept_and_read_again(tmp_path: Path) -> None:
    first = simulator.simulate(QUICK, runs=8, executor="serial", out=tmp_path / "kept")
    again = simulator.simulate(QUICK, runs=8, executor="serial", out=tmp_path / "kept")
    assert first.runs.equals(again.runs)
    assert 8 == again.summary["runs"]


def test_a_folder_that_holds_the_answer_is_not_played_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = simulator.simulate(QUICK, runs=8, executor="serial", out=tmp_path)
    monkeypatch.setattr(api, "record", lambda *_: pytest.fail("played again"))
    assert first.verdict == simulator.simulate(QUICK, runs=8, executor="serial", out=tmp_path).verdict


def test_a_folder_that_nobody_named_goes_with_its_results() -> None:
    results = simulator.simulate(QUICK, runs=2, executor="serial")
    place = results.folder.parent
    assert place.exists()
    del results
    gc.collect()
    assert not place.exists()


def test_what_is_asked_of_a_run_is_played_and_recorded(tmp_path: Path) -> None:
    scenario = simulator.load_scenario(QUICK, {"budget": 290})
    found = simulator.simulate(scenario, runs=1, engine="mesa", executor="serial", out=tmp_path / "kept")
    manifest = found.reading.manifest
    assert ("mesa", "serial", ["budget=290"], 1) == (
        manifest["engine"], manifest["executor"], manifest["settings"], manifest["counts"]["runs"],
    )  # fmt: skip
    assert f"--out {tmp_path / 'kept'}" in found.summary["verdict"]["next_command"]


def test_a_run_ends_once_it_is_precise_enough_or_its_time_is_over() -> None:
    precise = simulator.simulate(QUICK, runs=5000, executor="serial", precision="profit:100000")
    late = simulator.simulate(QUICK, runs=5000, executor="serial", time_limit=0.001)
    assert [True, True] == [0 < each.summary["runs"] < 5000 for each in (precise, late)]
    assert ["precision", "time limit"] == [each.summary["stopped"]["reason"] for each in (precise, late)]


def test_a_report_of_an_older_folder_is_refused_before_it_is_written(
    results: simulator.Results, tmp_path: Path
) -> None:
    older = simulator.Results(replace(results.reading, runs=results.runs.drop(columns=["emv"])))
    with pytest.raises(ResultsError, match="lacks emv"):
        older.report(tmp_path / "report.html")
    assert [] == list(tmp_path.iterdir())


def test_results_and_analyses_are_shown_in_a_line_or_two(results: simulator.Results) -> None:
    assert f"<Results of 'One of 2,000 or five of 400', 24 runs of no campaign, one, five: {results.verdict}>" == repr(
        results
    )
    rows = pd.DataFrame({"path": ["budget"] * 3})
    assert "<Analysis sensitivity-tornado, 3 rows>" == repr(simulator.Analysis("sensitivity-tornado", {}, rows))
    turned = simulator.Analysis("break-even", {"sentence": "It turns at 3."}, rows)
    assert "<Analysis break-even, 3 rows: It turns at 3.>" == repr(turned)


def test_what_is_wrong_is_said_in_words_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match=r"^settings: budgt: is unknown; did you mean 'budget'"):
        simulator.load_scenario(QUICK, {"budgt": 1})
    with pytest.raises(InputProblems, match=r"^between: 'on' is no arm; did you mean 'one'"):
        simulator.sensitivity(QUICK, between=("on", "five"))
    with pytest.raises(InputProblems, match=r"^vary: 'product.prise' has no|^settings: product.prise"):
        simulator.sweep(QUICK, {"product.prise": (1, 2)}, points=2, runs=8)
    with pytest.raises(ResultsError, match="holds no results") as missing:
        simulator.compare(tmp_path)
    (tmp_path / "thesis.tex").write_text("dear")
    with pytest.raises(ResultsError, match="choose another folder with out") as taken:
        simulator.simulate(QUICK, runs=2, out=tmp_path, executor="serial")
    with pytest.raises(InputProblems, match=r"^targets 'ROY >= 0'"):
        simulator.compare(simulator.simulate(QUICK, runs=4, executor="serial"), targets=["ROY >= 0"])
    assert not any("--" in str(each.value) for each in (missing, taken))


def test_a_folder_that_nobody_named_has_a_harmless_name(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(f'version: 1\nextends: {QUICK}\nname: "../a/b\\e"\n')
    question = simulator.load_scenario(tmp_path / "deal.yaml", {"budget": 500})
    assert "_a_b_, budget=500" == question.label()
    assert 200 == len(simulator.load_scenario(QUICK, {"name": "x" * 120, "budget": 500}).label())


def test_a_remedy_that_sets_something_says_it_as_settings() -> None:
    assert 'add settings {"roster.file": PATH}, or ask for more runs' == in_python(
        "add --set roster.file=PATH, or ask for more --runs"
    )


def test_every_problem_of_a_scenario_is_raised_at_once() -> None:
    with pytest.raises(InputProblems) as found:
        simulator.load_scenario(QUICK, {"budgit": 1, "product.prise": 2})
    assert 2 == len(found.value.problems)


def test_analyses_have_rows_and_charts() -> None:
    plans = ("one", "no campaign")
    scenario = simulator.load_scenario(QUICK)
    swept = simulator.sweep(scenario, {"product.price": (20, 60)}, points=2, runs=8, executor="serial")
    hangs = simulator.sensitivity(scenario, between=plans, numbers=["behavior.halo"], runs=8, executor="serial")
    turns = simulator.break_even(scenario, "product.price", (50, 1500), between=plans, runs=8, executor="serial")
    assert {20.0, 60.0} == set(swept.rows["product.price"])
    assert ["behavior.halo"] == hangs.rows["path"].tolist()
    assert turns.summary["value"] is not None
    for analysis in (swept, hangs, turns):
        assert isinstance(analysis.chart, alt.TopLevelMixin)
        assert "<table" in analysis._repr_html_()


PLANS = ("one", "no campaign")


@pytest.mark.parametrize(
    ("asked", "inquiry"),
    [
        ({}, Inquiry("tornado")),
        ({"method": "sobol"}, Inquiry("sobol")),
        ({"method": "morris"}, Inquiry("morris")),
        (
            {"method": "morris", "points": 3, "runs": 2, "between": PLANS, "metric": "incremental_orders",
             "numbers": ["behavior.halo"], "with_people": True},
            Inquiry("morris", 3, 2, PLANS, "incremental_orders", ("behavior.halo",), with_people=True),
        ),
    ],
    ids=["tornado", "sobol", "morris", "everything"],
)  # fmt: skip
def test_what_is_asked_of_a_sensitivity_reaches_it(
    asked: dict[str, Any], inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Inquiry] = []
    monkeypatch.setattr(api, "analyze", lambda _base, each, _stage: seen.append(each) or {"rows": []})
    assert inquiry.name == simulator.sensitivity(QUICK, executor="serial", **asked).name
    assert [inquiry] == seen


def test_what_cannot_be_asked_of_a_sensitivity_is_refused_before_anything_is_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "analyze", lambda *_: pytest.fail("played"))
    with pytest.raises(InputProblems, match="'roi' is not one that every run has"):
        simulator.sensitivity(QUICK, metric="roi")


def test_what_is_asked_of_a_sweep_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points that are thrown follow the scenario's seed."""
    seen: list[Any] = []
    found = SimpleNamespace(summary={}, figures=pd.DataFrame())
    monkeypatch.setattr(api, "play_sweep", lambda *asked: seen.extend(asked) or found)
    scenario = simulator.load_scenario(QUICK, {"seed": 9})
    ranges = {"product.price": (20, 60), "budget": (100, 1000, "log")}
    simulator.sweep(scenario, ranges, design="latin_hypercube", points=5, runs=3, executor="serial")
    question, varied, points, runs, _ = seen
    assert (scenario, ["linear", "log"], 3) == (question, [each.spacing for each in varied], runs)
    assert sampled("latin_hypercube", 2, 5, 9).tolist() == points.tolist()


def test_what_is_asked_of_a_break_even_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def search(question: Question, varied: Varied, runs: int, _stage: Any, **more: Any) -> dict[str, Any]:
        seen.append((question, varied.path, varied.low, varied.high, runs, more["between"], more["over"].path))
        return {"evaluations": []}

    monkeypatch.setattr(api, "search", search)
    scenario = simulator.load_scenario(QUICK)
    over = ("product.margin", (0.25, 0.75))
    found = simulator.break_even(
        scenario, "product.price", (50, 1500), between=PLANS, over=over, runs=3, executor="serial"
    )
    assert [(scenario, "product.price", 50.0, 1500.0, 3, PLANS, "product.margin")] == seen
    assert "break-even-product.price-product.margin-one-no-campaign" == found.name


def test_choices_of_several_results_are_compared() -> None:
    results = [simulator.simulate(simulator.load_scenario(QUICK, {"budget": budget}), runs=16, executor="serial")
               for budget in (300, 600)]  # fmt: skip
    found = simulator.compare(results)
    assert 5 == len(found.table)  # two plans each, and doing nothing once
    assert found.verdict == found.summary["verdict"]["sentence"]
    assert "five (One of 2,000 or five of 400, budget=600)" in found.table["arm"].tolist()
    assert len(repr(found)) < 1000
    assert found.verdict in repr(found)


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.stem)
def test_examples_run_as_they_stand(example: Path, root: Path) -> None:
    done = subprocess.run([sys.executable, str(example)], capture_output=True, text=True, check=False, cwd=root)
    assert 0 == done.returncode, done.stderr
    assert done.stdout.strip()
