"""What commands say: notes on stderr, JSON on stdout; a name from a file cannot steer the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from simulator.results.wording import visible


def say(message: str) -> None:
    """A line on stderr."""
    print(visible(message), file=sys.stderr)


def print_json(content: Mapping[str, Any]) -> None:
    """One JSON object on stdout."""
    click.echo(json_text(content))


def json_text(content: Mapping[str, Any]) -> str:
    """One JSON object. A value that is not a number raises, so none can be printed."""
    lines = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False).split("\n")
    return "\n".join(visible(line) for line in lines)  # \u009b means the same to a reader of JSON
