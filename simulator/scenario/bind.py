"""From the merged tree to the frozen scenario. Each wrong part is reported, and what it replaced stands in for it.

So one slip hides no other: the rest of the file is still read, and the plan is still made as far as it can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final, TypeVar, get_origin

from pydantic import ValidationError

from simulator.catalog import in_catalog
from simulator.distributions import Fixed
from simulator.errors import BadQuantity
from simulator.quantity import Curve, Quantity
from simulator.scenario.document import Node
from simulator.scenario.layers import locate
from simulator.scenario.mechanisms import ContractTerms, MarketPrices
from simulator.scenario.numbers import Facts, meant, read_curve, read_quantity
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment, payment_kinds
from simulator.scenario.problems import Problems, child, did_you_mean
from simulator.scenario.refusals import example, members, refusal, shown, unknown_word, written_out
from simulator.scenario.schema import Hire, Network, TierScheme

PartT = TypeVar("PartT", bound=Part)
PER_CREATOR: Final = "influencer"
PER_WORLD: Final = Facts(varies="world")  # people, graph and audiences are built from them
QUOTE: Final = "is charged to the budget, so it must be known"
KNOWN: Final = "must be one value"
# Numbers with facts of their own: unit, meaning, where they vary, whether they must be one value.
SPECIAL: Final[dict[str, Facts]] = {
    "Network.numbers": PER_WORLD,
    "Platform.activity_correlation": PER_WORLD,
    "Platform.real_share": PER_WORLD,
    "Platform.topic_focus": PER_WORLD,
    "Platform.trust_prior": PER_WORLD,
    "Behavior.topic_ceiling": PER_WORLD,
    "Behavior.trust_spread": PER_WORLD,
    "Behavior.influence_correlation": PER_WORLD,
    "Behavior.topic_affinity_share": PER_WORLD,
    "Platform.account_followers": Facts("count", varies=PER_CREATOR),
    "Brand.handling_cost": Facts(certain=QUOTE),
    "Brand.platform_fee": Facts("money", "fee of a platform that handles all influencers of a campaign", certain=QUOTE),
    "Brand.platform_handling_cost": Facts(certain=QUOTE),
    "Product.sample_cost": Facts(certain=QUOTE),
    **{f"MarketPrices.{name}": Facts(certain=QUOTE) for name in MarketPrices.model_fields if name != "on"},
    **{f"ContractTerms.{name}": Facts(certain=QUOTE) for name in ContractTerms.model_fields if name != "on"},
    "SalesRep.cost_per_day": Facts(certain=QUOTE),
    "OwnedChannels.followers": Facts("count", "followers of the brand's own account", certain=KNOWN),
    "OwnedChannels.visitors_per_day": Facts("per day", "visitors of the brand's own site and shops"),
    "OwnedChannels.visitor_conversion": Facts("share", "orders per visitor of the brand's own site and shops"),
    "Hire.boost": Facts("money", "paid per creator for showing the posts as ads", PER_CREATOR, certain=QUOTE),
    "Scenario.budget": Facts("money", "what each arm may spend", certain=KNOWN),
    "PaidSocial.spend": Facts("money", "money spent on the platform's ads", certain=KNOWN),
    "Platform.engagement_rate_by_views": Facts("share", "organic engagement of one post per view", "platform"),
    "Platform.engagement_rate": Facts("share", "organic engagement of one post per nominal follower", "platform"),
    "ContentFacts.polish": Facts("standard deviations", "polish of the content", PER_CREATOR, certain=KNOWN),
    "ContentFacts.effort": Facts("standard deviations", "effort put into the content", PER_CREATOR, certain=KNOWN),
    "ContentFacts.control": Facts("share", "share of the content that the brand decides", PER_CREATOR, certain=KNOWN),
    "Relationship.belief": Facts("standard deviations", "belief in the brand", PER_CREATOR, certain=KNOWN),
    "Relationship.rivals": Facts("count", "rival brands endorsed within 90 days", PER_CREATOR, certain=KNOWN),
    "Hire.followers": Facts("count", "followers of one influencer", PER_CREATOR),
    "Outreach.invitations": Facts(certain="decides how many candidates there are, so it must be one value"),
    "Hire.long_term": Facts("share", "discount on the market price of each post", PER_CREATOR, certain=QUOTE),
    "Hire.focus": Facts("share", "share of followers who follow for the topic", PER_CREATOR, certain=KNOWN),
    "Hire.engagement_rate": Facts("share", "engagements of one post per nominal follower", PER_CREATOR, certain=KNOWN),
    "Hire.reach_rate": Facts("share", "people reached by one post per nominal follower", PER_CREATOR, certain=KNOWN),
    "Hire.click_rate": Facts("share", "clicks per person who saw the post", PER_CREATOR, certain=KNOWN),
    "Hire.conversion_rate": Facts("share", "orders per click", PER_CREATOR, certain=KNOWN),
    "Hire.discount": Facts("share", "share of the price that a code takes off", PER_CREATOR, certain=KNOWN),
    "Hire.posts_per_week": Facts("per week", "posts besides those of the contract", PER_CREATOR, certain=KNOWN),
    "Hire.real_share": Facts("share of followers", "real people among the followers", PER_CREATOR, certain=KNOWN),
}
OF_A_FILE: Final = ("file", "directed")  # what a network of kind `file` says, instead of numbers


@dataclass(frozen=True)
class Binder:
    """Reads parts of the schema from nodes."""

    problems: Problems

    def part(self, model: type[PartT], node: Node, path: str) -> PartT | None:
        """The part at a path; none if something it needs is missing or wrong, which is then among the problems."""
        if not isinstance(node.value, Mapping):
            fields = ", ".join([name for name in model.model_fields if name != "on"][:4])
            remedy = f"write {'on, off, or ' if 'on' in model.model_fields else ''}keys such as {fields}"
            self.problems.add(node.place, path, f"is {shown(node)}, not a mapping", remedy)
            return None
        self._unknown_keys(model, node, path)
        values: dict[str, Any] = {}
        whole = True
        for name, field in model.model_fields.items():
            inner = node.mapping.get(name)
            if inner is not None and (inner.value is not None or field.is_required()):
                here = path if model is TierScheme and name == "tiers" else child(path, name)  # written without it
                found, value = self._or_replaced(model, name, inner, here)
                values |= {name: value} if found else {}
                whole = whole and found
            elif field.is_required():
                self.problems.add(node.place, child(path, name), "is missing", f"add {name}: {example(model, name)}")
        return self._build(model, values, node, path, whole=whole)

    def network(self, node: Node, path: str) -> Network:
        """The network: whatever its catalog entry lists are its numbers; a file has none, but words of its own."""
        numbers: dict[str, Quantity] = {}
        words = {key: str(node.mapping[key].value) for key in ("kind", "title") if key in node.mapping}
        own = OF_A_FILE if words.get("kind") == "file" else ()
        for name, inner in node.mapping.items():
            if name in ("kind", "name", "title", *own) or _of_another_kind(inner, node.mapping.get("kind")):
                continue
            here = child(path, name)
            if "unit" not in inner.mapping:
                known = [*own, *(key for key, part in node.mapping.items() if "unit" in part.mapping)]
                remedy = "remove it or kind" if name in OF_A_FILE else did_you_mean(name, known)
                self.problems.add(inner.place, here, "is unknown", remedy)
                continue
            found, value = self._or_replaced(Network, "numbers", inner, here)
            numbers |= {name: value} if found else {}
        facts = {key: node.mapping[key].plain() for key in own if key in node.mapping}
        network = self._build(Network, {"title": "", **words, "numbers": numbers, **facts}, node, path, whole=True)
        return network or Network(kind="", title="", numbers=numbers)

    def _payment(self, node: Node, path: str) -> tuple[bool, Payment | None]:
        """The payment of the kind that is named; where none is, its other words are read all the same."""
        kinds, kind = payment_kinds(), node.mapping.get("kind")
        if kind is not None and isinstance(kind.value, str) and kind.value in kinds:
            kept = {name: part for name, part in node.mapping.items() if not _of_another_kind(part, kind)}
            value = self.part(kinds[kind.value], replace(node, value=kept), path)
            return value is not None, value
        if kind is not None:
            message = f"{shown(kind)} is unknown"
            self.problems.add(kind.place, child(path, "kind"), message, did_you_mean(kind.value, kinds))
        elif isinstance(node.value, Mapping):
            remedy = f"add kind: {', '.join(kinds)}"
            self.problems.add(node.place, child(path, "kind"), "is missing", remedy)
        else:
            self.problems.add(node.place, path, f"is {shown(node)}, not a mapping", f"write {written_out(node.value)}")
            return False, None
        meant = (get_close_matches(str(kind.value), kinds, n=1) if kind else []) or ["flat_fee"]
        words = Node({**node.mapping, "kind": Node(meant[0], node.place)}, node.place)
        self.part(kinds[meant[0]], words, path)
        return False, None

    def _unknown_keys(self, model: type[Part], node: Node, path: str) -> None:
        for key, inner in node.mapping.items():
            if key not in model.model_fields:
                self.problems.add(inner.place, child(path, key), *unknown_word(model, key))

    def _or_replaced(self, model: type[Part], name: str, node: Node, path: str) -> tuple[bool, Any]:
        """The value of a field, or of what it replaced: whether one was found, and which."""
        found, value = self.field(model, name, node, path)
        lower = node.replaced
        while not found and lower is not None:
            found, value = Binder(Problems()).field(model, name, lower, path)
            lower = lower.replaced
        if not found and (number := meant(node.value)) is not None:
            found, value = Binder(Problems()).field(model, name, replace(node, value=number), path)
        if not found and (unit := _described(node)):
            kinds = members(model.model_fields[name].annotation)
            stand_in = Curve(path, (1.0,), (Fixed(1.0),), unit) if Curve in kinds else Quantity(path, Fixed(1.0), unit)
            return True, stand_in  # for reading on; the problem is said
        return found, value

    def field(self, model: type[Part], name: str, node: Node, path: str) -> tuple[bool, Any]:
        """The value of a field: whether there is one, and which."""
        annotation = model.model_fields[name].annotation
        kinds = members(annotation)
        parts = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Part)]
        if Quantity in kinds or Curve in kinds:
            return self._number(model, name, node, path, kinds)
        if parts == [Payment]:
            return self._payment(node, path)
        if parts == [Network]:
            return True, self.network(node, path)
        if parts and get_origin(annotation) is tuple:
            return self._parts(parts[0], node, path)
        if parts:
            value = self.part(parts[0], node, path)
            return value is not None, value
        return True, node.plain()

    def _parts(self, model: type[Part], node: Node, path: str) -> tuple[bool, tuple[Part, ...]]:
        """A list of parts, or a mapping from their names. An arm that fails is left out; a hire takes its arm along."""
        named = "name" in model.model_fields
        items = list(node.mapping.items()) if named else list(enumerate(node.items))
        if not isinstance(node.value, Mapping if named else tuple):
            form, remedy = ("a mapping", "write name: {...}") if named else ("a list", "start each entry with a dash")
            self.problems.add(node.place, path, f"is {shown(node)}, not {form}", remedy)
            return False, ()
        bound = [self.part(model, _with_name(item, key) if named else item, child(path, key)) for key, item in items]
        return model is not Hire or None not in bound, tuple(part for part in bound if part is not None)

    def _number(self, model: type[Part], name: str, node: Node, path: str, kinds: list[Any]) -> tuple[bool, Any]:
        words = [word for word in kinds if isinstance(word, str)]
        if isinstance(node.value, str) and words:
            if node.value in words:
                return True, node.value
            choice = did_you_mean(node.value, [*words, "a number"])
            self.problems.add(node.place, path, f"{node.value[:60]!r} is unknown", choice)
            return False, None
        own = model.facts if issubclass(model, Payment) else {}
        facts = own.get(name) or SPECIAL.get(f"{model.__name__}.{name}", Facts())
        try:
            return True, read_curve(node, path, facts) if Curve in kinds else read_quantity(node, path, facts)
        except BadQuantity as error:
            here = child(path, error.field) if error.field else path
            self.problems.add(_within(node, error.field), here, error.message, error.suggestion)
            return False, None

    def _build(self, model: type[PartT], values: dict[str, Any], node: Node, path: str, *, whole: bool) -> PartT | None:
        """The part from its fields, checked by pydantic; a field it refuses falls back to what that replaced.

        Of a part that is not whole, the fields there are are checked all the same.
        """
        try:
            part = model.model_validate(values, strict=True)
        except ValidationError as error:
            wrong = {str(detail["loc"][0]): detail for detail in reversed(error.errors()) if detail["loc"]}
        else:
            return part if whole else None
        for name in [name for name in wrong if name in values]:
            inner = node.mapping.get(name, node)
            within = str(wrong[name]["loc"][-1])  # of a mapping from names to texts, the text that is wrong
            text, here = inner.mapping.get(within), child(path, name)
            here = here if text is None else child(here, within)
            self.problems.add((text or inner).place, here, *refusal(model, name, wrong[name], text or inner))
            if inner.replaced is not None:
                values[name] = inner.replaced.plain()
            elif not model.model_fields[name].is_required():
                del values[name]  # for reading on; the problem is said
        try:
            return model.model_validate(values, strict=True) if whole else None
        except ValidationError:
            return None


def _with_name(node: Node, name: object) -> Node:
    if not isinstance(node.value, Mapping):
        return node
    return Node({"name": Node(str(name), node.place), **node.mapping}, node.place)


def _of_another_kind(part: Node, kind: Node | None) -> bool:
    """Whether a part of a network was written for a kind that a higher layer has replaced."""
    lower = kind.replaced if kind and "unit" not in part.mapping else None
    while lower is not None:
        if kind and lower.value != kind.value and lower.place.file == part.place.file:
            return True
        lower = lower.replaced
    return False


def _within(node: Node, field: str) -> Any:
    return locate(node, field) if field else node.place


def _described(node: Node | None) -> str:
    """The unit of a number that the catalog describes and leaves to the scenario; empty for any other."""
    if node is None:
        return ""
    shipped = in_catalog(node.place.file) and "unit" in node.mapping
    return str(node.mapping["unit"].value) if shipped else _described(node.replaced)
