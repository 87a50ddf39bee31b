"""Commands about what there is: `list` and `schema`."""

from __future__ import annotations

import json
from typing import Final

import click

from simulator.catalog import KINDS
from simulator.cli.saying import say

LISTED: Final = (*KINDS, "payments", "rules", "scenarios")


@click.command("list")
@click.argument("kind", type=click.Choice(LISTED), required=False)
def list_entries(kind: str | None) -> None:
    """List what a scenario can name (tiers, platforms, mechanisms, presets, rules …), and the files in ./scenarios."""
    from simulator.cli.fitting import plain_table, printed
    from simulator.scenario.titles import titles

    rows = [(each, name, title) for each in ([kind] if kind else LISTED) for name, title in titles(each)]
    if rows:
        click.echo(printed(plain_table(("kind", "name", "title"), rows)))
    else:
        say("No scenario files in ./scenarios; write a first one with: simulator init, or go to the project's folder.")


@click.command()
@click.option("--results", is_flag=True, help="List the columns of the result tables instead.")
def schema(*, results: bool) -> None:
    """Print the JSON schema of scenario files."""
    if not results:
        from simulator.scenario.json_schema import file_schema

        click.echo(json.dumps(file_schema(), indent=2))
        return
    from simulator.cli.fitting import plain_table, printed
    from simulator.results.metrics import METRICS

    rows = [(metric.name, metric.unit, ", ".join(metric.tables), metric.meaning) for metric in METRICS]
    click.echo(printed(plain_table(("column", "unit", "tables", "meaning"), rows)))
