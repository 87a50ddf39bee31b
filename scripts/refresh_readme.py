#!/usr/bin/env python3
"""Put the real answer to `scenarios/quick.yaml` into README.md, between its two markers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = ("run", "scenarios/quick.yaml")
PLACE = re.compile(r"(<!-- answer: begin .*?-->\n).*?(<!-- answer: end -->)", re.DOTALL)


def answer() -> str:
    """What the command prints, played in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scenarios").symlink_to(ROOT / "scenarios")
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
        printed = subprocess.run(
            [sys.executable, "-m", "simulator", *COMMAND],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return "\n".join(line.rstrip() for line in printed.stdout.strip().splitlines())


def main() -> None:
    """Rewrite the place between the markers."""
    readme = ROOT / "README.md"
    text, places = PLACE.subn(lambda place: f"{place[1]}```text\n{answer()}\n```\n{place[2]}", readme.read_text())
    assert places == 1, (
        "README.md needs exactly one pair of markers: <!-- answer: begin ... --> and <!-- answer: end -->"
    )
    readme.write_text(text)


if __name__ == "__main__":
    main()
