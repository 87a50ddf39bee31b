"""How large an analysis is, which has fewer runs than the answer beside it; and for which account a value is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def sized(sentence: str, found: Mapping[str, Any]) -> str:
    """What an analysis found, and from how many runs.

    >>> sized("One leads five by 3 ± 2 USD.", {"runs": 24})
    'One leads five by 3 ± 2 USD. Found with 24 runs of each value.'
    """
    return " ".join([sentence, f"Found with {found['runs']:,} runs of each value.", *noted(found)])


def noted(found: Mapping[str, Any]) -> list[str]:
    """What to mind of an analysis, as sentences. Older ones say nothing."""
    return [f"{note[:1].upper()}{note[1:]}." for note in found.get("notes", ())]


def of_size(row: Mapping[str, Any]) -> str:
    """For an account of which size a curve's values are; empty of what is no curve. Older analyses say no size.

    >>> of_size({"followers": 600_000})
    ' for an account of 600,000 followers'
    """
    return f" for an account of {row['followers']:,} followers" if row.get("followers") else ""
