"""Rules of a scenario's own: `behavior: {engage: my_rules.py:engage}`. Read and checked here, and not run.

A scenario is data. The one exception is a rule file that it names in these words, and `--no-custom-rules` forbids it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from stat import S_ISREG
from typing import Final

from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario.document import Node
from simulator.scenario.part import Part
from simulator.scenario.problems import Place, Problems, child, did_you_mean
from simulator.scenario.rule_file import read_rules

SECTION: Final = "behavior"
FIELD: Final = "custom_rules"
MOST_BYTES: Final = 100_000
FORM: Final = "write FILE.py:FUNCTION"


class CustomRule(Part):
    """A rule that takes the place of a built-in one."""

    name: str  # of the rule it replaces
    file: str  # where it was read, as seen from the folder of the command
    function: str
    text: str  # of the whole file

    def __str__(self) -> str:
        """As the scenario names it."""
        return f"{self.file}:{self.function}"

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the rule it is; where its file lies does not."""
        return self.name, self.function, self.text

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that name its text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


def take_rules(tree: Node, problems: Problems, *, allowed: bool) -> tuple[Node, tuple[CustomRule, ...]]:
    """The tree without its own rules, and these, checked; what is wrong with them is among the problems."""
    if FIELD in tree.mapping:
        place, remedy = tree.mapping[FIELD].place, "name rules in behavior, as in engage: FILE.py:FUNCTION"
        problems.add(place, FIELD, "is unknown", remedy)
        tree = Node({key: part for key, part in tree.mapping.items() if key != FIELD}, tree.place)
    section = tree.mapping.get(SECTION)
    if section is None or not section.mapping.keys() & REPLACEABLE.keys():
        return tree, ()
    named = {name: section.mapping[name] for name in REPLACEABLE if name in section.mapping}
    rest = Node(
        {key: part for key, part in section.mapping.items() if key not in named}, section.place, section.replaced
    )
    found = [_rule(name, node, problems, allowed=allowed) for name, node in named.items() if node.value is not None]
    tree = Node({**tree.mapping, SECTION: rest}, tree.place)
    return tree, tuple(rule for rule in found if rule is not None)


def _rule(name: str, node: Node, problems: Problems, *, allowed: bool) -> CustomRule | None:
    """The rule that a node names; none if something is wrong with it."""
    path = child(SECTION, name)
    file, _, function = node.value.rpartition(":") if isinstance(node.value, str) else ("", "", "")
    if not file.endswith(".py") or not function.isidentifier():
        shown = "a mapping" if node.mapping else "a list" if node.items else repr(node.value)[:60]
        problems.add(node.place, path, f"is {shown}, not a rule of your own", FORM)
        return None
    if not allowed:
        message = f"names a rule of its own, {node.value}, which --no-custom-rules forbids"
        problems.add(node.place, path, message, "remove it, or leave that option out")
        return None
    beside = Path(node.place.file).parent / file if node.place.line else Path(file)
    text = _text(beside, node.place, path, problems)
    if text is None:
        return None
    rule = CustomRule(name=name, file=str(beside), function=function, text=text)
    return rule if _sound(rule, node.place, path, problems) else None


def _text(file: Path, place: Place, path: str, problems: Problems) -> str | None:
    """The text of a rule file, with line ends as everywhere; none if it cannot be read."""
    remedy = "name a readable Python file"
    try:
        if not S_ISREG(file.stat().st_mode):  # a pipe or device may never end
            problems.add(place, path, f"{file} is not a regular file", remedy)
            return None
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            problems.add(
                place, path, f"{file} is larger than {MOST_BYTES:,} bytes", "keep rules and nothing else in it"
            )
            return None
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        problems.add(place, path, f"{file} is not UTF-8 text (byte {error.start + 1})", "save the file as UTF-8")
    except FileNotFoundError:
        problems.add(place, path, f"{file} is not found", "a rule's file is found beside the scenario that names it")
    except (OSError, ValueError) as error:  # a name no file can have
        problems.add(place, path, f"{file} cannot be read: {getattr(error, 'strerror', error)}", remedy)
    return None


def _sound(rule: CustomRule, place: Place, path: str, problems: Problems) -> bool:
    """Whether a rule's file keeps to the language, and has the function with the facts of the rule it replaces."""
    before, wanted = len(problems.found), REPLACEABLE[rule.name].parameters
    read = read_rules(rule.text)
    for flaw in read.flaws:
        problems.add(Place(rule.file, flaw.line, flaw.column), "", flaw.message, flaw.remedy)
    if read.tree is None:
        return False
    function = read.functions.get(rule.function)
    if function is None:
        problems.add(
            place, path, f"{rule.file} has no function {rule.function!r}", did_you_mean(rule.function, read.functions)
        )
        return False
    given = tuple(argument.arg for argument in function.args.args)
    if given != wanted:
        message = f"{rule.function} takes ({', '.join(given)}), not the facts of {rule.name}"
        remedy = f"write def {rule.function}({', '.join(wanted)})"
        problems.add(Place(rule.file, function.lineno, function.col_offset + 1), "", message, remedy)
    return len(problems.found) == before
