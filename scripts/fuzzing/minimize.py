"""The smallest case that still goes wrong in the same way: lines, then bytes, are left out while it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from fuzzing.mutations import Case

MOST_SECONDS: Final = 30.0


def smallest(case: Case, still: Callable[[Case], bool]) -> Case:
    """A case from which nothing more can be left out, as far as time allows."""
    until = time.monotonic() + MOST_SECONDS

    def holds(candidate: Case) -> bool:
        return time.monotonic() < until and still(candidate)

    for index in reversed(range(len(case.settings))):
        fewer = replace(case, settings=case.settings[:index] + case.settings[index + 1 :])
        case = fewer if holds(fewer) else case
    if case.tables and holds(bare := replace(case, tables={})):
        case = bare
    lines = _least(case.content.splitlines(keepends=True), lambda kept: holds(replace(case, content=b"".join(kept))))
    case = replace(case, content=b"".join(lines))
    signs = [case.content[place : place + 1] for place in range(len(case.content))]
    return replace(case, content=b"".join(_least(signs, lambda kept: holds(replace(case, content=b"".join(kept))))))


def _least(parts: list[bytes], holds: Callable[[list[bytes]], bool]) -> list[bytes]:
    """Parts left out in stretches, halved until single ones stay."""
    length = max(len(parts) // 2, 1)
    while True:
        start = 0
        while start < len(parts):
            fewer = parts[:start] + parts[start + length :]
            if holds(fewer):
                parts = fewer
            else:
                start += length
        if length == 1:
            return parts
        length //= 2
