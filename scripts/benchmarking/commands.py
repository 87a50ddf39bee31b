"""What a user waits for: the command's help, its start, and the first compilation."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarking.clock import Unmeasured
from benchmarking.effort import Effort

ROOT = Path(__file__).parent.parent.parent
SIMULATOR = (sys.executable, "-m", "simulator")
IMPORT = (sys.executable, "-c", "import simulator.engines.play")
NOTHING = (sys.executable, "-c", "pass")
COMPILE = """
import time
from pathlib import Path
from simulator.engines.play import warm_up
from simulator.scenario.loader import load_campaign
campaign = load_campaign(Path("scenarios/quick.yaml"))
started = time.perf_counter()
warm_up(*campaign)
print(time.perf_counter() - started)
"""


def measure_commands(effort: Effort) -> dict[str, Any]:
    """Seconds of whole commands, medians; `run` writes to a fresh folder and finds compiled code in the cache."""
    if not effort.commands:
        raise Unmeasured("help_s, cached_start_s: commands are left out")
    with tempfile.TemporaryDirectory() as folder:
        outs = iter(range(1000))

        def run() -> float:
            return _seconds(*SIMULATOR, "run", "scenarios/quick.yaml", "--out", f"{folder}/{next(outs)}")

        if effort.cold:
            run()  # whatever was not in the cache yet
        before = _cpu_of_children()
        starts = [run() for _ in range(effort.commands)]
        cpu = _cpu_of_children() - before
    helps = [_seconds(*SIMULATOR, "--help") for _ in range(effort.commands)]
    bare = [_seconds(*NOTHING) for _ in range(effort.commands)]
    imports = [_seconds(*IMPORT) for _ in range(effort.commands)]
    notes = [] if effort.cold else ["cold_compile_s: left out of a quick look"]
    return {
        "help_s": median(helps),
        "cached_start_s": median(starts),
        "notes": notes,
        "details": {
            "cached_start_cpu_s": cpu / effort.commands,
            "python_s": median(bare),
            "import_s": median(imports) - median(bare),
            "cold_compile_s": _cold_compile() if effort.cold else None,
        },
    }


def _cold_compile() -> float:
    """Seconds to compile everything into an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        return float(_call(sys.executable, "-c", COMPILE, XDG_CACHE_HOME=cache))


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _seconds(*command: str) -> float:
    started = time.perf_counter()
    _call(*command)
    return time.perf_counter() - started


def _call(*command: str, **extra: str) -> str:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, **extra}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout
