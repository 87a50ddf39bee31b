"""What Python is told: problems that name the words of a call, where a command would name its options.

`--set: budgt: is unknown` is of use to whoever wrote `--set`; whoever wrote `{"budgt": 3}` looks for `settings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from simulator.errors import InputProblems, Problem, ResultsError

P = ParamSpec("P")
R = TypeVar("R")
# Options whose word in a call is another; of all others it is the same.
CALLED: Final = {"set": "settings", "require": "requirements", "target": "targets", "number": "numbers"}
OPTION: Final = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)")
SETTING: Final = re.compile(r"--set ([^\s=]+)=([^\s,;]+)")


def told_in_python(function: Callable[P, R]) -> Callable[P, R]:
    """The function, whose problems and remedies name arguments instead of options."""

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except InputProblems as error:
            raise InputProblems([_of_call(problem) for problem in error.problems]) from error
        except ResultsError as error:
            raise type(error)(in_python(str(error))) from error

    return told


def in_python(text: str) -> str:
    """The text with arguments of a call for options: `with --out` is `with out`."""
    stated = SETTING.sub(r'settings {"\1": \2}', text)
    return OPTION.sub(lambda option: CALLED.get(option[1], option[1].replace("-", "_")), stated)


def _of_call(problem: Problem) -> Problem:
    remedy = None if problem.suggestion is None else in_python(problem.suggestion)
    return replace(problem, file=in_python(problem.file), path=in_python(problem.path), suggestion=remedy)
