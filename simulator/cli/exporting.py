"""`simulator export`: tables of a results folder, or a scenario's world, as files for other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from simulator.cli.inputs import json_flag, no_custom_rules, settings, written_to
from simulator.errors import InputProblems, Problem

if TYPE_CHECKING:
    from simulator.scenario.offers import Plan
    from simulator.scenario.schema import Scenario

TABLES: Final = ("runs", "influencers", "daily", "all")
FORMATS: Final = ("csv", "parquet", "json")
FOLDER: Final = "export"  # within the results folder, unless another is named
OF_TABLES, OF_WORLDS = ("table", "form"), ("world_number", "people_only", "changes", "no_custom_rules")
OPTIONS: Final = {"form": "--format", "changes": "--set"}
MOST_PARTS: Final = 5_000_000  # nodes and edges: some 5 GB of memory while they are written


@click.command()
@click.argument("source", metavar="RUN|FILE", type=click.Path(path_type=Path))
@click.option("--table", type=click.Choice(TABLES), default="all", help="Of a results folder.  [default: all]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", help="Of tables.  [default: csv]")
@click.option("--world", type=click.Choice(("graphml",)), help="Write the people of the scenario FILE as a network.")
@click.option("--world-number", type=click.IntRange(0), default=0, metavar="N", help="Which world.  [default: 0]")
@click.option("--people-only", is_flag=True, help="Leave influencers out: a network that a scenario can name.")
@settings
@no_custom_rules
@written_to("PATH", "Folder of tables; file of a world.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@json_flag
@click.pass_context
def export(context: click.Context, /, source: Path, *, world: str | None, as_json: bool, **asked: Any) -> None:
    """Write the tables of the results folder RUN, or with --world the people of the scenario FILE.

    Tables go to RUN/export, a world to FILE-world-N.graphml, unless -o names another place.
    """
    _refuse_idle(context, OF_TABLES if world else OF_WORLDS, "tables" if world else "--world")
    if world:
        keys = ("world_number", "people_only", "changes", "no_custom_rules", "out", "force")
        written = _world(source, **{key: asked[key] for key in keys})
    else:
        written = _tables(source, **{key: asked[key] for key in ("table", "form", "out", "force")})
    if as_json:
        click.echo(json.dumps({"version": 1, "files": written}, indent=2, ensure_ascii=False))
        return
    for each in written:
        click.echo(f"Wrote {each['path']}")


def _refuse_idle(context: click.Context, names: tuple[str, ...], goes_with: str) -> None:
    """Raise InputProblems for options that would do nothing here."""
    idle = [name for name in names if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE]
    if idle:
        option = OPTIONS.get(idle[0], f"--{idle[0].replace('_', '-')}")
        raise InputProblems([Problem(option, f"goes with {goes_with} only", "leave it out")])


def _tables(source: Path, *, table: str, form: Any, out: Path | None, force: bool) -> list[dict[str, Any]]:
    from simulator.results.exporting import export_tables, tables_of

    if source.is_file():
        remedy = "give a results folder, or add --world graphml for the people of a scenario"
        raise InputProblems([Problem("", "is a file and has no tables", remedy, str(source))])
    tables = tables_of(source, None if table == "all" else table)  # type: ignore[arg-type]  # one of TABLES
    written = []
    for each in export_tables(source, tables, form, out or source / FOLDER, overwrite=force):
        click.echo(f"{each.table}: {each.rows:,} rows", err=True)
        written.append({"path": str(each.path), "format": form, "table": each.table, "rows": each.rows})
    return written


def _world(
    source: Path,
    *,
    world_number: int,
    people_only: bool,
    changes: tuple[str, ...],
    no_custom_rules: bool,
    out: Path | None,
    force: bool,
) -> list[dict[str, Any]]:
    from simulator.results.exporting import refuse_to_overwrite
    from simulator.results.files import explained, replacing
    from simulator.scenario.loader import load_campaign
    from simulator.world.build import build_world
    from simulator.world.graph import write_graphml

    scenario, plan = load_campaign(source, changes, allow_custom_rules=not no_custom_rules)
    place = out or Path(f"{source.stem}-world-{world_number}.graphml")
    refuse_to_overwrite([place], overwrite=force)
    _check_world(scenario, plan, world_number)
    click.echo(f"Building world {world_number} of {plan.agents:,} people …", err=True)
    world = build_world(scenario, plan, world_number)
    parts = world.size + world.network.peers.size + world.audiences.person.size
    if parts > MOST_PARTS:
        told = f"{parts:,} people and ties are too many for GraphML (most: {MOST_PARTS:,})"
        thinned = scenario.population.people_per_agent * -(-parts // MOST_PARTS)
        raise InputProblems([Problem("population", told, f"add --set population.people_per_agent={thinned}")])
    click.echo(f"Writing {parts:,} people and ties …", err=True)
    facts: dict[str, str | int] = {"scenario": scenario.name, "seed": scenario.seed}
    with explained(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as beside:
            nodes, edges = write_graphml(
                world, beside, tuple(scenario.population.topics), facts, people_only=people_only
            )
    return [{"path": str(place), "format": "graphml", "nodes": nodes, "edges": edges}]


def _check_world(scenario: Scenario, plan: Plan, number: int) -> None:
    """Whether there is such a world, and room for it."""
    from simulator.experiment.memory import free_bytes, refuse_if_too_large

    if number >= scenario.worlds:
        message = f"{number} is beyond the last world"
        raise InputProblems([Problem("--world-number", message, f"give a number from 0 to {scenario.worlds - 1}")])
    free = free_bytes()
    if free is not None:
        refuse_if_too_large(scenario, plan, "mesa", "serial", 1, free)
