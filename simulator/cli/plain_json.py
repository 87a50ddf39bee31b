"""JSON for stdout and files: what no text of it can do is steer a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def json_text(content: Mapping[str, Any]) -> str:
    """One JSON object. A value that is not a number raises, so none can be printed."""
    from simulator.results.wording import visible

    lines = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False).split("\n")
    return "\n".join(visible(line) for line in lines)  # \u009b means the same to a reader of JSON
