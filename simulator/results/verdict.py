"""The decision in one sentence, what it is conditional on, and the command that helps next.

Arms are ranked by expected incremental profit; doing nothing is a choice and earns 0. Two choices whose paired
difference lies within two standard errors are not told apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from simulator.results.arms import ArmRuns
from simulator.results.health import ENOUGH_RUNS
from simulator.results.manifest import Request
from simulator.results.statistics import Estimate, mean
from simulator.results.wording import money, number, percent
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.schema import Scenario

TELLING: Final = 2.0  # standard errors
MOST_RUNS: Final = 1_000_000  # more are not worth proposing
WORLDS_MATTER: Final = 1.5  # error with worlds over error without
Figures = Mapping[str, Mapping[str, Any]]  # the arms' summaries by name


def ranked(arms: Sequence[ArmRuns]) -> list[ArmRuns]:
    """Best first; equals by name."""
    return sorted(arms, key=lambda arm: (-arm.expected_profit.value, arm.name))


def verdict(scenario: Scenario, arms: Sequence[ArmRuns], figures: Figures, request: Request) -> dict[str, Any]:
    """Decision (`choose`, `none` or `undecided`), its arm, the sentence, the conditions and the next command."""
    best, *others = ranked(arms)
    if not others:
        return _answer("none", None, "There is no campaign to judge.", "", request.explain())
    second = others[0]
    gap = mean(best.profit - second.profit, best.worlds)
    leader = best if best.is_campaign else second
    conditions = _conditions(scenario, leader, figures[leader.name])
    if gap.error is None or gap.value <= TELLING * gap.error:
        sentence = _undecided(best, second, gap, scenario)
        return _answer(
            "undecided", None, sentence, conditions, _next_if_undecided(best, second, gap, scenario, request)
        )
    enough = scenario.runs >= ENOUGH_RUNS
    following = request.explain() if enough else request.again("--runs", str(2 * ENOUGH_RUNS))
    if best.is_campaign:
        return _answer("choose", best.name, _choice(best, second, gap, figures, scenario), conditions, following)
    return _answer("none", None, _refusal(leader, figures[leader.name], scenario), conditions, following)


def _answer(decision: str, arm: str | None, sentence: str, conditions: str, following: str) -> dict[str, Any]:
    return {
        "decision": decision, "arm": arm, "sentence": sentence, "conditional_on": conditions, "next_command": following,
    }  # fmt: skip


def _called(arm: ArmRuns) -> str:
    return arm.name if arm.is_campaign else "doing nothing"


def _choice(best: ArmRuns, second: ArmRuns, gap: Estimate, figures: Figures, scenario: Scenario) -> str:
    profit, chance = best.expected_profit, figures[best.name]["p_best"]["value"]
    more = money(gap.value, scenario.currency, gap.error)
    lead = f"; that is {more} more than {second.name}" if second.is_campaign else ""
    return (
        f"Choose {best.name}: it is expected to earn {money(profit.value, scenario.currency, profit.error)} beyond its "
        f"cost{lead}. It is the best choice in {percent(chance)} of the runs."
    )


def _refusal(leader: ArmRuns, figures: Mapping[str, Any], scenario: Scenario) -> str:
    profit = leader.expected_profit
    fees = [fee for fee in figures["walk_away"] if fee["fee"] is not None and fee["fee"] > 0]
    walk = "".join(
        f" It would pay below {money(fee['fee'], scenario.currency)} per creator of {fee['hire']}, "
        f"now {money(fee['fee_now'], scenario.currency)}."
        for fee in fees
    )
    return (
        f"None of these: the best of them, {leader.name}, is expected to lose "
        f"{money(-profit.value, scenario.currency, profit.error)}.{walk}"
    )


def _undecided(best: ArmRuns, second: ArmRuns, gap: Estimate, scenario: Scenario) -> str:
    if gap.error is None:
        return f"No decision: {scenario.runs} run tells nothing about chance."
    if gap.value == 0.0 and not np.any(best.profit - second.profit):
        return f"No decision: {_called(best)} and {_called(second)} earn the same in every run."
    return (
        f"No decision: the expected profits of {_called(best)} and {_called(second)} differ by "
        f"{money(gap.value, scenario.currency, gap.error)}, which is within two standard errors."
        f"{_at_least(best, second)}"
    )


def _at_least(best: ArmRuns, second: ArmRuns) -> str:
    """What is sure all the same, when two campaigns are too close to call."""
    profit = second.expected_profit
    sure = best.is_campaign and second.is_campaign and profit.value > TELLING * (profit.error or math.inf)
    return " Either earns more than doing nothing." if sure else ""


def _next_if_undecided(best: ArmRuns, second: ArmRuns, gap: Estimate, scenario: Scenario, request: Request) -> str:
    """More runs if they can tell, more worlds if those make the error, else what the answer rests on."""
    if gap.error is None:
        return request.again("--runs", str(2 * ENOUGH_RUNS))
    plain_error = float(np.std(best.profit - second.profit, ddof=1)) / math.sqrt(scenario.runs)
    if gap.error > WORLDS_MATTER * plain_error:
        return replace(request, out=None).again("--set", f"worlds={4 * scenario.worlds}")
    if gap.value > 0.0:
        runs = scenario.runs * (1.5 * TELLING * gap.error / gap.value) ** 2
        if runs <= MOST_RUNS:
            return request.again("--runs", str(math.ceil(runs / ENOUGH_RUNS) * ENOUGH_RUNS))
    return request.explain()


def _conditions(scenario: Scenario, arm: ArmRuns, figures: Mapping[str, Any]) -> str:
    """Halo first, since nothing else is known so badly; then how much else is assumed."""
    halo = figures["halo"]
    assumed = [item for item in uncertain_numbers(scenario) if item.grade == "assumed"]
    rest = f"{len(assumed)} uncertain numbers are assumed, not measured"
    if halo["reason"]:
        return f"Whether {arm.name} pays does not hang on tracked orders ({halo['reason']}); {rest}."
    bounds = "" if halo["low"] is None or halo["high"] is None else f", range {halo['low']:g}–{halo['high']:g}"
    needed = f"if each tracked order brings at least {number(halo['needed'])} untracked ones"
    if halo["needed"] <= 0:
        needed = "even if no tracked order brings an untracked one"
    return f"{arm.name} pays {needed}; now {number(halo['now'])} on average ({halo['grade']}{bounds}); {rest}."
