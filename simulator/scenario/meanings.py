"""What each key of a scenario file means, in plain words: for the JSON schema that editors read, and for the reference.

A number's meaning and unit stand where its facts stand: in the catalog, in `bind.SPECIAL`, or with its kind of payment.
All other words of the file have theirs here.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from simulator.catalog import entries, entry_file
from simulator.scenario.bind import SPECIAL
from simulator.scenario.document import Node, shipped
from simulator.scenario.mechanisms import Mechanism, Mechanisms
from simulator.scenario.numbers import number_text
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment
from simulator.scenario.schema import Behavior, Platform

MEANINGS: Final[dict[str, str]] = {
    "Scenario.extends": "a preset (`presets/measured`) or another scenario file, which this one changes",
    "Scenario.version": "version of the file's form: write 1",
    "Scenario.name": "what the scenario is called; the name of the file unless stated",
    "Scenario.currency": "currency of all money in the file; a label, nothing is converted",
    "Scenario.days": "days in which posts are published, from day 0",
    "Scenario.settle": "further days in which orders are counted",
    "Scenario.runs": "how often the campaign is played; more runs, finer answer",
    "Scenario.worlds": "simulated markets that the runs take turns in",
    "Scenario.replicates": "consecutive runs that share all drawn numbers, so that luck and ignorance are told apart",
    "Scenario.design": "how draws cover what is not known",
    "Scenario.seed": "start of all chance: the same seed gives the same results, bit by bit",
    "Scenario.brand": "who pays",
    "Scenario.product": "what is sold",
    "Scenario.population": "the people",
    "Scenario.platform": "the platform by name, or with numbers of your own",
    "Scenario.behavior": "how people respond",
    "Scenario.mechanisms": "what else shall act",
    "Scenario.mechanisms_at": "whether mechanisms draw from the catalog's ranges or stand at its most likely values",
    "Scenario.tiers": "names for ranges of followers",
    "Scenario.reference_followers": (
        "account size for which rates of click and order hold: `same`, a typical account of the same size, or one size"
    ),
    "Scenario.arms": "the plans to compare, by name",
    "Scenario.targets": "what a plan shall reach, by column of the results",
    "Scenario.indifference": "difference of profit below which two plans count as equal, in money",
    "Scenario.roster": "what the rosters of all hires have in common",
    "Brand.topic": "the product's topic, one of the population's topics",
    "Brand.objective": "what the brand wants most: a label, it changes no result",
    "Brand.owned_channels": "channels of the brand's own",
    "Brand.handling": "whether people handle influencers by hand or a platform does",
    "Brand.capacity": "influencers that can be handled by hand in one campaign; no limit unless stated",
    "Population.size": "people in the market; `auto` takes as many as the largest audience needs",
    "Population.people_per_agent": "people for whom one simulated person stands: 10 plays a tenth of the market",
    "Population.topics": "main interests: a list in equal shares, or shares by name that sum to 1",
    "Population.network": "who sees whose shares",
    "Network.kind": "how the network is made; `file` reads one",
    "Network.file": "an edge list or GraphML, plain or gzipped, beside the scenario",
    "Network.directed": "whether ties of the file lead one way; as GraphML says, both ways in an edge list",
    "Roster.file": "a CSV of accounts, plain or gzipped, beside the scenario",
    "Roster.columns": "which column holds what: id, followers, topic, engagement_rate, reach_rate, real_share",
    "Roster.followers": "accounts of this size only: from the first, below the second",
    "Roster.topic": "accounts of this topic only, or of one of several",
    "ContentFacts.disclosed": "whether the post is marked as an ad (mechanism disclosure)",
    "ContentFacts.call_to_action": "whether the post asks to be shared (mechanism call_to_action)",
    "Relationship.earlier_posts": "posts for this brand before the campaign (mechanism partnership)",
    "Hire.key": "name of these creators; hires of one key in two plans are the same people",
    "Hire.tier": "a tier's name: sizes are drawn within it unless `followers` states them",
    "Hire.roster": "accounts of a CSV instead of invented ones",
    "Hire.count": "how many influencers; `max` hires as many as the budget allows",
    "Hire.topic": "what the influencers post about",
    "Hire.posts": "posts of each influencer: a number, spread evenly over `days`, or a list of days from 0",
    "Hire.pay": "the kind of contract with its fields",
    "Hire.tracking": "how orders are tracked to the influencer: by a link (`utm`), a discount code, or not at all",
    "Hire.content": "what the posts are like",
    "Hire.relationship": "how the influencer stands to the brand",
    "Hire.agreed": "true: these creators have accepted before launch (mechanism outreach)",
    "Hire.exclusivity": "days in which the influencer endorses no rival (mechanism contract_terms has the price)",
    "Hire.usage_rights": "days in which the brand may use the content (mechanism contract_terms has the price)",
    "Hire.reviews": "reviews that each creator writes for the product (mechanism reviews)",
    "Hire.reuse": "reposts on the brand's own channels, written like `posts`; needs usage_rights",
    "PaidSocial.spend": "money spent on the platform's ads, evenly over `days`; `max` is what the budget leaves",
    "RepDays.days": "days of work of each representative, from day 0",
    "RepDays.count": "how many representatives",
    "Waves.keep": "creators who go on after each wave",
    "Waves.by": "what makes a creator one of the best",
    "Arm.hire": "the influencers, one entry for each kind of contract",
    "Arm.paid_social": "ads bought from the platform",
    "Arm.sales_rep": "sales representatives (mechanism sales_rep)",
    "Arm.waves": "whether only the best go on after each wave of posts",
    "Payment.kind": "the kind of payment",
    "BasePlusBonus.per": "engagements of the influencer's audience for which one bonus is paid",
    "Platform.name": f"the catalog entry that your numbers change: {', '.join(entries('platforms'))}",
    "Platform.engagement_rate_by_views": "organic engagement of a post per view; replaces level and slope where given",
    "Platform.engagement_rate": "organic engagement of a post per nominal follower; replaces all of these where given",
    "Platform.lifetime_days": "days after which nobody sees a post any more",
    "Behavior.name": "the catalog entry that your numbers change: standard",
    "Mechanism.on": "whether it acts; numbers of your own switch it on by themselves",
}
ENTRIES: Final[dict[type[Part], tuple[str, str]]] = {
    Platform: ("platforms", "instagram"),
    Behavior: ("behaviors", "standard"),
}  # which catalog entry describes the numbers
SECTIONS: Final = {"Brand": "brand", "Product": "product", "Scenario": ""}  # of the preset under every scenario


class Meaning(NamedTuple):
    """What is known of one key; each is empty where there is nothing to say."""

    text: str
    unit: str = ""
    default: str = ""
    certain: bool = False  # whether it must be one value


def meaning_of(model: type[Part], name: str) -> Meaning:
    """What a key of a part means, from wherever that stands."""
    facts = getattr(model, "facts", {}).get(name) or SPECIAL.get(f"{model.__name__}.{name}")
    node = _described(model, name)
    parts = node.mapping if node is not None else {}
    text, unit = (str(parts[word].value) if word in parts else "" for word in ("meaning", "unit"))
    stated = next((MEANINGS[key] for key in _keys(model, name) if key in MEANINGS), "")
    return Meaning(
        stated or (facts.meaning if facts else "") or text,
        (facts.unit if facts else "") or unit,
        default_text(node),
        bool(facts and facts.certain),
    )


def _keys(model: type[Part], name: str) -> list[str]:
    """Where the words of a key may stand: with its part, or with what that part is a kind of."""
    kinds = [base.__name__ for base in (Payment, Mechanism) if issubclass(model, base)]
    return [f"{kind}.{name}" for kind in (model.__name__, *kinds)]


def _described(model: type[Part], name: str) -> Node | None:
    """The catalog's or the preset's description of a number, or its plain default."""
    if issubclass(model, Mechanism):
        return shipped(entry_file("mechanisms", mechanism_names()[model])).mapping.get(name)
    if model in ENTRIES:
        return shipped(entry_file(*ENTRIES[model])).mapping.get(name)
    tree = shipped(entry_file("presets", "measured"))
    section = SECTIONS.get(model.__name__)
    if section is None:
        return tree.mapping["population"].mapping.get(name) if model.__name__ == "Population" else None
    return (tree.mapping[section] if section else tree).mapping.get(name)


@cache
def mechanism_names() -> dict[type[Part], str]:
    """What each mechanism is called."""
    return {type(field.default): name for name, field in Mechanisms.model_fields.items()}


def network_numbers() -> dict[str, dict[str, Node]]:
    """The numbers of each kind of network, by name."""
    found = {kind: shipped(entry_file("networks", kind)).mapping.items() for kind in entries("networks")}
    return {kind: {name: node for name, node in parts if "unit" in node.mapping} for kind, parts in found.items()}


def default_text(node: Node | None) -> str:
    """A number or a word as text, of a curve its first and last row; nothing for a section, or what must be stated."""
    if node is None or node.items:
        return ""
    if "rows" in node.mapping:
        rows = list(node.mapping["rows"].mapping.items())
        node = Node({**node.mapping, "rows": Node(dict((rows[0], rows[-1])), node.place)}, node.place)
    if node.mapping:
        return number_text(node) if "unit" in node.mapping else ""
    return str(node.plain())
