"""Conditions that a comparison must show, such as `p_best(ten micros) >= 0.9`.

    decision                                   there is a verdict: a choice, none, or either of several
    choose(ARM)                                the verdict is to choose this arm
    FIGURE(ARM) >= NUMBER                      a figure of the table or any metric: profit, roi, p_best, regret,
                                               profit_var05, profit_cvar05, ...
    p(METRIC >= NUMBER)(ARM) >= NUMBER         probability of a target; also P(...), as in tables
    p_better(ARM, OTHER) >= NUMBER             probability that the first earns more than the second
    METRIC(ARM) - METRIC(OTHER) > NUMBER       paired difference of two arms

Comparisons are >=, <=, > and <. A condition is met if the estimate and the end of its 95% interval that counts satisfy
it, and not met if both fail with the whole interval; in between it is not shown, which does not suffice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from simulator.errors import InputProblems, Problem
from simulator.results.arms import ArmRuns, metric_estimate
from simulator.results.metrics import BY_NAME, metrics_of
from simulator.results.paired import paired
from simulator.results.targets import COMPARISONS, parsed, stated_target, target_shares
from simulator.scenario.problems import did_you_mean

State = Literal["met", "not met", "not shown"]
DECISION: Final = "decision"
CHOOSE: Final = "choose"
BETTER: Final = "p_better"
OF_TABLE: Final = ("p_best", "regret", "profit_var05", "profit_cvar05")
WHERE: Final = "--require"
FORMS: Final = "write decision, choose(ARM), or a figure of an arm and a bound, as in 'profit(ARM) > 0'"
CONDITION: Final = re.compile(r"(?P<figure>.*\))\s*(?P<bound>(?:>=|<=|>|<).*)", re.DOTALL)
AS_IN_THE_TABLE: Final = re.compile(r"^P\s*\(\s*best\s*\)\s*\(")
COMMA: Final = re.compile(r",")
MINUS: Final = re.compile(r"\)\s*[-−]\s*(\w+)\s*\(")  # what stands between the two arms of a difference


@dataclass(frozen=True)
class Asked:
    """One condition as it was read. `figure` is a word of the grammar, or the target of a probability."""

    text: str
    figure: str
    arms: tuple[str, ...] = ()
    comparison: str = ""
    bound: float = 0.0
    target: tuple[str, str] | None = None


@dataclass(frozen=True)
class Known:
    """What conditions are held against: arms and rows of the table by the arm's name, and the verdict."""

    arms: Mapping[str, ArmRuns]
    rows: Mapping[str, Mapping[str, Any]]
    verdict: Mapping[str, Any]


def read_requirements(texts: Sequence[str], arms: Sequence[str]) -> list[Asked]:
    """Every condition. Raises InputProblems with all that is wrong with any of them."""
    found: list[Asked] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            found.append(_read(text, arms))
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return found


def _read(text: str, arms: Sequence[str]) -> Asked:
    stated = text.strip()
    if stated == DECISION:
        return Asked(text, DECISION)
    if match := re.fullmatch(rf"{CHOOSE}\s*\((.*)\)", stated, re.DOTALL):
        return Asked(text, CHOOSE, (_arm(text, match[1], arms),))
    match = CONDITION.fullmatch(stated)
    if match is None:
        raise _wrong(text, "is no condition", FORMS)
    try:
        comparison, bound = parsed(match["bound"])
    except ValueError:
        remedy = "end with a comparison and a number, such as '>= 0.9'"
        raise _wrong(text, f"{match['bound']!r} is no bound", remedy) from None
    figure, named, target = _figure(text, match["figure"].strip(), arms)
    return Asked(text, figure, named, comparison, bound, target)


def _figure(text: str, figure: str, arms: Sequence[str]) -> tuple[str, tuple[str, ...], tuple[str, str] | None]:
    """What is left of the comparison: the figure's name, its arms, and the target of a probability."""
    figure = AS_IN_THE_TABLE.sub("p_best(", figure)
    if match := re.fullmatch(r"[pP]\s*\((.*?)\)\s*\((.*)\)", figure, re.DOTALL):
        return "p", (_arm(text, match[2], arms),), stated_target(match[1], f"{WHERE} {text!r}:")
    match = re.fullmatch(r"(\w+)\s*\((.*)\)", figure, re.DOTALL)
    if match is None:
        raise _wrong(text, f"{figure!r} is no figure of an arm", FORMS)
    name, inner = match[1], match[2]
    metrics = [metric.name for metric in metrics_of("runs")]
    if name == BETTER:
        return name, _two_arms(text, inner, arms), None
    if name in metrics and inner.strip() not in arms and (cuts := list(_cuts(inner, MINUS, name))):
        return name, _first_known(text, cuts, arms), None
    if MINUS.search(inner) and inner.strip() not in arms:
        raise _wrong(text, "is no difference of a metric", "write METRIC(ARM) - METRIC(OTHER) > 0, of one metric")
    if name not in metrics and name not in OF_TABLE:
        known = [*OF_TABLE, BETTER, "p", CHOOSE, DECISION, *metrics]
        raise _wrong(text, f"{name!r} is no figure", did_you_mean(name, known))
    return name, (_arm(text, inner, arms),), None


def _two_arms(text: str, inner: str, arms: Sequence[str]) -> tuple[str, str]:
    cuts = list(_cuts(inner, COMMA))
    if not cuts:
        raise _wrong(text, f"{BETTER} needs two arms", f"write {BETTER}(ARM, OTHER) >= 0.9")
    return _first_known(text, cuts, arms)


def _cuts(inner: str, between: re.Pattern[str], *word: str) -> Iterator[tuple[str, str]]:
    """Every way to read a text as two names; a name may hold what stands between names, with a certain `word` in it."""
    for match in between.finditer(inner):
        if match.groups() == word:
            yield inner[: match.start()].strip(), inner[match.end() :].strip()


def _first_known(text: str, cuts: Sequence[tuple[str, str]], arms: Sequence[str]) -> tuple[str, str]:
    for one, other in cuts:
        if one in arms and other in arms:
            return one, other
    one, other = cuts[0]
    return _arm(text, one, arms), _arm(text, other, arms)


def _arm(text: str, name: str, arms: Sequence[str]) -> str:
    """A name that is an arm's. Raises InputProblems with the closest one."""
    if name.strip() not in arms:
        raise _wrong(text, f"{name.strip()!r} is no arm", did_you_mean(name.strip(), arms))
    return name.strip()


def _wrong(text: str, message: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(f"{WHERE} {text!r}", message, remedy)])


def checked(asked: Asked, known: Known) -> dict[str, Any]:
    """A condition, whether it is met, and the estimate that says so (none of a decision)."""
    if asked.figure in (DECISION, CHOOSE):
        return {"text": asked.text, "state": _decided(asked, known.verdict), "estimate": None}
    estimate = _estimate(asked, known)
    return {"text": asked.text, "state": _state(asked, estimate), "estimate": estimate}


def _decided(asked: Asked, verdict: Mapping[str, Any]) -> State:
    if verdict["decision"] in ("undecided", "incomparable"):
        return "not shown"
    return "met" if asked.figure == DECISION or verdict["arm"] == asked.arms[0] else "not met"


def _estimate(asked: Asked, known: Known) -> dict[str, Any] | None:
    arms = [known.arms[name] for name in asked.arms]
    if asked.target is not None:
        of_target: dict[str, Any] | None = next(iter(target_shares(arms[0], dict([asked.target])).values()))
        return of_target
    if asked.figure in OF_TABLE:
        of_table: dict[str, Any] = known.rows[arms[0].name][asked.figure]
        return of_table
    metric = "profit" if asked.figure == BETTER else asked.figure
    if len(arms) == 1:
        one = metric_estimate(BY_NAME[metric], arms[0])
        return None if one is None else one.as_dict()
    pair = paired(arms[0], arms[1], lambda arm: arm.columns[metric])
    if pair is None:
        return None
    return (pair.better if asked.figure == BETTER else pair.difference).as_dict()


def _state(asked: Asked, estimate: Mapping[str, Any] | None) -> State:
    if estimate is None or estimate["value"] is None:
        return "not shown"
    upward = asked.comparison.startswith(">")
    near, far = (estimate[name] for name in (("low", "high") if upward else ("high", "low")))
    holds = COMPARISONS[asked.comparison]
    if near is not None and holds(estimate["value"], asked.bound) and holds(near, asked.bound):
        return "met"
    if far is not None and not holds(estimate["value"], asked.bound) and not holds(far, asked.bound):
        return "not met"
    return "not shown"
