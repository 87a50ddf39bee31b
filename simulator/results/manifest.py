"""What stands beside the tables: the resolved scenario with its sources, what was asked, on which machine, and when."""

from __future__ import annotations

import platform
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from simulator import __version__
from simulator.scenario.explain import explanations
from simulator.scenario.identity import canonical, model_version
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
    settings: tuple[str, ...] = ()  # path=value, laid over the file
    out: str | None = None  # the folder, where it was named

    def explain(self) -> str:
        """The command that explains the same scenario."""
        return self._command("explain")

    def again(self, *options: str) -> str:
        """The command that runs the same scenario with other options."""
        return self._command("run", *(("--out", self.out) if self.out else ()), *options)

    def _command(self, name: str, *options: str) -> str:
        stated = [word for setting in self.settings for word in ("--set", setting)]
        return shlex.join(["simulator", name, self.file, *stated, *options])


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
        "settings": list(request.settings),
        "seed": scenario.seed,
        "worlds": scenario.worlds,
        "population": {
            "people": plan.population,
            "agents": plan.agents,
            "people_per_agent": plan.people_per_agent,
            "rule": plan.population_rule,
        },
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
        "versions": {"model": model_version(), **versions()},
        "replaced": {row.path: row.default for row in explanations(scenario) if row.default},
        "scenario": {"name": scenario.name, **canonical(scenario)},
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
