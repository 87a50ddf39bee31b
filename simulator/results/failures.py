"""Runs that failed, such as those in which a researcher's own rule raised: which, where, and with what traceback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

NAMED: Final = 20  # of the runs that failed, in a summary


@dataclass(frozen=True)
class Failure:
    """One run that failed, in the first arm that failed in it. No arm of such a run is counted."""

    run: int
    arm: str
    error: str  # its class
    message: str
    traceback: str

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Failure:
        """The failure of a file's entry. Raises KeyError or TypeError for anything else."""
        return cls(**{name: content[name] for name in cls.__dataclass_fields__})

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def failures_summary(failures: Sequence[Failure]) -> dict[str, Any]:
    """How many runs failed, the first of them by number, and what the first one said."""
    first = failures[0] if failures else None
    return {
        "count": len(failures),
        "runs": [failure.run for failure in failures[:NAMED]],
        "first": first and {"run": first.run, "arm": first.arm, "error": first.error, "message": first.message},
    }


def failures_sentence(failed: Mapping[str, Any]) -> str:
    """What a summary says of the runs that failed, in one sentence."""
    first, count = failed["first"], failed["count"]
    named = ", ".join(str(run) for run in failed["runs"]) + (", …" if count > NAMED else "")
    runs = f"Run {named} failed and is left out" if count == 1 else f"{count:,} runs failed and are left out ({named})"
    return f"{runs}; run {first['run']} in {first['arm']!r}: {first['message']} (all tracebacks: failures.json)"
