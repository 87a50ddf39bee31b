"""The language of rules: a function marked `@rule` must give the same bits from Python and from compiled code.

What is not listed here is refused: a rule may use + - * /, comparisons, and/or/not, if/else, loops over `range` and
plain tuples, the calls in ALLOWED_CALLS, other rules, and named tuples of facts. `//` and `%` are for integers.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import Final

ALLOWED_CALLS: Final = frozenset({"abs", "bool", "float", "int", "len", "max", "min", "range"})
REMEDIES: Final = {
    "**": "write a product, or call power_",
    "float //": "divide and take int(...), or declare the operands int",
    "float %": "subtract the whole part, or declare the operands int",
    "sum": "add in a loop, in a stated order",
    "pow": "call power_",
    "round": "write int(x + 0.5)",
    "hash": "call simulator.dice.identity",
}
STATEMENTS: Final = (
    ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.While,
    ast.If, ast.Break, ast.Continue, ast.Pass, ast.Expr,
)  # fmt: skip
EXPRESSIONS: Final = (
    ast.IfExp, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Attribute, ast.Subscript,
    ast.Slice, ast.keyword, ast.Constant, ast.Tuple, ast.expr_context, ast.boolop, ast.unaryop,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift, ast.BitOr, ast.BitXor,
    ast.BitAnd,
)  # fmt: skip
PLACES: Final = (ast.expr, ast.stmt)  # nodes with a line
NAMES: Final[dict[type[ast.AST], str]] = {
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
        for node, word in foreign_words(function, modules, calls, extra):
            remedy = f"; {REMEDIES[word]}" if word in REMEDIES else ""
            yield node.lineno, node.col_offset + 1, f"{function.name}: no {word} in the language of rules{remedy}"


def foreign_words(
    function: ast.FunctionDef,
    modules: Collection[str],
    calls: frozenset[str],
    extra: frozenset[str] = frozenset(),
    excused: Collection[ast.AST] = (),
) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What a function says that the language does not have, each with its node; nodes `excused` may stay."""
    spared = {id(node) for node in excused}
    whole = {a.arg for a in function.args.args if a.annotation is not None and ast.unparse(a.annotation) == "int"}
    annotations = {id(part) for part in _annotations(function)}
    docstring = function.body[0].value if ast.get_docstring(function) else None  # type: ignore[attr-defined]
    for node in (part for statement in function.body for part in ast.walk(statement)):
        if not isinstance(node, PLACES) or id(node) in annotations | spared or node is docstring:
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
    node: ast.AST, modules: Collection[str], calls: frozenset[str], extra: frozenset[str], whole: set[str]
) -> str | None:
    word: str | None = None
    match node:
        case ast.Attribute(value=ast.Name(id=module)) if module in modules:
            word = None if ast.unparse(node) in extra else ast.unparse(node)
        case ast.Call():
            word = _foreign_call(node, modules, calls, extra)
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


def _foreign_call(node: ast.Call, modules: Collection[str], calls: frozenset[str], extra: frozenset[str]) -> str | None:
    match node.func:
        case ast.Name(id=name) if node.keywords and name in ALLOWED_CALLS:
            return "keyword argument"
        case ast.Name(id=name):
            return None if name in calls else name
        case ast.Attribute(value=owner) as method:
            # A call on a module is reported at its attribute, a lambda as what it is.
            of_module = isinstance(owner, ast.Name) and owner.id in modules
            return None if of_module or ast.unparse(method) in extra else f"method {ast.unparse(method)}"
        case ast.Lambda():
            return None
    return "call of what is no name"


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
