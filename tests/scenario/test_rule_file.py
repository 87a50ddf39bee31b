"""A rule file is read as text: what could do more than compute numbers is refused, and nothing of it runs."""

from __future__ import annotations

import textwrap
from pathlib import Path

import own_rules
import pytest

from simulator.rules.replaceable import EXAMPLES, REPLACEABLE
from simulator.scenario.rule_file import MOST_FLAWS, read_rules

HEAD = "def engage(person, tie, post, response, exposures):\n"
FORBIDDEN = {
    "a module": ("import os\n", "'import os' is not allowed"),
    "a part of a module": ("from os import system\n", "'from os import system' is not allowed"),
    "a neighbor": ("from . import other\n", "is not allowed"),
    "the engines": ("from simulator.engines.play import play\n", "is not allowed"),
    "the inside of a room": ("from simulator.rules.engagement import rule\n", "is not allowed"),
    "everything": ("from simulator.rules.facts import *\n", "is not allowed"),
    "a module of constants renamed": ("import math as m\n", "is not allowed"),
    "a statement": ("print('hello')\n", "no expr here"),
    "a class": ("class Thing:\n    pass\n", "no classdef here"),
    "a condition": ("if 1:\n    LIMIT = 2\n", "no if here"),
    "a text constant": ("NAME = 'x'\n", "NAME is not a constant number"),
    "a computed constant": ("LIMIT = abs(-1)\n", "LIMIT is not a constant number"),
    "a constant of a power": ("LIMIT = 9 ** 9\n", "LIMIT is not a constant number"),
    "a constant that is not known": ("LIMIT = OTHER + 1\n", "LIMIT is not a constant number"),
    "two constants at once": ("A = B = 1\n", "no assign here"),
    "an annotation that is code": ("LIMIT: print('hello') = 1\n", "no annassign here"),
    "a name used twice": ("LIMIT = 1\nLIMIT = 2\n", "LIMIT has a meaning already"),
    "a builtin's name": ("min = 1\n", "min has a meaning already"),
    "a builtin's name, imported": ("from simulator.arithmetic import exp_ as min\n", "min has a meaning already"),
    "a name of the machinery": ("__builtins__ = 1\n", "__builtins__ has a meaning already"),
    "a decorator": ("@print\ndef f(x):\n    return x\n", "f: a rule has no decorator"),
    "a default": ("def f(x=print('hello')):\n    return x\n", "f: takes more than plain facts"),
    "a keyword": ("def f(*, x):\n    return x\n", "f: takes more than plain facts"),
    "all arguments": ("def f(*x):\n    return 1.0\n", "f: takes more than plain facts"),
    "a type that is code": ("def f(x: print('hello')):\n    return x\n", "f: print('hello') is no plain type"),
    "an answer's type that is code": ("def f(x) -> print(1):\n    return x\n", "f: print(1) is no plain type"),
    "an asynchronous function": ("async def f(x):\n    return x\n", "no asyncfunctiondef here"),
    "a parameter named like a builtin": ("def f(max):\n    return max\n", "f: max has a meaning already"),
}
ESCAPES = {
    "__import__('os').system('true')": "no __import__ in the language",
    "exec('1')": "no exec in the language",
    "eval('1')": "no eval in the language",
    "open('x')": "no open in the language",
    "getattr(person, 'affinity')": "no getattr in the language",
    "person.__class__": "person.__class__ is no fact",
    "person._replace(affinity=1.0)": "no method person._replace",
    "person.affinity.__class__": ".__class__ of what is no name",
    "(person.__class__.__mro__[1].__subclasses__,)[0]()": "no call of what is no name",
    "engage.__globals__": "engage is unknown",
    "__builtins__": "__builtins__ is unknown",
    "math.pi": "math is unknown",
    "(lambda: 1.0)()": "no lambda in the language",
    "[x for x in (1.0, 2.0)][0]": "no comprehension in the language",
    "engage(person, tie, post, response, exposures)": "no engage in the language",
    "person.afinity": "person.afinity is no fact; did you mean 'affinity'?",
    "tie.affinity": "tie.affinity is no fact",
    "exposures ** 2.0": "no ** in the language of rules; write a product, or call power_",
    "hurry(1.0)": "no hurry in the language",
}
STATEMENTS = {
    "a change of facts": ("post.engage = 1.0\nreturn 0.5", "facts cannot be changed"),
    "a builtin renewed": ("min = person.affinity\nreturn min", "min has a meaning already"),
    "an import inside": ("import os\nreturn 0.5", "no import in the language"),
    "a global": ("global person\nreturn 0.5", "no global in the language"),
    "another exception": ("raise SystemExit(0)", "no raise in the language"),
    "a bare exception": ("raise ValueError", "no raise in the language"),
    "an exception that says what it found": ("raise ValueError(f'{person}')", "no raise in the language"),
    "an assertion that computes its message": ("assert exposures, open('x')\nreturn 0.5", "no assert in the language"),
    "a way without an answer": ("if exposures > 1.0:\n    return 0.5", "may give nothing"),
    "an empty answer": ("return", "gives nothing here"),
    "a name without value": ("if exposures > 1.0:\n    x = 0.5\nreturn x", "x may have no value here"),
    "a name of a loop that may not run": ("for x in range(2):\n    y = 0.5\nreturn y", "y may have no value here"),
    "a sum that starts nowhere": ("x += 1.0\nreturn x", "x may have no value here"),
    "a value only announced": ("x: float\nreturn x", "x may have no value here"),
}
ALLOWED = {
    "an exception": "if exposures > 9.0:\n    raise ValueError('too many')\nreturn 0.5",
    "assertions": "assert exposures >= 0.0\nassert exposures < 9.0, 'too many'\nreturn 0.5",
    "two ways": "if exposures > 1.0:\n    x = 0.1\nelse:\n    x = 0.2\nreturn x",
    "an end by exception": "if exposures > 1.0:\n    x = 0.1\nelse:\n    raise ValueError('few')\nreturn x",
    "two ends": "if exposures > 1.0:\n    return 0.1\nelse:\n    return 0.2",
    "a loop": "x = 0.0\nfor k in range(3):\n    x += k * exposures\n    if x > 1.0:\n        break\nreturn x",
    "a condition": "x: float = 0.0\nwhile x < exposures:\n    x = x + 1.0\nreturn x",
    "facts": "return person.affinity * tie.trust + post.engage - response.trust_step",
}


def flaws(text: str) -> list[str]:
    return [f"{flaw.message}; {flaw.remedy}" for flaw in read_rules(text).flaws]


@pytest.mark.parametrize(("text", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_rule_file_may_not_hold(text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert any(message in flaw for flaw in flaws(text)), flaws(text)
    assert "" == capsys.readouterr().out


@pytest.mark.parametrize(("expression", "message"), ESCAPES.items(), ids=ESCAPES)
def test_a_rule_cannot_reach(expression: str, message: str) -> None:
    assert any(message in flaw for flaw in flaws(f"{HEAD}    return {expression}\n"))


@pytest.mark.parametrize(("body", "message"), STATEMENTS.values(), ids=STATEMENTS)
def test_a_rule_has_no(body: str, message: str) -> None:
    assert any(message in flaw for flaw in flaws(HEAD + textwrap.indent(body, "    ")))


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_a_rule_may_have(body: str) -> None:
    assert [] == flaws(HEAD + textwrap.indent(body, "    "))


@pytest.mark.parametrize("text", [own_rules.SAME, own_rules.OTHER], ids=["same", "other"])
def test_rules_with_imports_constants_and_functions_of_their_own_are_sound(text: str) -> None:
    assert [] == flaws(text)


def test_the_shipped_example_is_sound(root: Path) -> None:
    assert [] == flaws((root / "scenarios" / "own_rules" / "my_rules.py").read_text())


def test_constants_may_be_computed_from_constants() -> None:
    assert [] == flaws("import math\nfrom typing import Final\nA: Final = 2 * math.pi\nB = -A / 3 + 1e-3\n")


def test_a_function_is_known_only_below_its_definition() -> None:
    above, below = "def f(x):\n    return x\n", "def g(x):\n    return f(x)\n"
    assert [] == flaws(above + below)
    assert ["g: no f in the language of rules"] == [flaw.partition(";")[0] for flaw in flaws(below + above)]


def test_a_flaw_has_its_place() -> None:
    (flaw,) = read_rules(f"{HEAD}    return 0.5 + person.afinity\n").flaws
    assert (2, 18) == (flaw.line, flaw.column)


@pytest.mark.parametrize(
    "text", ["def f(:\n", "x = \0", "x = " + "(" * 5000, "x = " + "-" * 50_000 + "1", "x = " + "1+" * 40_000 + "1"]
)
def test_what_is_not_python_is_one_flaw(text: str) -> None:
    read = read_rules(text)
    assert (None, 1) == (read.tree, len(read.flaws))


def test_no_file_is_read_without_end() -> None:
    text = HEAD + "    return " + " + ".join(f"unknown{k}" for k in range(500)) + "\n"
    assert MOST_FLAWS == len(read_rules(text).flaws)


def test_every_replaceable_rule_says_what_it_gives_and_has_an_example_of_each_fact() -> None:
    for each in REPLACEABLE.values():
        assert each.meaning
        assert set(each.parameters) <= EXAMPLES.keys()
        each.function(*(EXAMPLES[name] for name in each.parameters))
