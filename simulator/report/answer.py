"""The answer in plain words, with its error: which plan, how sure, how bad it can get, what would change it.

All of it stands in the summary; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.results.failures import failures_sentence
from simulator.results.tables import called
from simulator.results.wording import money, number, paid_now, percent

Arm = Mapping[str, Any]
LABELS: Final = {
    "choose": "Decided",
    "none": "Decided: none of them",
    "either": "Decided: either will do",
    "undecided": "No decision yet",
}
MOST_NAMED: Final = 3  # arms or numbers in a sentence; tables name all


@dataclass(frozen=True)
class Answer:
    """The box on top of a report."""

    decision: str  # choose, none, either or undecided
    label: str
    sentence: str
    warnings: tuple[str, ...]  # that it is partial, that runs failed
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # questions and their answers


def answer(summary: Mapping[str, Any], found: Sequence[str] = ()) -> Answer:
    """What a summary says, in the order in which a strategist asks; `found` is what analyses say would change it."""
    verdict = summary["verdict"]
    parts = (
        ("How sure is that?", tuple(_how_sure(summary))),
        ("How bad can it get?", tuple(_how_bad(summary))),
        ("What would change the answer?", tuple(_what_would_change(summary, found))),
    )
    told = tuple((question, answers) for question, answers in parts if answers)
    return Answer(
        verdict["decision"], LABELS[verdict["decision"]], verdict["sentence"], tuple(_warnings(summary)), told
    )


def ranked_arms(summary: Mapping[str, Any]) -> list[Arm]:
    """By expected profit, best first; equals by name."""
    return sorted(summary["arms"], key=lambda arm: (-arm["versus_no_campaign"]["value"], arm["arm"]))


def _warnings(summary: Mapping[str, Any]) -> Iterator[str]:
    if sentence := summary.get("stopped", {}).get("sentence"):
        yield sentence
    if summary.get("failed", {}).get("count"):
        yield failures_sentence(summary["failed"])


def _how_sure(summary: Mapping[str, Any]) -> Iterator[str]:
    best, *others = ranked_arms(summary)
    likely = sorted(summary["arms"], key=lambda arm: -arm["p_best"]["value"])[:MOST_NAMED]
    chances = [f"{called(arm['arm'])} in {_share(arm['p_best'])}" for arm in likely]
    yield f"The best choice of all is {_listed(chances)} of the runs."
    for other in others[:1]:
        behind = other["versus_best"]
        ends = behind["high"], behind["low"]
        sure = "" if None in ends else " (95% interval {} to {})".format(*(number(-end) for end in ends))
        lead = money(-behind["value"], summary["currency"], behind["error"])
        names = f"{called(best['arm'])} leads {called(other['arm'])}"
        yield f"On average {names} by {lead} of profit{sure}; ± is one standard error."
    if zone := summary["verdict"].get("indifference"):
        yield f"Differences below {money(zone, summary['currency'])} count as equal."


def _how_bad(summary: Mapping[str, Any]) -> Iterator[str]:
    for arm in _in_question(summary):
        tail = arm["profit_cvar05"]
        does = "loses" if tail < 0 else "still earns"
        ends = _ends(arm)
        amount = money(abs(tail), summary["currency"], None if ends else arm.get("profit_cvar05_error"))
        loses = f" It loses money in {_share(arm['p_loss'])} of the runs." if "p_loss" in arm else ""  # older folders
        worst = f"In the worst 5% of all runs {arm['arm']} {does} {amount} on average{ends}."
        yield f"{worst}{loses}{_regret(arm, summary)}"


def _ends(arm: Arm) -> str:
    """The interval of the tail: it reaches much further to one side than to the other."""
    ends = sorted(abs(end) for name in ("low", "high") if (end := arm.get(f"profit_cvar05_{name}")) is not None)
    same_side = len(ends) == 2 and arm["profit_cvar05_low"] * arm["profit_cvar05_high"] > 0
    return f" (95% interval {number(ends[0])} to {number(ends[1])})" if same_side else ""


def _in_question(summary: Mapping[str, Any]) -> list[Arm]:
    """The campaigns that are up for choice, or the best of those that are not."""
    campaigns = [arm for arm in ranked_arms(summary) if arm["halo"] is not None]
    return [arm for arm in campaigns if arm["arm"] in summary["verdict"]["contenders"]] or campaigns[:1]


def _regret(arm: Arm, summary: Mapping[str, Any]) -> str:
    if "regret" not in arm:
        return ""
    more = money(arm["regret"]["value"], summary["currency"], arm["regret"]["error"])
    return f" The best choice of each run earns {more} more than it (regret)."


def _what_would_change(summary: Mapping[str, Any], found: Sequence[str]) -> Iterator[str]:
    yield from summary["verdict"].get("better", ())
    if conditions := summary["verdict"]["conditional_on"]:
        yield conditions
    yield from found or _drivers(summary)
    for arm in _in_question(summary):
        for fee in arm["walk_away"]:
            yield f"{arm['arm']}, {fee['hire']}: {walk_away(fee, summary['currency'])}"


def _drivers(summary: Mapping[str, Any]) -> Iterator[str]:
    """What the runs themselves show; older folders do not say it."""
    driving = summary.get("drivers", {"numbers": []})
    strongest = [each for each in driving["numbers"] if each["clear"]][:MOST_NAMED]
    if strongest:
        named = [f"{each['path']} ({percent(each['share'])})" for each in strongest]
        yield (
            f"How {called(driving['arm'])} fares against {called(driving['over'])} hangs most on {_listed(named)}; "
            "in brackets the share of the order of the runs that each explains."
        )


def walk_away(fee: Mapping[str, Any], currency: str) -> str:
    """The fee at which a hire earns its cost, and the one agreed on."""
    if fee["reason"]:
        return f"{fee['reason']}."
    worth = money(fee["fee"], currency, fee["error"])
    return f"a creator is worth a fee of up to {worth} for what it brings; now {paid_now(fee, currency)}."


def _share(estimate: Mapping[str, Any]) -> str:
    return percent(estimate["value"], estimate["error"])


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
