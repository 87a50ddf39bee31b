"""The decision in one sentence, what it is conditional on, and the command that helps next.

Arms are ranked by expected incremental profit; doing nothing is a choice and earns 0. Two choices whose paired
difference lies within two standard errors are not told apart. The best is chosen only if it is told from every other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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


@dataclass(frozen=True)
class Rival:
    """A choice behind the best, and the gap between them, run by run."""

    best: ArmRuns
    arm: ArmRuns

    @cached_property
    def gap(self) -> Estimate:
        return mean(self.best.profit - self.arm.profit, self.best.worlds)

    @property
    def clearness(self) -> float:
        """Standard errors between the two; a gap without error is as clear as can be, no gap is not clear at all."""
        if self.gap.error is None or self.gap.value <= 0.0:
            return 0.0
        return self.gap.value / self.gap.error if self.gap.error > 0.0 else math.inf

    @property
    def is_told(self) -> bool:
        return self.clearness > TELLING


def verdict(scenario: Scenario, arms: Sequence[ArmRuns], figures: Figures, request: Request) -> dict[str, Any]:
    """Decision (`choose`, `none` or `undecided`), its arm, the choices not told apart, the sentence, the conditions
    and the next command.
    """
    best, *others = ranked(arms)
    if not others:
        return _answer("none", [best], "There is no campaign to judge.", "", request.explain())
    rivals = [Rival(best, other) for other in others]
    close = [rival for rival in rivals if not rival.is_told]
    leader = best if best.is_campaign else others[0]
    conditions = _conditions(scenario, leader, figures[leader.name])
    if close:
        following = _next_if_undecided(min(close, key=lambda rival: rival.clearness), scenario, request)
        contenders = [best, *(rival.arm for rival in close)]
        return _answer("undecided", contenders, _undecided(close, scenario), conditions, following)
    enough = scenario.runs >= ENOUGH_RUNS
    following = request.explain() if enough else request.again("--runs", str(2 * ENOUGH_RUNS))
    if best.is_campaign:
        return _answer("choose", [best], _choice(rivals[0], figures, scenario), conditions, following)
    return _answer("none", [best], _refusal(leader, figures[leader.name], scenario), conditions, following)


def _answer(
    decision: str, contenders: Sequence[ArmRuns], sentence: str, conditions: str, following: str
) -> dict[str, Any]:
    return {
        "decision": decision,
        "arm": contenders[0].name if decision == "choose" else None,
        "contenders": [arm.name for arm in contenders],
        "sentence": sentence,
        "conditional_on": conditions,
        "next_command": following,
    }


def _called(arm: ArmRuns) -> str:
    return arm.name if arm.is_campaign else "doing nothing"


def _choice(second: Rival, figures: Figures, scenario: Scenario) -> str:
    best, gap = second.best, second.gap
    profit, chance = best.expected_profit, figures[best.name]["p_best"]["value"]
    more = money(gap.value, scenario.currency, gap.error)
    lead = f"; that is {more} more than {second.arm.name}" if second.arm.is_campaign else ""
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


def _undecided(close: Sequence[Rival], scenario: Scenario) -> str:
    best = close[0].best
    if close[0].gap.error is None:
        return f"No decision: {scenario.runs} run tells nothing about chance."
    if not any(np.any(best.profit - rival.arm.profit) for rival in close):
        names = _listed([_called(choice) for choice in (best, *(rival.arm for rival in close))])
        return f"No decision: {names} earn the same in every run."
    leads = [f"{_called(rival.arm)} by {money(rival.gap.value, scenario.currency, rival.gap.error)}" for rival in close]
    return (
        f"No decision: {_called(best)} leads {_listed(leads)} of expected profit; "
        f"within two standard errors they cannot be told apart.{_at_least(close)}"
    )


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _at_least(close: Sequence[Rival]) -> str:
    """What is sure all the same, when only campaigns are too close to call."""
    choices = [close[0].best, *(rival.arm for rival in close)]
    profits = [choice.expected_profit for choice in choices if choice.is_campaign]
    sure = len(profits) == len(choices) and all(
        profit.value > TELLING * (math.inf if profit.error is None else profit.error) for profit in profits
    )
    return " Each of them earns more than doing nothing." if sure else ""


def _next_if_undecided(tightest: Rival, scenario: Scenario, request: Request) -> str:
    """More runs if they can tell, more worlds if those make the error, else what the answer rests on."""
    gap = tightest.gap
    if gap.error is None:
        return request.again("--runs", str(2 * ENOUGH_RUNS))
    plain_error = float(np.std(tightest.best.profit - tightest.arm.profit, ddof=1)) / math.sqrt(scenario.runs)
    if scenario.replicates == 1 and gap.error > WORLDS_MATTER * plain_error:
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
    if not arm.hires:
        return f"{arm.name} hires nobody: whether it pays hangs on the platform's ad rates; {rest}."
    bounds = "" if halo["low"] is None or halo["high"] is None else f", range {halo['low']:g}–{halo['high']:g}"
    now = f"now {number(halo['now'])} on average ({halo['grade']}{bounds}); {rest}."
    if halo["reason"]:
        return f"{arm.name} pays with no number of untracked orders ({halo['reason']}); {now}"
    if halo["needed"] <= 0:
        return f"{arm.name} pays even without any untracked order; {now}"
    needed = f"at least {number(halo['needed'])} orders that do not"
    return f"{arm.name} pays if each order that follows a click brings {needed}; {now}"
