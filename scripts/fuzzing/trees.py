"""Scenario files as trees whose every part can be replaced, and back to YAML. A tree may say what no dictionary can:
a key twice, an anchor, a tag. Leaves are YAML text as it will stand in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_./ -]*[A-Za-z0-9_]|[A-Za-z_]")
BLOCK_LEVELS: Final = 2  # written on lines of their own, so that damage to a line leaves the others


@dataclass(frozen=True)
class Parts:
    """A mapping (`keyed`) or a sequence; of a sequence, keys are empty."""

    keyed: bool
    items: tuple[tuple[str, Tree], ...]

    def put(self, index: int, *pairs: tuple[str, Tree]) -> Parts:
        """The same with some pairs in the place of one."""
        return Parts(self.keyed, (*self.items[:index], *pairs, *self.items[index + 1 :]))


Tree = str | Parts
Path = tuple[int, ...]


def tree_of(value: Any) -> Tree:
    """The tree of plain data."""
    if isinstance(value, dict):
        return Parts(keyed=True, items=tuple((scalar(key), tree_of(part)) for key, part in value.items()))
    if isinstance(value, list):
        return Parts(keyed=False, items=tuple(("", tree_of(part)) for part in value))
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar as YAML text."""
    if isinstance(value, str):
        reserved = value.casefold() in {"true", "false", "null"}
        return value if PLAIN.fullmatch(value) and not reserved else json.dumps(value)
    return "null" if value is None else repr(value).lower() if isinstance(value, bool) else repr(value)


def paths(tree: Tree, above: Path = ()) -> Iterator[Path]:
    """Where the parts of a tree stand, from the top."""
    yield above
    if isinstance(tree, Parts):
        for index, (_, part) in enumerate(tree.items):
            yield from paths(part, (*above, index))


def part_at(tree: Tree, path: Path) -> Tree:
    """The part that stands there."""
    for index in path:
        assert isinstance(tree, Parts)
        tree = tree.items[index][1]
    return tree


def changed(tree: Tree, path: Path, *pairs: tuple[str, Tree]) -> Tree:
    """The tree with some pairs in the place of one; only the last of them at the top."""
    if not path:
        return pairs[-1][1] if pairs else ""
    assert isinstance(tree, Parts)
    here, rest = path[0], path[1:]
    if not rest:
        return tree.put(here, *pairs)
    key, part = tree.items[here]
    return tree.put(here, (key, changed(part, rest, *pairs)))


def dotted(tree: Tree, path: Path) -> str:
    """The place as `--set` names it: `arms.a.hire.0.count`."""
    words: list[str] = []
    for index in path:
        assert isinstance(tree, Parts)
        key, part = tree.items[index]
        words.append(key.strip('"') if tree.keyed else str(index))
        tree = part
    return ".".join(words)


def text_of(tree: Tree, level: int = 0) -> str:
    """The tree as YAML."""
    if isinstance(tree, str):
        return tree
    if level >= BLOCK_LEVELS or not tree.keyed or not tree.items:
        inner = ", ".join((f"{key}: " if tree.keyed else "") + text_of(part, BLOCK_LEVELS) for key, part in tree.items)
        return f"{{{inner}}}" if tree.keyed else f"[{inner}]"
    lines = []
    for key, part in tree.items:
        text = text_of(part, level + 1)
        block = isinstance(part, Parts) and part.keyed and part.items and level + 1 < BLOCK_LEVELS
        lines.append("  " * level + f"{key}:" + (f"\n{text.rstrip(chr(10))}" if block else f" {text}"))
    return "\n".join(lines) + "\n"
