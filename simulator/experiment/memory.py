"""Whether an experiment fits into this machine's memory, told before anything is created.

The estimate adds up columns: of worlds, of each worker's scratch, of the code itself. It errs by some 15%, measured on
markets of 4,000 to 2.4 million people (docs/reliability.md); what another machine holds is not known here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.errors import BadQuantity, InputProblems, Problem
from simulator.scenario.market import real_followers
from simulator.scenario.offers import Plan
from simulator.scenario.peer_graph import graph_of
from simulator.scenario.schema import Scenario

BASE: Final = 300e6  # bytes of a process before any world: Python, libraries, machine code
BUILDING: Final = 1.25  # of a world's bytes, while it is built
PER_AGENT: Final = 22  # of a world: columns, and where the peers' rows begin
PER_EDGE: Final = 8
PER_TIE: Final = 4
SCRATCH_PER_AGENT: Final = 13
SCRATCH_PER_EDGE: Final = 5
SIEVE_PER_FOLLOWER: Final = 6  # of the largest audience
VIEWS_PER_FOLLOWER: Final = 2  # and post
MESA_PER_AGENT: Final = 1_500
MESA_PER_TIE: Final = 240
TYPICAL_PEERS: Final = 10.0  # where a network does not say how many
SHARE_FOR_WORLDS: Final = 0.5  # of what is free, for worlds that are kept to be played again


@dataclass(frozen=True)
class Need:
    """Bytes that an experiment needs, apart from the worlds kept."""

    world: float
    worker: float  # its scratch

    def of_threads(self, workers: int, worlds: int) -> float:
        """Threads in this process, which share worlds: one each, as far as there are so many."""
        return BASE + workers * self.worker + (min(workers, worlds) - 1 + BUILDING) * self.world

    def of_processes(self, workers: int, worlds: int) -> float:
        """Processes, each with a world of its own, and this one."""
        return BASE + workers * self.of_threads(1, worlds)


def need_of(scenario: Scenario, plan: Plan, engine: str) -> Need:
    """What a world and a worker take, estimated from the plan."""
    agents, ties = plan.agents, plan.agents * _peers(scenario)
    audiences = {creator.name: real_followers(scenario, creator) / plan.people_per_agent for creator in plan.creators}
    edges = sum(audiences.values())
    views = max(
        (sum(len(c.post_days) * audiences[c.creator.name] for c in arm.contracts) for arm in plan.arms), default=0
    )
    world = PER_AGENT * agents + PER_EDGE * edges + PER_TIE * ties
    if engine == "mesa":
        return Need(world, MESA_PER_AGENT * agents + MESA_PER_TIE * ties)
    scratch = SCRATCH_PER_AGENT * agents + SCRATCH_PER_EDGE * edges + VIEWS_PER_FOLLOWER * views
    return Need(world, scratch + SIEVE_PER_FOLLOWER * max(audiences.values(), default=0.0))


def _peers(scenario: Scenario) -> float:
    """Mean peers of an agent."""
    network = scenario.population.network
    if network.from_file:
        with suppress(BadQuantity):
            ties = graph_of(network)
            return ties.peers.size / max(ties.size, 1)
    known = network.numbers.get("mean_peers")
    return known.mean() if known is not None else TYPICAL_PEERS


def worlds_that_fit(need: Need, workers: int, worlds: int, free: float | None) -> int:
    """How many worlds a process may keep, of those that the experiment visits: one per worker at least."""
    if free is None or need.world <= 0.0:
        return max(workers, worlds)
    return max(workers, min(worlds, int(SHARE_FOR_WORLDS * free / need.world)))


def refuse_if_too_large(scenario: Scenario, plan: Plan, engine: str, executor: str, workers: int, free: float) -> None:
    """Raise InputProblems with the remedy if the experiment cannot fit into `free` bytes."""
    need = need_of(scenario, plan, engine)
    in_processes = executor.startswith("processes")
    total = need.of_processes if in_processes else need.of_threads
    wanted = total(workers, scenario.worlds)
    if wanted <= free:
        return
    kind = "processes" if in_processes else "local"
    fitting = next((fewer for fewer in range(workers - 1, 0, -1) if total(fewer, scenario.worlds) <= free), 0)
    thinned = scenario.population.people_per_agent * max(
        2, -int(-(need.world + need.worker) * 1.5 // max(free - BASE, 1e6))
    )
    remedy = (
        f"use --executor {kind}:{fitting}"
        if fitting
        else f"give population.people_per_agent: {thinned} or more, or hire smaller accounts"
    )
    told = (
        f"{plan.agents:,} agents and {workers} workers need about {_gigabytes(wanted)} of memory, "
        f"and {_gigabytes(free)} are free"
    )
    raise InputProblems([Problem("population", told, remedy)])


def free_bytes() -> float | None:
    """Memory that this machine, or the container this runs in, has to give; none if it does not tell."""
    known = [*_of_machine(), *_of_container()]
    return min(known) if known else None


def _of_machine() -> list[float]:
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return [1024.0 * int(line.split()[1])]
    return []


def _of_container() -> list[float]:
    """The limit of this process's control group (version 2), less what is in use and cannot be given back."""
    with suppress(OSError, ValueError, IndexError):
        group = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()[-1].split(":", 2)[2]
        folder = Path("/sys/fs/cgroup") / group.lstrip("/")
        limit, used = (folder / "memory.max").read_text().strip(), int((folder / "memory.current").read_text())
        cached = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines()).get("file", "0")
        if limit != "max":
            return [float(int(limit) - used + int(cached))]
    return []


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:.3g} GB"
