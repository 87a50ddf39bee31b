"""Times as people write them: `90`, `20s`, `10m`, `1.5h`."""

from __future__ import annotations

import re
from typing import Final

import click

SECONDS: Final = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}


class Duration(click.ParamType):  # type: ignore[type-arg]  # generic in the newest click only
    """A time above 0, as seconds."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds of a text such as `10m`."""
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"\s*(\d+\.?\d*|\.\d+)\s*([smh]?)\s*", str(value))
        seconds = float(match[1]) * SECONDS[match[2]] if match else 0.0
        if not 0.0 < seconds < 1e9:
            self.fail(f"{value!r} is no time; write 90s, 10m or 1.5h", param, ctx)
        return seconds
