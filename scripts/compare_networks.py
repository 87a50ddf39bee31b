#!/usr/bin/env python3
"""Are the generated peer networks like real ones, and does it matter? Writes the tables of docs/networks.md.

    scripts/compare_networks.py [--data FOLDER] [--runs N] [--only graphs|answers]

Real graphs are read in place from FOLDER (or SIMULATOR_DATA; default ../shared/data); one that is not there is named
and left out. Every figure of a graph is computed by NetworkX and SciPy.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from graph_statistics import Statistics, hetrec, lastfm_asia, statistics, table, twitch, undirected

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "networks.md"
LANGUAGES = ("DE", "ES", "FR", "RU", "ZHTW")
TWITCH = "musae_twitch/DE_edges.csv.gz"
SEED, TOPICS = 20261122, 9
COLUMNS = (
    "graph", "people", "ties", "mean degree", "clustering", "transitivity", "degree assortativity", "homophily", "tail",
    "bias",
)  # fmt: skip
FIGURES = ("engagements", "engagements_word_of_mouth", "incremental_orders", "profit")

Sources = dict[str, tuple[str, Callable[[], nx.Graph], str]]


def real_graphs(data: Path) -> Iterator[Statistics]:
    """Statistics of every real graph that is there; the others are named on stderr."""
    sources: Sources = {
        f"Twitch {each}": ("musae_twitch", lambda each=each: twitch(data / "musae_twitch", each), "mature")  # type: ignore[misc]
        for each in LANGUAGES
    }
    sources |= {
        "LastFM Asia": ("lastfm_asia", lambda: lastfm_asia(data / "lastfm_asia"), "country"),
        "LastFM HetRec": ("hetrec2011_lastfm", lambda: hetrec(data / "hetrec2011_lastfm"), "favorite"),
        "Facebook, 10 ego nets": ("ego_facebook", lambda: spaced(data / "ego_facebook/facebook_combined.txt.gz"), ""),
        "US Congress": ("congress_twitter", lambda: spaced(data / "congress_twitter/congress.edgelist.gz"), ""),
        "Physicists (NetHEPT)": ("nethept", lambda: spaced(data / "nethept/nethept_hep.txt.gz", skiprows=1), ""),
        "Advogato, trust": ("advogato_trust", lambda: spaced(data / "advogato_trust/out.advogato.gz", skiprows=1), ""),
        "Bitcoin Alpha, trust": ("bitcoin_trust", lambda: bitcoin(data / "bitcoin_trust"), ""),
    }
    for name, (folder, read, attribute) in sources.items():
        if (data / folder).is_dir():
            yield statistics(name, read(), attribute)
        else:
            print(f"{name} is left out: {data / folder} is not there; name the folder with --data", file=sys.stderr)


def spaced(path: Path, **how: int) -> nx.Graph:
    """The graph of a list whose columns are separated by spaces."""
    return table(path, sep=r"\s+", header=None, **how)


def bitcoin(folder: Path) -> nx.Graph:
    """Who rated whom."""
    return table(folder / "soc-sign-bitcoinalpha.csv.gz", header=None)


def generated_graphs() -> Iterator[Statistics]:
    """Statistics of what the generators make, by default and at the size and mean degree of Twitch DE."""
    for kind in ("heavy_tailed", "communities"):
        for size, changes in ((9_500, {}), (9_500, {"mean_peers": 17.0}), (100_000, {})):
            note = ", ".join(f"{key} {value:g}" for key, value in changes.items()) or "default"
            yield statistics(f"{kind}, {note}", generated(kind, size, changes), "topic")


def generated(kind: str, size: int, changes: dict[str, float]) -> nx.Graph:
    """One network of a generator among people of nine equal interests."""
    from simulator.scenario.loader import load_scenario
    from simulator.world.networks import generator
    from simulator.world.people import build_people

    setting = f"population.network.kind={kind}"
    network = load_scenario(ROOT / "scenarios/one_macro_vs_ten_micros.yaml", [setting]).population.network
    numbers = {name: number.value for name, number in network.numbers.items()} | changes
    people = build_people(
        SEED, 0, size, topic_shares=(1 / TOPICS,) * TOPICS, brand_topic=0, topic_affinity_share=0.5,
        influence_correlation=-0.3,
    )  # fmt: skip
    net = generator(kind)(SEED, 0, people.topic, people.rank, TOPICS, numbers)
    source = np.repeat(np.arange(size), np.diff(net.offsets))
    graph = undirected(source.tolist(), net.peers.tolist(), range(size))
    nx.set_node_attributes(graph, dict(enumerate(people.topic.tolist())), "topic")
    return graph


def graph_table(rows: list[Statistics]) -> str:
    """The rows as Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---|--:|--:|--:|--:|--:|--:|---|--:|--:|"]
    for row in rows:
        alike = f"{row.homophily[1]:.2f} ({row.homophily[0]})" if row.homophily else "–"
        lines.append(
            f"| {row.name} | {row.nodes:,} | {row.edges:,} | {row.mean_degree:.1f} | {row.clustering:.3f} | "
            f"{row.transitivity:.3f} | {row.degree_assortativity:.2f} | {alike} | {row.tail:.1f} "
            f"| {row.reach_bias:.1f} |"
        )
    return "\n".join(lines).replace("| -", "| −")


def played(scenario: str, settings: list[str], runs: int) -> pd.DataFrame:
    """Runs of every arm, by run."""
    from simulator.experiment.runner import play_all
    from simulator.results.tables import runs_table
    from simulator.scenario.loader import load_campaign

    loaded, plan = load_campaign(ROOT / "scenarios" / scenario, settings)
    budgets = {arm.name: arm.budget for arm in plan.arms}
    table = runs_table(play_all(loaded, plan, runs=runs), budgets).to_pandas()
    return table.set_index(["arm", "run"]).sort_index()


def figure(values: pd.Series, worlds: pd.Series) -> str:
    """A mean with its standard error, worlds respected."""
    from simulator.results.statistics import mean

    found = mean(values.to_numpy(float), worlds.to_numpy())
    error = found.error or 0.0
    digits = 0 if error >= 10 else 1 if error >= 1 else 2 if error >= 0.1 else 3
    return f"{found.value:,.{digits}f} ± {error:,.{digits}f}".replace("-", "−")


def answer_rows(title: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """Figures of each network, and how far each lies from the first on the same runs."""
    first = next(iter(tables.values()))
    one, other = [arm for arm in first.index.get_level_values("arm").unique() if arm != "no campaign"]
    less = [f"{name} less {next(iter(tables))}" for name in list(tables)[1:]]
    lines = [f"| {' | '.join([title, *tables, *less])} |"]
    lines.append("|---|" + "--:|" * (2 * len(tables) - 1))
    for name, pick in _picks(one, other):
        values = [pick(rows) for rows in tables.values()]
        worlds = first.loc[one]["world"]
        cells = [figure(value, worlds) for value in values]
        cells += [figure(value - values[0], worlds) for value in values[1:]]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _picks(one: str, other: str) -> Iterator[tuple[str, Callable[[pd.DataFrame], pd.Series]]]:
    for column in FIGURES:
        words = column.replace("_", " ")
        for arm in (one, other):
            yield f"{words}, {arm}", partial(_of_arm, arm, column)
        yield f"{words}, {one} less {other}", partial(_difference, one, other, column)


def _of_arm(arm: str, column: str, rows: pd.DataFrame) -> pd.Series:
    return rows.loc[arm][column]


def _difference(one: str, other: str, column: str, rows: pd.DataFrame) -> pd.Series:
    return rows.loc[one][column] - rows.loc[other][column]


def answers(data: Path, runs: int) -> str:
    """Both questions on every network, as Markdown."""
    macro = "one_macro_vs_ten_micros.yaml"
    kinds = ("heavy_tailed", "communities")
    text = answer_rows(
        f"2.4 million people, {runs} runs",
        {kind: played(macro, [f"population.network.kind={kind}"], runs) for kind in kinds},
    )
    if not (data / TWITCH).is_file():
        print(f"the real graph is left out: {data / TWITCH} is not there; name the folder with --data", file=sys.stderr)
        return "\n".join(text)
    size, mean = _size_and_mean(data / TWITCH)
    same = [f"population.size={size}", f"population.network.mean_peers={mean}"]
    more = ["worlds=20"]
    tables = {"Twitch DE": played("real_graph.yaml", [f"population.network.file={data / TWITCH}", *more], 2 * runs)}
    tables |= {
        kind: played("real_graph.yaml", [f"population.network.kind={kind}", *same, *more], 2 * runs) for kind in kinds
    }
    return "\n".join([*text, "", *answer_rows(f"{size:,} people, {2 * runs} runs", tables)])


def _size_and_mean(path: Path) -> tuple[int, float]:
    graph = table(path)
    return graph.number_of_nodes(), 2 * graph.number_of_edges() / graph.number_of_nodes()


def put(text: str, place: str) -> None:
    """Write a table between its markers."""
    pattern = re.compile(rf"(<!-- {place}: begin .*?-->\n)(.*?)(<!-- {place}: end -->)", re.DOTALL)
    page, places = pattern.subn(lambda found: found[1] + text + "\n" + found[3], PAGE.read_text())
    assert places == 1, f"{PAGE} needs one pair of markers for {place}"
    PAGE.write_text(page)


def main() -> None:
    """Write the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = Path(os.environ.get("SIMULATOR_DATA", ROOT.parent / "shared" / "data"))
    options.add_argument("--data", type=Path, default=folder, help="folder of real graphs (default: %(default)s)")
    options.add_argument("--runs", type=int, default=300)
    options.add_argument("--only", choices=("graphs", "answers"))
    given = options.parse_args()
    if given.only != "answers":
        put(graph_table([*real_graphs(given.data), *generated_graphs()]), "graphs")
    if given.only != "graphs":
        put(answers(given.data, given.runs), "answers")


if __name__ == "__main__":
    main()
