"""One tree laid over another: mappings merge, everything else replaces; a number keeps what the catalog knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from simulator.scenario.document import Node, index_in
from simulator.scenario.problems import Problems, child

FORMS: Final = ("value", "uniform", "triangular", "pert", "normal", "lognormal", "beta", "empirical", "rows")
ORIGIN: Final = ("source", "date", "grade")  # describe the value itself, so they go when it is replaced
REPLACED_WHOLE: Final = ("population.topics", "tiers")
STATED: Final = "stated by the scenario"


def merge(base: Node | None, over: Node, path: str, problems: Problems) -> Node:
    """`over` laid over `base`; both stay as they are."""
    if base is None:
        return over
    if "unit" in base.mapping:
        return _number(base, over)
    if isinstance(base.value, Mapping) and isinstance(over.value, Mapping) and path not in REPLACED_WHOLE:
        parts = dict(base.value)
        for key, part in over.value.items():
            parts[key] = merge(parts.get(key), part, child(path, key), problems)
        return Node(parts, over.place if over.place.line else base.place, base)
    if base.items and over.mapping and all(key.isdecimal() for key in over.mapping):
        return _items(base, over, path, problems)
    return replace(over, replaced=base)


def _items(base: Node, over: Node, path: str, problems: Problems) -> Node:
    """Single items of a sequence replaced by their index, as `--set arms.a.hire.0.count=2` asks for."""
    items = list(base.items)
    for key, part in over.mapping.items():
        index = index_in(key)
        if index >= len(items):
            here = child(path, key)
            problems.add(part.place, here, f"does not exist: {path} has {len(items)} items", "indices count from 0")
            continue
        items[index] = merge(items[index], part, child(path, key), problems)
    return Node(tuple(items), base.place, base)


def _number(base: Node, over: Node) -> Node:
    """A number's value replaced; unit, range, meaning and where it varies stay. Graded "your own" unless stated."""
    parts = dict(over.mapping) if isinstance(over.value, Mapping) else {"value": over}
    kept = dict(base.mapping)
    if any(form in parts for form in FORMS):
        kept = {key: part for key, part in kept.items() if key not in FORMS + ORIGIN}
        kept["grade"] = Node("your own", over.place)
        kept["source"] = Node(STATED, over.place)
    return Node({**kept, **parts}, over.place, base)
