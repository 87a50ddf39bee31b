"""Short forms of the scenario file written out: `tiers: later`, `posts: 3`, equal topics, shared rosters, hire keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from simulator.catalog import entries, entry_file
from simulator.errors import BadQuantity
from simulator.scenario.document import Node, Scalar, shipped
from simulator.scenario.merge import merge
from simulator.scenario.numbers import Facts, read_quantity
from simulator.scenario.problems import Place, Problems, child, did_you_mean
from simulator.scenario.switches import settled

MOST_POSTS: Final = 1000
MOST_TIERS: Final = 100
DEFAULT_DAYS: Final = 30


def write_out(tree: Node, problems: Problems) -> Node:
    """The tree in full words, ready to be bound to the schema."""
    tree = settled(tree)
    tree = _changed(tree, "tiers", lambda node: _tiers(node, problems))
    tree = _changed(tree, "population", lambda node: _population(node, problems))
    days = tree.mapping["days"].value if "days" in tree.mapping else DEFAULT_DAYS
    days = days if isinstance(days, int) and days > 0 else DEFAULT_DAYS

    def arm(node: Node, path: str) -> Node:
        if not isinstance(node.mapping.get("hire", node).value, tuple):
            return node
        return _changed(node, "hire", lambda hires: _each(hires, child(path, "hire"), hire))

    def hire(node: Node, path: str) -> Node:
        node = _changed(node, "posts", lambda posts: _posts(posts, days, child(path, "posts"), problems))
        node = _changed(node, "reuse", lambda posts: _posts(posts, days, child(path, "reuse"), problems))
        node = _changed(node, "roster", lambda roster: _roster(roster, tree.mapping.get("roster")))
        return _keyed(node, tree.mapping.get("tiers"), path, problems)

    tree = _changed(tree, "arms", lambda arms: _each(arms, "arms", arm))
    return Node({key: part for key, part in tree.mapping.items() if key != "roster"}, tree.place)


def compact(followers: float) -> str:
    """A follower count as people say it: 500k, 1.2M, 5250."""
    count = int(followers + 0.5)
    if count >= 1_000_000 and count % 100_000 == 0:
        return f"{count / 1_000_000:g}M"
    if count >= 1000 and count % 1000 == 0:
        return f"{count // 1000}k"
    return str(count)


def _changed(node: Node, key: str, change: Callable[[Node], Node]) -> Node:
    """The mapping with one part changed, if it is there."""
    part = node.mapping.get(key)
    if part is None or part.value is None:
        return node
    return replace(node, value={**node.mapping, key: change(part)})


def _each(node: Node, path: str, change: Callable[[Node, str], Node]) -> Node:
    """A mapping's or sequence's parts changed one by one; parts that are null are dropped."""
    if isinstance(node.value, Mapping):
        parts = {key: change(part, child(path, key)) for key, part in node.mapping.items() if part.value is not None}
        return replace(node, value=parts)
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(change(item, child(path, index)) for index, item in enumerate(node.items)))
    return node


def _tiers(node: Node, problems: Problems) -> Node:
    """A scheme of the catalog by name, or the scenario's own ranges."""
    if isinstance(node.value, Mapping):
        if not _ranges(node, problems):
            return _tiers(node.replaced, problems) if node.replaced else node
        words = {"name": "own", "title": "Tiers of this scenario", "source": "stated by the scenario"}
        return Node({**{key: Node(word, node.place) for key, word in words.items()}, "tiers": node}, node.place)
    if node.value not in entries("tiers"):
        known = did_you_mean(node.value, entries("tiers"))
        problems.add(node.place, "tiers", f"{node.value!r} is unknown", known)
        return _tiers(node.replaced, problems) if node.replaced else node
    return shipped(entry_file("tiers", str(node.value)))


def _ranges(node: Node, problems: Problems) -> bool:
    """Whether all tiers of the scenario's own scheme are ranges of followers, each beside the others."""
    before = len(problems.found)
    if len(node.mapping) > MOST_TIERS:
        message = f"has {len(node.mapping):,} tiers; the most is {MOST_TIERS}"
        problems.add(node.place, "tiers", message, "give larger ranges")
        return False
    found: list[tuple[int, float, str]] = []
    for label, part in node.mapping.items():
        bounds = [item.value for item in part.items]
        counts = [bound for bound in bounds if isinstance(bound, int) and not isinstance(bound, bool) and bound >= 0]
        complete = len(bounds) == 2 and (len(counts) == 2 or (len(counts) == 1 and bounds[1] is None))
        if not complete or counts != sorted(set(counts)):
            message = "is not a range of followers, from a smaller to a larger count"
            problems.add(part.place, child("tiers", label), message, f"write {label}: [10000, 100000]")
            continue
        found.append((counts[0], counts[1] if len(counts) == 2 else math.inf, label))
    for (_, high, below), (low, _, label) in pairwise(sorted(found)):
        if low < high:
            message = f"starts at {low:,}, within {below!r}"
            problems.add(node.mapping[label].place, child("tiers", label), message, f"end {below} at {low} or below")
    return len(problems.found) == before


def _population(node: Node, problems: Problems) -> Node:
    node = _changed(node, "network", lambda network: _changed(network, "file", _beside))
    return _changed(node, "topics", lambda topics: _topics(topics, problems))


def _topics(node: Node, problems: Problems) -> Node:
    """Shares of main interest: equal for a list; stated shares must sum to 1."""
    path = "population.topics"
    if isinstance(node.value, tuple) and node.items:
        names = sorted({str(item.value) for item in node.items})
        return Node({name: Node(1.0 / len(names), node.place) for name in names}, node.place)
    shares = {name: part.value for name, part in node.mapping.items()}
    fallback = _topics(node.replaced, problems) if node.replaced else node
    for name, share in shares.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0.0 < share <= 1.0:
            message = f"{share!r} is not a share of the people"
            problems.add(node.mapping[name].place, child(path, name), message, "give a number above 0, at most 1")
            return fallback
    total = math.fsum(share for share in shares.values() if isinstance(share, int | float))
    if abs(total - 1.0) > 1e-9:
        problems.add(node.place, path, f"shares sum to {total:g}, not 1", "add a topic 'other' with the rest")
        return fallback
    return replace(node, value=dict(sorted(node.mapping.items())))  # the order of a file changes nothing


def _posts(node: Node, days: int, path: str, problems: Problems) -> Node:
    """Days of publication: a number spreads evenly over the posting window; a list states each day."""
    if isinstance(node.value, int) and not isinstance(node.value, bool) and 1 <= node.value <= MOST_POSTS:
        return _listed([index * days // node.value for index in range(node.value)], node.place)
    if not node.items:
        message = f"{node.plain()!r} is not a number of posts from 1 to {MOST_POSTS} or a list of days"
        problems.add(node.place, path, message, "write posts: 3, or posts: [{day: 0}, {day: 7}]")
        return _listed([0], node.place)
    found: list[int] = []
    for index, item in enumerate(node.items):
        day = item.mapping["day"].value if set(item.mapping) == {"day"} else item.value
        if isinstance(day, int) and not isinstance(day, bool) and 0 <= day < days:
            found.append(day)
            continue
        shown = repr(day) if isinstance(day, Scalar) else "a mapping"
        message = f"is {shown[:40]}, not a day of the posting window of {days} days"
        problems.add(item.place, child(path, index), message, f"give {{day: n}} with n from 0 to {days - 1}")
    return _listed(sorted(found) or [0], node.place)


def _listed(days: list[int], place: Place) -> Node:
    return Node(tuple(Node(day, place) for day in days), place)


def _roster(node: Node, shared: Node | None) -> Node:
    """A hire's roster over the scenario's shared one; its file is found beside the file that names it."""
    if not isinstance(node.value, Mapping):
        node = Node({"file": node} if isinstance(node.value, str) else {}, node.place)
    node = merge(shared, node, "roster", Problems()) if shared is not None and shared.mapping else node
    node = _changed(node, "topic", lambda topic: topic if topic.items else Node((topic,), topic.place))
    file = node.mapping.get("file", Node("", node.place))
    named = _beside(Node(str(file.value or ""), file.place))
    parts = {"columns": Node({}, node.place), **node.mapping, "file": named}
    return Node(parts, node.place)


def _beside(file: Node) -> Node:
    """A file's name as seen from here: written in a scenario, it is found beside that; elsewhere, in this folder."""
    if not isinstance(file.value, str) or not file.value or not file.place.line:
        return file
    return replace(file, value=str(Path(file.place.file).parent / file.value))


def _keyed(node: Node, tiers: Node | None, path: str, problems: Problems) -> Node:
    """A hire with its key: stated, or from followers, tier or roster."""
    if not isinstance(node.value, Mapping) or "key" in node.mapping:
        return node
    key = _key(node, tiers)
    if key is None:
        problems.add(node.place, path, "names nobody", "add followers, tier or roster")
    return replace(node, value={**node.mapping, "key": Node(key or "nobody", node.place)})


def _key(node: Node, tiers: Node | None) -> str | None:
    if "roster" in node.mapping:
        return "roster"
    if "followers" in node.mapping:
        try:
            followers = read_quantity(node.mapping["followers"], "", Facts("count", varies="influencer"))
        except BadQuantity:
            return "unknown"
        if not followers.uncertain:
            return compact(followers.value)
        if "tier" not in node.mapping:
            return f"{compact(followers.at(0.05))}-{compact(followers.at(0.95))}"
    if "tier" not in node.mapping:
        return None
    ranges = tiers.mapping["tiers"].mapping if tiers and "tiers" in tiers.mapping else {}
    bounds = ranges.get(str(node.mapping["tier"].value))
    if bounds is None or len(bounds.items) != 2:
        return str(node.mapping["tier"].value)
    low, high = (item.value for item in bounds.items)
    return compact(float(str(low))) + ("+" if high is None else f"-{compact(float(str(high)))}")
