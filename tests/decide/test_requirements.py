"""A condition is met only if the estimate and its interval say so; what cannot be read is named with its remedy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from results.noise import normals

from simulator.decide.requirements import Known, checked, read_requirements
from simulator.errors import InputProblems
from simulator.results.arms import ArmRuns

ARMS = ("no campaign", "ten micros", "one, big (2026)", "a) - profit(b")
WORLDS = np.arange(100) % 10
VERDICT = {"decision": "choose", "arm": "ten micros"}
P_BEST = {"value": 0.95, "error": 0.02, "low": 0.9, "high": 0.98}


def arm(name: str, profit: np.ndarray) -> ArmRuns:
    cost = np.full(100, 0.0 if name == "no campaign" else 50.0)
    roi = np.divide(profit, cost, out=np.full(100, np.nan), where=cost > 0)
    return ArmRuns(name, WORLDS, {"profit": profit, "cost": cost, "roi": roi}, ())


SWING = 8.0 * normals(100, about=77)
SWING -= SWING.mean()
KNOWN = Known(
    {
        "no campaign": arm("no campaign", np.zeros(100)),
        "ten micros": arm("ten micros", 20.0 + SWING),
        "one, big (2026)": arm("one, big (2026)", 1.0 + SWING[::-1]),
        "a) - profit(b": arm("a) - profit(b", 18.0 + SWING),
    },
    {
        name: {"p_best": P_BEST, "profit_var05": {"value": 1.0, "error": None, "low": None, "high": None}}
        for name in ARMS
    },
    VERDICT,
)


def state(text: str, known: Known = KNOWN) -> str:
    (asked,) = read_requirements([text], ARMS)
    return checked(asked, known)["state"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("profit(ten micros) > 0", "met"),
        ("profit(ten micros) >= 20", "not shown"),  # the estimate is met, its interval is not
        ("profit(ten micros) > 19.5", "not shown"),
        ("profit(ten micros) > 21", "not shown"),  # the interval may be
        ("profit(ten micros) > 40", "not met"),
        ("profit(ten micros) < 40", "met"),
        ("profit(ten micros) <= 10", "not met"),
        ("profit(one, big (2026)) > 0", "not shown"),
        ("roi(ten micros) > 0.2", "met"),
        ("roi(no campaign) > 0", "not shown"),  # it has none
        ("profit(no campaign) >= 0", "met"),
        ("profit(no campaign) > 0", "not met"),
        ("p_best(ten micros) >= 0.9", "met"),
        ("p_best(ten micros) > 0.9", "not shown"),
        ("p_best(ten micros) <= 0.5", "not met"),
        ("profit_var05(ten micros) > 0", "not shown"),  # nothing known of its error
        ("p(roi >= 0.2)(ten micros) >= 0.8", "met"),
        ("P(roi >= 0.2)(ten micros) >= 0.8", "met"),
        ("P(ROI > 0.2)(ten micros) >= 0.8", "met"),
        ("P(best)(ten micros) >= 0.9", "met"),
        ("P (best) (ten micros) >= 0.92", "not shown"),
        ("p(roi >= 0.2)(one, big (2026)) >= 0.8", "not met"),
        ("p( profit<0 ) (ten micros) < .1", "met"),
        ("p_better(ten micros, no campaign) >= 0.9", "met"),
        ("p_better(no campaign, one, big (2026)) >= 0.9", "not met"),
        ("p_better(ten micros, no campaign) <= 1", "met"),  # a chance, though it earns 20 more
        ("profit(ten micros) - profit(no campaign) > 15", "met"),
        ("profit(no campaign) - profit(ten micros) > -15", "not met"),
        ("  profit( ten micros )−profit( one, big (2026) )>1e1 ", "met"),
        ("profit(a) - profit(b) > 10", "met"),  # the arm of that name
        ("profit(ten micros) - profit(a) - profit(b) > 1.5", "met"),
        ("decision", "met"),
        ("choose(ten micros)", "met"),
        ("choose(no campaign)", "not met"),
    ],
)
def test_a_condition_is_met_not_met_or_not_shown(text: str, expected: str) -> None:
    assert expected == state(text)


@pytest.mark.parametrize("decision", ["undecided", "incomparable"])
def test_without_a_verdict_no_decision_is_shown(decision: str) -> None:
    open_ = Known(KNOWN.arms, KNOWN.rows, {"decision": decision, "arm": None})
    assert ["not shown", "not shown"] == [state(text, open_) for text in ("decision", "choose(ten micros)")]


@pytest.mark.parametrize("decision", ["none", "either"])
def test_to_hire_nobody_and_either_are_decisions_but_no_choice(decision: str) -> None:
    settled = Known(KNOWN.arms, KNOWN.rows, {"decision": decision, "arm": None})
    assert ["met", "not met"] == [state(text, settled) for text in ("decision", "choose(ten micros)")]


def test_what_was_found_comes_with_its_interval() -> None:
    (asked,) = read_requirements(["profit(ten micros) - profit(a) - profit(b) > 1.5"], ARMS)
    found: dict[str, Any] = checked(asked, KNOWN)
    assert asked.text == found["text"]
    assert {"value": 2.0, "error": 0.0, "low": 2.0, "high": 2.0} == pytest.approx(found["estimate"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("profit(ten micro) > 0", "'ten micro' is no arm; did you mean 'ten micros'?"),
        ("profits(ten micros) > 0", "'profits' is no figure; did you mean 'profit'?"),
        ("p(rio > 0)(ten micros) > 0.5", "is not a metric of runs; did you mean 'roi'?"),
        ("p(roi)(ten micros) > 0.5", "'' is not a target"),
        ("p_better(ten micros) > 0.5", "p_better needs two arms; write p_better(ARM, OTHER) >= 0.9"),
        ("p_better(ten micros, nobody) > 0.5", "'nobody' is no arm"),
        ("profit(ten micros)", "is no condition; write decision, choose(ARM), or a figure"),
        ("profit(ten micros) > much", "'> much' is no bound; end with a comparison and a number"),
        ("profit(ten micros) == 3", "is no condition"),
        ("profit > 3", "is no condition"),
        (
            "profit(ten micros) - roi(no campaign) > 3",
            "is no difference of a metric; write METRIC(ARM) - METRIC(OTHER)",
        ),
        ("p_best(ten micros) - p_best(no campaign) > 0", "is no difference of a metric"),
        ("choose(nobody)", "'nobody' is no arm"),
        ("decide", "is no condition"),
        ("", "is no condition"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(text: str, said: str) -> None:
    with pytest.raises(InputProblems) as refused:
        read_requirements([text], ARMS)
    (problem,) = refused.value.problems
    assert str(problem).startswith(f"--require {text!r}")
    assert said in str(problem)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputProblems) as refused:
        read_requirements(["decide", "decision", "profit(ten) > 0"], ARMS)
    assert 2 == len(refused.value.problems)
