"""Figures as people read them: as many digits as their error allows, thousands apart, the currency behind."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

DIGITS: Final = 3  # significant ones of a figure that has no error
ERROR_DIGITS: Final = 2
NOTHING: Final = "–"
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")  # they steer a terminal


def number(value: float | None, error: float | None = None) -> str:
    """A figure rounded to its error's second digit, or to three digits of its own; `–` for none.

    >>> number(3214.3, 241.7), number(0.012345), number(12345.6)
    ('3,210', '0.0123', '12,300')
    """
    if value is None:
        return NOTHING
    return _rounded(value, _decimals(error, ERROR_DIGITS) if error else _decimals(value, DIGITS))


def with_error(value: float | None, error: float | None) -> str:
    """A figure and its standard error, rounded alike."""
    if value is None or not error:
        return number(value)
    return f"{number(value, error)} ± {number(error, error)}"


def money(value: float | None, currency: str, error: float | None = None) -> str:
    """A sum with its currency, and its error where there is one."""
    return f"{with_error(value, error)} {currency}"


def percent(value: float | None, error: float | None = None) -> str:
    """A share as a percentage of two digits or more, with its error in points where there is one."""
    if value is None:
        return NOTHING
    points = 100 * value
    if error is None:
        return f"{_rounded(points, max(_decimals(points, ERROR_DIGITS), 0))}%"
    spread = max(100 * error, 0.1)
    return f"{number(points, spread)} ± {number(spread, spread)}%"


def paid_now(fee: Mapping[str, Any], currency: str = "") -> str:
    """What a creator of a hire is paid as things stand. Older folders know fees alone."""
    fixed, by_result = (
        f"{number(paid)} {currency}".rstrip() if paid else "" for paid in (fee["fee_now"], fee.get("result_now"))
    )
    return f"{fixed or 'no fee'}{f' and {by_result} by result' if by_result else ''}"


def counted(count: int, one: str) -> str:
    """So many of something, in the singular or the plural.

    >>> counted(1, "run"), counted(2800, "run")
    ('1 run', '2,800 runs')
    """
    return f"{count:,} {one}{'s' * (count != 1)}"


def visible(content: Any) -> Any:
    r"""A text, or JSON of any depth, whose control characters are written out: an answer must not steer a terminal.

    >>> visible(["red \x1b[31m", 7])
    ['red \\u001b[31m', 7]
    """
    if isinstance(content, str):
        return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", content)
    if isinstance(content, Mapping):
        return {visible(key): visible(value) for key, value in content.items()}
    return [visible(item) for item in content] if isinstance(content, list) else content


def _rounded(value: float, decimals: int) -> str:
    rounded = round(value, decimals) + 0.0  # never minus zero
    return f"{rounded:,.{max(decimals, 0)}f}".replace("-", "−")


def _decimals(value: float, digits: int) -> int:
    if value == 0.0 or not math.isfinite(value):
        return 0
    return digits - 1 - math.floor(math.log10(abs(value)))
