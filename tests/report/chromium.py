"""Where the browser is that opens reports in tests, and what is said where there is none."""

from __future__ import annotations

import shutil
from typing import Final

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING: Final = "NO CHROMIUM: reports were not opened in a browser (Debian: apt-get install chromium)"
