"""The decision in one sentence, what it is conditional on, and the command that helps next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.results.arms import ArmRuns
from simulator.results.break_even import dear_hires
from simulator.results.health import ENOUGH_RUNS
from simulator.results.judgment import MOST_RUNS, Figures, Judgment, judged, runs_needed
from simulator.results.manifest import Request
from simulator.results.rivals import Rival, ranked
from simulator.results.wording import number
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.schema import Scenario


def verdict(
    scenario: Scenario, arms: Sequence[ArmRuns], figures: Figures, request: Request, zone: float = 0.0
) -> dict[str, Any]:
    """Decision (`choose`, `none`, `either` or `undecided`), its arm, the contenders, the sentence, what would make its
    plans better, the conditions, the next command, and what counts as equal: differences within the `zone`, in the
    scenario's currency.
    """
    judgment = judged(arms, figures, scenario.currency, zone)
    if len(arms) == 1:
        return judgment.as_dict() | {"better": [], "conditional_on": "", "next_command": request.explain()}
    leader = next(arm for arm in ranked(arms) if arm.is_campaign)
    assumed = [number for number in uncertain_numbers(scenario) if number.grade == "assumed"]
    on = conditions(leader, figures[leader.name]["halo"], len(assumed))
    following = next_command(judgment, scenario.worlds, request)
    weighed = [arm for arm in judgment.contenders if arm.is_campaign] or [leader]
    better = [each for arm in weighed for each in dear_hires(arm, scenario.currency)]
    return judgment.as_dict() | {"better": better, "conditional_on": on, "next_command": following}


def next_command(judgment: Judgment, worlds: int, request: Request) -> str:
    """What would settle it, or more runs where they are few, or what the answer rests on."""
    if judgment.close:
        return _next_if_undecided(judgment.close, worlds, request)
    if len(judgment.contenders[0].profit) < ENOUGH_RUNS:
        return request.again("--runs", str(2 * ENOUGH_RUNS))
    return request.explain()


def _next_if_undecided(close: Sequence[Rival], worlds: int, request: Request) -> str:
    """More runs if they can tell, more worlds if those make the error, else what the answer rests on."""
    if close[0].gap.error is None:
        return request.again("--runs", str(2 * ENOUGH_RUNS))
    runs = runs_needed(close)
    if runs <= MOST_RUNS:
        return request.again("--runs", str(int(runs)))
    if any(rival.needs_worlds for rival in close):
        return replace(request, out=None).again("--set", f"worlds={4 * worlds}")
    return request.explain()


def conditions(arm: ArmRuns, halo: Mapping[str, Any], assumed: int) -> str:
    """What an arm's profit hangs on: halo first, since nothing else is known so badly, then how much is assumed."""
    rest = f"{assumed} uncertain numbers are assumed, not measured"
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
