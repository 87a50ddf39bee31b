"""Cases made from scenarios that ship: parts replaced, moved, repeated, lost; texts damaged; settings.

Every choice is `below(n)`, a number from 0 to n − 1, wherever it comes from: hypothesis, or the bytes of a coverage-
guided fuzzer. The same choices make the same case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from fuzzing import hostile
from fuzzing.trees import Parts, Path, Tree, changed, dotted, part_at, paths, text_of

Below = Callable[[int], int]
Option = TypeVar("Option")
MOST_CHANGES: Final = 3
NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7")


@dataclass(frozen=True)
class Case:
    """One scenario file, what is laid over it, and tables that lie beside it."""

    content: bytes
    settings: tuple[str, ...] = ()
    tables: Mapping[str, bytes] = field(default_factory=dict)


def case_from(below: Below, seeds: Sequence[Tree], tables: Mapping[str, bytes]) -> Case:
    """A case that some choices make of the scenarios there are."""
    tree = pick(below, seeds)
    for _ in range(1 + below(1 + below(MOST_CHANGES))):
        tree = _mutated(below, tree, seeds)
    settings = tuple(_setting(below, tree) for _ in range(max(0, below(10) - 7)))
    content = text_of(tree).encode("utf-8", "surrogatepass")
    for _ in range(max(0, below(12) - 9)):
        content = _damaged(below, content)
    return Case(content, settings, _tables(below, tables) if below(8) == 7 else {})


def pick(below: Below, options: Sequence[Option]) -> Option:
    """One of several."""
    return options[below(len(options))]


def _mutated(below: Below, tree: Tree, seeds: Sequence[Tree]) -> Tree:
    """The tree with one part changed."""
    places = list(paths(tree))
    change = pick(below, CHANGES)
    if change is _nudged:
        places = [path for path in places if NUMBER.fullmatch(str(part_at(tree, path)))] or places
    path = pick(below, places)
    key = _key(tree, path)
    return changed(tree, path, *change(below, key, part_at(tree, path), seeds))


def _key(tree: Tree, path: Path) -> str:
    if not path:
        return ""
    above = part_at(tree, path[:-1])
    assert isinstance(above, Parts)
    return above.items[path[-1]][0]


Pairs = tuple[tuple[str, Tree], ...]


def _scalar(below: Below, key: str, _part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    return ((key, pick(below, pick(below, (hostile.NUMBERS, hostile.WORDS, hostile.SHAPES)))),)


def _nudged(below: Below, key: str, part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    """A number another of its kind, so that much stays valid and gets as far as the plan."""
    value = float(part) if isinstance(part, str) and NUMBER.fullmatch(part) else 0.0
    factors = (2, 2, 10, 1000, 1e6, 0.5, 0.5, 0.9, 0.1, 0.001, -1, 0)
    moved = value * pick(below, factors)
    return ((key, str(int(moved)) if moved.is_integer() and abs(moved) < 1e15 else repr(moved)),)


def _lost(_below: Below, _key: str, _part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    return ()


def _repeated(below: Below, key: str, part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    return ((key, part),) * pick(below, (2, 3, 40))


def _renamed(below: Below, key: str, part: Tree, seeds: Sequence[Tree]) -> Pairs:
    """Another key: a hostile one, one of another place, or a slip of the pen."""
    other = pick(below, seeds)
    ways = (
        lambda: pick(below, hostile.KEYS),
        lambda: _key(other, pick(below, list(paths(other)))),
        lambda: key[:-1] or "x",
        lambda: key[1:] + key[:1],
    )
    return ((pick(below, ways)(), part),)


def _taken(below: Below, key: str, _part: Tree, seeds: Sequence[Tree]) -> Pairs:
    """A part of any scenario; every other time, one of the same name."""
    places = [(seed, path) for seed in (pick(below, seeds), pick(below, seeds)) for path in paths(seed)]
    same = [(seed, path) for seed, path in places if key and _key(seed, path) == key]
    seed, path = pick(below, same if same and below(2) else places)
    return ((key, part_at(seed, path)),)


def _wrapped(below: Below, key: str, part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    ways: tuple[Tree, ...] = (
        Parts(keyed=False, items=(("", part),)),
        Parts(keyed=False, items=(("", part),) * 3),
        Parts(keyed=True, items=(("pert", Parts(keyed=False, items=(("", part),) * 3)),)),
        Parts(keyed=True, items=(("value", part), ("varies", "world"))),
        Parts(keyed=True, items=(("file", part),)),
        Parts(keyed=True, items=((key or "a", part),)),
        Parts(keyed=True, items=(("0", part),)),
        Parts(keyed=True, items=(("rows", Parts(keyed=True, items=(("1000", part),))),)),
    )
    return ((key, pick(below, ways)),)


def _anchored(below: Below, key: str, part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    """The part under an anchor, and the same again, merged or by alias, beside it."""
    beside = pick(below, (("<<", "*part"), ("again", "*part"), ("again", "[*part, *part, *part]"), ("*part", "1")))
    return (key, f"&part {text_of(part, 2)}"), beside


def _many(below: Below, key: str, part: Tree, _seeds: Sequence[Tree]) -> Pairs:
    """Far more of the same kind than anybody writes."""
    number = pick(below, (3, 30, 300, 2000))
    name = key.strip("\"'")[:40] or "x"
    return tuple((f"{name}{index}", part if number < 2000 else "1") for index in range(number))


CHANGES: Final = (
    *[_scalar] * 4, *[_nudged] * 10, *[_taken] * 4, *[_lost] * 4, _renamed, _wrapped, _repeated, _anchored, _many
)  # fmt: skip


def _setting(below: Below, tree: Tree) -> str:
    """Something for `--set`."""
    path = dotted(tree, pick(below, list(paths(tree))))
    ways = (path, path, path, f"{path}.x", f"arms.{'9' * 5000}", "a." * 3000, *hostile.PATHS)
    value = pick(below, pick(below, (hostile.NUMBERS, hostile.WORDS, hostile.SHAPES)))
    return f"{pick(below, ways)}{pick(below, ('=', '=', '=', '=', ''))}{value}"


def _damaged(below: Below, content: bytes) -> bytes:
    """Bytes lost, doubled or strewn in; another encoding; or far too much of something."""
    start = below(len(content) + 1)
    length = pick(below, (1, 2, 8, 100))
    ways = (
        lambda: content[:start] + pick(below, hostile.BYTES) + content[start:],
        lambda: content[:start] + pick(below, hostile.BYTES) + content[start + length :],
        lambda: content[:start] + content[start + length :],
        lambda: content[:start],
        lambda: content[:start] + content[start : start + length] * 3 + content[start + length :],
        lambda: content[:start] + bytes([below(256)]) + content[start + 1 :],
        lambda: _encoded(content, pick(below, ENCODINGS)),
        lambda: content.replace(b"\n", pick(below, (b"\r\n", b"\r", b"\n\n", b"\n\t"))),
        lambda: content + hostile.bomb(2 + below(8), 2 + below(8)).encode(),
        lambda: content + pick(below, (b"k: 1\n", b"#\n", b"? ", b"- ", b"[", b"a: {", b"  ", b"\n")) * 9000,
        lambda: content + b"".join(b"k%d: 1\n" % index for index in range(pick(below, (100, 9000)))),
    )
    return pick(below, ways)()


def _encoded(content: bytes, encoding: str) -> bytes:
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def _tables(below: Below, tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """One of the tables, damaged, under the names that the hostile words know."""
    names = sorted(tables)
    content = tables[pick(below, names)]
    for _ in range(1 + below(3)):
        content = _damaged(below, content)
    return {"fuzzed.csv": content, "fuzzed.graphml": content}
