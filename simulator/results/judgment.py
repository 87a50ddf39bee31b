"""Which choice the runs speak for, in one sentence: of arms alone, without the scenario they come from.

Arms are ranked by expected incremental profit; doing nothing is a choice and earns 0. Differences within the zone of
indifference count as equal. The best is chosen if surely no other choice is better by more than that; if some surely
differ from it by less, either will do; else there is no decision yet. "Surely" is a 95% interval of the difference,
run by run, that holds for all rivals of the best together (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from simulator.results.arms import ArmRuns
from simulator.results.health import ENOUGH_RUNS
from simulator.results.rivals import Rival, ranked
from simulator.results.wording import money, number, paid_now, percent

MOST_RUNS: Final = 1_000_000  # more are not worth proposing
SMALL: Final = 2.0  # standard errors: of a smaller lead nobody can tell how many runs would settle it
Figures = Mapping[str, Mapping[str, Any]]  # of each arm by name: at least `p_best` and `walk_away` of its summary
Decision = Literal["choose", "none", "either", "undecided"]


@dataclass(frozen=True)
class Judgment:
    """A decision, the choices it is about (the best first), and the sentence that says it."""

    decision: Decision
    contenders: tuple[ArmRuns, ...]
    sentence: str
    zone: float  # of indifference, in money
    close: tuple[Rival, ...] = ()  # those that the best cannot be told from, where there is no decision yet

    @property
    def chosen(self) -> str | None:
        """The arm to choose; none without a choice."""
        return self.contenders[0].name if self.decision == "choose" else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "arm": self.chosen,
            "contenders": [arm.name for arm in self.contenders],
            "sentence": self.sentence,
            "indifference": self.zone,
        }


def judged(arms: Sequence[ArmRuns], figures: Figures, currency: str, zone: float) -> Judgment:
    """The decision between arms that are paired; `zone` is the money below which differences count as equal."""
    best, *others = ranked(arms)
    if not others:
        return Judgment("none", (best,), "There is no campaign to judge.", zone)
    rivals = [Rival(best, other, zone, len(others)) for other in others]
    if close := tuple(rival for rival in rivals if not rival.is_settled):
        return Judgment("undecided", _contenders(best, close), _undecided(close, currency), zone, close)
    if equal := [rival for rival in rivals if rival.is_equal]:
        return Judgment("either", _contenders(best, equal), _either(equal, currency), zone)
    if best.is_campaign:
        return Judgment("choose", (best,), _choice(rivals[0], figures, currency), zone)
    leader = others[0]
    return Judgment("none", (best,), _refusal(leader, figures[leader.name], currency), zone)


def runs_needed(close: Sequence[Rival]) -> float:
    """Runs in all that would settle every rival, in whole thousands; infinite where no number would."""
    most = max(rival.runs_needed for rival in close)
    return most if math.isinf(most) else math.ceil(most / ENOUGH_RUNS) * ENOUGH_RUNS


def _contenders(best: ArmRuns, rivals: Sequence[Rival]) -> tuple[ArmRuns, ...]:
    return best, *(rival.arm for rival in rivals)


def _called(arm: ArmRuns) -> str:
    return arm.name if arm.is_campaign else "doing nothing"


def _choice(second: Rival, figures: Figures, currency: str) -> str:
    best, gap = second.best, second.gap
    profit, chance = best.expected_profit, figures[best.name]["p_best"]["value"]
    more = money(gap.value, currency, gap.error)
    lead = f"; that is {more} more than {second.arm.name}" if second.arm.is_campaign else ""
    return (
        f"Choose {best.name}: it is expected to earn {money(profit.value, currency, profit.error)} beyond its "
        f"cost{lead}. It is the best choice in {percent(chance)} of the runs."
    )


def _refusal(leader: ArmRuns, figures: Mapping[str, Any], currency: str) -> str:
    profit = leader.expected_profit
    return (
        f"None of these: the best of them, {leader.name}, is expected to lose "
        f"{money(-profit.value, currency, profit.error)}.{_paying(figures['walk_away'], currency)}"
    )


def _paying(fees: Sequence[Mapping[str, Any]], currency: str) -> str:
    """The fees that would have to fall for the arm to pay; nothing where some hire is not worth it at any fee."""
    known = [fee for fee in fees if fee["fee"] is not None]
    dear = [fee for fee in known if fee["fee"] < (fee["fee_now"] or 0.0)]
    if not dear or any(fee["fee"] <= 0 for fee in known):
        return ""
    told = [
        f"below {money(fee['fee'], currency)} per creator of {fee['hire']}, now {paid_now(fee, currency)}"
        for fee in dear
    ]
    return f" It would pay {', and '.join(told)}."


def _either(equal: Sequence[Rival], currency: str) -> str:
    names = _listed([_called(equal[0].best), *(_called(rival.arm) for rival in equal)])
    if not any(rival.differences.any() for rival in equal):
        return f"Either will do: {names} earn the same in every run."
    zone = money(equal[0].zone, currency)
    return f"Either will do: {names} differ by less than {zone} of expected profit.{_at_least(equal)}"


def _undecided(close: Sequence[Rival], currency: str) -> str:
    best = close[0].best
    if close[0].gap.error is None:
        return f"No decision yet: {len(best.profit)} run tells nothing about chance."
    leads = [f"{_called(rival.arm)} by {money(rival.gap.value, currency, rival.gap.error)}" for rival in close]
    return (
        f"No decision yet: {_called(best)} leads {_listed(leads)} of expected profit, which may be chance; "
        f"{_what_would_settle(close)}.{_at_least(close)}"
    )


def _what_would_settle(close: Sequence[Rival]) -> str:
    runs = runs_needed(close)
    if runs <= MOST_RUNS:
        more = f"about {number(runs - len(close[0].best.profit))} more runs would settle it"
        small = any(rival.gap.value + rival.zone < SMALL * (rival.gap.error or 0.0) for rival in close)
        return f"{more} if that lead lasted, and one within two standard errors often does not" if small else more
    if any(rival.needs_worlds for rival in close):
        return "they differ between simulated markets, so more worlds would settle it, not more runs"
    return "no number of runs worth playing would settle it"


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _at_least(close: Sequence[Rival]) -> str:
    """What is sure all the same, when all contenders are campaigns."""
    choices = [close[0].best, *(rival.arm for rival in close)]
    lows = [choice.expected_profit.interval(len(choices))[0] for choice in choices if choice.is_campaign]
    sure = len(lows) == len(choices) and all(low is not None and low > 0.0 for low in lows)
    return " Each of them earns more than doing nothing." if sure else ""
