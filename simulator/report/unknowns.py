"""What this model does not know, in one place: the README says the same, word for word."""

from __future__ import annotations

import re
from importlib.resources import files

from markupsafe import Markup, escape


def unknowns() -> tuple[Markup, ...]:
    """Each limit as a line of HTML."""
    text = files("simulator.report").joinpath("unknowns.md").read_text(encoding="utf-8")
    return tuple(_marked_up(" ".join(item.split())) for item in re.split(r"^- ", text, flags=re.MULTILINE)[1:])


def _marked_up(item: str) -> Markup:
    """Backticks and asterisks as code and emphasis; all else is text."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(item)))
    return Markup(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", marked))  # noqa: S704  # escaped above
