"""Where there is no browser, the suite says so where nobody overlooks it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from report.chromium import MISSING


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_a_missing_browser_is_said_in_the_last_lines(root: Path, tmp_path: Path, workers: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *workers]
    ended = subprocess.run(
        [*command, "tests/report/test_page_in_browser.py"],
        cwd=root,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert MISSING in "\n".join(ended.stdout.splitlines()[-3:]), ended.stdout + ended.stderr
