"""Where a result comes from, and how to get the very same again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.report.reading import Reading
from simulator.results.manifest import Request
from simulator.results.parts import table_file
from simulator.results.store import MANIFEST, SUMMARY


def repeat_command(manifest: Mapping[str, Any]) -> str:
    """The command that plays the same runs again, into its usual folder."""
    request = Request(
        manifest["file"], manifest["hash"], manifest["engine"], manifest["executor"], tuple(manifest["settings"])
    )
    options = ["--runs", str(manifest["counts"]["runs"])]
    options += ["--engine", manifest["engine"]] if manifest["engine"] != "compiled" else []
    return request.again(*options, *(["--daily"] if manifest["daily"] else []))


def facts(reading: Reading) -> list[tuple[str, str]]:
    """What was played, when, by what: names and values."""
    manifest, scenario = reading.manifest, reading.manifest["scenario"]
    counts, times, people = manifest["counts"], manifest["times"], manifest["population"]
    versions = ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    finished = f"{counts['finished']:,} of {counts['runs']:,}"
    each = people["people_per_agent"]
    thinned = f", one agent for {each:,}" if each > 1 else ""
    return [
        ("Scenario file", manifest["file"]),
        ("Hash of scenario and model", manifest["hash"]),
        ("State", f"{manifest['state']}: {finished} runs of {counts['arms']} plans"),
        ("Seed", str(manifest["seed"])),
        ("Design", f"{scenario['design']}, {scenario['replicates']} runs per draw of the numbers"),
        ("Simulated markets", f"{manifest['worlds']} of {people['people']:,} people{thinned}"),
        ("Days", f"{scenario['days']} of posts, {scenario['settle']} more observed"),
        ("Engine, executor", f"{manifest['engine']}, {manifest['executor']}"),
        ("Versions", versions),
        ("Started", times["started"]),
        ("Written", f"{times['written']}, after {times['seconds']:,} s"),
    ]


def data_files(reading: Reading) -> list[str]:
    """Files of the run that hold its data."""
    names = [SUMMARY, MANIFEST, *(table_file(name) for name in ("runs", "influencers", "daily"))]
    return [str(reading.folder / name) for name in names if (reading.folder / name).exists()]
