#!/usr/bin/env python3
"""Check the language of rules: a function marked `@rule` must give the same bits from Python and from compiled code.

What is not listed here is refused: a rule may use + - * /, comparisons, and/or/not, if/else, loops over `range` and
plain tuples, the calls in ALLOWED_CALLS, other rules, and named tuples of facts. `//` and `%` are for integers.

    scripts/lint_rules.py [FILE...]     prints file:line:column: message for each problem; exit code 1 if there are any
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "simulator"
ALLOWED_CALLS = frozenset({"abs", "bool", "float", "int", "len", "max", "min", "range"})
# Exact in IEEE 754, or a copy of bits; only the file that wraps them may call them.
ALLOWED_IN = {"arithmetic.py": frozenset({"math.sqrt", "bits_from_float", "float_from_bits"})}
REMEDIES = {
    "**": "write a product, or call power_",
    "float //": "divide and take int(...), or declare the operands int",
    "float %": "subtract the whole part, or declare the operands int",
    "sum": "add in a loop, in a stated order",
    "pow": "call power_",
    "round": "write int(x + 0.5)",
    "hash": "call simulator.dice.identity",
}
STATEMENTS = (
    ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.While,
    ast.If, ast.Break, ast.Continue, ast.Pass, ast.Expr,
)  # fmt: skip
EXPRESSIONS = (
    ast.IfExp, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Attribute, ast.Subscript,
    ast.Slice, ast.keyword, ast.Constant, ast.Tuple, ast.expr_context, ast.boolop, ast.unaryop,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift, ast.BitOr, ast.BitXor,
    ast.BitAnd,
)  # fmt: skip
PLACES = (ast.expr, ast.stmt)  # nodes with a line
NAMES = {
    ast.Pow: "**", ast.MatMult: "@", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.ListComp: "comprehension", ast.SetComp: "comprehension", ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension", ast.JoinedStr: "f-string",
}  # fmt: skip


def is_rule(node: ast.AST) -> bool:
    """Whether a node is a function marked `@rule`."""
    return isinstance(node, ast.FunctionDef) and any(
        ast.unparse(mark).rpartition(".")[2] == "rule" for mark in node.decorator_list
    )


def vocabulary(sources: Iterable[str]) -> frozenset[str]:
    """Names a rule may call: the rules and named tuples that some sources define."""
    names = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            facts = isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "NamedTuple" for base in node.bases)
            if facts or is_rule(node):
                names.add(node.name)  # type: ignore[attr-defined]
    return frozenset(names)


def problems(source: str, known: frozenset[str], extra: frozenset[str] = frozenset()) -> Iterator[tuple[int, int, str]]:
    """Line, column and message of everything in the rules of a source that the language does not have."""
    tree = ast.parse(source)
    modules = {
        (alias.asname or alias.name).split(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    calls = ALLOWED_CALLS | known | vocabulary([source]) | extra
    for function in filter(is_rule, ast.walk(tree)):
        assert isinstance(function, ast.FunctionDef)
        for node, word in _foreign_words(function, modules, calls, extra):
            remedy = f"; {REMEDIES[word]}" if word in REMEDIES else ""
            yield node.lineno, node.col_offset + 1, f"{function.name}: no {word} in the language of rules{remedy}"


def _foreign_words(
    function: ast.FunctionDef, modules: set[str], calls: frozenset[str], extra: frozenset[str]
) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    whole = {a.arg for a in function.args.args if a.annotation is not None and ast.unparse(a.annotation) == "int"}
    annotations = {id(part) for part in _annotations(function)}
    docstring = function.body[0].value if ast.get_docstring(function) else None  # type: ignore[attr-defined]
    for node in (part for statement in function.body for part in ast.walk(statement)):
        if not isinstance(node, PLACES) or id(node) in annotations or node is docstring:
            continue
        operators = (child for child in ast.iter_child_nodes(node) if not isinstance(child, PLACES))
        for part in (node, *operators):
            word = _foreign_word(part, modules, calls, extra, whole)
            if word:
                yield node, word


def _annotations(function: ast.FunctionDef) -> Iterator[ast.AST]:
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign):
            yield from ast.walk(node.annotation)


def _foreign_word(
    node: ast.AST, modules: set[str], calls: frozenset[str], extra: frozenset[str], whole: set[str]
) -> str | None:
    word: str | None = None
    match node:
        case ast.Attribute(value=ast.Name(id=module)) if module in modules:
            word = None if ast.unparse(node) in extra else ast.unparse(node)
        case ast.Call(func=ast.Name(id=name), keywords=[_, *_]) if name in ALLOWED_CALLS:
            word = "keyword argument"
        case ast.Call(func=ast.Name(id=name)) if name not in calls:
            word = name
        case ast.Call(func=ast.Attribute() as method) if ast.unparse(method) not in extra:
            # A call on a module is reported at its attribute.
            of_module = isinstance(method.value, ast.Name) and method.value.id in modules
            word = None if of_module else f"method {ast.unparse(method)}"
        case ast.BinOp(left=left, op=ast.FloorDiv() | ast.Mod() as sign, right=right):
            symbol = "float //" if isinstance(sign, ast.FloorDiv) else "float %"
            word = None if _is_whole(left, whole) and _is_whole(right, whole) else symbol
        case ast.AugAssign(op=ast.FloorDiv() | ast.Mod() as sign):
            word = "float //" if isinstance(sign, ast.FloorDiv) else "float %"
        case ast.Constant(value=value) if not isinstance(value, (int, float)):
            word = "text" if isinstance(value, str) else repr(value)
        case _ if not isinstance(node, STATEMENTS + EXPRESSIONS):
            word = NAMES.get(type(node), type(node).__name__.lower())
        case ast.FunctionDef():
            word = "function inside a rule"
    return word


def _is_whole(node: ast.expr, whole: set[str]) -> bool:
    """Whether an expression is an integer for sure: a whole number, an `int` argument, or int(...)."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.Name(id=name):
            return name in whole
        case ast.Call(func=ast.Name(id="int")):
            return True
        case ast.BinOp(left=left, op=op, right=right) if not isinstance(op, ast.Div):
            return _is_whole(left, whole) and _is_whole(right, whole)
    return False


def check(paths: Iterable[Path]) -> list[str]:
    """All problems in some files, as file:line:column: message."""
    known = vocabulary(path.read_text() for path in PACKAGE.rglob("*.py"))
    return [
        f"{path}:{line}:{column}: {message}"
        for path in paths
        for line, column, message in problems(path.read_text(), known, ALLOWED_IN.get(path.name, frozenset()))
    ]


def main() -> int:
    """Check the named files, or the whole package."""
    found = check([Path(name) for name in sys.argv[1:]] or sorted(PACKAGE.rglob("*.py")))
    print("\n".join(found) if found else "all rules speak the language of rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
