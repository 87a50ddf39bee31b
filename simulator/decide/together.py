"""Results folders that are paired, as one experiment: their choices over common runs, and the decision between them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from simulator.decide.cautions import cautions
from simulator.decide.folders import PARTIAL, Choice, Folder, choices_of, common_runs, read_folders
from simulator.decide.pairing import Difference, check_paired, differences
from simulator.errors import InputProblems, Problem
from simulator.results.arms import ArmRuns
from simulator.results.break_even import walk_away_fees
from simulator.results.health import ENOUGH_RUNS
from simulator.results.judgment import Judgment, judged
from simulator.results.rivals import ranked
from simulator.results.verdict import conditions, next_command
from simulator.results.wording import counted, money

MOST_NAMED: Final = 3  # beliefs in a sentence


@dataclass(frozen=True)
class Together:
    """What is compared: all folders, what differs between them, the runs that all have, and every choice."""

    folders: tuple[Folder, ...]
    differing: tuple[Difference, ...]
    used: frozenset[int]
    choices: tuple[Choice, ...]
    remarks: tuple[str, ...]  # on choices that are shown once

    @property
    def scenario(self) -> Mapping[str, Any]:
        """The first folder's; what pairing asks for is the same in all."""
        scenario: Mapping[str, Any] = self.folders[0].manifest["scenario"]
        return scenario

    @property
    def arms(self) -> list[ArmRuns]:
        return [choice.arm for choice in self.choices]

    @cached_property
    def zones(self) -> tuple[float, ...]:
        """Money below which each folder takes differences for equal; older ones know no such thing."""
        return tuple(folder.summary["verdict"].get("indifference", 0.0) for folder in self.folders)

    @property
    def zone(self) -> float:
        """The largest of them counts: nobody decides by less than that."""
        return max(self.zones)

    def verdict(self, rows: Sequence[Mapping[str, Any]], options: Sequence[str] = ()) -> dict[str, Any]:
        """The decision over all choices, by the rows of the decision table; none between different beliefs.

        `options` of the command `compare` are what it was asked besides the folders.
        """
        if beliefs := [difference.path for difference in self.differing if difference.kind == "belief"]:
            return self._no_verdict(beliefs)
        figures = {
            row["arm"]: {"p_best": row["p_best"], "walk_away": walk_away_fees(arm)}
            for row, arm in zip(rows, self.arms, strict=True)
        }
        judgment = judged(self.arms, figures, self.scenario["currency"], self.zone)
        return judgment.as_dict() | {
            "conditional_on": self._conditional_on(),
            "next_commands": self._next_commands(judgment, options),
        }

    def _no_verdict(self, beliefs: Sequence[str]) -> dict[str, Any]:
        named = ", ".join(beliefs[:MOST_NAMED]) + (", …" if len(beliefs) > MOST_NAMED else "")
        sentence = (
            f"No verdict: these results believe different numbers ({named}), so what looks better may only be "
            "believed to be better."
        )
        nothing: dict[str, Any] = {"decision": "incomparable", "arm": None, "contenders": []}
        return {**nothing, "sentence": sentence, "indifference": self.zone, "conditional_on": "", "next_commands": []}

    def _conditional_on(self) -> str:
        """What the best campaign hangs on."""
        leader = next((arm for arm in ranked(self.arms) if arm.is_campaign), None)
        if leader is None:
            return ""
        choice = next(choice for choice in self.choices if choice.arm.name == leader.name)
        return conditions(leader, choice.folder.halo(choice.own_name), choice.folder.assumed)

    def _next_commands(self, judgment: Judgment, options: Sequence[str]) -> list[str]:
        """What helps next in each folder, and the comparison again where that adds runs."""
        worlds = self.scenario["worlds"]
        found = list(dict.fromkeys(next_command(judgment, worlds, folder.request) for folder in self.folders))
        again = shlex.join(["simulator", "compare", *(str(folder.path) for folder in self.folders), *options])
        return [*found, again] if any(" --runs " in command for command in found) else found

    def notes(self) -> Iterator[str]:
        """What the reader must know of the runs that were used, and of the choices that are shown once."""
        for folder in self.folders:
            yield from _notes(folder, len(self.used))
        if len(set(self.zones)) > 1:
            largest = money(self.zone, self.scenario["currency"])
            yield f"the results take different differences of profit for equal; here those below the largest, {largest}"
        if len(self.used) < ENOUGH_RUNS:
            are = "is" if len(self.used) == 1 else "are"
            yield f"{counted(len(self.used), 'run')} {are} few; use {ENOUGH_RUNS:,} or more for figures of the tail"
        yield from cautions(difference.path for difference in self.differing)
        yield from self.remarks


def _notes(folder: Folder, used: int) -> Iterator[str]:
    if (has := len(folder.finished)) > used:
        yield f"{folder.label}: {used:,} of its {has:,} runs are used, those that all results have"
    if folder.manifest["state"] == PARTIAL:
        yield f"{folder.label}: a partial answer, stopped before all runs were played"
    if failed := folder.manifest["counts"].get("failed", 0):
        yield f"{folder.label}: {failed:,} {'run failed and is' if failed == 1 else 'runs failed and are'} left out"


def together(paths: Sequence[Path], *, across_beliefs: bool = False) -> Together:
    """Read folders and pair them. Raises InputProblems unless they may be compared run by run, and ResultsError."""
    if not paths:
        raise InputProblems([Problem("", "there is nothing to compare", "give at least one results folder")])
    folders = read_folders(paths)
    differing = differences([folder.manifest for folder in folders]) if len(folders) > 1 else []
    check_paired([folder.label for folder in folders], differing, across_beliefs=across_beliefs)
    used = common_runs(folders)
    choices, remarks = choices_of(folders, used)
    return Together(tuple(folders), tuple(differing), used, tuple(choices), tuple(remarks))
