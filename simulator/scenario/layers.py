"""What lies under a scenario: catalog entries, presets, other scenarios; and over it: `--set`. Merged into one tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from os.path import realpath
from pathlib import Path
from typing import Final

from simulator.catalog import entries, entry_file, in_catalog
from simulator.errors import InputProblems
from simulator.scenario.document import Node, read_file, read_value, shipped
from simulator.scenario.files import NOT_FOUND, fault_of
from simulator.scenario.merge import merge
from simulator.scenario.problems import Place, Problems, did_you_mean
from simulator.scenario.switches import SECTION, mechanism_entries, spelled_out

MOST_FILES: Final = 40
MOST_SETTINGS: Final = 200
MOST_STEPS: Final = 40
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
    seen: list[str] = []
    place, here = Place(str(path)), path
    while True:
        if len(seen) == MOST_FILES:
            problems.add(place, "extends", f"builds on more than {MOST_FILES} files", "merge some of them")
            problems.stop()
        here_is = realpath(here)
        if here_is in seen:
            names = " -> ".join(Path(step).name for step in [*seen, here_is])
            problems.add(place, "extends", f"goes in a circle: {names}", "remove one extends")
            problems.stop()
        seen.append(here_is)
        layer = _mapping_of(here, problems)
        layers.insert(0, layer)
        lower = layer.mapping.get("extends")
        if lower is None and here_is == realpath(entry_file("presets", "measured")):
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
    fault = fault_of(beside) if isinstance(lower.value, str) else NOT_FOUND
    if fault:
        message = f"{name[:80]!r} {'is neither a preset nor a file' if fault == NOT_FOUND else fault}"
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
    if len(settings) > MOST_SETTINGS:
        remedy = "write a file that extends this one"
        problems.add(COMMAND_LINE, "", f"{len(settings):,} settings are more than {MOST_SETTINGS}", remedy)
    for setting in settings[:MOST_SETTINGS]:
        path, equals, text = setting.partition("=")
        if not (equals and path.strip()):
            problems.add(COMMAND_LINE, "", f"{setting!r} is not of the form path=value", "write --set budget=10000")
            continue
        steps = _steps(path.strip(), known)
        if len(steps) > MOST_STEPS:
            problems.add(COMMAND_LINE, path[:80], f"has more than {MOST_STEPS} steps", "name a part of the scenario")
            continue
        if steps == ["extends"]:
            problems.add(COMMAND_LINE, "extends", "cannot be set from the command line", "write it in a file")
            continue
        if stray := _stray_arm(steps, [known, *found]):
            problems.add(COMMAND_LINE, ".".join(steps[:2]), "is no plan of the scenario", stray)
            continue
        node = read_value(text, path.strip(), COMMAND_LINE.file, problems)
        if node is not None:
            for step in reversed(steps):
                node = Node({step: node}, COMMAND_LINE)
            found.append(_named(node))
    return found


def _stray_arm(steps: Sequence[str], layers: Sequence[Node]) -> str | None:
    """The remedy where the steps lead to a hire of a plan that none of the layers has; none otherwise."""
    if not (steps[0] == "arms" and len(steps) > 3 and steps[2] == "hire"):
        return None
    known = [name for layer in layers if "arms" in layer.mapping for name in layer.mapping["arms"].mapping]
    return None if steps[1] in known else did_you_mean(steps[1], known)


def _steps(path: str, tree: Node | None) -> list[str]:
    """A dotted path in its steps; a key that itself holds dots is recognized if it exists."""
    steps: list[str] = []
    rest = f"{path}."
    while rest:
        whole = [key for key in tree.mapping if rest.startswith(f"{key}.")] if tree else []
        step = max(whole, key=len) if whole else rest.partition(".")[0]
        steps.append(step)
        rest = rest[len(step) + 1 :]
        tree = tree.part(step) if tree else None
    return steps


def locate(tree: Node, path: str) -> Place:
    """Where the scenario writes a path, or the nearest part above it that it writes."""
    node, place = tree, tree.place
    for step in _steps(path, tree):
        inner = node.part(step)
        if inner is None:
            break
        node = inner
        place = place if in_catalog(inner.place.file) else inner.place
    return place
