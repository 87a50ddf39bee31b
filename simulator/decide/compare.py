"""Choices of one or several results folders against each other, run by run: the table, the pairs, the verdict.

The figures of one folder alone are those of its own answer; several folders are one experiment with more arms. Only
runs that all of them have are used. What may be paired, `simulator.decide.pairing` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from simulator.decide.decision_table import decision_table
from simulator.decide.dominance import all_dominances
from simulator.decide.requirements import Asked, Known, checked, read_requirements
from simulator.decide.together import Together, together
from simulator.results.paired import all_pairs
from simulator.results.targets import stated_target

if TYPE_CHECKING:
    import pandas as pd

VERSION: Final = 1
TARGET: Final = "--target"


class InFolder(Protocol):
    """Results in memory that know their folder."""

    @property
    def folder(self) -> Path: ...


Results = str | Path | InFolder


@dataclass(frozen=True)
class Comparison:
    """What a comparison found. `content` is all of it as plain data, as `--json` prints it; frames are made of it."""

    content: Mapping[str, Any]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per choice; of an estimate `profit` also `profit_error`, `profit_low` and `profit_high` (95%)."""
        return _frame(self.content["arms"])

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per metric and two choices: `difference` is the mean of the first less the second, run by run."""
        return _frame(self.content["pairs"])

    @cached_property
    def dominance(self) -> pd.DataFrame:
        """One row per two choices and order: what is known of their profits' distributions."""
        return _frame(self.content["dominance"])

    def __repr__(self) -> str:
        choices = ", ".join(arm["arm"] for arm in self.content["arms"])
        return f"<Comparison of {choices}, {self.content['runs']:,} runs: {self.verdict}>"

    @property
    def summary(self) -> Mapping[str, Any]:
        """The whole answer, under the name it has in `Results` as well."""
        return self.content

    @property
    def verdict(self) -> str:
        """The decision in a sentence; all of it is `summary["verdict"]`."""
        sentence: str = self.content["verdict"]["sentence"]
        return sentence

    @property
    def requirements_met(self) -> bool:
        """Whether all that was required is shown."""
        return all(each["state"] == "met" for each in self.content["requirements"])

    def as_dict(self) -> dict[str, Any]:
        return dict(self.content)


def compare(
    results: Results | Iterable[Results],
    *,
    targets: Sequence[str] = (),
    requirements: Sequence[str] = (),
    across_beliefs: bool = False,
) -> Comparison:
    """Compare the arms of results folders, such as `compare(["results/a", "results/b"], targets=["roi >= 0.2"])`.

    Raises InputProblems where runs are not paired or a target or requirement cannot be read, ResultsError for folders
    without results. `across_beliefs` pairs scenarios that believe different numbers; then there is no verdict.
    """
    stated = [stated_target(text, TARGET) for text in targets]
    paired = together(_paths(results), across_beliefs=across_beliefs)
    own = [item for folder in paired.folders for item in folder.manifest["scenario"]["targets"].items()]
    asked = read_requirements(requirements, [arm.name for arm in paired.arms])
    options = [word for each in targets for word in (TARGET, each)]
    options += [word for each in requirements for word in ("--require", each)]
    options += ["--across-beliefs"] if across_beliefs else []
    return Comparison(_content(paired, list(dict.fromkeys([*own, *stated])), asked, options))


def _paths(results: Results | Iterable[Results]) -> list[Path]:
    alone = isinstance(results, str | Path) or hasattr(results, "folder")
    several: Iterable[Any] = [results] if alone else results  # type: ignore[assignment]
    return [Path(each) if isinstance(each, str | Path) else each.folder for each in several]


def _content(
    paired: Together, targets: Sequence[tuple[str, str]], asked: Sequence[Asked], options: Sequence[str]
) -> dict[str, Any]:
    arms = paired.arms
    rows = decision_table(paired.choices, targets)
    verdict = paired.verdict(rows, options)
    known = Known({arm.name: arm for arm in arms}, {row["arm"]: row for row in rows}, verdict)
    return {
        "version": VERSION,
        "currency": paired.scenario["currency"],
        "runs": len(paired.used),
        "worlds": paired.scenario["worlds"],
        "seed": paired.scenario["seed"],
        "population": paired.folders[0].manifest["population"]["people"],
        "folders": [folder.as_dict() for folder in paired.folders],
        "differs": [difference.as_dict() for difference in paired.differing],
        "arms": rows,
        "pairs": all_pairs(arms),
        "dominance": [each.as_dict() for each in all_dominances(arms, paired.zone)],
        "verdict": verdict,
        "requirements": [checked(each, known) for each in asked],
        "notes": list(paired.notes()),
    }


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame: of an estimate its value under its own name, then its error and its interval."""
    import pandas as pd  # slow to load, and not needed to print

    return pd.DataFrame([_flat(row) for row in rows])


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name == "targets":
            flat |= _flat({f"P({target})": met for target, met in value.items()})
        elif isinstance(value, Mapping):
            flat |= {name if part == "value" else f"{name}_{part}": figure for part, figure in value.items()}
        else:
            flat[name] = value
    return flat
