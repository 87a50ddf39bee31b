#!/usr/bin/env python3
"""Draw the report in the README anew: docs/images/report-desktop.png and report-phone.png, by Chromium.

    scripts/picture_report.py RUN    the results folder whose report.html is shown

Needs Playwright (among the tests' packages) and Debian's Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENS = {"desktop": (1100, 1500), "phone": (390, 1500)}  # width and height in pixels: the answer and the table


def main() -> int:
    """Take both pictures."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    page_file = (Path(sys.argv[1]) / "report.html").resolve()
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, (width, height) in SCREENS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(page_file.as_uri())
            page.screenshot(path=IMAGES / f"report-{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
