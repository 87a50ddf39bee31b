"""Bytes chosen by coverage: atheris changes scenario files, and keeps what reaches code that nothing reached before."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from fuzzing.ground import prepare, seeds
from fuzzing.trees import Parts, Tree, text_of

INSTALL: Final = "atheris is not installed, so nothing was fuzzed. Install it with: pip install atheris"
COVERED: Final = ["ruamel", "simulator"]
COMPILED: Final = ("simulator.quantity", "simulator.rules.size", "simulator.rules.payment", "simulator.dice")
COMPILED_HERE: Final = [
    "simulator.scenario.draws"
]  # and what is imported with these: no compiler reads what is covered
LONGEST: Final = 4000  # bytes of a case


def fuzz(folder: Path, *, cases: int, seed: int, seconds: float) -> int:
    """Fuzz until so many cases are read; the process ends here, with exit code 77 and the case's path at a fault."""
    try:
        import atheris
    except ImportError:
        print(INSTALL, file=sys.stderr)
        return 2
    for name in COMPILED:
        import_module(name)
    with atheris.instrument_imports(include=COVERED, exclude=COMPILED_HERE):
        from fuzzing.mutations import Case
        from fuzzing.watch import Watch, reading
    prepare(folder)
    for name in ("corpus", "faults"):
        (folder / name).mkdir()
    watch = Watch()
    for number, tree in enumerate(seeds()):
        (folder / "corpus" / str(number)).write_text(text_of(tree), encoding="utf-8")
        reading(
            Case(text_of(tree).encode()), watch, folder
        )  # what is imported or compiled once is not the cases' doing
    words = sorted({word for tree in seeds() for word in _words(tree)})
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words), encoding="utf-8")

    def read(content: bytes) -> None:
        found = reading(Case(content), watch, folder)
        if found.fault:
            raise AssertionError(f"{found.fault}\n{found.details}")

    options: dict[str, Any] = {
        "runs": cases, "seed": seed, "max_total_time": int(seconds), "max_len": LONGEST, "timeout": 0,
        "dict": folder / "words", "artifact_prefix": f"{folder / 'faults'}/", "print_final_stats": 1,
    }  # fmt: skip
    given = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *given, str(folder / "corpus")], read)
    atheris.Fuzz()
    return 0


def _words(tree: Tree) -> set[str]:
    """Keys and plain words of a scenario."""
    if isinstance(tree, Parts):
        return {word for key, part in tree.items for word in (*_words(part), *_words(key))}
    return {tree} if tree.replace("_", "").isalnum() and len(tree) < 40 else set()
