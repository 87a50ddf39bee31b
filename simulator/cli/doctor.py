"""The command `doctor`: what this machine offers."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import click

PACKAGES: Final = (
    "click",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "rich",
    "ruamel.yaml",
    "scipy",
    "distributed",
)


@click.command()
def doctor() -> None:
    """Show versions, cores, memory, and the folders of compiled code and of worlds."""
    from simulator.compiled import CACHE_FOLDER

    facts = {
        "simulator": _installed("simulator"),
        "Python": f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        **{package: _installed(package) for package in PACKAGES},
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "compiled code": str(CACHE_FOLDER),
        "worlds": _worlds(),
    }
    width = max(len(name) for name in facts)
    for name, fact in facts.items():
        click.echo(f"{name:<{width}}  {fact}")


def _worlds() -> str:
    """What the shelf of built worlds holds, and how to empty it."""
    from simulator.compiled import writable
    from simulator.world.shelf import GIGABYTE, ROOM, entries, most_bytes, shelf_folder

    folder = shelf_folder()
    if not most_bytes():
        return f"not kept ({ROOM}=0)"
    if not writable(folder):
        return f"not kept: {folder} cannot be written (XDG_CACHE_HOME names another place)"
    kept = entries()
    held, room = (size / GIGABYTE for size in (sum(size for _, size, _ in kept), most_bytes()))
    return (
        f"{folder} holds {len(kept)}, {held:.2f} of {room:g} GB (remove the folder to empty it; {ROOM} sets its size)"
    )


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _memory() -> str:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return "unknown"
    return f"{total / 2**30:.1f} GiB"
