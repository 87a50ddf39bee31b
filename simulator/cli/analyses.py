"""Commands that play a scenario many times over: `sweep`, `sensitivity`, `break-even`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from simulator.cli.inputs import Command, json_flag, no_custom_rules, scenario_file, settings, written_to
from simulator.cli.runs import ENGINES, WHERE, harmless, warm_up_once
from simulator.cli.saying import print_json, say
from simulator.cli.signals import stopping
from simulator.decide.choices import DESIGNS, METHODS, METRICS, RUNS

if TYPE_CHECKING:
    import pyarrow as pa

    from simulator.decide.ensemble import Stage
    from simulator.decide.question import Question
    from simulator.experiment.versions import Version

Made = tuple[dict[str, Any], Mapping[str, "pa.Table"]]
RANGE: Final = "PATH=LOW:HIGH[:SPACING]"
between_arms = click.option(
    "--between", nargs=2, metavar="ARM ARM", help="The two plans to weigh, by default the best two."
)


def common(runs: int | None) -> Callable[[Command], Command]:
    """The options that all analyses share; `runs` is how many each point has unless asked otherwise."""
    shown = f"  [default: {runs}]" if runs else ""
    options = (
        settings,
        click.option("--runs", type=click.IntRange(2), default=runs, metavar="N", help=f"Runs of each point.{shown}"),
        click.option("--seed", type=int, metavar="S", help="Seed of all chance, instead of the scenario's."),
        click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="Either: same results."),
        click.option("--executor", metavar="WHERE", default="local", help=WHERE),
        written_to("DIR", "Results folder of the scenario."),
        no_custom_rules,
        json_flag,
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@dataclass(frozen=True)
class Asked:
    """What the command line says, whichever analysis it is."""

    file: Path
    changes: tuple[str, ...]
    seed: int | None
    engine: str
    executor: str
    out: Path | None
    no_custom_rules: bool
    as_json: bool

    def question(self) -> Question:
        """The scenario file with all that is laid over it."""
        from simulator.decide.question import Question

        seed = () if self.seed is None else (f"seed={self.seed}",)
        return Question(self.file, (*self.changes, *seed), allow_custom_rules=not self.no_custom_rules)

    def folder(self, version: Version) -> Path:
        """Where the analyses of the scenario are kept."""
        from simulator.decide.saving import analyses_folder
        from simulator.scenario.identity import model_version, scenario_hash

        identity = scenario_hash(version.scenario, model_version())
        results = self.out or Path("results") / f"{harmless(self.file.stem)}-{identity}"
        return analyses_folder(results, version)


@click.command()
@scenario_file
@click.option("--vary", "ranges", multiple=True, required=True, metavar=RANGE, help="linear, log or int; repeatable.")
@click.option("--design", type=click.Choice(DESIGNS), default="grid", help="How points are laid.  [default: grid]")
@click.option("--points", type=int, metavar="N", help="About so many points.  [default: 9 in a row, 6 by 6, or 32]")
@common(RUNS)
def sweep(file: Path, *, ranges: tuple[str, ...], design: str, points: int | None, runs: int, **asked: Any) -> None:
    """Play every plan of FILE at many values of its numbers, all on the same people and luck.

    A PATH alone goes through its plausible range. Tables and curves are kept beside the results of the scenario.
    """
    from simulator.cli.analysis_words import print_sweep
    from simulator.decide.sampling import check_design, sampled
    from simulator.decide.sweep import sweep as play
    from simulator.decide.sweep import sweep_name, versions_at
    from simulator.decide.varied import parsed, values_at

    wish = Asked(file=file, **asked)
    question = wish.question()
    base = question.version()
    varied = parsed(ranges, base)
    check_design(design)
    places = sampled(design, len(varied), points, base.scenario.seed)  # type: ignore[arg-type]  # a click.Choice
    versions_at(question, varied, values_at(varied, places))  # what is wrong with a point is told before all else

    def make(stage: Stage) -> Made:
        found = play(question, varied, places, runs, stage)
        return found.summary, found.tables()

    request = {"vary": [each.as_dict() for each in varied], "points": places.tolist(), "runs": runs}
    _answer(wish, base, sweep_name(varied), request, make, print_sweep)


@click.command()
@scenario_file
@click.option("--method", type=click.Choice(METHODS), default="tornado", help="tornado: one number at a time.")
@between_arms
@click.option("--metric", type=click.Choice(METRICS), default="profit", help="What the plans differ in.")
@click.option("--number", "numbers", multiple=True, metavar="PATH", help="Vary only these numbers; repeatable.")
@click.option("--points", type=int, metavar="N", help="Trajectories (morris) or rows of the design (sobol, 2^k).")
@click.option("--people", "with_people", is_flag=True, help="Also numbers that shape the people: other worlds each.")
@common(None)
def sensitivity(
    file: Path,
    *,
    method: str,
    between: tuple[str, str] | None,
    metric: str,
    numbers: tuple[str, ...],
    points: int | None,
    runs: int | None,
    with_people: bool,
    **asked: Any,
) -> None:
    """Find out which of the numbers nobody knows the answer of FILE hangs on: its size, and the decision itself."""
    from simulator.cli.analysis_words import print_sensitivity
    from simulator.decide.sensitivity.analyze import analyze
    from simulator.decide.sensitivity.inquiry import Inquiry

    wish = Asked(file=file, **asked)
    base = wish.question().version()
    inquiry = Inquiry(method, points, runs, between, metric, numbers, with_people=with_people)  # type: ignore[arg-type]
    inquiry.check(base)
    _answer(
        wish,
        base,
        inquiry.name,
        inquiry.as_dict(),
        lambda stage: (analyze(base, inquiry, stage), {}),
        print_sensitivity,
    )


@click.command("break-even")
@scenario_file
@click.option("--vary", required=True, metavar=RANGE, help="The number whose turning point is sought.")
@click.option("--over", metavar=RANGE, help="A second number: the turning point at five of its values.")
@between_arms
@common(RUNS)
def break_even(
    file: Path, *, vary: str, over: str | None, between: tuple[str, str] | None, runs: int, **asked: Any
) -> None:
    """Find the value of a number at which the better of two plans of FILE changes, with its interval."""
    from simulator.cli.analysis_words import print_break_even
    from simulator.decide.break_even.search import break_even as search
    from simulator.decide.break_even.search import break_even_name, check_range
    from simulator.decide.question import check_between
    from simulator.decide.varied import parsed

    wish = Asked(file=file, **asked)
    question = wish.question()
    base = question.version()
    check_between(between, base.plan)
    (varied,) = parsed([vary], base)
    second = parsed([over], base, "--over")[0] if over else None
    check_range(question, varied, second)
    both = [varied] if second is None else [varied, second]
    request = {"vary": [each.as_dict() for each in both], "between": between, "runs": runs}
    _answer(
        wish,
        base,
        break_even_name(varied, second, between),
        request,
        lambda stage: (search(question, varied, runs, stage, between=between, over=second), {}),
        print_break_even,
    )


def _answer(
    wish: Asked,
    base: Version,
    name: str,
    request: Mapping[str, Any],
    make: Callable[[Stage], Made],
    show: Callable[[Mapping[str, Any]], None],
) -> None:
    """Make the analysis, or find it made, and print it."""
    from simulator.decide.saving import made_once, request_hash

    folder = wish.folder(base)
    identity = request_hash(base, name, request)

    found, known = made_once(folder, name, identity, lambda: _stage(wish, base, folder), make)
    place = folder / f"{name}.json"
    say(f"{place} holds this analysis; nothing was played again." if known else f"The analysis is in {place}.")
    print_json(found) if wish.as_json else show(found)


@contextmanager
def _stage(wish: Asked, base: Version, folder: Path) -> Iterator[Stage]:
    """A team at work in the folder, with progress shown and signals heard."""
    from simulator.cli.progress import progress
    from simulator.decide.ensemble import Stage
    from simulator.experiment.executors import open_team
    from simulator.experiment.halt import Halt
    from simulator.experiment.record import Progress, orders_for
    from simulator.results.lock import locked
    from simulator.results.manifest import Request

    halt, request = Halt(), Request(str(wish.file), "", wish.engine, wish.executor)
    with open_team(wish.executor) as team, locked(folder), stopping(halt), progress() as report:
        orders = orders_for(base.scenario, base.plan, team, request, precision=None, time_limit=None)
        if wish.engine == "compiled":
            warm_up_once(base.scenario, base.plan, elsewhere=not team.shares_memory)
        first: list[int] = []

        def tell(finished: int, trials: int) -> None:
            first.append(finished) if not first else None
            report(Progress(finished, trials, trials - first[0]))

        yield Stage(team, wish.engine, folder, halt, tell, orders.most_worlds)
