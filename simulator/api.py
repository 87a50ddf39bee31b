"""The simulator from Python: load, simulate, compare, sweep, find what the answer hangs on and where it turns.

    import simulator

    scenario = simulator.load_scenario("scenarios/quick.yaml", {"budget": 500})
    results = simulator.simulate(scenario, runs=200)
    results.verdict, results.table, results.runs, results.charts["roi-distribution"]

Tables are pandas frames, charts are Altair's and display in a notebook. Everything raises what the command line says:
InputProblems with every problem at once, ResultsError for a folder that cannot be used.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import altair as alt
import pandas as pd

from simulator.decide.break_even.search import break_even as search
from simulator.decide.break_even.search import break_even_name
from simulator.decide.choices import RUNS, Design, Method
from simulator.decide.compare import Comparison
from simulator.decide.compare import compare as compare_folders
from simulator.decide.ensemble import Stage
from simulator.decide.question import Question
from simulator.decide.sampling import sampled
from simulator.decide.sensitivity.analyze import analyze
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.decide.sweep import sweep as play_sweep
from simulator.decide.sweep import sweep_name
from simulator.decide.varied import Spacing, Varied, parsed
from simulator.experiment.answered import answered
from simulator.experiment.executors import open_team
from simulator.experiment.record import orders_for, record
from simulator.experiment.stopping import parsed_precision
from simulator.python_words import told_in_python
from simulator.report.figures import figures_of, figures_of_analysis
from simulator.report.files import write_page
from simulator.report.page import check_version, page
from simulator.report.reading import Reading, read
from simulator.results.manifest import Request
from simulator.results.store import writing
from simulator.scenario.identity import model_version, scenario_hash

Range = tuple[float, float] | tuple[float, float, Spacing]
__all__ = [
    "Analysis", "Comparison", "Results", "break_even", "compare", "load_scenario", "open_results", "sensitivity",
    "simulate", "sweep",
]  # fmt: skip


@told_in_python
def load_scenario(file: str | Path, settings: Mapping[str, Any] | None = None) -> Question:
    """A scenario file with settings by path laid over it, checked. Raises InputProblems with every problem at once."""
    texts = tuple(f"{path}={value}" for path, value in (settings or {}).items())
    question = Question(Path(file), texts)
    question.version()
    return question


@told_in_python
def simulate(
    scenario: Question | str | Path,
    runs: int | None = None,
    *,
    out: str | Path | None = None,
    engine: str = "compiled",
    executor: str = "local",
    daily: bool = False,
    precision: str | None = None,
    time_limit: float | None = None,
) -> Results:
    """Play every plan of a scenario. With `out`, a results folder is kept, and goes on where it stopped.

    `precision` is METRIC:HALF_WIDTH as on the command line, `time_limit` in seconds.
    """
    question = _question(scenario)
    version = question.version(*(() if runs is None else (f"runs={runs}",)))
    identity = scenario_hash(version.scenario, model_version())
    wanted = parsed_precision(precision, version.scenario) if precision else None
    stated = None if out is None else str(out)
    folder = Path(out) if out is not None else Path(tempfile.mkdtemp(prefix="simulator-")) / question.label()
    request = Request(str(question.file), identity, engine, executor, question.settings, stated)
    with open_team(executor) as team:
        if answered(folder, identity, version.scenario.runs, wanted, daily=daily) is None:
            orders = orders_for(version.scenario, version.plan, team, request, precision=wanted, time_limit=time_limit)
            with writing(folder, identity=identity, daily=daily) as store:
                record(version.scenario, version.plan, store, request, orders)
    results = Results(read(folder))
    if out is None:  # a folder that nobody named lives as long as its results
        weakref.finalize(results, shutil.rmtree, folder.parent, ignore_errors=True)
    return results


@told_in_python
def open_results(folder: str | Path) -> Results:
    """The results that a folder holds. Raises ResultsError with the remedy."""
    return Results(read(Path(folder)))


@dataclass(frozen=True)
class Results:
    """What was played: the answer, its tables as frames, its charts."""

    reading: Reading

    def __repr__(self) -> str:
        plans = ", ".join(arm["arm"] for arm in self.summary["arms"])
        return f"<Results of {self.summary['name']!r}, {self.summary['runs']:,} runs of {plans}: {self.verdict}>"

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.reading.folder

    @property
    def summary(self) -> Mapping[str, Any]:
        """The whole answer, as in summary.json."""
        return self.reading.summary

    @property
    def verdict(self) -> str:
        """The decision in a sentence."""
        sentence: str = self.summary["verdict"]["sentence"]
        return sentence

    @property
    def runs(self) -> pd.DataFrame:
        """One row per arm and run."""
        return self.reading.runs

    @property
    def influencers(self) -> pd.DataFrame:
        """One row per arm, run and influencer."""
        return self.reading.influencers

    @property
    def daily(self) -> pd.DataFrame | None:
        """One row per arm, run and day, if days were kept."""
        return self.reading.daily

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per arm: what it costs and brings, with errors where the simulation leaves some."""
        rows = [{"arm": arm["arm"], **_decisive(arm)} for arm in self.summary["arms"]]
        return pd.DataFrame(rows).set_index("arm")

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per two arms and metric: difference with its interval, and how likely the first has more."""
        return pd.json_normalize(list(self.summary["pairs"]), sep="_")

    @cached_property
    def charts(self) -> Mapping[str, alt.TopLevelMixin]:
        """Every figure that belongs to the run, by name."""
        return {figure.name: figure.chart for figure in figures_of(self.reading)}

    def report(self, file: str | Path) -> Path:
        """Write the report, one HTML file, and return its place."""
        check_version(self.reading)
        write_page(Path(file), page([self.reading], [figures_of(self.reading)]))
        return Path(file)

    def _repr_html_(self) -> str:
        """As a notebook shows it."""
        html: str = self.table.to_html(float_format=lambda value: f"{value:,.4g}")
        return f"<p>{self.verdict}</p>{html}"


@dataclass(frozen=True)
class Analysis:
    """What was found by playing a scenario many times over."""

    name: str
    summary: Mapping[str, Any]
    rows: pd.DataFrame  # points, numbers or values, as the analysis has them

    def __repr__(self) -> str:
        found = f": {self.summary['sentence']}" if "sentence" in self.summary else ""
        return f"<Analysis {self.name}, {len(self.rows):,} rows{found}>"

    @cached_property
    def chart(self) -> alt.TopLevelMixin:
        """The analysis as a figure."""
        return self.charts[next(iter(self.charts))]

    @cached_property
    def charts(self) -> Mapping[str, alt.TopLevelMixin]:
        """All figures of the analysis, by name: Sobol' indices have one of the decision as well."""
        return {figure.name: figure.chart for figure in figures_of_analysis(self.name, self.summary)}

    def _repr_html_(self) -> str:
        """As a notebook shows it."""
        html: str = self.rows.to_html(float_format=lambda value: f"{value:,.4g}")
        return html


@told_in_python
def sweep(
    scenario: Question | str | Path,
    vary: Mapping[str, Range],
    *,
    design: Design = "grid",
    points: int | None = None,
    runs: int = RUNS,
    executor: str = "local",
) -> Analysis:
    """Every plan at many values of some numbers: `{"budget": (1000, 20000, "log")}`. Rows: point, arm and metric."""
    question = _question(scenario)
    varied = [_varied(path, ends, question) for path, ends in vary.items()]
    places = sampled(design, len(varied), points, question.version().scenario.seed)
    with open_team(executor) as team:
        found = play_sweep(question, varied, places, runs, Stage(team))
    return Analysis(sweep_name(varied), found.summary, found.figures)


@told_in_python
def sensitivity(
    scenario: Question | str | Path,
    method: Method = "tornado",
    *,
    between: tuple[str, str] | None = None,
    metric: str = "profit",
    numbers: Sequence[str] = (),
    points: int | None = None,
    runs: int | None = None,
    with_people: bool = False,
    executor: str = "local",
) -> Analysis:
    """Which numbers the answer hangs on: `tornado`, `morris` or `sobol`. Rows: numbers, most important first."""
    base = _question(scenario).version()
    inquiry = Inquiry(method, points, runs, between, metric, tuple(numbers), with_people=with_people)
    inquiry.check(base)
    with open_team(executor) as team:
        found = analyze(base, inquiry, Stage(team))
    return Analysis(inquiry.name, found, pd.json_normalize(found["rows"], sep="_"))


@told_in_python
def break_even(
    scenario: Question | str | Path,
    path: str,
    ends: Range,
    *,
    between: tuple[str, str] | None = None,
    over: tuple[str, Range] | None = None,
    runs: int = RUNS,
    executor: str = "local",
) -> Analysis:
    """The value of a number at which the better of two plans changes. Rows: the values that were looked at."""
    question = _question(scenario)
    varied, second = _varied(path, ends, question), None if over is None else _varied(*over, question)
    with open_team(executor) as team:
        found = search(question, varied, runs, Stage(team), between=between, over=second)
    return Analysis(
        break_even_name(varied, second, between),
        found,
        pd.json_normalize(found["evaluations"], sep="_"),
    )


compare = told_in_python(compare_folders)


def _question(scenario: Question | str | Path) -> Question:
    return scenario if isinstance(scenario, Question) else load_scenario(scenario)


def _varied(path: str, ends: Range, question: Question) -> Varied:
    (found,) = parsed([f"{path}={':'.join(map(str, ends))}"], question.version(), "vary")
    return found


def _decisive(arm: Mapping[str, Any]) -> dict[str, float | None]:
    """The figures of an arm that decide, each with its error behind it."""
    metrics = arm["metrics"]
    estimates = {
        **{name: metrics[name] for name in ("cost", "reach", "engagements", "incremental_orders", "roi")},
        "profit": arm["versus_no_campaign"],
        "p_best": arm["p_best"],
        "regret": arm["regret"],
    }
    return {
        **{f"{name}{end}": estimate[key] for name, estimate in estimates.items() for end, key in PARTS},
        "profit_var05": arm["profit_var05"]["value"],
        "profit_cvar05": arm["profit_cvar05"],
    }


PARTS: Final = (("", "value"), ("_error", "error"))
