"""Results folders read for a comparison: their arms over the runs that all of them have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.errors import InputProblems, Problem, ResultsError
from simulator.results.arms import ArmRuns, arms_of
from simulator.results.files import explained, read_table
from simulator.results.lanes import lanes_by
from simulator.results.losses import check_own
from simulator.results.manifest import Request
from simulator.results.parts import table_file
from simulator.results.store import load
from simulator.results.tables import NO_CAMPAIGN

PARTIAL: Final = "partial"
WHOLE: Final = ("once", "platform", "world")  # where a number varies that a run has a single value of


@dataclass(frozen=True)
class Folder:
    """What one folder holds. Its `label` tells it from the others: the last part of its path, if that does."""

    path: Path
    label: str
    manifest: Mapping[str, Any]
    summary: Mapping[str, Any]
    runs: pa.Table
    influencers: pa.Table

    @property
    def finished(self) -> frozenset[int]:
        """The runs that are there; those that failed are not."""
        return frozenset(pc.unique(self.runs["run"]).to_pylist())

    @property
    def request(self) -> Request:
        """What `simulator run` was asked for, to ask for more."""
        stated = self.manifest
        where, settings = str(self.path), tuple(stated["settings"])
        return Request(stated["file"], stated["hash"], stated["engine"], stated["executor"], settings, where)

    def arms(self, used: frozenset[int]) -> list[ArmRuns]:
        """All arms over the runs `used`, in the order of the answer."""
        scenario, runs, influencers = self.manifest["scenario"], self.runs, self.influencers
        if used != self.finished:
            kept = pa.array(sorted(used), type=pa.int32())
            runs, influencers = (table.filter(pc.is_in(table["run"], kept)) for table in (runs, influencers))
        worlds, replicates = scenario["worlds"], scenario["replicates"]
        try:
            found = arms_of(runs, influencers, replicates, lanes_by(scenario["design"], worlds, replicates))
        except KeyError as error:
            told = f"{self.path}: lacks {error.args[0]}: another version of the simulator wrote it; run it again"
            raise ResultsError(told) from error
        position = {arm["arm"]: place for place, arm in enumerate(self.summary["arms"])}
        return sorted(found, key=lambda arm: position[arm.name])

    @property
    def assumed(self) -> int:
        """How many uncertain numbers nobody measured, of those drawn once per draw or world."""
        return len(set(_assumed(self.manifest["scenario"])))

    def halo(self, arm: str) -> Mapping[str, Any]:
        """What a campaign needs of orders that are not tracked, by all runs of this folder."""
        return next(each["halo"] for each in self.summary["arms"] if each["arm"] == arm)

    def as_dict(self) -> dict[str, Any]:
        counts = self.manifest["counts"]
        return {
            "folder": str(self.path),
            "label": self.label,
            "name": self.summary["name"].strip(),
            "file": self.manifest["file"],
            "hash": self.manifest["hash"],
            "state": self.manifest["state"],
            "runs": len(self.finished),
            "failed": counts.get("failed", 0),
        }


@dataclass(frozen=True)
class Choice:
    """One arm of one folder, under the name by which the comparison knows it."""

    arm: ArmRuns
    folder: Folder
    own_name: str  # in its folder


def _assumed(part: Any) -> Iterator[str]:
    """Paths of the assumed numbers in a part of a manifest's scenario; none of a mechanism that is off."""
    if isinstance(part, Mapping) and "varies" in part:
        drawn = [part["distribution"]] if "distribution" in part else part["rows"]
        uncertain = any(kind != "fixed" for kind, *_ in drawn)
        if uncertain and part["grade"] == "assumed" and part["varies"] in WHOLE:
            yield part["path"]
    elif isinstance(part, Mapping | list) and not (isinstance(part, Mapping) and part.get("on") is False):
        for each in part.values() if isinstance(part, Mapping) else part:
            yield from _assumed(each)


def read_folders(paths: Sequence[Path]) -> list[Folder]:
    """Read every folder. Raises ResultsError with the remedy, and InputProblems where one scenario comes twice."""
    names = [path.resolve().name for path in paths]
    labels = [name if names.count(name) == 1 else str(path) for name, path in zip(names, paths, strict=True)]
    folders = [_read(path, label) for path, label in zip(paths, labels, strict=True)]
    first: dict[str, Folder] = {}
    for folder in folders:
        known = first.setdefault(folder.manifest["hash"], folder)
        if known is not folder:
            message = f"holds the same scenario as {known.path}: there is nothing to compare"
            raise InputProblems([Problem(str(folder.path), message, "give each scenario once")])
    return folders


def _read(path: Path, label: str) -> Folder:
    saved = load(path)
    with explained(path):
        runs, influencers = (read_table(path / table_file(name)) for name in ("runs", "influencers"))
    check_own(path, saved.summary, {"runs": runs, "influencers": influencers})
    return Folder(path, label, saved.manifest, saved.summary, runs, influencers)


def common_runs(folders: Sequence[Folder]) -> frozenset[int]:
    """The runs that all folders have. Raises InputProblems if there are none."""
    used = reduce(frozenset.intersection, (folder.finished for folder in folders))
    if not used:
        raise InputProblems([Problem(" and ".join(folder.label for folder in folders), "have no run in common")])
    return used


def choices_of(folders: Sequence[Folder], used: frozenset[int]) -> tuple[list[Choice], list[str]]:
    """Every arm of every folder, and what is to be said about those that are shown once.

    Doing nothing is one choice: it earns nothing by definition. An arm that is the same in every figure and run is
    shown once as well; other arms of one name are told apart by their folder.
    """
    kept: list[Choice] = []
    notes = []
    for folder in folders:
        for arm in folder.arms(used):
            namesake = next((choice for choice in kept if choice.own_name == arm.name), None)
            if namesake is None or not (_same(arm, namesake.arm) or not arm.is_campaign):
                kept.append(Choice(arm, folder, arm.name))
            elif not arm.is_campaign and not _same(arm, namesake.arm):
                notes.append(_other_nothing(namesake.folder, folder))
            elif arm.is_campaign:
                notes.append(f"{arm.name} is the same in {namesake.folder.label} and {folder.label}, and shown once")
    return _told_apart(kept), notes


def _same(one: ArmRuns, other: ArmRuns) -> bool:
    return one.columns.keys() == other.columns.keys() and all(
        np.array_equal(values, other.columns[name], equal_nan=True) for name, values in one.columns.items()
    )


def _other_nothing(one: Folder, other: Folder) -> str:
    return (
        f"without a campaign, {other.label} earns otherwise than {one.label}: profit is what each campaign adds to its "
        f"own {NO_CAMPAIGN!r}, and leaves out what the difference earns by itself"
    )


def _told_apart(choices: Sequence[Choice]) -> list[Choice]:
    """Names that say the folder where arms of several folders share a name."""
    names = [choice.own_name for choice in choices]
    return [
        replace(choice, arm=replace(choice.arm, name=f"{choice.own_name} ({choice.folder.label})"))
        if names.count(choice.own_name) > 1
        else choice
        for choice in choices
    ]
