"""Versions of a question, all played in the same runs: what each arm earns in each of them, run by run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from simulator.errors import RunFailed, SimulatorError
from simulator.experiment.executors import Team
from simulator.experiment.halt import Halt
from simulator.experiment.trials import Trials, job_of, play_trials
from simulator.results.arms import ArmRuns, arms_of
from simulator.results.failures import Failure
from simulator.results.lanes import lanes_of
from simulator.results.tables import schema
from simulator.results.trial_parts import TrialsInMemory, trial_parts
from simulator.scenario.identity import DIGITS, model_version


class Interrupted(SimulatorError):
    """An analysis was stopped; what is finished is kept."""

    exit_code = 130


@dataclass(frozen=True)
class Stage:
    """Where and how trials are played, and where they are kept meanwhile; without a folder, in memory."""

    team: Team
    engine: str = "compiled"
    folder: Path | None = None
    halt: Halt = field(default_factory=Halt)
    on_progress: Callable[[int, int], None] = lambda _finished, _trials: None
    most_worlds: int | None = None  # that a process may keep


@dataclass(frozen=True)
class Ensemble:
    """All trials of some versions. `failures` are trials that are left out, with their runs in every version."""

    trials: Trials
    table: pa.Table  # of trials, in no particular order
    failures: tuple[Failure, ...]

    def arms(self, version: int) -> list[ArmRuns]:
        """The arms of a version, over the runs that no version failed in."""
        scenario = self.trials.versions.version(version).scenario
        rows = self._of_version.take(np.flatnonzero(self._version == version))
        hired = schema("influencers").empty_table()
        return arms_of(rows, hired, scenario.replicates, lanes_of(scenario))

    @property
    def lost(self) -> set[int]:
        """The runs that failed in some version."""
        return {int(self.trials.run[failure.run - 1]) for failure in self.failures}

    def failed(self, failure: Failure, why: str) -> RunFailed:
        """The error to raise where a failure cannot be left out."""
        run = int(self.trials.run[failure.run - 1])
        return RunFailed(run, failure.arm, f"{failure.error}: {failure.message} ({why})")

    def by_name(self, version: int) -> dict[str, ArmRuns]:
        """The same by name."""
        return {arm.name: arm for arm in self.arms(version)}

    def in_order(self, arm: str, column: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """One column of an arm, [trial]; NaN for trials that failed."""
        mine = self.table.filter(pa.array(self.table["arm"].to_numpy(zero_copy_only=False) == arm))
        found = np.full(len(self.trials), np.nan)
        found[mine["run"].to_numpy() - 1] = mine[column].to_numpy(zero_copy_only=False)
        return found

    @cached_property
    def _of_version(self) -> pa.Table:
        """The table by version, arm and run, with the run whose luck a trial has."""
        number = self.table["run"].to_numpy() - 1
        runs = self.trials.run[number]
        table = self.table.set_column(1, "run", pa.array(runs, type=pa.int32()))
        table = table.append_column("version", pa.array(self.trials.version[number]))
        if self.failures:
            table = table.filter(pa.array(~np.isin(runs, list(self.lost))))
        return table.sort_by([(key, "ascending") for key in ("version", "arm", "run")])

    @cached_property
    def _version(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.asarray(self._of_version["version"].to_numpy())


def identity_of(trials: Trials) -> str:
    """Hash of everything that the trials hang on: versions, runs, and the model."""
    content = [model_version(), trials.versions.identity(), trials.version.tolist(), trials.run.tolist()]
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def played(trials: Trials, stage: Stage, name: str, *, whole: bool = False) -> Ensemble:
    """The ensemble of trials: those kept earlier under this name, and the rest played now.

    Raises Interrupted if somebody stopped it; RunFailed if no run is whole, or, where all trials are needed (`whole`),
    as soon as one fails.
    """
    total = len(trials)
    keeper = TrialsInMemory() if stage.folder is None else trial_parts(stage.folder, name, identity_of(trials))
    play_trials(
        job_of(trials, stage.engine),
        stage.team,
        keeper,
        done=keeper.ledger().done,
        most_worlds=stage.most_worlds,
        halt=stage.halt,
        on_progress=lambda finished: stage.on_progress(finished, total),
        whole=whole,
    )
    ledger, table = keeper.ledger(), keeper.table()
    if stage.halt.reason is not None:
        where = "" if stage.folder is None else f" are kept in {stage.folder}; the same command goes on"
        raise Interrupted(f"Stopped: {len(ledger.done):,} of {total:,} trials{where}.")
    ensemble = Ensemble(trials, table, ledger.failures)
    if whole and ledger.failures:
        raise ensemble.failed(ledger.failures[0], "the design needs every trial")
    if ensemble.lost.issuperset(trials.run.tolist()):
        raise ensemble.failed(ledger.failures[0], "and no run is whole in all versions")
    return ensemble
