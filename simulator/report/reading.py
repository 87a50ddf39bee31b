"""What a report reads: one results folder with its answer, its tables, and the analyses that were made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from simulator.errors import ResultsError
from simulator.results.arms import ArmRuns, arms_of
from simulator.results.files import explained, read_json, read_table
from simulator.results.losses import check_own, check_whole
from simulator.results.parts import table_file
from simulator.results.store import ANALYSES, load

Analysis = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """A results folder in memory. Undefined numbers of the tables are NaN."""

    folder: Path
    manifest: Mapping[str, Any]
    summary: Mapping[str, Any]
    runs: pd.DataFrame
    influencers: pd.DataFrame
    daily: pd.DataFrame | None  # none unless the run kept its days
    analyses: Mapping[str, Analysis]  # by name, such as "sensitivity-tornado"

    @cached_property
    def arms(self) -> tuple[ArmRuns, ...]:
        """The runs of each arm in the order of the answer, with the groups that their errors rest on."""
        design = self.manifest["scenario"]
        replicates = design["replicates"]
        lanes = None if design["design"] == "random" else design["worlds"] // replicates
        runs, influencers = (pa.Table.from_pandas(each, preserve_index=False) for each in (self.runs, self.influencers))
        found = {arm.name: arm for arm in arms_of(runs, influencers, replicates, lanes)}
        return tuple(found[answer["arm"]] for answer in self.summary["arms"])

    @cached_property
    def campaigns(self) -> tuple[ArmRuns, ...]:
        """The arms that do something."""
        return tuple(arm for arm in self.arms if arm.is_campaign)

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """What the summary says of each arm, by its name."""
        return {answer["arm"]: answer for answer in self.summary["arms"]}

    def of_kind(self, kind: str) -> list[tuple[str, Analysis]]:
        """The analyses of a kind, such as "tornado", each with its name."""
        return [(name, each) for name, each in self.analyses.items() if each.get("kind") == kind]

    @property
    def currency(self) -> str:
        """The scenario's, in three letters."""
        return str(self.summary["currency"])


def read(folder: Path) -> Reading:
    """Read a folder that `simulator run` wrote. Raises ResultsError with the remedy."""
    saved = load(folder)
    check_whole(folder, saved.manifest)
    with explained(folder):
        runs, influencers = (read_table(folder / table_file(name)) for name in ("runs", "influencers"))
        days = folder / table_file("daily")
        daily = read_table(days).to_pandas() if days.exists() else None
        analyses = {path.stem: _analysis(path) for path in sorted((folder / ANALYSES).glob("*.json"))}
    check_own(folder, saved.summary, {"runs": runs, "influencers": influencers})
    frames = runs.to_pandas(), influencers.to_pandas()
    return Reading(folder, saved.manifest, saved.summary, *frames, daily, analyses)


def _analysis(path: Path) -> Analysis:
    """One analysis. Raises ResultsError with the remedy if it is damaged."""
    try:
        found: Any = read_json(path)
    except ValueError:  # neither JSON nor text
        found = None
    if not isinstance(found, dict):
        raise ResultsError(f"{path}: is damaged; remove it, and ask for the analysis again")
    return found
