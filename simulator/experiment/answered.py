"""Whether a results folder holds the answer already, so that nothing need be played."""

from __future__ import annotations

from pathlib import Path

from simulator.experiment.stopping import Precision
from simulator.results.losses import lost_tables
from simulator.results.store import SUMMARY, Saved, load, read_manifest


def answered(folder: Path, identity: str, runs: int, precision: Precision | None, *, daily: bool) -> Saved | None:
    """A complete folder of the scenario with this hash that holds what is asked, whole; none otherwise."""
    manifest = read_manifest(folder)
    if manifest is None or manifest["hash"] != identity or manifest["state"] != "complete":
        return None
    if daily and not manifest["daily"]:
        return None
    if not (folder / SUMMARY).exists() or lost_tables(folder, manifest):
        return None
    saved = load(folder)
    enough = manifest["counts"]["runs"] >= runs if precision is None else precision.was_met(saved.summary)
    return saved if enough else None
