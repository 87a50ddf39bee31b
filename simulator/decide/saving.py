"""Where analyses are kept: beside the results of their scenario, made once for one and the same request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from simulator.errors import ResultsError
from simulator.experiment.versions import Version
from simulator.results.files import explained, read_json, write_json, write_table
from simulator.results.store import ANALYSES, read_manifest
from simulator.scenario.identity import DIGITS, model_version, scenario_hash

Analysis = dict[str, Any]


def analyses_folder(results: Path, version: Version) -> Path:
    """The folder of a scenario's analyses within that of its results. Raises ResultsError if it is another's."""
    manifest = read_manifest(results)
    identity = scenario_hash(version.scenario, model_version())
    if manifest is not None and manifest["hash"] != identity:
        raise ResultsError(
            f"{results}: holds results of another scenario ({manifest['hash']}, this one is {identity}); "
            "choose another folder with --out"
        )
    return results / ANALYSES


def request_hash(version: Version, kind: str, asked: Mapping[str, Any]) -> str:
    """What an analysis is an answer to: the scenario, the model, and everything that was asked."""
    content = [scenario_hash(version.scenario, model_version()), version.plan.population, kind, dict(asked)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def saved(folder: Path, name: str, identity: str) -> Analysis | None:
    """The analysis that answers this very request; none if there is another one, or nothing."""
    path = folder / f"{name}.json"
    with explained(folder):
        found: Analysis | None = read_json(path) if path.exists() else None
    return found if found is not None and found.get("request") == identity else None


def save(folder: Path, name: str, identity: str, content: Analysis, tables: Mapping[str, pa.Table]) -> Analysis:
    """Write the tables, `NAME.TABLE.parquet`, and then the analysis, `NAME.json`."""
    whole = {**content, "request": identity, "tables": [f"{name}.{table}.parquet" for table in tables]}
    with explained(folder):
        for table, rows in tables.items():
            write_table(folder / f"{name}.{table}.parquet", [rows], rows.schema)
        write_json(folder / f"{name}.json", whole)
    return whole


def made_once(
    folder: Path, name: str, identity: str, make: Callable[[], tuple[Analysis, Mapping[str, pa.Table]]]
) -> tuple[Analysis, bool]:
    """The analysis, and whether it was there already."""
    known = saved(folder, name, identity)
    if known is not None:
        return known, True
    content, tables = make()
    return save(folder, name, identity, content, tables), False
