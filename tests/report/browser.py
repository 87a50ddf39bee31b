"""A real browser without any network, for tests of pages; tests that need it are skipped loudly where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright
from report.chromium import CHROMIUM

OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium of the system, for as long as the block lasts."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            yield started
        finally:
            started.close()


@dataclass
class Visit:
    """A page opened from disk, and all that it asked for or complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)  # beside the file itself
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visit(started: Browser, file: Path, *, width: int = 1280, **how: object) -> Iterator[Visit]:
    """Open a file with the network blocked. `how` goes to the browser's context."""
    context = started.new_context(viewport={"width": width, "height": 800}, **how)  # type: ignore[arg-type]
    context.set_default_timeout(5_000)
    context.set_offline(offline=True)
    found = Visit(context.new_page())

    def refuse(route: Route) -> None:
        if route.request.url == file.as_uri():
            route.continue_()
            return
        found.requests.append(route.request.url)
        route.abort()

    context.route("**/*", refuse)
    found.page.on("request", lambda request: _note(request.url, file, found))
    found.page.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    try:
        found.page.goto(file.as_uri())
        yield found
    finally:
        context.close()


def _note(url: str, file: Path, found: Visit) -> None:
    if url.split("#", maxsplit=1)[0] != file.as_uri() and url not in found.requests:
        found.requests.append(url)
