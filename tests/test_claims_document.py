"""docs/claims.md tells of rows that exist; whatever it says of them was written by its script."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import write_claims
from test_judge import Stage, claim, judged

from simulator.decide.claims.rows import all_rows


def test_the_document_tells_of_known_rows_in_their_own_words(root: Path) -> None:
    text = (root / "docs" / "claims.md").read_text()
    told = re.findall(r"^### ([QM]\d+)\n\n(.*?) \((?:a\d(?:, )?)+; (\w+)\)$", text, re.MULTILINE)
    assert told
    known = {row.id: (row.says, row.kind) for row in all_rows()}
    assert {} == {name: (says, kind) for name, says, kind in told if known.get(name) != (says, kind)}


def test_what_fails_and_what_moves_nothing_is_named() -> None:
    fails = judged(Stage(-6.0), replace(claim(), id="M1", facts=("1 is not 2.",)))
    holds = judged(Stage(6.0), replace(claim(), id="M2"))
    idle = judged(Stage(0.0, spread=0.0, luck=9.0), replace(claim("assumed"), id="M3"))
    lines = "\n".join(write_claims.document([fails, holds, idle]))
    surprising = lines.partition("## What does not come out as claimed")[2].partition("## Figures")[0]
    assert ["M1", "M3"] == re.findall(r"\*\*(M\d)\*\*", surprising)
    assert "- 1 is not 2. (M1)" in lines
    assert 3 == len(re.findall(r"^### M\d$", lines, re.MULTILINE))
