"""Which results may be compared run by run, and why others may not.

Run 17 of two folders is one and the same luck if both were played by the same model on the same dice, in the same
markets, with the same numbers drawn. What differs between two scenarios is therefore one of three things:

- the **world**: seed, worlds, replicates, design, the market and its network, the days observed, the currency, the
  model itself. Nothing pairs such runs.
- a **belief**: a number of people, of the platform or of a mechanism, or a rule of one's own. The dice are the same,
  but the plan with the rosier belief would win. Paired only if asked for, and then there is no verdict.
- the **plan**: brand, product, budget, arms, days of posting, another platform. That is what is compared.

What the manifests say is compared; of a number its value or distribution and where it varies, not its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from simulator.errors import InputProblems, Problem
from simulator.scenario.problems import shortened

Kind = Literal["world", "belief", "plan"]
Manifest = Mapping[str, Any]
PLAN: Final = ("brand", "product", "budget", "days", "tiers")
WORLD: Final = ("currency", "worlds", "replicates", "design", "seed", "population")
# Labels, what is compared anyway, or what other lines say: size and settle by the people and the days observed.
UNCOMPARED: Final = ("name", "version", "arms", "targets", "indifference", "settle", "population.size")
WORDS_ALONE: Final = ("title", "source", "date", "grade", "meaning", "low", "high", "unit")
SWITCH: Final = ".on"
MOST_NAMED: Final = 12
LONGEST_VALUE: Final = 60
DRAWN: Final = 2  # parts of a number that is no curve: its distribution, and where it varies
UNKNOWN_MODEL: Final = "not recorded"
CONVERT: Final = (
    "another word alone would relabel the money: convert every amount into one currency and state that in all files"
)
BELIEFS: Final = "state the same in all files, or compare with --across-beliefs (without a verdict)"


@dataclass(frozen=True)
class Difference:
    """Something that some of the results do not share: each one's value as text, in their order."""

    path: str
    kind: Kind
    values: tuple[str, ...]
    remedy: str

    def as_dict(self) -> dict[str, Any]:
        return {"path": self.path, "kind": self.kind, "values": list(self.values)}

    def problem(self, labels: Sequence[str]) -> Problem:
        """The same as a reason not to pair."""
        told = ", ".join(f"{value} in {label}" for value, label in zip(self.values, labels, strict=True))
        return Problem(self.path, told, self.remedy)


def check_paired(labels: Sequence[str], differences: Sequence[Difference], *, across_beliefs: bool = False) -> None:
    """Raise InputProblems, with everything that differs and its remedy, unless all may be compared run by run."""
    refused = ("world",) if across_beliefs else ("world", "belief")
    found = [difference for difference in differences if difference.kind in refused]
    if not found:
        return
    same = "people and luck" if any(each.kind == "world" for each in found) else "beliefs"
    message = f"cannot be compared run by run: they were not played on the same {same}"
    problems = [Problem(" and ".join(labels), message), *(each.problem(labels) for each in found[:MOST_NAMED])]
    if len(found) > MOST_NAMED:
        problems.append(Problem("", f"{len(found) - MOST_NAMED} more numbers differ", "mend these first"))
    raise InputProblems(problems)


def differences(manifests: Sequence[Manifest]) -> list[Difference]:
    """All that the results do not share: worlds first, then beliefs, then plans."""
    found = [*_of_worlds(manifests), *_of_scenarios([manifest["scenario"] for manifest in manifests])]
    return sorted(found, key=lambda difference: ("world", "belief", "plan").index(difference.kind))


def _of_worlds(manifests: Sequence[Manifest]) -> Iterator[Difference]:
    """What follows from several settings at once, or stands beside the scenario."""
    models = [manifest["versions"].get("model", UNKNOWN_MODEL) for manifest in manifests]
    if len(set(models)) > 1 or UNKNOWN_MODEL in models:
        yield Difference("model", "world", tuple(models), "run them again with one version of the simulator")
    people = [manifest["population"]["people"] for manifest in manifests]
    if len(set(people)) > 1:
        told = tuple(_people(manifest["population"]) for manifest in manifests)
        yield Difference("population.size", "world", told, f"set population.size: {max(people)} in all files")
    horizons = [manifest["scenario"]["days"] + manifest["scenario"]["settle"] for manifest in manifests]
    if len(set(horizons)) > 1:
        told = tuple(f"{horizon} days" for horizon in horizons)
        remedy = f"choose settle so that days + settle is {max(horizons)} in all files"
        yield Difference("days + settle", "world", told, remedy)


def _people(population: Mapping[str, Any]) -> str:
    how = "auto resolved to " if population["rule"].startswith("auto") else ""
    return f"{how}{population['people']:,}"


def _of_scenarios(scenarios: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    platforms = [scenario["platform"]["name"] for scenario in scenarios]
    another = len(set(platforms)) > 1
    if another:
        yield Difference("platform", "plan", tuple(platforms), "")
    facts = [dict(_facts(scenario, "")) for scenario in scenarios]
    said = (*UNCOMPARED, *_switched(facts), *(["platform"] if another else []))
    for path in dict.fromkeys(path for each in facts for path in each):
        if any(path == part or path.startswith(f"{part}.") for part in said) and not path.endswith(SWITCH):
            continue
        values = [each.get(path) for each in facts]
        if any(value != values[0] for value in values):
            texts = tuple(map(_text, _rows_apart(values)))
            kind = _kind(path)
            yield Difference(path, kind, texts, _remedy(kind, path, texts))


def _switched(facts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Mechanisms that are on in some and off in others: their numbers go without saying."""
    switches = {path for each in facts for path in each if path.endswith(SWITCH)}
    return [path.removesuffix(SWITCH) for path in switches if len({each.get(path) for each in facts}) > 1]


def _kind(path: str) -> Kind:
    section = path.partition(".")[0]
    return "plan" if section in PLAN else "world" if section in WORLD else "belief"


def _remedy(kind: Kind, path: str, texts: Sequence[str]) -> str:
    """What to do about it."""
    if kind == "belief":
        return BELIEFS
    if path == "currency":
        return CONVERT
    return f"set {path}: {texts[0]} in all files" if path in WORLD else "give all files the same"


def _facts(part: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything that makes a scenario's results, by path; nothing of a mechanism that is off."""
    if not isinstance(part, Mapping):
        yield path, part
    elif number := _number(part):
        yield path.replace(".numbers.", "."), number
    elif part.get("on") is False:
        yield f"{path}.on", False
    else:
        for name, value in part.items():
            if name not in WORDS_ALONE:
                yield from _facts(value, f"{path}.{name}" if path else name)


def _number(part: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a number is drawn from and where it varies; nothing for anything else."""
    if "distribution" in part:
        return part["distribution"], part["varies"]
    return (part["followers"], part["rows"], part["varies"]) if "rows" in part else ()


def _rows_apart(values: Sequence[Any]) -> Sequence[Any]:
    """Of curves over the same sizes, the rows that differ; all else as it is."""
    if not all(isinstance(value, tuple) and len(value) == len(values[0]) > DRAWN for value in values):
        return values
    (sizes, first, _), *_ = values
    if any(value[0] != sizes for value in values):
        return values
    apart = [place for place, row in enumerate(first) if any(value[1][place] != row for value in values)]
    return [([sizes[n] for n in apart], [rows[n] for n in apart], varies) for _, rows, varies in values]


def _text(value: Any) -> str:
    """A fact as people read it: `5`, `pert(0.7, 3, 13)`, `nothing`."""
    if isinstance(value, tuple):
        *what, varies = value
        told = _distribution(what[0]) if len(what) == 1 else _curve(*what)
        return shortened(told if varies == "once" else f"{told} per {varies}", LONGEST_VALUE)
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "yes", False: "no"}[value]
    return shortened(_plain(value), LONGEST_VALUE)


def _distribution(stated: Sequence[Any]) -> str:
    kind, *values = stated
    return _plain(values[0]) if kind == "fixed" else f"{kind}({', '.join(map(_plain, values))})"


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _curve(followers: Sequence[float], rows: Sequence[Sequence[Any]]) -> str:
    return ", ".join(f"{size:g}: {_distribution(row)}" for size, row in zip(followers, rows, strict=True))
