"""What people remember after some days, looked up instead of computed at each encounter."""

from __future__ import annotations

from typing import Any

from simulator.compiled import borrowing
from simulator.rules.wear_out import share_remembered


@borrowing
def fill_remembered(response: Any, table: Any) -> None:
    """Fill a table with the share of exposures remembered after as many days as a place's number."""
    for days in range(table.size):
        table[days] = share_remembered(days, response)
