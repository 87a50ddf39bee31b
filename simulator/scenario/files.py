"""Files that a scenario names: inputs of whoever runs it, found beside the file that names them, or by their full path.

`~` and variables mean nothing, and links are followed. Only regular files are opened, so that reading never waits; one
without size is empty and stays closed, since what the system makes up as it is read has none. Nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

NOT_FOUND = "not found"
EMPTY = "is empty"


def fault_of(path: Path) -> str:
    """Why a path leads to no file that can be read; empty if it leads to one."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # no name holds a zero byte or half a character
        return NOT_FOUND
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not S_ISREG(status.st_mode):
        return "cannot be read: is not a regular file"
    return "" if status.st_size else EMPTY


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder."""
    try:
        return S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def files_in(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files of a folder whose names end so, sorted; none of a folder that cannot be read."""
    try:
        return sorted(inner for inner in folder.iterdir() if inner.name.endswith(endings) and inner.is_file())
    except (OSError, ValueError):
        return []
