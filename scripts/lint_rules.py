#!/usr/bin/env python3
"""Check that every rule of the package, or of some files, keeps to the language of rules.

scripts/lint_rules.py [FILE...]     prints file:line:column: message for each problem; exit code 1 if there are any
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from simulator.scenario.rule_language import problems, vocabulary

PACKAGE = Path(__file__).parent.parent / "simulator"
# Exact in IEEE 754, or a copy of bits; only the file that wraps them may call them.
ALLOWED_IN = {"arithmetic.py": frozenset({"math.sqrt", "bits_from_float", "float_from_bits"})}


def check(paths: Iterable[Path]) -> list[str]:
    """All problems in some files, as file:line:column: message."""
    known = vocabulary(path.read_text() for path in PACKAGE.rglob("*.py"))
    return [
        f"{path}:{line}:{column}: {message}"
        for path in paths
        for line, column, message in problems(path.read_text(), known, ALLOWED_IN.get(path.name, frozenset()))
    ]


def main() -> int:
    """Check the named files, or the whole package."""
    found = check([Path(name) for name in sys.argv[1:]] or sorted(PACKAGE.rglob("*.py")))
    print("\n".join(found) if found else "all rules speak the language of rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
