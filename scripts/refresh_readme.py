#!/usr/bin/env python3
"""Put the real answer to `scenarios/quick.yaml` into README.md, between its two markers."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PLACE = re.compile(r"(<!-- answer: begin .*?-->\n)(.*?)(<!-- answer: end -->)", re.DOTALL)


def answer(simulator: Sequence[str | Path] = (ROOT / "scripts" / "simulate",)) -> str:
    """What the command prints, played in an empty folder, as a block of text."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scenarios").symlink_to(ROOT / "scenarios")
        printed = subprocess.run(
            [*simulator, "run", "scenarios/quick.yaml"],
            cwd=folder,
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    lines = "\n".join(line.rstrip() for line in printed.stdout.strip().splitlines())
    return f"```text\n{lines}\n```\n"


def main() -> None:
    """Rewrite the place between the markers."""
    text, places = PLACE.subn(lambda place: place[1] + answer() + place[3], README.read_text())
    assert places == 1, "README.md needs one pair of markers: <!-- answer: begin ... --> and <!-- answer: end -->"
    README.write_text(text)


if __name__ == "__main__":
    main()
