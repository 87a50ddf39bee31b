#!/usr/bin/env python3
"""How long a report takes: two plans, 2,000 runs, 30 days, the whole command. The goal is five seconds.

scripts/time_report.py [REPEATS]    3 by default; prints seconds, the page's size, and what else was at work
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCENARIO = Path(__file__).parent.parent / "scenarios" / "quick.yaml"
SIMULATOR = [sys.executable, "-m", "simulator"]


def main() -> int:
    """Play once, and make the page a few times."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        days = ["--set", "days=30", "--set", "settle=0", "--daily"]
        run = [*SIMULATOR, "run", str(SCENARIO), "--runs", "2000", "--out", folder, *days]
        subprocess.run(run, check=True, capture_output=True)
        for _ in range(repeats):
            load, before, began = os.getloadavg()[0], os.times(), time.monotonic()
            subprocess.run([*SIMULATOR, "report", folder], check=True, capture_output=True)
            passed, after = time.monotonic() - began, os.times()
            processor = after.children_user + after.children_system - before.children_user - before.children_system
            size = (Path(folder) / "report.html").stat().st_size / 1e6
            print(f"{passed:.1f} s, {processor:.1f} s of processor time; {size:.2f} MB; load before {load:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
