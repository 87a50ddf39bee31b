"""The decision table: what each plan costs, brings and risks. Every cell keeps the very number of the summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.results.metrics import BY_NAME
from simulator.results.wording import NOTHING, number, paid_now, percent, with_error

Arm = Mapping[str, Any]
TRACKED: Final = "by link or code, also of people who would have bought anyway"


@dataclass(frozen=True)
class Cell:
    """A figure as people read it, and the number it was."""

    text: str
    value: float | None = None
    note: str = ""  # what it belongs to


@dataclass(frozen=True)
class Row:
    """One figure of all arms."""

    label: str
    meaning: str
    cells: tuple[Cell, ...]


def decision_rows(summary: Mapping[str, Any]) -> list[Row]:
    """Rows of the table; its columns are the arms as in `heads`."""
    arms, currency = _columns(summary), summary["currency"]
    targets = sorted({target for arm in arms for target in arm["targets"]})
    asked: list[tuple[str, str, Callable[[Arm], Cell]]] = [
        ("Cost", f"mean over the runs, in {currency}", lambda arm: _metric(arm, "cost")),
        ("  fee ÷ market price", "1: what such posts usually cost", _fee_to_market),
        ("  left of the budget", "", lambda arm: _metric(arm, "unspent")),
        ("People reached", "different people with any display", lambda arm: _metric(arm, "reach")),
        ("  overlap of audiences", "of the summed audiences, counted again", _overlap),
        ("Engagements", "likes, comments and shares of the audiences", lambda arm: _metric(arm, "engagements")),
        ("  cost per engagement", "", lambda arm: _metric(arm, "cpe")),
        ("Orders caused", "beyond those without a campaign", lambda arm: _metric(arm, "incremental_orders")),
        ("Orders tracked", TRACKED, lambda arm: _metric(arm, "attributed_orders")),
        ("Expected profit", f"earned beyond the cost, in {currency}", lambda arm: _estimate(arm["versus_no_campaign"])),
        ("  behind the best", "run by run, on the same people and luck", _behind),
        ("Return (ROI)", "mean profit per unit of mean cost", lambda arm: _metric(arm, "roi", percent)),
        ("  5% of the runs below", "", lambda arm: _cell(arm["metrics"]["roi"]["p05"], None, percent)),
        ("  median of the runs", "", lambda arm: _cell(arm["metrics"]["roi"]["p50"], None, percent)),
        ("  5% of the runs above", "", lambda arm: _cell(arm["metrics"]["roi"]["p95"], None, percent)),
        ("Incremental ROAS", BY_NAME["iroas"].meaning, lambda arm: _metric(arm, "iroas")),
        *(
            (
                f"P({target})",
                "chance to meet this target",
                lambda arm, target=target: _share(arm["targets"].get(target)),
            )
            for target in targets
        ),
        ("P(best)", "chance to be the best of these choices", lambda arm: _share(arm["p_best"])),
        ("P(loss)", "chance that the profit is below 0", lambda arm: _share(arm.get("p_loss"))),
        ("Worst 5%", "mean profit of the worst 5% of the runs", _tail),
        ("Regret", "what the best choice of each run earns more, on average", lambda arm: _estimate(arm.get("regret"))),
    ]
    rows = [Row(label, meaning, tuple(map(cell, arms))) for label, meaning, cell in asked]
    return [*rows, *_fees(arms)]


def heads(summary: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Names of the columns, and whether the verdict names them as (one of) the best; those stand first."""
    chosen = summary["verdict"]["contenders"]
    return [(arm["arm"], arm["arm"] in chosen) for arm in _columns(summary)]


def _columns(summary: Mapping[str, Any]) -> list[Arm]:
    """What the answer names first, so that a narrow screen shows it beside the labels; then as in the summary."""
    chosen = summary["verdict"]["contenders"]
    return sorted(summary["arms"], key=lambda arm: [*chosen, arm["arm"]].index(arm["arm"]))


def _fees(arms: Sequence[Arm]) -> list[Row]:
    """Per place of a hire in its arm; arms name their hires as they like, so one row holds one place of each."""
    most = max((len(arm["walk_away"]) for arm in arms), default=0)
    rows = []
    for place in range(most):
        label = "Walk away above" if place == 0 else "  and"
        rows.append(Row(label, "fee per creator that just pays", tuple(_fee(arm, place) for arm in arms)))
    return rows


def _fee(arm: Arm, place: int) -> Cell:
    if place >= len(arm["walk_away"]):
        return Cell(NOTHING)
    fee = arm["walk_away"][place]
    if fee["reason"] or fee["fee"] is None:
        return Cell("no fee pays", fee["fee"], fee["hire"])
    return Cell(with_error(fee["fee"], fee["error"]), fee["fee"], f"{fee['hire']}, now {paid_now(fee)}")


def _cell(value: float | None, error: float | None, wording: Callable[..., str] = with_error) -> Cell:
    return Cell(wording(value, error), value)


def _metric(arm: Arm, name: str, wording: Callable[..., str] = with_error) -> Cell:
    return _cell(arm["metrics"][name]["value"], arm["metrics"][name]["error"], wording)


def _estimate(estimate: Mapping[str, Any] | None) -> Cell:
    return Cell(NOTHING) if estimate is None else _cell(estimate["value"], estimate["error"])


def _share(estimate: Mapping[str, Any] | None) -> Cell:
    return Cell(NOTHING) if estimate is None else _cell(estimate["value"], estimate["error"], percent)


def _fee_to_market(arm: Arm) -> Cell:
    return Cell(number(arm["fee_to_market"]), arm["fee_to_market"])


def _overlap(arm: Arm) -> Cell:
    return _metric(arm, "overlap_audience", percent)


def _behind(arm: Arm) -> Cell:
    return Cell("best", 0.0) if arm["versus_best"]["arm"] == arm["arm"] else _estimate(arm["versus_best"])


def _tail(arm: Arm) -> Cell:
    return _cell(arm["profit_cvar05"], arm.get("profit_cvar05_error"))
