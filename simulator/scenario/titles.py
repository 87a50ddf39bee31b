"""Names and titles of what a scenario can mention."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Final

from simulator.catalog import entries, entry_file
from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario.document import read_file
from simulator.scenario.payments import payment_kinds
from simulator.scenario.problems import Problems

SCENARIOS: Final = Path("scenarios")


def titles(kind: str) -> tuple[tuple[str, str], ...]:
    """Each entry of a kind with its title; for `scenarios`, the files of ./scenarios; for `payments`, their kinds.

    For `rules`, those that a file of one's own may replace, with the facts they take.
    """
    if kind == "scenarios":
        return tuple((str(path), _title(path, "name")) for path in sorted(SCENARIOS.glob("*.yaml")))
    if kind == "payments":
        models = payment_kinds().items()
        return tuple((name, inspect.cleandoc(model.__doc__ or "").rstrip(".")) for name, model in models)
    if kind == "rules":
        return tuple((f"{name}({', '.join(each.parameters)})", each.meaning) for name, each in REPLACEABLE.items())
    prefix = "presets/" if kind == "presets" else ""
    return tuple((f"{prefix}{name}", _title(entry_file(kind, name), "title")) for name in entries(kind))


def _title(path: Path, key: str) -> str:
    """The title an entry states, or the first sentence of its opening comment."""
    node = read_file(path, Problems())
    if node is None:
        return "(cannot be read)"
    stated = node.mapping.get(key)
    return str(stated.value) if stated else _opening(path)


def _opening(path: Path) -> str:
    words: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        words.append(line.lstrip("# "))
    return " ".join(words).partition(". ")[0].rstrip(".")
