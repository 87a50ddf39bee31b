"""Rules speak a language small enough to mean the same in Python and in compiled code."""

from __future__ import annotations

import textwrap
from pathlib import Path

import lint_rules
import pytest

FORBIDDEN = {
    "a power": ("x ** 2.0", "no **"),
    "a sum": ("sum((x, x))", "no sum"),
    "rounding": ("round(x)", "no round"),
    "pow": ("pow(x, 2.0)", "no pow"),
    "a hash": ("hash(x)", "no hash"),
    "NumPy": ("np.exp(x)", "no np.exp"),
    "the C library": ("math.exp(x)", "no math.exp"),
    "a square root outside arithmetic": ("math.sqrt(x)", "no math.sqrt"),
    "a constant of a module": ("math.pi * x", "no math.pi"),
    "whole division of a float": ("x // 2.0", "no float //"),
    "a remainder of a float": ("x % 1.0", "no float %"),
    "a remainder of an unknown": ("y % 2", "no float %"),
    "a list comprehension": ("[i for i in range(n)][0]", "no comprehension"),
    "a generator": ("max(i for i in range(n))", "no comprehension"),
    "a lambda": ("(lambda: x)()", "no lambda"),
    "a call of what is no name": ("(x, y)[0](x)", "no call of what is no name"),
    "a list": ("[x][0]", "no list"),
    "a dictionary": ("{1: x}[1]", "no dict"),
    "membership": ("1.0 if x in (1.0, 2.0) else 0.0", "no in"),
    "identity": ("1.0 if x is y else 0.0", "no is"),
    "text": ("float('nan')", "no text"),
    "formatted text": ("float(f'{x}')", "no f-string"),
    "nothing": ("None", "no None"),
    "a complex number": ("x * 1j", "no 1j"),
    "an unknown function": ("mystery(x)", "no mystery"),
    "a method": ("x.hex()", "no method x.hex"),
    "a keyword": ("max(x, y, key=abs)", "no keyword argument"),
    "a matrix product": ("x @ y", "no @"),
    "an assignment inside an expression": ("(z := x)", "no namedexpr"),
}
STATEMENTS = {
    "try": "try:\n    return x\nexcept ValueError:\n    return y",
    "raise": "raise ValueError",
    "with": "with x:\n    return y",
    "import": "import math\nreturn x",
    "assert": "assert x > 0.0\nreturn x",
    "global": "global z\nreturn x",
    "a function inside": "def inner():\n    return x\nreturn inner()",
    "whole division in place": "x //= 2.0\nreturn x",
}
ALLOWED = {
    "arithmetic": "return (x + y - 2.0) * x / max(y, 1e-9)",
    "choices": "return x if x < y and not x == 0.0 else -y",
    "a loop": "total = 0.0\nfor i in range(n):\n    total += i * x\nreturn total",
    "a loop with a condition": "while x > 10.0:\n    x = x - y\nreturn x",
    "whole numbers": "return float((n * 3 + 1) // 2 + n % 7 + int(x) % 4 + (n >> 2 & 3))",
    "facts and other rules": "words = throw(n, n, n, n, n, n, n)\nreturn logistic(unit(words[0])) * person.affinity",
    "an outcome": "return Outcome(kind=0, clicked=0, intends=0, trust=x, exposures=y, sound=1)",
}


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    return lint_rules.vocabulary(path.read_text() for path in lint_rules.PACKAGE.rglob("*.py"))


def rule_with(body: str) -> str:
    head = "import math\nimport numpy as np\n\n@rule\ndef example(x: float, y: float, n: int, person: Person):\n"
    return head + textwrap.indent(body, "    ") + "\n"


def messages(source: str, known: frozenset[str]) -> list[str]:
    return [message for _, _, message in lint_rules.problems(source, known)]


def test_every_rule_of_the_package_speaks_the_language() -> None:
    assert [] == lint_rules.check(sorted(lint_rules.PACKAGE.rglob("*.py")))


def test_the_package_has_rules_to_check(known: frozenset[str]) -> None:
    assert {"exp_", "log_", "philox", "throw"} <= known


@pytest.mark.parametrize(("expression", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_rule_may_not_use(expression: str, message: str, known: frozenset[str]) -> None:
    found = messages(rule_with(f"return {expression}"), known)
    assert found[0].startswith(f"example: {message} in the language of rules")


@pytest.mark.parametrize("body", STATEMENTS.values(), ids=STATEMENTS)
def test_a_rule_has_no_such_statement(body: str, known: frozenset[str]) -> None:
    assert messages(rule_with(body), known)


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_a_rule_may_use(body: str, known: frozenset[str]) -> None:
    assert [] == messages(rule_with(body), known)


def test_functions_that_are_no_rules_are_free(known: frozenset[str]) -> None:
    assert [] == messages("def example(x):\n    return round(x ** 2)\n", known)


def test_a_problem_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "my_rules.py"
    path.write_text(rule_with("return x ** 2.0"))
    assert [f"{path}:6:12: example: no ** in the language of rules; write a product, or call power_"] == (
        lint_rules.check([path])
    )
