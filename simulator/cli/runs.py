"""`simulator run` plays a scenario and keeps its results; `simulator show` prints them again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulator.results.manifest import Request
    from simulator.results.store import Saved, Store
    from simulator.scenario.offers import Plan
    from simulator.scenario.schema import Scenario

ENGINES = ("compiled", "mesa")  # the same results to the bit; mesa is for small worlds and for looking closely


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--runs", type=int, metavar="N", help="Runs of every arm, instead of the scenario's.")
@click.option("--seed", type=int, metavar="S", help="Seed of all chance, instead of the scenario's.")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help=f"{' or '.join(ENGINES)}: same results.")
@click.option("--executor", metavar="WHERE", help="local, local:N (N threads) or serial.  [default: local]")
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change one number of the scenario.")
@click.option("--resume", is_flag=True, expose_value=False, help="Go on with the runs that are there, as is usual.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Results folder.")
@click.option("--daily", is_flag=True, help="Keep a row per day as well.")
@click.option("--no-custom-rules", is_flag=True, help="Refuse a scenario that names rules of its own.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def run(
    file: Path, *, runs: int | None, seed: int | None, settings: tuple[str, ...], as_json: bool, **how: Any
) -> None:
    """Play every plan of the scenario FILE and say which to choose.

    Results go to results/FILE-HASH. The same command goes on where it was stopped; more --runs add to what is there.
    """
    if seed is not None:
        settings = (*settings, f"seed={seed}")
    _print(_played(file, settings, runs, **how), as_json=as_json)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def show(folder: Path, *, as_json: bool) -> None:
    """Print the answer that the results folder DIR holds."""
    from simulator.results.store import load

    _print(load(folder), as_json=as_json)


def _played(
    file: Path,
    settings: tuple[str, ...],
    runs: int | None,
    *,
    engine: str,
    executor: str | None,
    out: Path | None,
    daily: bool,
    no_custom_rules: bool,
) -> Saved:
    """What the scenario's folder holds once all runs are in; everything is checked before anything is created."""
    from simulator.experiment.runner import workers_of
    from simulator.results.manifest import Request
    from simulator.results.store import writing
    from simulator.results.targets import target_problems
    from simulator.scenario.identity import model_version, scenario_hash
    from simulator.scenario.loader import load_campaign

    executor = executor or ("local" if engine == "compiled" else "serial")
    workers_of(executor)
    changes = settings if runs is None else (*settings, f"runs={runs}")
    check, allowed = lambda scenario: target_problems(scenario.targets), not no_custom_rules
    scenario, plan = load_campaign(file, changes, check=check, allow_custom_rules=allowed)
    identity = scenario_hash(scenario, model_version())
    folder = out or Path("results") / f"{file.stem}-{identity}"
    if (saved := _answered(folder, identity, runs=scenario.runs, daily=daily)) is not None:
        return saved
    request = Request(str(file), identity, engine, executor, settings, str(out) if out else None)
    with writing(folder, identity=identity, daily=daily) as store:
        return _record(scenario, plan, store, request)


def _answered(folder: Path, identity: str, *, runs: int, daily: bool) -> Saved | None:
    """A complete folder that already holds what is asked."""
    from simulator.results.store import load, read_manifest

    manifest = read_manifest(folder)
    if manifest is None or manifest["hash"] != identity or manifest["state"] != "complete":
        return None
    saved = manifest["counts"]["runs"]
    if saved < runs or (daily and not manifest["daily"]):
        return None
    more = f", more than the {runs:,} asked for" if saved > runs else ""
    _say(f"{folder} holds the answer of {saved:,} runs{more}; nothing was played again.")
    return load(folder)


def _record(scenario: Scenario, plan: Plan, store: Store, request: Request) -> Saved:
    from simulator.cli.progress import progress
    from simulator.experiment.record import record

    if request.engine == "compiled":
        warm_up_once(scenario, plan)
    try:
        with progress() as report:
            saved = record(scenario, plan, store, request, on_progress=report)
    except KeyboardInterrupt:
        kept = len(store.finished())
        _say(f"Stopped: {kept:,} of {scenario.runs:,} runs are kept in {store.folder}; the same command goes on.")
        raise
    _say(f"Results are in {saved.folder}.")
    return saved


def warm_up_once(scenario: Scenario, plan: Plan) -> None:
    """Compile what is not compiled yet, and say so: it takes seconds once."""
    from simulator.compiled import CACHE_FOLDER
    from simulator.engines.play import warm_up

    if not any(CACHE_FOLDER.rglob("*.nbi")):
        _say("Compiling the model for this processor: done once, takes about twenty seconds.")
    warm_up(scenario, plan)


def _print(saved: Saved, *, as_json: bool) -> None:
    import json

    from simulator.cli.answer import print_answer
    from simulator.results.wording import visible

    if as_json:
        lines = json.dumps(saved.summary, indent=2, ensure_ascii=False).split("\n")
        click.echo("\n".join(visible(line) for line in lines))  # \u009b means the same to a reader of JSON
    else:
        print_answer(saved.summary)


def _say(message: str) -> None:
    from simulator.results.wording import visible

    print(visible(message), file=sys.stderr)
