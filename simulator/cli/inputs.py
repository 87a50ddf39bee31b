"""Commands about scenario files: `init`, `validate`, `explain`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from simulator.cli.starter import STARTER
from simulator.errors import InputProblems, Problem

Command = TypeVar("Command", bound=Callable[..., Any])
STARTER_NAME: Final = "scenario.yaml"
settings = click.option(
    "--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change a number or word of the scenario; repeatable."
)
no_custom_rules = click.option("--no-custom-rules", is_flag=True, help="Refuse a scenario that names rules of its own.")
json_flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
scenario_file = click.argument("file", type=click.Path(path_type=Path))


def written_to(metavar: str, text: str) -> Callable[[Command], Command]:
    """The option that says where a command writes, under every name that people try."""
    place = click.Path(path_type=Path)
    return click.option("-o", "--out", "--output", "out", type=place, metavar=metavar, help=text)


@click.command()
@click.argument("target", type=click.Path(path_type=Path), default=Path(STARTER_NAME))
def init(target: Path) -> None:
    """Write a commented scenario to TARGET: a file, or a folder for scenario.yaml."""
    path = target if target.suffix in {".yaml", ".yml"} else target / STARTER_NAME
    if path.exists():
        raise InputProblems([Problem("", "exists already and is left as it is", "name another file", str(path))])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STARTER, encoding="utf-8")
    except OSError as error:
        raise InputProblems([Problem("", f"cannot be written: {error.strerror}", None, str(path))]) from None
    click.echo(f"Wrote {path}. Next: simulator validate {path}")


@click.command()
@scenario_file
@settings
@no_custom_rules
@json_flag
def validate(file: Path, *, changes: tuple[str, ...], no_custom_rules: bool, as_json: bool) -> None:
    """Check FILE and report every problem at once; nothing is written."""
    from simulator.results.targets import target_problems
    from simulator.scenario.loader import load_campaign

    scenario, plan = load_campaign(
        file,
        changes,
        check=lambda scenario: target_problems(scenario.targets),
        allow_custom_rules=not no_custom_rules,
    )
    if as_json:
        found = {
            "version": 1, "problems": [], "name": scenario.name,
            "population": plan.population, "agents": plan.agents,
        }  # fmt: skip
        click.echo(json.dumps(found, indent=2))
        return
    hired = ", ".join(f"{arm.name} ({len(arm.contracts)} hired)" for arm in plan.arms)
    people = f"{plan.population:,} people" + (f", {plan.agents:,} agents" if plan.people_per_agent > 1 else "")
    click.echo(f"{file}: no problems. {people}; arms: {hired}")


@click.command()
@scenario_file
@settings
@no_custom_rules
@json_flag
@click.option("--assumed", is_flag=True, help="Only numbers that no source supports.")
def explain(file: Path, *, changes: tuple[str, ...], no_custom_rules: bool, as_json: bool, assumed: bool) -> None:
    """Show everything a run of FILE uses: settings, who is hired, and every number with its source and grade."""
    from simulator.cli.fitting import line, printed
    from simulator.cli.tables import explain_table, hires_table, settings_table
    from simulator.scenario import explain as explaining
    from simulator.scenario.loader import load_campaign

    scenario, plan = load_campaign(file, changes, allow_custom_rules=not no_custom_rules)
    rows = [row for row in explaining.explanations(scenario) if not assumed or row.grade == "assumed"]
    if as_json:
        click.echo(json.dumps(explaining.as_json(scenario, plan, rows), indent=2))
        return
    click.echo(line(f"{scenario.name}\nPopulation: {plan.population:,} people ({plan.population_rule})\n"))
    if not assumed:
        click.echo(printed(settings_table(explaining.settings(scenario))) + "\n")
        click.echo(printed(hires_table(explaining.arms(plan))) + "\n")
    click.echo(printed(explain_table(rows)))
