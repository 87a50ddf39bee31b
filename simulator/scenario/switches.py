"""Mechanisms as the file switches them: `replies: on`, `off`, a list of names, or numbers of its own, which mean on.

Whatever is on starts from the catalog entry of its name. Whatever is off stands at the neutral values of the schema.
A preset may change numbers of a mechanism, and leaves it to the scenario whether it is on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from simulator.catalog import entries, entry_file, in_catalog
from simulator.scenario.document import Node, shipped

SECTION: Final = "mechanisms"
WORDS: Final[Mapping[object, bool]] = {"on": True, True: True, "off": False, "neutral": False, False: False}
SHAPES: Final = ("pert", "triangular")  # distributions that have a mode of their own


def spelled_out(layer: Node) -> Node:
    """A layer whose mechanisms are mappings that say whether they are on."""
    section = layer.mapping.get(SECTION)
    if section is None:
        return layer
    listed = [_named(item) for item in section.items] or [section.mapping]
    parts = {name: _spelled_out(node) for names in listed for name, node in names.items()}
    whole = Node(parts, section.place) if parts or section.value in (None, ()) else section
    return Node({**layer.mapping, SECTION: whole}, layer.place)


def _named(item: Node) -> Mapping[str, Node]:
    """An entry of a list: a name, which means on, or `name: {...}` as in a mapping."""
    return item.mapping or {str(item.plain()): Node({"on": Node(True, item.place)}, item.place)}


def _spelled_out(node: Node) -> Node:
    if isinstance(node.value, str | bool) and node.value in WORDS:
        return Node({"on": Node(WORDS[node.value], node.place)}, node.place)
    if isinstance(node.value, Mapping) and "on" not in node.mapping and not in_catalog(node.place.file):
        return Node({"on": Node(True, node.place), **node.mapping}, node.place)
    word = node.mapping.get("on")
    if word is not None and isinstance(word.value, str | bool) and word.value in WORDS:
        return Node({**node.mapping, "on": replace(word, value=WORDS[word.value])}, node.place)
    return node


def mechanism_entries(layers: Sequence[Node]) -> Mapping[str, Node]:
    """The catalog entries of all mechanisms that some layer mentions."""
    mentioned = {name for layer in layers for name in _section(layer)}
    return {name: shipped(entry_file(SECTION, name)) for name in sorted(mentioned) if name in entries(SECTION)}


def settled(tree: Node) -> Node:
    """The tree with the numbers of mechanisms that are off left out, and those at their modes where it says so."""
    section = tree.mapping.get(SECTION)
    if section is None or not isinstance(section.value, Mapping):
        return tree
    modes = "mechanisms_at" in tree.mapping and tree.mapping["mechanisms_at"].value == "modes"
    parts = {name: _settled(node, modes=modes) for name, node in section.mapping.items()}
    return Node({**tree.mapping, SECTION: replace(section, value=parts)}, tree.place)


def _settled(node: Node, *, modes: bool) -> Node:
    if not isinstance(node.value, Mapping):
        return node
    known = {name: part for name, part in node.mapping.items() if name != "title"}
    switch = known.get("on", Node(False, node.place))
    if switch.value is False:
        return replace(node, value={"on": switch})
    return replace(node, value={name: at_mode(part) if modes else part for name, part in known.items()})


def at_mode(number: Node) -> Node:
    """A number of the catalog at its mode, its rows too; what a scenario states stays as it is."""
    parts = dict(number.mapping)
    for shape in SHAPES:
        if shape in parts and in_catalog(parts[shape].place.file) and len(parts[shape].items) == 3:
            parts["value"] = parts.pop(shape).items[1]
    if "rows" in parts and in_catalog(parts["rows"].place.file):
        rows = {size: row.items[1] if len(row.items) == 3 else row for size, row in parts["rows"].mapping.items()}
        parts["rows"] = replace(parts["rows"], value=rows)
    return replace(number, value=parts) if parts else number


def _section(layer: Node) -> Mapping[str, Node]:
    section = layer.mapping.get(SECTION)
    return section.mapping if section else {}
