"""A file of rules, checked as text before anything of it runs: imports, constants and functions, and nothing else.

Every name must be a fact, a constant, an import or a function further up; every attribute a fact's. So a file that
passes can compute numbers from the facts it is given, and do nothing else.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from simulator.rules import facts
from simulator.scenario.problems import did_you_mean
from simulator.scenario.rule_flow import gaps
from simulator.scenario.rule_imports import MODULES_OF_CONSTANTS, imported
from simulator.scenario.rule_language import ALLOWED_CALLS, REMEDIES, foreign_words

KINDS: Final = {kind.__name__.lower(): kind for kind in (facts.Person, facts.Tie, facts.Post, facts.Response)}
FIELDS: Final = tuple(
    name for kind in (*KINDS.values(), facts.Words, facts.Chances, facts.Outcome) for name in kind._fields
)
OUTSIDE: Final = "__"  # begins names that a rule file may not give anything
ERRORS: Final = ("ValueError", "ArithmeticError", "AssertionError", "RuntimeError")
MOST_FLAWS: Final = 50
ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult, ast.Div)


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a rule file. Line and column count from 1."""

    line: int
    column: int
    message: str
    remedy: str | None = None


@dataclass(frozen=True)
class RuleFile:
    """What a rule file says. Without a tree it is not Python."""

    tree: ast.Module | None
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()


def read_rules(text: str) -> RuleFile:
    """The functions of a rule file, and everything wrong with it; nothing of it is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python's reader: what counts is said below
            tree = ast.parse(text)
        flaws = tuple(islice(_Reader().read(tree), MOST_FLAWS))
    except SyntaxError as error:
        return RuleFile(None, {}, (Flaw(error.lineno or 1, error.offset or 1, f"is not Python: {error.msg}"),))
    except (ValueError, RecursionError, MemoryError):
        return RuleFile(None, {}, (Flaw(1, 1, "cannot be read as Python", "write shorter expressions"),))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return RuleFile(tree, functions, flaws)


@dataclass
class _Reader:
    """Goes through a file from top to bottom, and knows what has been defined so far."""

    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)  # imported rules and facts
    modules: set[str] = field(default_factory=set)

    @property
    def known(self) -> set[str]:
        """Names that may not get another meaning."""
        return {*ALLOWED_CALLS, *self.functions, *self.constants, *self.calls, *self.modules}

    def _taken(self, name: str) -> bool:
        return name in self.known or name.startswith(OUTSIDE)

    def read(self, tree: ast.Module) -> Iterator[Flaw]:
        for number, statement in enumerate(tree.body):
            match statement:
                case ast.Expr(value=ast.Constant(value=str())) if number == 0:
                    pass  # what the file promises
                case ast.Import() | ast.ImportFrom():
                    yield from self._import(statement)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    yield from self._constant(statement, name, value)
                case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(), value=ast.expr() as value):
                    yield from self._constant(statement, name, value)
                case ast.FunctionDef():
                    yield from self._function(statement)
                case _:
                    what = type(statement).__name__.lower()
                    yield _flaw(statement, f"no {what} here", "a rule file has imports, constants and functions")

    def _import(self, statement: ast.Import | ast.ImportFrom) -> Iterator[Flaw]:
        for alias in statement.names:
            name = alias.asname or alias.name
            kind, remedy = imported(statement, alias)
            if kind is None:
                yield _flaw(statement, f"{ast.unparse(statement)!r} is not allowed in a rule file", remedy)
            elif self._taken(name):
                yield _flaw(statement, f"{name} has a meaning already", "import it under another name")
            else:
                {"module": self.modules, "call": self.calls, "constant": self.constants}.get(kind, set()).add(name)

    def _constant(self, statement: ast.stmt, name: str, value: ast.expr) -> Iterator[Flaw]:
        if self._taken(name):
            yield _flaw(statement, f"{name} has a meaning already", "choose another name")
        elif not self._is_number(value):
            remedy = "write a number, or + - * / of numbers and constants further up"
            yield _flaw(value, f"{name} is not a constant number", remedy)
        self.constants.add(name)

    def _is_number(self, value: ast.expr) -> bool:
        match value:
            case ast.Constant(value=number):
                return isinstance(number, int | float)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                return self._is_number(operand)
            case ast.BinOp(left=left, op=sign, right=right) if isinstance(sign, ARITHMETIC):
                return self._is_number(left) and self._is_number(right)
            case ast.Name(id=name):
                return name in self.constants
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                return module in self.modules and name in MODULES_OF_CONSTANTS[module]
        return False

    def _function(self, function: ast.FunctionDef) -> Iterator[Flaw]:
        if self._taken(function.name):
            yield _flaw(function, f"{function.name} has a meaning already", "choose another name")
        yield from _head(function)
        local = {argument.arg for argument in function.args.args}
        local |= {
            node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for name in sorted(filter(self._taken, local)):
            yield _flaw(function, f"{function.name}: {name} has a meaning already", "choose another name")
        calls = frozenset({*ALLOWED_CALLS, *self.functions, *self.calls})
        constants = {f"{module}.{name}" for module in self.modules for name in MODULES_OF_CONSTANTS[module]}
        excused = [part for node in ast.walk(function) for part in _raising(node)]
        for node, word in foreign_words(function, self.modules, calls, frozenset(constants), excused):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            remedy = did_you_mean(word, sorted(calls)) if called else None
            yield _flaw(node, f"{function.name}: no {word} in the language of rules", REMEDIES.get(word, remedy))
        spared = {id(node) for node in (*excused, *_said_already(function))}
        for part in (part for statement in function.body for part in ast.walk(statement)):
            if id(part) not in spared:
                yield from self._strange(function, part, local)
        for node, what in gaps(function, local):
            remedy = "give it one on every way" if node is not function else "end every way with return and a number"
            yield _flaw(node, f"{function.name}: {what}", remedy)
        self.functions[function.name] = function

    def _strange(self, function: ast.FunctionDef, node: ast.AST, local: set[str]) -> Iterator[Flaw]:
        """A name nobody has given a meaning, or an attribute that no fact has."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name not in local | self.known:
                yield _flaw(
                    node, f"{function.name}: {name} is unknown", did_you_mean(name, sorted(local | self.constants))
                )
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield _flaw(node, f"{function.name}: facts cannot be changed", "return what is new")
            case ast.Attribute(value=ast.Name(id=module)) if module in self.modules:
                pass  # the language knows its constants
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                known = KINDS[owner]._fields if owner in KINDS else FIELDS
                if name not in known:
                    close = did_you_mean(name, known)
                    remedy = close if owner in KINDS or "mean" in close else "see simulator/rules/facts.py"
                    yield _flaw(node, f"{function.name}: {owner}.{name} is no fact", remedy)
            case ast.Attribute(attr=name):
                yield _flaw(node, f"{function.name}: .{name} of what is no name", "write fact.name")
            case ast.Return(value=None):
                yield _flaw(node, f"{function.name}: gives nothing here", "return a number")


def _head(function: ast.FunctionDef) -> Iterator[Flaw]:
    """What a function's first line has beyond names of facts with plain types."""
    given = function.args
    if given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg or given.defaults:
        yield _flaw(function, f"{function.name}: takes more than plain facts", "write their names alone: (person, tie)")
    if any(ast.unparse(mark) != "rule" for mark in function.decorator_list):
        yield _flaw(function, f"{function.name}: a rule has no decorator", "remove it")
    if getattr(function, "type_params", None):
        yield _flaw(function, f"{function.name}: a rule has no type parameters", "remove them")
    types = [*(argument.annotation for argument in given.args), function.returns]
    types += [node.annotation for node in ast.walk(function) if isinstance(node, ast.AnnAssign)]
    for each in types:
        if each is not None and not isinstance(each, ast.Name):
            yield _flaw(
                each, f"{function.name}: {ast.unparse(each)[:40]} is no plain type", "write float, int or a fact's"
            )


def _raising(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of `raise ValueError("...")` and of `assert ..., "..."` that only a scenario's own rule may say."""
    match node:
        case ast.Raise(
            exc=ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str())], keywords=[]), cause=None
        ) if name in ERRORS:
            yield from ast.walk(node)
        case ast.Assert(msg=None | ast.Constant(value=str())):
            yield node
            if node.msg is not None:
                yield node.msg


def _said_already(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Names of what is called, and types: others look at them."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield node.func
        if isinstance(node, ast.AnnAssign):
            yield node.annotation


def _flaw(node: ast.stmt | ast.expr, message: str, remedy: str | None = None) -> Flaw:
    return Flaw(node.lineno, node.col_offset + 1, message, remedy)
