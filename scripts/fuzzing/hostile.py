"""What people, editors and attackers put where a number or a word should stand: as YAML text, and as bytes."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

NUMBERS: Final = (
    "0", "-0", "-0.0", "-1", "1", "0.5", "1.5", "1e308", "-1e308", "1e309", "1e-320", "5e-324", ".inf", "-.inf",
    ".nan", "9007199254740993", "12345678901234567", "9" * 18, "9" * 19, "-" + "9" * 40, "9" * 5000, "1e999999999",
    "1_000", "1__0", "1_", "1_.5", "0x1F", "0o17", "017", "0b101", "1:30", "190:20:30", "1,000", "1e3", "+.5", "5.",
    "1e", "٣", "\uff11\uff12", "1e12", "1e13", "0.0000001", "100000", "10000000000", "4294967296", "730", "731",
)  # fmt: skip
WORDS: Final = (
    "", "~", "null", "true", "false", "on", "off", "yes", "no", "max", "auto", "market", "equal_share", "same",
    "2026-11-25", "2026-11-25T10:00:00Z", "''", '"\\0"', '"\\ud800"', '"\\u202e"', '"\\x1b[31m"', '"\\U0001F600"',
    "é", "日本語", "🙂", '"a\\nb"', "'a/b'", '"../../up"', '"~"', '"$HOME"', '"%s%n"', "'{0}'", '"<script>"', '"a.b.c"',
    "'0'", "' '", '"\\u2028"', '"\\ufeff"', "no campaign", "own account", "own account#1", "x" * 300, "y" * 30_000,
    "é" * 5000, "../base.yaml", "/etc/passwd", "/dev/zero", "pipe", "folder", "loop", "nobody.csv",
    "x" * 5000 + ".csv", "bomb.csv.gz", "laughs.graphml", "outside.graphml", "roster.csv", "ties.csv", "prices.csv",
    "fuzzed.csv", "fuzzed.graphml", "presets/mechanistic", "base.yaml",
)  # fmt: skip
SHAPES: Final = (
    "[]", "{}", "[[]]", "[null]", "[[1, [2]], {a: b}]", "{a: {b: {c: 1}}}", "{'': 1}", "[1, 2]", "[3, 2, 1]",
    "{on: on}", "{value: 1}", "{value: 1, unit: share}", "{value: x}", "{rows: {}}",
    "{rows: {1000: 0.1, 10000: 0.2}}", "{rows: 1}", "{rows: {1e400: 1}}", "{pert: [0, 0.5, 1]}", "{pert: [1, 1, 1]}",
    "{pert: [0, 1e308, 1e308]}", "{uniform: [0, 1]}", "{uniform: [-1e308, 1e308]}", "{normal: {mean: 0.5, sd: 0}}",
    "{normal: {p05: 1, p95: 2}}", "{beta: [1e-300, 1e300]}", "{lognormal: {median: 1, sd: 1e3}}",
    "{lognormal: [1e-320, 1]}", "{triangular: [0, 0, 0]}", "{pert: []}",
    "{empirical: {file: prices.csv, column: price}}", "{empirical: {file: prices.csv, column: word}}",
    "{empirical: {file: pipe, column: a}}", "{empirical: {file: /dev/zero, column: a}}", "{empirical: [1, 2]}",
    "{empirical: {file: bomb.csv.gz, column: 1}}", "{empirical: {file: fuzzed.csv, column: price}}", "{kind: file}",
    "{file: ties.csv}", "{file: friends.graphml}", "{file: laughs.graphml}", "{file: outside.graphml}",
    "{file: pipe}", "{file: bomb.csv.gz}", "{file: fuzzed.graphml}", "{file: fuzzed.csv}",
    "{file: ties.csv, directed: true}", "!!python/object/apply:os.system ['touch owned']", "!!binary aGk=",
    "!!set {a}", "!x y", "!!int '3'", "!!str 3", "*nobody", "&a 1", "&a [*a]", "<<", "|\n  text", ">-\n  text", "? x",
    "'open", "\"open", "[", "{", "- 1", "a: b: c", "@x", "`x", "%x", "#", "[" * 60, "{a: " * 45 + "1" + "}" * 45,
    "[" * 45 + "]" * 45,
)  # fmt: skip
KEYS: Final = (
    "''", "null", "true", "1", "1.5", "a.b", "'0'", '"\\0"', '"\\ud800"', "<<", "on", "name", "kind", "file",
    "version", "extends", "unit", "value", "rows", "range", "source", "key", "é", "x" * 300, "k" * 2000,
    "no campaign", "../up", "'a/b'", "own account", "roster", "varies", "grade", "hire", "posts", "reuse", "9" * 5000,
    '"1\\n2"', "[a]", "{a: 1}",
)  # fmt: skip
PATHS: Final = (
    "behavior.halo", "platform.reach_rate", "arms", "extends", "", "seed", "arms.x.hire.0.count", "mechanisms", "tiers",
    "population.network.file", ".", "..", "population", "budget", "days", "product.margin",
)  # fmt: skip
BYTES: Final = (
    b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\x1b[2J", b"\r", b"\t", b"\x85",
    b"\x0c", b"\xf4\x90\x80\x80", b"\n---\n", b"\n...\n", b": ", b"- ", b"\n", b"  ", b"&a ", b"*a ", b"!!str ", b"#",
    b"'", b'"', b"[", b"{", b"]", b"}", b",", b"|\n", b"%YAML 9.9\n", b"? ", b"\n<<: *a\n", b"\n<<: {budget: 1}\n",
)  # fmt: skip


def bomb(levels: int, width: int) -> str:
    """Aliases of aliases: a few lines that would expand to `width ** levels` values."""
    names = [f"b{level}" for level in range(levels)]
    lines = [f"{names[0]}: &{names[0]} [{', '.join('1' * width)}]"]
    for below, name in pairwise(names):
        lines.append(f"{name}: &{name} [{', '.join([f'*{below}'] * width)}]")
    return "\n".join(lines) + "\n"
