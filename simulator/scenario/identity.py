"""Which question it is: a short hash of the resolved scenario, for the names of results folders.

Two files that say the same give the same hash, whatever their formatting or order of arms; a name, the number of runs
and what a number replaced don't matter. Rosters, graphs and rules of one's own count by their content, not by where
they lie.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from simulator import __version__
from simulator.distributions import Distribution
from simulator.errors import BadQuantity
from simulator.quantity import Curve, Quantity
from simulator.scenario.peer_graph import graph_of
from simulator.scenario.samples import table_file
from simulator.scenario.schema import Network, Roster, Scenario

DIGITS: Final = 12
IRRELEVANT: Final = {"name", "runs", "custom_rules"}
PACKAGE: Final = Path(__file__).parents[1]
MODEL: Final = (
    "rules", "world", "campaign", "engines", "scenario/payments", "scenario/draws.py", "scenario/designs.py",
    "scenario/sobol.py", "arithmetic.py", "dice.py", "distributions.py",
)  # fmt: skip


def model_version() -> str:
    """The version, and a hash of the sources that results rest on: an answer of other code is not taken for ours."""
    digest = hashlib.sha256()
    for room in MODEL:
        for path in sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / room]:
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def scenario_hash(scenario: Scenario, model_version: str) -> str:
    """Twelve hexadecimal digits that name the scenario and the model's version."""
    text = json.dumps([model_version, canonical(scenario)], sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def canonical(scenario: Scenario) -> dict[str, Any]:
    """Everything of a scenario that makes it the question it is, as plain data."""
    fields = {field: _plain(getattr(scenario, field)) for field in Scenario.model_fields if field not in IRRELEVANT}
    fields["arms"] = {arm.name: _plain(arm) for arm in scenario.arms}
    if scenario.custom_rules:
        fields["custom_rules"] = sorted(rule.identity for rule in scenario.custom_rules)
    return fields


def _plain(part: object) -> Any:
    if isinstance(part, Quantity | Curve):
        facts = {name: value for name, value in vars(part).items() if name != "default"}
        return {name: _plain(value) for name, value in facts.items()}
    if isinstance(part, Distribution):
        return [part.kind, *(_plain(value) for value in vars(part).values())]
    if isinstance(part, Roster):
        fields = {name: _plain(getattr(part, name)) for name in Roster.model_fields}
        return {**fields, "file": _content(part.file)}
    if isinstance(part, Network):
        return {"kind": part.kind} | ({"graph": _graph(part)} if part.from_file else {"numbers": _plain(part.numbers)})
    if isinstance(part, BaseModel):
        return {name: _plain(getattr(part, name)) for name in type(part).model_fields}
    if isinstance(part, dict):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_plain(item) for item in part]
    return part


def _graph(network: Network) -> str | None:
    try:
        return graph_of(network).digest
    except BadQuantity:
        return network.file  # a plan says what is wrong with it


def _content(file: str) -> str:
    try:
        with table_file(file, Path()).open("rb") as table:
            return hashlib.file_digest(table, "sha256").hexdigest()
    except (BadQuantity, OSError):
        return file  # a plan says what is wrong with it
