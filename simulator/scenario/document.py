"""A YAML 1.2 file as a tree that remembers where everything stands. Data only: no tags, no code, no expansion bombs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from simulator.errors import InputProblems
from simulator.scenario.files import EMPTY, NOT_FOUND, fault_of
from simulator.scenario.problems import Place, Problems, child

MOST_BYTES: Final = 200_000
MOST_DEPTH: Final = 40
MOST_NODES: Final = 20_000  # after following aliases

START: Final = "write a first scenario with: simulator init"
FAULTS: Final = {NOT_FOUND: ("file not found", f"check the path, or {START}"), EMPTY: ("is empty", START)}
NULLS: Final = ("", "~", "null", "Null", "NULL")
TRUTHS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE: Final = re.compile(r"[-+]?[0-9](_?[0-9]){0,17}")
DECIMAL: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(_[0-9]+)*(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
HALF: Final = re.compile(r"[\ud800-\udfff]")
ENDLESS: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

LONGEST_INDEX: Final = 9  # digits

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """A scalar, a mapping or a sequence, its place, and what it replaced in the file below it."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    place: Place
    replaced: Node | None = None

    @property
    def mapping(self) -> Mapping[str, Node]:
        """The parts by key; empty for anything but a mapping."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a sequence; empty for anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    def part(self, step: str) -> Node | None:
        """The part under a key, or the item of that number, which counts from 0."""
        return self.mapping.get(step) or (self.items[index] if (index := index_in(step)) < len(self.items) else None)

    def plain(self) -> Any:
        """The same as dictionaries, tuples and scalars; a number without fraction is whole."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        if isinstance(self.value, float) and self.value.is_integer():
            return int(self.value)
        return self.value


def index_in(key: str) -> int:
    """The number that a key of digits names; too large for any list if it names none."""
    return int(key) if key.isdecimal() and len(key) <= LONGEST_INDEX else 10**LONGEST_INDEX


def whole_characters(text: str) -> str:
    """The text with a question mark for each half of a character, as names of files hold that are not UTF-8."""
    return HALF.sub("?", text)


def read_file(path: Path, problems: Problems) -> Node | None:
    """The tree of a file; none if it cannot be read, with the reason among the problems."""
    place = Place(str(path))
    if fault := fault_of(path):
        problems.add(place, "", *FAULTS.get(fault, (fault, "name a readable YAML file")))
        return None
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            problems.add(place, "", f"is larger than {MOST_BYTES:,} bytes", "keep tables in CSV files")
            return None
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(place, "", f"is not UTF-8 text (byte {error.start + 1})", "save the file as UTF-8")
    except OSError as error:
        problems.add(place, "", f"cannot be read: {error.strerror}", "name a readable YAML file")
    else:
        return read_text(text, str(path), problems)
    return None


@cache
def shipped(path: Path) -> Node:
    """The tree of a catalog file, read once."""
    problems = Problems()
    tree = read_file(path, problems)
    problems.stop()
    assert tree is not None  # nothing was wrong
    return tree


def read_text(text: str, file: str, problems: Problems) -> Node | None:
    """The tree of a text; none if it is not YAML, is empty, or goes beyond the limits."""
    try:
        return _Reader(file, problems).document(text)
    except InputProblems:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        reason = error.problem or error.context
        problems.add(place, "", f"is not YAML: {reason}", "check indentation, colons and quotes")
    except YAMLError as error:
        problems.add(Place(file, 1, 1), "", f"is not YAML: {str(error).splitlines()[0]}", "remove special characters")
    return None


def read_value(text: str, path: str, file: str, problems: Problems) -> Node | None:
    """The tree of a value given on the command line, placed outside any file. `>= 0` is text, as in a target."""
    place = Place(file)
    found = Problems()
    if not text.strip() or text.lstrip().startswith(">"):  # which would open a text of several lines
        return Node(text.strip() or None, place)
    node = read_text(text, file, found)
    for problem in found.found:
        problems.add(
            place,
            child(path, problem.path) if problem.path else path,
            f"{text!r}: {problem.message}",
            problem.suggestion,
        )
    return _moved(node, place) if node else None


def _moved(node: Node, place: Place) -> Node:
    if isinstance(node.value, Mapping):
        return Node({key: _moved(part, place) for key, part in node.value.items()}, place)
    if isinstance(node.value, tuple):
        return Node(tuple(_moved(part, place) for part in node.value), place)
    return Node(node.value, place)


@dataclass
class _Reader:
    """Builds the tree from the parser's events, so limits hold before anything is expanded."""

    file: str
    problems: Problems
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    nodes: int = 0

    def document(self, text: str) -> Node | None:
        events = YAML(typ="safe", pure=True).parse(text)
        next(events)  # the stream opens
        event = next(events)
        if type(event).__name__ == "StreamEndEvent":
            self._refuse(event, "", "is empty", START)
        node = self._node(next(events), events, "", 0)
        next(events)  # the document closes
        event = next(events)
        if type(event).__name__ != "StreamEndEvent":
            self._refuse(event, "", "holds a second document", "keep one scenario per file")
        return node

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, path: str, message: str, suggestion: str) -> None:
        self.problems.add(self._place(event), path, message, suggestion)
        raise InputProblems(self.problems.found)

    def _node(self, event: Any, events: Iterator[Any], path: str, depth: int) -> Node:
        before = self.nodes
        if depth > MOST_DEPTH:
            self._refuse(event, "", f"is nested deeper than {MOST_DEPTH} levels", "flatten it")
        if isinstance(event, AliasEvent):
            return self._alias(event, path)
        if event.tag is not None:
            self._refuse(event, path, f"tag {_short(event.tag)} is refused", "write plain values without '!'")
        self._count(event, path, 1)
        if isinstance(event, MappingStartEvent):
            node = self._mapping(event, events, path, depth)
        elif isinstance(event, SequenceStartEvent):
            node = self._sequence(event, events, path, depth)
        else:
            node = Node(_scalar(event), self._place(event))
            self._whole_characters(event, path)
        if event.anchor:
            self.anchors[event.anchor] = node, self.nodes - before
        return node

    def _alias(self, event: Any, path: str) -> Node:
        if event.anchor not in self.anchors:
            self._refuse(event, path, f"alias *{event.anchor} has no anchor before it", f"write &{event.anchor} first")
        node, size = self.anchors[event.anchor]
        self._count(event, path, size)
        return node

    def _count(self, event: Any, path: str, size: int) -> None:
        self.nodes += size
        if self.nodes > MOST_NODES:
            self._refuse(event, path, f"expands to more than {MOST_NODES:,} values", "write fewer aliases or values")

    def _whole_characters(self, event: Any, path: str) -> None:
        """No file, table or screen can hold half of a character, as an escape can make one."""
        if HALF.search(event.value):
            self._refuse(event, path, "holds half a character", r"write it out, or as \U and eight digits")

    def _sequence(self, event: Any, events: Iterator[Any], path: str, depth: int) -> Node:
        items: list[Node] = []
        while type(part := next(events)).__name__ != "SequenceEndEvent":
            items.append(self._node(part, events, child(path, len(items)), depth + 1))
        return Node(tuple(items), self._place(event))

    def _mapping(self, event: Any, events: Iterator[Any], path: str, depth: int) -> Node:
        parts: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while type(key := next(events)).__name__ != "MappingEndEvent":
            if not isinstance(key, ScalarEvent):
                self._refuse(key, path, "a key must be a word or a number", "write key: value")
            place, here = self._place(key), child(path, key.value)
            self._whole_characters(key, path)
            part = self._node(next(events), events, here, depth + 1)
            if key.value in parts:
                first = lines[key.value]
                self.problems.add(place, here, f"stands twice (first in line {first})", "remove one of the two")
                continue
            parts[key.value] = replace(part, place=place)  # a part stands where its key stands
            lines[key.value] = place.line
        return Node(parts, self._place(event))


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _scalar(event: Any) -> Scalar:
    """Meaning of a scalar by YAML 1.2's core schema; text with a date's form stays text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in NULLS:
        return None
    if text in TRUTHS:
        return TRUTHS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    if ENDLESS.fullmatch(text):
        return float(text.replace(".", ""))
    return text
