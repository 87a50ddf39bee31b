"""What ships with the simulator, found by its folder: one file is one entry, and a new file needs no other change."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
KINDS: Final = ("tiers", "platforms", "behaviors", "networks", "mechanisms", "presets")


def entries(kind: str) -> tuple[str, ...]:
    """Names of one kind's entries, sorted."""
    return tuple(sorted(path.stem for path in (FOLDER / kind).glob("*.yaml")))


def in_catalog(file: str) -> bool:
    """Whether a file is part of the catalog."""
    return FOLDER in Path(file).parents


def entry_file(kind: str, name: str) -> Path:
    """The file that defines an entry."""
    return FOLDER / kind / f"{name}.yaml"
