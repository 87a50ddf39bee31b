"""Where analyses are kept: beside the results of their scenario, made once for one and the same request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from simulator.decide.ensemble import Stage
from simulator.errors import ResultsError
from simulator.experiment.versions import Version
from simulator.results.files import explained, read_json, write_json, write_table
from simulator.results.store import ANALYSES, read_manifest, whose
from simulator.results.trial_parts import remove_trials
from simulator.scenario.identity import DIGITS, model_version, scenario_hash

Analysis = dict[str, Any]
LONGEST: Final = 120  # bytes of a name; disks take 255, and hashes and numbers come behind it


def analysis_name(kind: str, words: Sequence[str]) -> str:
    """The name of an analysis, of its files too: its kind, and what it is about, no longer than a disk takes."""
    about = " ".join(words)
    told = "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in about)
    name = f"{kind}-{told}" if told else kind
    if len(name.encode()) <= LONGEST:
        return name
    return f"{name[: LONGEST // 4]}-{hashlib.sha256(about.encode()).hexdigest()[:DIGITS]}"


def analyses_folder(results: Path, version: Version) -> Path:
    """The folder of a scenario's analyses within that of its results. Raises ResultsError if it is another's."""
    manifest = read_manifest(results)
    identity = scenario_hash(version.scenario, model_version())
    if manifest is not None and manifest["hash"] != identity:
        raise ResultsError(f"{results}: holds {whose(manifest, identity)}; choose another folder with --out")
    return results / ANALYSES


def request_hash(version: Version, kind: str, asked: Mapping[str, Any]) -> str:
    """What an analysis is an answer to: the scenario, the model, and everything that was asked."""
    content = [scenario_hash(version.scenario, model_version()), version.plan.population, kind, dict(asked)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def saved(folder: Path, name: str, identity: str) -> Analysis | None:
    """The analysis that answers this very request, whole with its tables; none if there is anything else, or nothing.

    One that is damaged is none either: it is made again.
    """
    path = folder / f"{name}.json"
    with explained(folder):
        try:
            found: Any = read_json(path) if path.exists() else None
        except ValueError:  # neither JSON nor text
            return None
    if not isinstance(found, dict) or found.get("request") != identity:
        return None
    return found if all((folder / table).exists() for table in found["tables"]) else None


def save(folder: Path, name: str, identity: str, content: Analysis, tables: Mapping[str, pa.Table]) -> Analysis:
    """Write the tables, `NAME.TABLE.parquet`, and then the analysis, `NAME.json`."""
    whole = {**content, "request": identity, "tables": [f"{name}.{table}.parquet" for table in tables]}
    with explained(folder):
        for table, rows in tables.items():
            write_table(folder / f"{name}.{table}.parquet", [rows], rows.schema)
        write_json(folder / f"{name}.json", whole)
    return whole


def made_once(
    folder: Path,
    name: str,
    identity: str,
    at_work: Callable[[], AbstractContextManager[Stage]],
    make: Callable[[Stage], tuple[Analysis, Mapping[str, pa.Table]]],
) -> tuple[Analysis, bool]:
    """The analysis, and whether it was there already. Its trials go once it is written, so that nothing loses them.

    `at_work` gives the stage and holds the folder meanwhile.
    """
    known = saved(folder, name, identity)
    if known is not None:
        return known, True
    with at_work() as stage:
        content, tables = make(stage)
        found = save(folder, name, identity, content, tables)
        remove_trials(folder, name)
    return found, False
