"""`simulator run` plays a scenario and keeps its results; `simulator show` prints them again."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.durations import Duration
from simulator.cli.inputs import written_to
from simulator.cli.saying import print_json, say
from simulator.cli.signals import INTERRUPTED, stopping

if TYPE_CHECKING:
    from simulator.experiment.record import Orders
    from simulator.results.manifest import Request
    from simulator.results.store import Saved, Store
    from simulator.scenario.offers import Plan
    from simulator.scenario.schema import Scenario

ENGINES = ("compiled", "mesa")  # the same results to the bit; mesa is for small worlds and for looking closely
LONGEST_STEM = 150  # bytes
FAILED, EARLY = 1, 3
WHERE = "local[:N], serial, processes[:N], dask:ADDRESS or MODULE:FACTORY: same results.  [default: local]"
PRECISION = "Stop once the 95% interval of a metric (or of P(best): best) is so narrow in every arm, as in roi:0.05."


@dataclass(frozen=True)
class Wish:
    """What the command line asks for, apart from the scenario."""

    runs: int | None
    engine: str
    executor: str
    out: Path | None
    daily: bool
    no_custom_rules: bool
    precision: str | None
    time_limit: float | None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--runs", type=int, metavar="N", help="Runs of every arm, instead of the scenario's; the most of them.")
@click.option("--seed", type=int, metavar="S", help="Seed of all chance, instead of the scenario's.")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help=f"{' or '.join(ENGINES)}: same results.")
@click.option("--executor", metavar="WHERE", help=WHERE)
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change one number of the scenario.")
@click.option("--precision", metavar="METRIC:HALF_WIDTH", help=PRECISION)
@click.option("--time-limit", type=Duration(), metavar="TIME", help="Stop after 90s, 10m or 1.5h of playing; exit 3.")
@click.option("--resume", is_flag=True, expose_value=False, help="Go on with the runs that are there, as is usual.")
@written_to("DIR", "Results folder.")
@click.option("--daily", is_flag=True, help="Keep a row per day as well.")
@click.option("--no-custom-rules", is_flag=True, help="Refuse a scenario that names rules of its own.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def run(
    file: Path,
    *,
    seed: int | None,
    settings: tuple[str, ...],
    as_json: bool,
    executor: str | None,
    engine: str,
    **asked: object,
) -> int:
    """Play every plan of the scenario FILE and say which to choose.

    Results go to results/FILE-HASH. The same command goes on where it was stopped; more --runs add to what is there.
    Exit codes: 0 done, 1 runs failed, 2 bad input, 3 stopped early with a partial answer, 130 interrupted.
    """
    if seed is not None:
        settings = (*settings, f"seed={seed}")
    where = executor or ("local" if engine == "compiled" else "serial")
    wish = Wish(engine=engine, executor=where, **asked)  # type: ignore[arg-type]  # the options above, by name
    saved = _played(file, settings, wish)
    if saved is None:
        return INTERRUPTED
    _print(saved, as_json=as_json)
    return _status(saved)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def show(folder: Path, *, as_json: bool) -> None:
    """Print the answer that the results folder DIR holds."""
    from simulator.results.store import load

    _print(load(folder), as_json=as_json)


def _played(file: Path, settings: tuple[str, ...], wish: Wish) -> Saved | None:
    """What the scenario's folder holds in the end, none if interrupted. All is checked before anything is created."""
    from simulator.experiment.answered import answered
    from simulator.experiment.executors import check_executor, open_team
    from simulator.experiment.record import orders_for
    from simulator.experiment.stopping import MOST_RUNS, parsed_precision
    from simulator.results.losses import lost_tables, told
    from simulator.results.manifest import Request
    from simulator.results.store import read_manifest, writing
    from simulator.results.targets import target_problems
    from simulator.scenario.document import whole_characters
    from simulator.scenario.identity import model_version, scenario_hash
    from simulator.scenario.loader import load_campaign

    check_executor(wish.executor)
    stated = wish.runs is not None or any(setting.partition("=")[0].strip() == "runs" for setting in settings)
    most = wish.runs if stated or wish.precision is None else MOST_RUNS
    changes = settings if most is None else (*settings, f"runs={most}")
    check, allowed = lambda scenario: target_problems(scenario.targets), not wish.no_custom_rules
    scenario, plan = load_campaign(file, changes, check=check, allow_custom_rules=allowed)
    precision = parsed_precision(wish.precision, scenario) if wish.precision else None
    identity = scenario_hash(scenario, model_version())
    folder = wish.out or Path("results") / f"{harmless(file.stem)}-{identity}"
    if (saved := answered(folder, identity, scenario.runs, precision, daily=wish.daily)) is not None:
        return _told(saved, scenario.runs)
    if lost := lost_tables(folder, read_manifest(folder)):
        say(f"{folder}: {told(lost)}; played again, as many runs as are asked for.")
    out = str(wish.out) if wish.out else None
    request = Request(whole_characters(str(file)), identity, wish.engine, wish.executor, settings, out)
    with open_team(wish.executor) as team:
        orders = orders_for(scenario, plan, team, request, precision=precision, time_limit=wish.time_limit)
        with writing(folder, identity=identity, daily=wish.daily) as store:
            return _record(scenario, plan, store, request, orders)


def harmless(stem: str) -> str:
    """A file's name as part of a folder's: no control characters, nothing hidden, no option of the next command."""
    from simulator.scenario.document import whole_characters

    safe = re.sub(r"[^\w.+ -]", "_", whole_characters(stem)).lstrip(".- ")
    return safe.encode()[:LONGEST_STEM].decode(errors="ignore") or "scenario"


def _told(saved: Saved, runs: int) -> Saved:
    """An answer that was there already, with a note that it was."""
    held = saved.manifest["counts"]["runs"]
    more = f", more than the {runs:,} asked for" if held > runs else ""
    say(f"{saved.folder} holds the answer of {held:,} runs{more}; nothing was played again.")
    return saved


def _record(scenario: Scenario, plan: Plan, store: Store, request: Request, orders: Orders) -> Saved | None:
    from simulator.cli.progress import progress
    from simulator.experiment.record import record

    if request.engine == "compiled":
        warm_up_once(scenario, plan, elsewhere=not orders.team.shares_memory)
    saved = None
    with suppress(KeyboardInterrupt), stopping(orders.halt), progress() as report:
        saved = record(scenario, plan, store, request, orders, on_progress=report)
    if saved is None:
        kept = len(store.ledger().done)
        say(f"Stopped: {kept:,} of {scenario.runs:,} runs are kept in {store.folder}; the same command goes on.")
        return None
    say(f"Results are in {saved.folder}.")
    return saved


def _status(saved: Saved) -> int:
    """The exit code that an answer deserves."""
    if saved.summary.get("failed", {}).get("count"):  # older folders know of none
        return FAILED
    stopped = saved.summary.get("stopped", {})
    missed = stopped.get("precision") and not stopped["precision"]["met"]
    return EARLY if missed or stopped.get("reason") == "time limit" else 0


def warm_up_once(scenario: Scenario, plan: Plan, *, elsewhere: bool = False) -> None:
    """Compile what is not compiled yet, and say so: it takes seconds once.

    Who plays `elsewhere` loads compiled code for itself; here it is only made where it is missing.
    """
    from simulator.compiled import CACHE_FOLDER
    from simulator.engines.custom_rules import compiled_before
    from simulator.engines.play import warm_up

    missing = True
    if scenario.custom_rules and not compiled_before(scenario.custom_rules):
        named = ", ".join(f"{rule.name}: {rule}" for rule in scenario.custom_rules)
        say(f"Compiling your rules ({named}): done once for this text, takes about twenty seconds.")
    elif not any(CACHE_FOLDER.rglob("*.nbi")):
        say("Compiling the model for this processor: done once, takes about twenty seconds.")
    else:
        missing = False
    if missing or not elsewhere:
        warm_up(scenario, plan)


def _print(saved: Saved, *, as_json: bool) -> None:
    from simulator.cli.answer import print_answer

    print_json(saved.summary) if as_json else print_answer(saved.summary)
