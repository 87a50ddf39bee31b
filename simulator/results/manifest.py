"""What stands beside the tables: the resolved scenario with its sources, what was asked, on which machine, and when."""

from __future__ import annotations

import platform
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from pydantic import BaseModel

from simulator import __version__
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

LIBRARIES: Final = ("numpy", "numba", "mesa", "networkx", "pyarrow", "pydantic")


@dataclass(frozen=True)
class Request:
    """What one call of `simulator run` asks for, apart from the scenario itself."""

    file: str
    identity: str  # the scenario's hash
    engine: str
    executor: str


def manifest(
    scenario: Scenario, plan: Plan, request: Request, *, daily: bool, finished: int, started: datetime
) -> dict[str, Any]:
    """The manifest after `finished` runs; it says `complete` once all are in."""
    now = datetime.now(UTC)
    return {
        "version": 1,
        "hash": request.identity,
        "state": "complete" if finished >= scenario.runs else "partial",
        "file": request.file,
        "seed": scenario.seed,
        "worlds": scenario.worlds,
        "population": {"people": plan.population, "rule": plan.population_rule},
        "engine": request.engine,
        "executor": request.executor,
        "daily": daily,
        "counts": {
            "runs": scenario.runs,
            "finished": finished,
            "arms": len(plan.arms),
            "influencers": len(plan.creators),
        },
        "times": {
            "started": started.isoformat(timespec="seconds"),
            "written": now.isoformat(timespec="seconds"),
            "seconds": round((now - started).total_seconds(), 3),
        },
        "versions": versions(),
        "scenario": plain(scenario),
    }


def versions() -> dict[str, str]:
    """The simulator, Python, the machine, and the libraries that the results rest on."""
    found = {"simulator": __version__, "python": platform.python_version(), "machine": platform.platform()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def plain(value: Any) -> Any:
    """Anything a scenario holds as JSON; distributions carry their kind."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value):
        kind = {"kind": value.kind} if hasattr(value, "kind") else {}
        return kind | {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
