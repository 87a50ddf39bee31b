"""The decision in one sentence, what it is conditional on, and the command that helps next.

Arms are ranked by expected incremental profit; doing nothing is a choice and earns 0. Differences within the zone of
indifference count as equal. The best is chosen if surely no other choice is better by more than that; if some surely
differ from it by less, either will do; else there is no decision yet. "Surely" is a 95% interval of the difference,
run by run, that holds for all rivals of the best together (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from simulator.results.arms import ArmRuns
from simulator.results.health import ENOUGH_RUNS
from simulator.results.manifest import Request
from simulator.results.rivals import Rival, ranked
from simulator.results.wording import money, number, percent
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.schema import Scenario

MOST_RUNS: Final = 1_000_000  # more are not worth proposing
Figures = Mapping[str, Mapping[str, Any]]  # the arms' summaries by name


def verdict(
    scenario: Scenario, arms: Sequence[ArmRuns], figures: Figures, request: Request, zone: float = 0.0
) -> dict[str, Any]:
    """Decision (`choose`, `none`, `either` or `undecided`), its arm, the contenders, the sentence, the conditions, the
    next command, and what counts as equal: differences within the `zone`, in the scenario's currency.
    """
    best, *others = ranked(arms)
    if not others:
        return _answer("none", [best], "There is no campaign to judge.", "", request.explain(), zone)
    rivals = [Rival(best, other, zone, len(others)) for other in others]
    leader = best if best.is_campaign else others[0]
    conditions = _conditions(scenario, leader, figures[leader.name])
    if close := [rival for rival in rivals if not rival.is_settled]:
        following = _next_if_undecided(close, scenario, request)
        contenders = [best, *(rival.arm for rival in close)]
        return _answer("undecided", contenders, _undecided(close, scenario), conditions, following, zone)
    enough = len(best.profit) >= ENOUGH_RUNS
    following = request.explain() if enough else request.again("--runs", str(2 * ENOUGH_RUNS))
    if equal := [rival for rival in rivals if rival.is_equal]:
        contenders = [best, *(rival.arm for rival in equal)]
        return _answer("either", contenders, _either(equal, scenario), conditions, following, zone)
    if best.is_campaign:
        return _answer("choose", [best], _choice(rivals[0], figures, scenario), conditions, following, zone)
    return _answer("none", [best], _refusal(leader, figures[leader.name], scenario), conditions, following, zone)


def _answer(
    decision: str, contenders: Sequence[ArmRuns], sentence: str, conditions: str, following: str, zone: float
) -> dict[str, Any]:
    return {
        "decision": decision,
        "arm": contenders[0].name if decision == "choose" else None,
        "contenders": [arm.name for arm in contenders],
        "sentence": sentence,
        "indifference": zone,
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


def _either(equal: Sequence[Rival], scenario: Scenario) -> str:
    names = _listed([_called(equal[0].best), *(_called(rival.arm) for rival in equal)])
    if not any(rival.differences.any() for rival in equal):
        return f"Either will do: {names} earn the same in every run."
    zone = money(equal[0].zone, scenario.currency)
    return f"Either will do: {names} differ by less than {zone} of expected profit.{_at_least(equal)}"


def _undecided(close: Sequence[Rival], scenario: Scenario) -> str:
    best = close[0].best
    if close[0].gap.error is None:
        return f"No decision yet: {len(best.profit)} run tells nothing about chance."
    leads = [f"{_called(rival.arm)} by {money(rival.gap.value, scenario.currency, rival.gap.error)}" for rival in close]
    return (
        f"No decision yet: {_called(best)} leads {_listed(leads)} of expected profit, which may be chance; "
        f"{_what_would_settle(close)}.{_at_least(close)}"
    )


def _what_would_settle(close: Sequence[Rival]) -> str:
    runs = _runs_needed(close)
    if runs <= MOST_RUNS:
        return f"about {number(runs - len(close[0].best.profit))} more runs would settle it"
    if any(rival.needs_worlds for rival in close):
        return "they differ between simulated markets, so more worlds would settle it, not more runs"
    return "no number of runs worth playing would settle it"


def _runs_needed(close: Sequence[Rival]) -> float:
    """Runs in all that would settle every rival, in whole thousands."""
    most = max(rival.runs_needed for rival in close)
    return most if math.isinf(most) else math.ceil(most / ENOUGH_RUNS) * ENOUGH_RUNS


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _at_least(close: Sequence[Rival]) -> str:
    """What is sure all the same, when all contenders are campaigns."""
    choices = [close[0].best, *(rival.arm for rival in close)]
    lows = [choice.expected_profit.interval(len(choices))[0] for choice in choices if choice.is_campaign]
    sure = len(lows) == len(choices) and all(low is not None and low > 0.0 for low in lows)
    return " Each of them earns more than doing nothing." if sure else ""


def _next_if_undecided(close: Sequence[Rival], scenario: Scenario, request: Request) -> str:
    """More runs if they can tell, more worlds if those make the error, else what the answer rests on."""
    if close[0].gap.error is None:
        return request.again("--runs", str(2 * ENOUGH_RUNS))
    runs = _runs_needed(close)
    if runs <= MOST_RUNS:
        return request.again("--runs", str(int(runs)))
    if any(rival.needs_worlds for rival in close):
        return replace(request, out=None).again("--set", f"worlds={4 * scenario.worlds}")
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
