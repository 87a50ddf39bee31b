"""What lies under a scenario: catalog entries, presets, other scenarios; and over it: `--set`. Merged into one tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Final

from simulator.catalog import entries, entry_file, in_catalog
from simulator.errors import InputProblems
from simulator.scenario.document import Node, read_file, read_value, shipped
from simulator.scenario.merge import merge
from simulator.scenario.problems import Place, Problems, did_you_mean
from simulator.scenario.switches import SECTION, mechanism_entries, spelled_out

BASE: Final = "presets/measured"
COMMAND_LINE: Final = Place("--set")
# Sections that name a catalog entry: path, the key that holds the name, the folder.
NAMED: Final = (
    (("platform",), "name", "platforms"),
    (("behavior",), "name", "behaviors"),
    (("population", "network"), "kind", "networks"),
)


def merged_tree(path: Path, settings: Sequence[str], problems: Problems, preset: str = BASE) -> Node:
    """The scenario with everything below it, `preset` in the place of presets/measured.

    Raises InputProblems if a file of the chain cannot be read.
    """
    layers = [_named(layer) for layer in _chain(path, problems, preset)]
    layers += _setting_layers(settings, layers, problems)
    catalog = _catalog(layers, problems)
    tree: Node = reduce(lambda base, over: merge(base, over, "", problems), [catalog, *layers])
    return Node({key: part for key, part in tree.mapping.items() if key != "extends"}, tree.place)


def _chain(path: Path, problems: Problems, preset: str) -> list[Node]:
    """The file and all it extends, the lowest first. Where a file names presets/measured, or nothing, it gets `preset`;
    what a preset itself extends stays.
    """
    layers: list[Node] = []
    seen: list[Path] = []
    place, here = Place(str(path)), path
    while True:
        if here.resolve() in seen:
            names = " -> ".join(step.name for step in [*seen, here])
            problems.add(place, "extends", f"goes in a circle: {names}", "remove one extends")
            problems.stop()
        seen.append(here.resolve())
        layer = _mapping_of(here, problems)
        layers.insert(0, layer)
        lower = layer.mapping.get("extends")
        if lower is None and here.resolve() == entry_file("presets", "measured").resolve():
            return layers
        place = lower.place if lower else layer.place
        if not in_catalog(str(here)) and (lower is None or lower.value == BASE):
            lower = Node(preset, place)
        here = _extended(lower or Node(BASE, place), here.parent, problems)


def _mapping_of(path: Path, problems: Problems) -> Node:
    layer = shipped(path) if in_catalog(str(path)) else read_file(path, problems)
    if layer is not None and not isinstance(layer.value, Mapping):
        what = "is empty" if layer.value is None else "is not a mapping"
        problems.add(layer.place, "", what, "write lines of the form key: value")
        layer = None
    if layer is None:
        problems.stop()
        raise InputProblems(problems.found)
    return layer


def _extended(lower: Node, folder: Path, problems: Problems) -> Path:
    """The file that `extends` names: a preset of the catalog or a file beside the scenario."""
    name = str(lower.value)
    presets = [f"presets/{entry}" for entry in entries("presets")]
    if name in presets:
        return entry_file("presets", name.removeprefix("presets/"))
    beside = folder / name
    if not isinstance(lower.value, str) or not beside.is_file():
        message = f"{name[:80]!r} is neither a preset nor a file"
        problems.add(lower.place, "extends", message, did_you_mean(name, presets))
        problems.stop()
    return beside


def _named(layer: Node) -> Node:
    """The short form `platform: instagram` written out as `platform: {name: instagram}`."""
    for path, key, _ in NAMED:
        layer = _write_out(layer, path, key)
    return spelled_out(layer)


def _write_out(node: Node, path: tuple[str, ...], key: str) -> Node:
    if not path:
        if key == "kind" and "file" in node.mapping and key not in node.mapping:  # a file says what kind it is
            return Node({key: Node("file", node.mapping["file"].place), **node.mapping}, node.place)
        return Node({key: node}, node.place) if isinstance(node.value, str) else node
    part = node.mapping.get(path[0])
    if part is None:
        return node
    return Node({**node.mapping, path[0]: _write_out(part, path[1:], key)}, node.place)


def _catalog(layers: Sequence[Node], problems: Problems) -> Node:
    """The catalog entries that the layers name, as the lowest layer."""
    sections: dict[str, Node] = {}
    for path, key, kind in NAMED:
        name = _last(layers, (*path, key))
        entry = _entry(kind, name, ".".join((*path, key)), problems) if name else None
        if entry is not None:
            for step in reversed(path[1:]):
                entry = Node({step: entry}, entry.place)
            sections[path[0]] = entry
    if mechanisms := mechanism_entries(layers):
        sections[SECTION] = Node(mechanisms, Place(""))
    return Node(sections, Place(""))


def _entry(kind: str, name: Node, path: str, problems: Problems) -> Node | None:
    if name.value not in entries(kind):
        problems.add(name.place, path, f"{str(name.value)[:80]!r} is unknown", did_you_mean(name.value, entries(kind)))
        return _entry(kind, name.replaced, path, problems) if name.replaced else None
    entry = shipped(entry_file(kind, str(name.value)))
    return Node({"name": name, **entry.mapping}, entry.place)


def _last(layers: Sequence[Node], path: tuple[str, ...]) -> Node | None:
    """The topmost layer's word on a path, with the words below it as what it replaced."""
    word: Node | None = None
    for layer in layers:
        node: Node | None = layer
        for step in path:
            node = node.mapping.get(step) if node else None
        if node is not None:
            word = Node(node.value, node.place, word)
    return word


def _setting_layers(settings: Sequence[str], layers: Sequence[Node], problems: Problems) -> list[Node]:
    """Each `path=value` as one more layer, to be merged like a file."""
    known = reduce(lambda base, over: merge(base, over, "", Problems()), layers)
    found: list[Node] = []
    for setting in settings:
        path, equals, text = setting.partition("=")
        if not (equals and path.strip()):
            problems.add(COMMAND_LINE, "", f"{setting!r} is not of the form path=value", "write --set budget=10000")
            continue
        steps = _steps(path.strip(), known)
        if steps == ["extends"]:
            problems.add(COMMAND_LINE, "extends", "cannot be set from the command line", "write it in a file")
            continue
        node = read_value(text, path.strip(), COMMAND_LINE.file, problems)
        if node is not None:
            for step in reversed(steps):
                node = Node({step: node}, COMMAND_LINE)
            found.append(_named(node))
    return found


def _steps(path: str, tree: Node | None) -> list[str]:
    """A dotted path in its steps; a key that itself holds dots is recognized if it exists."""
    keys = tree.mapping if tree else {}
    whole = [key for key in keys if path == key or path.startswith(f"{key}.")]
    step = max(whole, key=len) if whole else path.partition(".")[0]
    rest = path[len(step) + 1 :]
    if not rest:
        return [step]
    below = keys.get(step)
    if below is None and tree and step.isdecimal() and int(step) < len(tree.items):
        below = tree.items[int(step)]
    return [step, *_steps(rest, below)]


def locate(tree: Node, path: str) -> Place:
    """Where the scenario writes a path, or the nearest part above it that it writes."""
    node, place = tree, tree.place
    for step in _steps(path, tree):
        inner = node.mapping.get(step)
        if inner is None and step.isdecimal() and int(step) < len(node.items):
            inner = node.items[int(step)]
        if inner is None:
            break
        node = inner
        place = place if in_catalog(inner.place.file) else inner.place
    return place
