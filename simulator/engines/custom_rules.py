"""A scenario's own rules put in force: once per process, before anything of the engines is compiled.

Both engines ask rules by their names in modules, so a rule is replaced by giving its name another function in every
module that has it. A process plays by one set of rules: compiled code of others is in it for good.
"""

from __future__ import annotations
import __future__

import ast
import hashlib
import linecache
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

from simulator.compiled import CannotCompile, folder_apart, guest, keep_apart, kernels_of, must_give_a_number
from simulator.engines import block
from simulator.errors import InputProblems, OtherRules, Problem, RuleError, SimulatorError
from simulator.rules import replaceable
from simulator.rules.replaceable import EXAMPLES, REPLACEABLE
from simulator.scenario.custom_rules import SECTION, CustomRule
from simulator.scenario.problems import child
from simulator.scenario.rule_file import OUTSIDE, read_rules

ENGINES: Final = "simulator.engines"
Rules = tuple[CustomRule, ...]

_in_force: list[Rules] = []  # one entry, once anything has been played
_putting = threading.Lock()


def put_in_force(rules: Rules) -> None:
    """Let this process play by a scenario's own rules, or by none, from now on.

    Raises OtherRules if it plays by others already, InputProblems for a rule that cannot be compiled.
    """
    if _in_force and _in_force[0] is rules:
        return
    with _putting:
        if not _in_force:
            if rules:
                _replace(rules)
            _in_force.append(rules)
        elif _identities(rules) == _identities(_in_force[0]):
            _in_force[0] = rules  # recognized at once from now on
        else:
            raise OtherRules(f"this process plays by {_said(_in_force[0])}, not by {_said(rules)}; start a new one")


def compiled_before(rules: Rules) -> bool:
    """Whether some earlier process has compiled these rules on this machine."""
    return any(folder_apart(_key(rules)).rglob("*.nbi"))


@contextmanager
def named_if_failing(rules: Rules, where: str) -> Iterator[None]:
    """Turn what a rule of the scenario raises into a RuleError that says where; its cause is what was raised."""
    try:
        yield
    except SimulatorError:
        raise
    except Exception as error:
        place = _raised_at(error, rules)
        if place is None:
            raise
        raise RuleError(
            f"a rule of the scenario failed in {where}: {type(error).__name__}: {error} ({place})"
        ) from error


def _raised_at(error: Exception, rules: Rules) -> str | None:
    """Where in a rule file an error arose, as far as is known; none if in none."""
    own = {rule.file for rule in rules}
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}, in {frame.name}" for frame in frames if frame.filename in own]
    if places:
        return places[-1]
    # Compiled code names the function that raises and none of its callers, and of a division not even that.
    guards = {frame.name for frame in frames if frame.filename == replaceable.__file__}
    divided = isinstance(error, ZeroDivisionError)
    return ", ".join(str(rule) for rule in rules if divided or _guard_of(rule) in guards) or None


def _guard_of(rule: CustomRule) -> str:
    guard = REPLACEABLE[rule.name].guard
    return guard.__name__ if guard is not None else ""


def _replace(rules: Rules) -> None:
    if any(kernel.signatures for kernel in kernels_of(ENGINES)):
        raise OtherRules("this process has compiled the built-in rules already; start a new one")
    modules = {file: _executed(file, [rule for rule in rules if rule.file == file]) for file in _files(rules)}
    functions = {rule.name: vars(modules[rule.file])[rule.function] for rule in rules}
    for rule in rules:
        _try_compiling(rule, functions[rule.name])
    # Columns are played in multiples of so many; who is left over from an earlier block must not make a rule fail.
    vars(block)["LANES"] = 1
    keep_apart(ENGINES, _key(rules))
    for name, function in functions.items():
        _rebind(REPLACEABLE[name].function, function)


def _executed(file: str, rules: Sequence[CustomRule]) -> ModuleType:
    """The module of a rule file, in which answers pass their guards. What it imports are the built-in rules."""
    text = rules[0].text
    read = read_rules(text)
    if read.tree is None or read.flaws:  # whoever made this scenario has not checked it
        flaws = [Problem("", flaw.message, flaw.remedy, file, flaw.line, flaw.column) for flaw in read.flaws]
        raise InputProblems(flaws)
    module = ModuleType(f"rules_of_{rules[0].digest}")
    guards = {rule.function: guard for rule in rules if (guard := REPLACEABLE[rule.name].guard) is not None}
    for function in read.functions.values():
        function.decorator_list = []
        if function.name in guards:
            _let_pass(function, f"{OUTSIDE}{guards[function.name].__name__}")
    vars(module).update({f"{OUTSIDE}{guard.__name__}": guest(guard) for guard in guards.values()})
    sys.modules[module.__name__] = module
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        code = compile(
            ast.fix_missing_locations(read.tree), file, "exec", __future__.annotations.compiler_flag, dont_inherit=True
        )
        exec(code, vars(module))  # noqa: S102  (a file that the user names, checked above)
    except ArithmeticError as error:
        raise InputProblems([Problem("", f"a constant cannot be computed: {error}", None, file)]) from error
    for name in read.functions:
        guest(vars(module)[name])
    return module


def _let_pass(function: ast.FunctionDef, guard: str) -> None:
    """Have each answer of a function pass its guard."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            node.value = ast.copy_location(ast.Call(ast.Name(guard, ast.Load()), [node.value], []), node.value)


def _try_compiling(rule: CustomRule, function: Callable[..., Any]) -> None:
    facts = [EXAMPLES[name] for name in REPLACEABLE[rule.name].parameters]
    try:
        must_give_a_number(function, *facts)
    except CannotCompile as error:
        line = error.line or function.__code__.co_firstlineno
        remedy = "compute with numbers, comparisons and other rules"
        message = f"{rule.function} cannot be compiled: {error}"
        raise InputProblems([Problem(child(SECTION, rule.name), message, remedy, rule.file, line, 1)]) from error


def _rebind(old: Callable[..., Any], new: Callable[..., Any]) -> None:
    """Give a function's name another one wherever it stands in the package; modules loaded later import the new one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("simulator."):
            for word in [word for word, value in vars(module).items() if value is old]:
                setattr(module, word, new)


def _files(rules: Rules) -> list[str]:
    return sorted({rule.file for rule in rules})


def _identities(rules: Rules) -> list[tuple[str, str, str]]:
    return sorted(rule.identity for rule in rules)


def _key(rules: Rules) -> str:
    """The name of a set of rules; with their files, since compiled code says where it was raised."""
    parts = sorted((*rule.identity, rule.file) for rule in rules)
    return f"rules-{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"


def _said(rules: Rules) -> str:
    return ", ".join(f"{rule.name}: {rule}" for rule in rules) or "the built-in rules"
