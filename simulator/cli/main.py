"""The command `simulator`. It knows what each command is called and where it lives, and imports only the one used.

Every error ends here: bad input exits with 2, a failed run with 1, an interruption with 130. What nobody foresaw
is one line too, and a traceback only with the environment variable SIMULATOR_TRACEBACK=1.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from simulator import __version__
from simulator.cli.signals import INTERRUPTED, leave
from simulator.errors import InputProblems, SimulatorError

# Command: where it lives, and what it is for (shown by --help without importing it).
COMMANDS: Final = {
    "init": ("simulator.cli.inputs:init", "Write a commented scenario to start from."),
    "validate": ("simulator.cli.inputs:validate", "Check a scenario and report every problem at once."),
    "explain": ("simulator.cli.inputs:explain", "Show every number: value, range, source, grade."),
    "run": ("simulator.cli.runs:run", "Simulate a scenario and say which plan to choose."),
    "show": ("simulator.cli.runs:show", "Show a finished run again."),
    "compare": ("simulator.cli.comparing:compare", "Compare saved runs, also of different scenarios."),
    "sweep": ("simulator.cli.analyses:sweep", "Play a scenario at many values of its numbers."),
    "sensitivity": ("simulator.cli.analyses:sensitivity", "Find out which numbers the answer hangs on."),
    "break-even": ("simulator.cli.analyses:break_even", "Find the value at which the decision turns."),
    "report": ("simulator.cli.reports:report", "Write the answer as a page to pass around."),
    "inspect": ("simulator.cli.inspecting:inspect", "Look at one run closely: who was asked what, and which die fell."),
    "export": ("simulator.cli.exporting:export", "Write results as CSV, Parquet or JSON, or a world as GraphML."),
    "claims": (
        "simulator.cli.claims:claims",
        "Test what marketing articles claim: what holds, and on what it depends.",
    ),
    "list": (
        "simulator.cli.catalogs:list_entries",
        "List what scenarios name: tiers, platforms, mechanisms …",
    ),
    "schema": ("simulator.cli.catalogs:schema", "Print the JSON schema of scenario files, or the result columns."),
    "doctor": ("simulator.cli.doctor:doctor", "Show versions, cores, memory and cache folder."),
}
UNFORESEEN: Final = 1
TRACEBACK: Final = "SIMULATOR_TRACEBACK"


class Commands(click.Group):
    """A group whose commands are imported when they are called, and whose errors become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table's own words."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])

    def main(  # type: ignore[override]  # click declares two forms; this one always exits
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run and exit. The one place where errors become messages and exit codes."""
        given = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            status = super().main(given, prog_name or "simulator", **extra)
        except InputProblems as error:
            _report(error, as_json="--json" in given)
            sys.exit(error.exit_code)
        except SimulatorError as error:
            _say(f"Error: {error}")
            sys.exit(error.exit_code)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Interrupted.", err=True)
            sys.exit(INTERRUPTED)
        except Exception as error:
            if os.environ.get(TRACEBACK) == "1":
                raise
            what = " ".join(f"{type(error).__name__}: {error}".split())
            _say(f"internal error: {what}; please report it ({TRACEBACK}=1 shows where it arose)")
            sys.exit(UNFORESEEN)
        sys.exit(status if isinstance(status, int) else 0)


def _report(error: InputProblems, *, as_json: bool) -> None:
    """Every problem: one line each on stderr, or one JSON object on stdout."""
    if as_json:
        keys = ("file", "line", "column", "path", "message", "suggestion")
        problems = [{key: getattr(problem, key) for key in keys} for problem in error.problems]
        click.echo(json.dumps({"version": 1, "problems": problems}, indent=2))
        return
    for problem in error.problems:
        _say(str(problem))


def _say(message: str) -> None:
    """A message on stderr, in which a name from a file cannot steer the terminal."""
    from simulator.results.wording import visible

    click.echo("\n".join(visible(line) for line in message.splitlines()), err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="simulator")
def app() -> None:
    """Which influencers should a brand hire? Plays every plan thousands of times on the same simulated people."""


def main() -> NoReturn:
    """Entry point of the command `simulator`. Threads that still build or play are not waited for."""
    try:
        app.main()
    except SystemExit as end:
        if threading.active_count() == 1:
            raise
        leave(end.code if isinstance(end.code, int) else UNFORESEEN)
