"""What cases are made from, and the folder they are read in: every shipped scenario, tables, traps."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from fuzzing.trees import Tree, tree_of

ROOT: Final = Path(__file__).resolve().parents[2]
SCENARIOS: Final = ROOT / "scenarios"
CATALOG: Final = ROOT / "simulator" / "catalog"
TABLES: Final = {
    "roster.csv": b"id,followers,category,rate\n"
    + b"".join(b"a%d,%d,%s,0.0%d\n" % (k, 1000 * k, b"beauty" if k % 3 else b"food", 1 + k % 4) for k in range(1, 650)),
    "prices.csv": b"price,word\n" + b"".join(b"%d.5,x%d\n" % (k, k) for k in range(20, 60)),
    "ties.csv": b"source,target\n" + b"".join(b"%d,%d\n" % (k, (k * 7 + 1) % 300) for k in range(300)),
    "friends.graphml": b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    b'<key id="d0" for="node" attr.name="topic" attr.type="string"/><graph edgedefault="undirected">'
    + b"".join(b'<node id="n%d"><data key="d0">beauty</data></node>' % k for k in range(150))
    + b"".join(b'<edge source="n%d" target="n%d"/>' % (k, (k * 5 + 2) % 150) for k in range(150))
    + b"</graph></graphml>\n",
}
LAUGHS: Final = (
    '<?xml version="1.0"?><!DOCTYPE graphml [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    + ']><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
    '<node id="&l9;"/></graph></graphml>'
)
OUTSIDE: Final = (
    '<?xml version="1.0"?><!DOCTYPE graphml [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
    '<node id="&out;"/></graph></graphml>'
)


def seeds() -> list[Tree]:
    """Every shipped scenario, the presets, and some that use what those leave out: tables, and all mechanisms."""
    files = [*sorted(SCENARIOS.glob("*.yaml")), *sorted(SCENARIOS.glob("claims/*.yaml"))]
    files += sorted((CATALOG / "presets").glob("*.yaml"))
    plain = {path: _read(path) for path in files}
    quick = plain[SCENARIOS / "quick.yaml"]
    graph, roster = plain[SCENARIOS / "real_graph.yaml"], plain[SCENARIOS / "real_roster.yaml"]
    product = {"price": {"empirical": {"file": "prices.csv", "column": "price"}}, "margin": {"pert": [0.4, 0.5, 0.6]}}
    graph = {**graph, "arms": {"one": {"hire": [{"followers": 120, "posts": 2, "pay": {"kind": "product_only"}}]}}}
    small = {"rates": {"followers": 90, "engagement_rate": 0.02, "reach_rate": 0.3, "posts": [{"day": 0}, {"day": 7}]}}
    more = [
        {**roster, "roster": {**roster["roster"], "file": "roster.csv"}},
        {**graph, "population": {**graph["population"], "network": {"file": "ties.csv"}}},
        {**graph, "population": {**graph["population"], "network": {"file": "friends.graphml"}}, "budget": 50},
        {**quick, "product": product},
        {**quick, "arms": {**quick["arms"], "small": {"hire": [{**small["rates"], "pay": {"kind": "product_only"}}]}}},
        {**quick, "mechanisms": {path.stem: "on" for path in sorted((CATALOG / "mechanisms").glob("*.yaml"))}},
    ]
    return [tree_of(value) for value in (*plain.values(), *more)]


def _read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def prepare(folder: Path) -> None:
    """Put into a folder what cases name: what they extend, tables, and files that must not be read or expanded."""
    for path in sorted(SCENARIOS.glob("claims/*.yaml")):
        shutil.copy(path, folder / path.name)
    for name, content in {**TABLES, "laughs.graphml": LAUGHS.encode(), "outside.graphml": OUTSIDE.encode()}.items():
        (folder / name).write_bytes(content)
    with gzip.open(folder / "bomb.csv.gz", "wb") as bomb:
        for _ in range(150):
            bomb.write(b"1,2\n" * 250_000)
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
