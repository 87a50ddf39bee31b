"""The answer says in words what the summary says in figures, and leaves out what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.report.answer import answer


def estimate(value: float, error: float | None, low: float | None, high: float | None) -> dict[str, float | None]:
    return {"value": value, "error": error, "low": low, "high": high}


def arm(name: str, profit: float, behind: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "arm": name,
        "versus_no_campaign": estimate(profit, 20.0, profit - 40.0, profit + 40.0),
        "versus_best": {"arm": "micros", **behind},
        "p_best": estimate(0.5, 0.02, 0.46, 0.54),
        "p_loss": estimate(0.25, 0.02, 0.21, 0.29),
        "regret": estimate(12.0, 1.5, 9.0, 15.0),
        "profit_cvar05": -300.0,
        "profit_cvar05_error": 10.0,
        "walk_away": [],
        "halo": {},
    } | more


def summary(
    *arms: dict[str, Any], decision: str = "choose", contenders: tuple[str, ...] = ("micros",)
) -> dict[str, Any]:
    verdict = {
        "decision": decision,
        "contenders": list(contenders),
        "sentence": "Choose micros.",
        "indifference": 10.0,
        "conditional_on": "",
    }
    return {"currency": "EUR", "verdict": verdict, "arms": list(arms)}


MICROS = arm("micros", 500.0, estimate(0.0, 0.0, 0.0, 0.0))
NOTHING = arm("no campaign", 0.0, estimate(-500.0, 20.0, -540.0, -460.0), halo=None)


def parts(told: dict[str, Any], *found: str) -> dict[str, tuple[str, ...]]:
    return dict(answer(told, found).parts)


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        (
            estimate(-74.0, 23.0, -120.0, -30.0),
            "micros leads macro by 74 ± 23 EUR of profit (95% interval 30.0 to 120)",
        ),
        (estimate(-7.0, 23.0, -53.0, 39.0), "micros leads macro by 7 ± 23 EUR of profit (95% interval −39.0 to 53.0)"),
        (estimate(-7.0, None, None, None), "micros leads macro by 7.00 EUR of profit; "),
    ],
)
def test_the_lead_over_the_next_has_its_error_and_interval(behind: dict[str, Any], words: str) -> None:
    told = parts(summary(NOTHING, MICROS, arm("macro", 400.0, behind)))
    assert words in told["How sure is that?"][1]
    assert "Differences below 10.0 EUR count as equal." == told["How sure is that?"][2]


def test_the_likeliest_three_are_named_first() -> None:
    chances = {"micros": 0.5, "macro": 0.04, "nanos": 0.3, "no campaign": 0.16}
    arms = [MICROS, NOTHING, *(arm(name, 100.0, estimate(-400.0, 9.0, -420.0, -380.0)) for name in ("macro", "nanos"))]
    arms = [each | {"p_best": estimate(chances[each["arm"]], 0.01, 0.0, 1.0)} for each in arms]
    told = "micros in 50.0 ± 1.0%, nanos in 30.0 ± 1.0% and doing nothing in 16.0 ± 1.0% of the runs."
    assert told in parts(summary(*arms))["How sure is that?"][0]


def test_how_bad_it_gets_is_told_of_what_is_up_for_choice() -> None:
    macro = arm("macro", 400.0, estimate(-100.0, 23.0, -150.0, -50.0), profit_cvar05=50.0)
    one, both = (
        parts(summary(NOTHING, MICROS, macro, contenders=names))["How bad can it get?"]
        for names in (("micros",), ("micros", "macro"))
    )
    expected = (
        "In the worst 5% of all runs micros loses 300 ± 10 EUR on average. It loses money in 25.0 ± 2.0% of the runs. "
        "The best choice of each run earns 12.0 ± 1.5 EUR more than it (regret)."
    )
    assert (expected,) == one
    assert 2 == len(both)
    assert "macro still earns 50 ± 10 EUR" in both[1]


def test_of_a_refusal_the_best_that_was_refused_is_told() -> None:
    worst = arm("macro", -900.0, estimate(-900.0, 9.0, -920.0, -880.0))
    least = arm("micros", -50.0, estimate(-50.0, 9.0, -70.0, -30.0))
    told = summary(NOTHING, worst, least, decision="none", contenders=("no campaign",))
    (line,) = parts(told)["How bad can it get?"]
    assert "micros loses" in line


def test_drivers_are_told_unless_an_analysis_told_more() -> None:
    numbers = [{"path": f"behavior.n{k}", "share": 0.4 - k / 10, "clear": k < 1} for k in range(3)]
    told = summary(NOTHING, MICROS) | {"drivers": {"arm": "micros", "over": "no campaign", "numbers": numbers}}
    (line,) = parts(told)["What would change the answer?"]
    assert "How micros fares against doing nothing hangs most on behavior.n0 (40%);" in line
    assert ("Above 18 EUR of handling macro wins.",) == parts(told, "Above 18 EUR of handling macro wins.")[
        "What would change the answer?"
    ]


def test_no_more_than_the_three_strongest_drivers_are_named() -> None:
    numbers = [{"path": f"behavior.n{k}", "share": 0.5 - k / 10, "clear": True} for k in range(5)]
    told = summary(NOTHING, MICROS) | {"drivers": {"arm": "micros", "over": "no campaign", "numbers": numbers}}
    (line,) = parts(told)["What would change the answer?"]
    assert "hangs most on behavior.n0 (50%), behavior.n1 (40%) and behavior.n2 (30%);" in line


def test_a_fee_to_walk_away_from_is_told_or_that_there_is_none() -> None:
    fee = {"hire": "50k", "fee": 644.0, "error": 78.0, "fee_now": 950.0, "reason": None}
    unpaid = fee | {"hire": "5k", "fee": -3.0, "reason": "not even without a fee"}
    told = parts(summary(NOTHING, MICROS | {"walk_away": [fee, unpaid]}))["What would change the answer?"]
    assert "micros, 50k: a creator is worth a fee of up to 644 ± 78 EUR for what it brings; now 950 EUR." == told[0]
    assert "micros, 5k: not even without a fee." == told[1]


def test_what_would_make_a_plan_better_comes_before_what_it_hangs_on() -> None:
    told = summary(NOTHING, MICROS)
    told["verdict"] |= {"better": ["Do without the macro."], "conditional_on": "It hangs on the halo."}
    assert ("Do without the macro.", "It hangs on the halo.") == parts(told)["What would change the answer?"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-380.0, -290.0, "loses 300 EUR on average (95% interval 290 to 380)."),
        (-380.0, 20.0, "loses 300 ± 10 EUR on average. It"),
        (None, None, "loses 300 ± 10 EUR on average. It"),
    ],
)
def test_the_tail_has_its_interval_where_it_lies_on_one_side(low: float | None, high: float | None, words: str) -> None:
    told = parts(summary(NOTHING, MICROS | {"profit_cvar05_low": low, "profit_cvar05_high": high}))
    assert words in told["How bad can it get?"][0]
