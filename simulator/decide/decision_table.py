"""The decision table: of each choice what it earns, how sure that is, how bad it can get, and the odds of targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from simulator.decide.folders import Choice
from simulator.results.arms import metric_estimate
from simulator.results.metrics import BY_NAME
from simulator.results.paired import regret
from simulator.results.statistics import best_shares, conditional_value_at_risk, share, value_at_risk
from simulator.results.targets import target_shares

SHOWN: Final = ("cost", "incremental_orders", "roi", "iroas")  # beside profit


def decision_table(choices: Sequence[Choice], targets: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The decision table: what each choice earns, how sure, and how bad it can get."""
    profits = np.array([choice.arm.profit for choice in choices])
    most = np.max(profits, axis=0)
    return [
        _row(choice, targets)
        | {"p_best": share(shares, choice.arm.alike).as_dict(), "regret": regret(choice.arm, most).as_dict()}
        for choice, shares in zip(choices, best_shares(profits), strict=True)
    ]


def _row(choice: Choice, targets: Sequence[tuple[str, str]]) -> dict[str, Any]:
    arm = choice.arm
    estimates = {name: metric_estimate(BY_NAME[name], arm) for name in SHOWN}
    met = {name: found for each in targets for name, found in target_shares(arm, dict([each])).items()}
    return {
        "arm": arm.name,
        "folder": str(choice.folder.path),
        "own_name": choice.own_name,
        **{name: estimate and estimate.as_dict() for name, estimate in estimates.items()},
        "profit": arm.expected_profit.as_dict(),
        "profit_var05": value_at_risk(arm.profit, arm.alike).as_dict(),
        "profit_cvar05": conditional_value_at_risk(arm.profit, arm.alike).as_dict(),
        "targets": met,
    }
