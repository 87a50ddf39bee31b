"""A cell of the decision table says in words what its number alone would hide."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.report.decision import Cell, decision_rows
from simulator.report.reading import Reading


def cells(summary: dict[str, Any], label: str, arm: str) -> list[Cell]:
    """The cells of an arm in the rows of this label."""
    rows = decision_rows({**summary, "verdict": {**summary["verdict"], "contenders": [arm]}})
    return [row.cells[0] for row in rows if label == row.label]


def changed(reading: Reading, arm: str, **facts: Any) -> dict[str, Any]:
    arms = [each | facts if each["arm"] == arm else each for each in reading.summary["arms"]]
    return {**reading.summary, "arms": arms}


@pytest.mark.parametrize(
    ("fee", "reason", "told"),
    [
        (-12.0, "not even without a fee: its other costs are more than it brings", "no fee pays"),
        (None, None, "no fee pays"),
        (12.0, None, "12.0"),
    ],
)
def test_where_no_fee_pays_none_is_told(reading: Reading, fee: float | None, reason: str | None, told: str) -> None:
    """A fee below zero would read as if somebody offered money for the posts."""
    found = {"hire": "900", "fee": fee, "error": None, "fee_now": 700.0, "reason": reason}
    (cell,) = cells(changed(reading, "one macro", walk_away=[found]), "Walk away above", "one macro")
    assert (told, fee) == (cell.text, cell.value)
    assert cell.note.startswith("900")
