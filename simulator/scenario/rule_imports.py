"""What a rule file may import: the package's own rules and facts, its arithmetic, and a few constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from simulator.scenario.problems import did_you_mean
from simulator.scenario.rule_language import vocabulary

PACKAGE: Final = Path(__file__).parents[1]
MODULES_OF_CONSTANTS: Final = {"math": frozenset({"e", "inf", "pi", "tau"})}
# Words for the reader of the file and for type checkers.
MARKS: Final = {
    "__future__": frozenset({"annotations"}),
    "typing": frozenset({"Any", "Final"}),
    "simulator.compiled": frozenset({"rule"}),
}
KNOWN: Final = "import from simulator.rules, simulator.arithmetic, or math"


def imported(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str | None, str | None]:
    """What one name of an import is (module, call, constant, mark), or none with a remedy."""
    if isinstance(statement, ast.Import):
        return ("module", None) if alias.name in MODULES_OF_CONSTANTS and not alias.asname else (None, KNOWN)
    module = "" if statement.level else statement.module or ""
    if module in MARKS:
        known: Mapping[str, str] = dict.fromkeys(MARKS[module], "mark")
        return (known.get(alias.name), KNOWN) if not alias.asname else (None, "import it under its own name")
    source = _source(module)
    if source is None:
        return None, KNOWN
    words = _words(source)
    return words.get(alias.name), did_you_mean(alias.name, words)


def _source(module: str) -> Path | None:
    """The file of a module that a rule may import from."""
    sources = {"simulator.arithmetic": PACKAGE / "arithmetic.py"}
    sources |= {f"simulator.rules.{path.stem}": path for path in (PACKAGE / "rules").glob("[a-z]*.py")}
    return sources.get(module)


@cache
def _words(source: Path) -> Mapping[str, str]:
    """The rules, facts and constant numbers that a module of the package defines, as its text says."""
    text = source.read_text(encoding="utf-8")
    words = dict.fromkeys(_constants(ast.parse(text)), "constant") | dict.fromkeys(vocabulary([text]), "call")
    return {name: words[name] for name in sorted(words) if not name.startswith("_")}


def _constants(tree: ast.Module) -> Iterator[str]:
    """Names of numbers that a module defines."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if targets and _is_number(node.value):  # type: ignore[attr-defined]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_number(value: ast.expr | None) -> bool:
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)
